"""What somebody decided beforehand about their treatment, and where the paper is. This record is not the paper."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from careplan.kernel.collect import Problems
from careplan.kernel.errors import Invalid, Problem, invalid
from careplan.people.domain.retraction import Retraction
from careplan.people.domain.span import holds


class AdvanceKind(StrEnum):
    """Which paper it is."""

    DNACPR = "dnacpr"
    RESPECT = "respect"
    REFUSAL = "refusal"
    STATEMENT = "statement"

    @property
    def words(self) -> str:
        return KINDS[self]


KINDS = {
    AdvanceKind.DNACPR: "DNACPR form",
    AdvanceKind.RESPECT: "ReSPECT form",
    AdvanceKind.REFUSAL: "Advance decision to refuse treatment",
    AdvanceKind.STATEMENT: "Advance statement of wishes",
}


@dataclass(frozen=True, slots=True)
class AdvanceDetails:
    """One paper: its date where that is known, where it is kept, and on which day somebody of ours saw it."""

    kind: AdvanceKind
    kept_where: str
    dated_on: date | None = None
    words: str | None = None
    seen_on: date | None = None


@dataclass(frozen=True, slots=True)
class AdvanceDecision:
    """One decision on the record; it holds until it was withdrawn or replaced by another paper."""

    id: UUID
    person_id: UUID
    details: AdvanceDetails
    recorded_at: datetime
    recorded_by: UUID
    seen_by: UUID | None = None
    ends_on: date | None = None
    end_reason: str | None = None
    corrects: UUID | None = None
    retraction: Retraction | None = None

    def holds_on(self, day: date) -> bool:
        return holds(starts_on=None, ends_on=self.ends_on, day=day)


class NotYet(Invalid):
    """The day has not come."""

    code = "not_yet"


def checked_advance(typed: AdvanceDetails, *, today: date) -> AdvanceDetails:
    """The details tidied.  Raises Invalid with everything that is wrong."""
    problems = Problems()
    where = " ".join(typed.kept_where.split())
    if not where:
        problems.of(lambda: _refuse("kept_where", "Say where the paper is, such as the yellow folder in the hall."))
    problems.of(lambda: _check_past("dated_on", typed.dated_on, today))
    problems.of(lambda: _check_past("seen_on", typed.seen_on, today))
    if typed.seen_on is not None and typed.dated_on is None:
        problems.of(lambda: _refuse("dated_on", "Whoever has seen the paper knows its date. Type it here."))
    problems.settle()
    words = (typed.words or "").strip() or None
    return AdvanceDetails(typed.kind, where, typed.dated_on, words, typed.seen_on)


def _refuse(field: str, message: str) -> None:
    raise invalid(field, message)


def _check_past(field: str, day: date | None, today: date) -> None:
    if day is not None and day > today:
        message = "This day is in the future. Check the date."
        raise NotYet(message, problems=(Problem(field, message),))
