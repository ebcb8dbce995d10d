"""When a plan in force is to be reviewed, and why then."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from careplan.reviews.domain.review import Kind, Review

SHOWS_BEFORE = timedelta(days=21)


class Why(StrEnum):
    """What a review is due for."""

    PLANNED = "planned"
    NOT_AGREED = "not_agreed"
    CONTINGENCY = "contingency"
    GAP = "gap"

    @property
    def words(self) -> str:
        return {
            Why.PLANNED: "The plan set this day",
            Why.NOT_AGREED: "The person has not agreed to the plan",
            Why.CONTINGENCY: "Time kept aside was used in two periods running",
            Why.GAP: "The person and the team see an outcome two levels apart or more",
        }[self]


@dataclass(frozen=True, slots=True)
class Dates:
    """The days that bear on the review of a version in force.

    `run_began_on` opens the second of two periods in which time kept aside was used; `gaps_since` are the days since
    which person and team lie far apart on an outcome.
    """

    version_id: UUID
    review_on: date | None
    not_agreed_on: date | None = None
    not_agreed_review_by: date | None = None
    run_began_on: date | None = None
    gaps_since: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Due:
    """The day by which a review is to be held, and why."""

    on: date
    why: Why

    def is_over(self, today: date) -> bool:
        return self.on < today

    def shows(self, today: date) -> bool:
        return self.on - SHOWS_BEFORE <= today


def due(dates: Dates, reviews: Iterable[Review]) -> Due | None:
    """The first day on which a review of the version is still to be held.

    A planned review moves the plan's own day to the one that it named. Any review since answers for a plan that went on
    without the person's agreement, for time kept aside that was used in two periods running, and for voices that lie
    far apart: each gap calls for one review, until one is held.
    """
    held = list(reviews)
    of_version = [r for r in held if r.version_id == dates.version_id]
    found = [*_planned(dates, of_version), *_not_agreed(dates, of_version), *_contingency(dates, of_version)]
    found += _gaps(dates, held)
    return min(found, key=lambda d: d.on, default=None)


def _planned(dates: Dates, reviews: list[Review]) -> list[Due]:
    planned = [r for r in reviews if r.said.kind is Kind.PLANNED]
    last = max(planned, key=lambda r: (r.said.held_on, r.at), default=None)
    day = last.said.next_on if last else dates.review_on
    return [Due(day, Why.PLANNED)] if day else []


def _not_agreed(dates: Dates, reviews: list[Review]) -> list[Due]:
    decided, by = dates.not_agreed_on, dates.not_agreed_review_by
    if decided is None or by is None or any(r.said.held_on >= decided for r in reviews):
        return []
    return [Due(by, Why.NOT_AGREED)]


def _contingency(dates: Dates, reviews: list[Review]) -> list[Due]:
    began = dates.run_began_on
    if began is None or any(r.said.held_on >= began for r in reviews):
        return []
    return [Due(began, Why.CONTINGENCY)]


def _gaps(dates: Dates, reviews: list[Review]) -> list[Due]:
    """Settled by a review of whichever version: an outcome keeps its levels from version to version."""
    return [Due(day, Why.GAP) for day in dates.gaps_since if not any(r.said.held_on >= day for r in reviews)]
