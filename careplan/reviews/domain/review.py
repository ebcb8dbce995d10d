"""A review of the plan in force: planned, or unplanned for a reason; who took part, what was said, what came of it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from careplan.kernel.errors import Invalid, Problem
from careplan.kernel.minutes import Minutes
from careplan.kernel.money import Pence
from careplan.kernel.words import short_day

NEXT_WITHIN = timedelta(days=365)


class Kind(StrEnum):
    """Whether the plan set its date."""

    PLANNED = "planned"
    UNPLANNED = "unplanned"

    @property
    def words(self) -> str:
        return {Kind.PLANNED: "Planned review", Kind.UNPLANNED: "Unplanned review"}[self]


class Reason(StrEnum):
    """Why a review was held that the plan had not set."""

    HOSPITAL = "hospital"
    CARER = "carer"
    SAFEGUARDING = "safeguarding"
    PROVIDER_FAILURE = "provider_failure"
    COMMISSIONING = "commissioning"
    CONTINGENCY = "contingency"
    NOT_AGREED = "not_agreed"
    GAP = "gap"
    REQUEST = "request"
    OTHER = "other"

    @property
    def words(self) -> str:
        return REASON_WORDS[self]


class Met(StrEnum):
    """Whether the plan's outcomes are met, as people judge it: all of them, at least one in part, or none."""

    FULLY = "fully"
    PARTIALLY = "partially"
    NOT = "not"

    @property
    def words(self) -> str:
        return {Met.FULLY: "All are met", Met.PARTIALLY: "At least one is met, or a part of one",
                Met.NOT: "None is met"}[self]  # fmt: skip


REASON_WORDS = {
    Reason.HOSPITAL: "A stay in hospital",
    Reason.CARER: "A change for the family carer",
    Reason.SAFEGUARDING: "A concern about safety",
    Reason.PROVIDER_FAILURE: "The provider cannot go on",
    Reason.COMMISSIONING: "The council buys care in another way",
    Reason.CONTINGENCY: "Time kept aside was used in two periods running",
    Reason.NOT_AGREED: "The plan went on without the person’s agreement",
    Reason.GAP: "The person and the team saw an outcome differently",
    Reason.REQUEST: "Somebody asked for a change",
    Reason.OTHER: "Something else",
}


@dataclass(frozen=True, slots=True)
class Figures:
    """What a plan costs and how much care it gives in a week, on average over four; None: the plan has no budget."""

    weekly_pence: Pence | None
    weekly_minutes: Minutes


@dataclass(frozen=True, slots=True)
class Said:
    """What is written down at a review. `next_on` is when a planned review says that the next is due."""

    kind: Kind
    held_on: date
    took_part: str
    words: str
    after: Figures
    reason: Reason | None = None
    met: Met | None = None
    next_on: date | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """A review as it was written down, about the version that was in force."""

    id: UUID
    plan_id: UUID
    person_id: UUID
    version_id: UUID
    version_number: int
    said: Said
    before: Figures
    recorded_by: UUID
    recorded_by_name: str
    at: datetime


class ReviewIncomplete(Invalid):
    """Something is missing, or does not go with this kind of review."""

    code = "review_incomplete"


def check_said(said: Said, *, began_on: date, today: date) -> None:
    """Raises ReviewIncomplete with everything that is to be mended."""
    problems = [*_held(said, began_on, today), *_words(said), *_of_its_kind(said), *_next(said)]
    if said.after.weekly_minutes < 0 or (said.after.weekly_pence or 0) < 0:
        problems.append(Problem("after", "Nothing here is less than nought."))
    if problems:
        raise ReviewIncomplete("Something about this review is to be mended.", problems=tuple(problems))


def _held(said: Said, began_on: date, today: date) -> list[Problem]:
    if said.held_on > today:
        return [Problem("held_on", "This day has not come yet.")]
    if said.held_on < began_on:
        return [Problem("held_on", f"The plan began on {short_day(began_on)}. A review of it comes later.")]
    return []


def _words(said: Said) -> list[Problem]:
    wanted = (("took_part", "Say who took part.", said.took_part), ("words", "Write what was said.", said.words))
    return [Problem(name, message) for name, message, text in wanted if not text.strip()]


def _of_its_kind(said: Said) -> list[Problem]:
    if said.kind is Kind.PLANNED:
        problems = [] if said.met else [Problem("met", "Say whether the outcomes are met.")]
        if said.reason is not None:
            problems.append(Problem("reason", "A planned review needs no reason: its day had come."))
        return problems
    problems = [] if said.reason else [Problem("reason", "Say why this review was held.")]
    if said.met is not None:
        problems.append(Problem("met", "Only a planned review says whether the outcomes are met."))
    return problems


def _next(said: Said) -> list[Problem]:
    if said.next_on is None:
        return [Problem("next_on", "Say when the next review is.")] if said.kind is Kind.PLANNED else []
    latest = said.held_on + NEXT_WITHIN
    if not said.held_on < said.next_on <= latest:
        return [Problem("next_on", f"The next review falls within 12 months: by {short_day(latest)}.")]
    return []
