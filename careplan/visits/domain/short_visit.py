"""Visits of less than half an hour: what they need, and how many of all visits are so short."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from careplan.kernel.clock import local_date
from careplan.kernel.errors import DomainError
from careplan.kernel.minutes import Minutes

HALF_AN_HOUR = Minutes(30)


class Condition(StrEnum):
    """What a planned visit of less than 30 minutes needs."""

    FIRST_REVIEW = "first_review"
    CONSENT = "consent"
    KNOWN_WORKER = "known_worker"
    WIDER_PACKAGE = "wider_package"
    TASK = "task"

    @property
    def words(self) -> str:
        return CONDITION_WORDS[self]


CONDITION_WORDS = {
    Condition.FIRST_REVIEW: "The first review of the plan has not been held.",
    Condition.CONSENT: "The person has not agreed to a visit so short.",
    Condition.KNOWN_WORKER: "Nobody is chosen whom the person knows.",
    Condition.WIDER_PACKAGE: "The person has no longer visits planned beside it.",
    Condition.TASK: "There is no task or check that it is for.",
}
FIELDS = {
    Condition.FIRST_REVIEW: "minutes",
    Condition.CONSENT: "short_agreed_on",
    Condition.KNOWN_WORKER: "workers",
    Condition.WIDER_PACKAGE: "minutes",
    Condition.TASK: "short_task",
}


@dataclass(frozen=True, slots=True)
class Short:
    """A short visit as it is asked for: by whom, what it is for, and when the person agreed to one so short."""

    start: datetime
    end: datetime
    workers: Sequence[UUID]
    task: str | None
    agreed_on: date | None

    @property
    def day(self) -> date:
        """The London day on which it starts."""
        return local_date(self.start)


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What stands around a short visit on the day when it is planned."""

    first_review_held: bool
    agreed_on: date | None
    today: date
    all_workers_known: bool
    longer_visits_beside: bool
    task: str | None


@dataclass(frozen=True, slots=True)
class Share:
    """Planned visits: those of 30 minutes or more, shorter ones that were agreed to be so, and all other short ones."""

    long: int = 0
    short_agreed: int = 0
    short_other: int = 0

    @property
    def total(self) -> int:
        return self.long + self.short_agreed + self.short_other

    def percent(self, number: int) -> int:
        """Of all, in whole percent, half up."""
        return (200 * number + self.total) // (2 * self.total) if self.total else 0


class TooShort(DomainError):
    """A visit of less than 30 minutes lacks something that it needs."""

    code = "too_short"


def is_short(minutes: int) -> bool:
    """Whether a visit lasts less than half an hour."""
    return minutes < HALF_AN_HOUR


def missing(around: Circumstances) -> tuple[Condition, ...]:
    """What a short visit lacks, in the order in which people are told."""
    agreed = around.agreed_on is not None and around.agreed_on <= around.today
    checks = (
        (around.first_review_held, Condition.FIRST_REVIEW),
        (agreed, Condition.CONSENT),
        (around.all_workers_known, Condition.KNOWN_WORKER),
        (around.longer_visits_beside, Condition.WIDER_PACKAGE),
        (bool((around.task or "").strip()), Condition.TASK),
    )
    return tuple(condition for held, condition in checks if not held)


def share_of(visits: Iterable[tuple[int, bool]]) -> Share:
    """The share, from each visit's planned minutes and whether its being short was agreed."""
    long = agreed = other = 0
    for minutes, is_agreed in visits:
        if not is_short(minutes):
            long += 1
        elif is_agreed:
            agreed += 1
        else:
            other += 1
    return Share(long, agreed, other)
