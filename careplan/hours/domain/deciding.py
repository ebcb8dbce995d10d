"""What somebody may decide about minutes that nobody has paid for, and about minutes kept for later."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from careplan.hours.domain.terms import Funder
from careplan.kernel.errors import DomainError, Problem
from careplan.kernel.minutes import Minutes
from careplan.kernel.words import duration


class DecisionKind(StrEnum):
    """The social worker tops a bank up; the provider takes a visit's minutes on as its own time."""

    TOP_UP = "top_up"
    ABSORB = "absorb"


class NotUncovered(DomainError):
    """More is to be taken on than stands unfunded."""

    code = "not_uncovered"


class NotYours(DomainError):
    """Another party decides about this."""

    code = "not_yours"
    status = 403


@dataclass(frozen=True, slots=True)
class HourDecision:
    """A decision as it was made."""

    id: UUID
    kind: DecisionKind
    minutes: Minutes
    visit_id: UUID | None
    reason: str
    decided_by: UUID
    decided_at: datetime
    period_number: int
    funder: Funder


@dataclass(frozen=True, slots=True)
class Earmark:
    """Minutes kept for a named need, until the day of it."""

    id: UUID
    person_id: UUID
    plan_id: UUID
    funder: Funder
    minutes: Minutes
    need: str
    until: date
    made_on: date
    ended_on: date | None


def checked_absorption(*, minutes: Minutes, uncovered: Minutes) -> None:
    """Raises NotUncovered where a provider would take on more of a visit than nobody has paid for."""
    if minutes > uncovered:
        most = f"Up to {duration(uncovered)} can be taken on." if uncovered else "All of this visit has been paid for."
        raise NotUncovered(
            f"That is more than stands unfunded. {most}", problems=(Problem("minutes", most),), accepted=int(uncovered)
        )
