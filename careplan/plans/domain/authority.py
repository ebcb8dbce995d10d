"""Whether somebody may sign a version for the council, and asking a team manager where they may not."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from careplan.hours.domain.terms import Funder
from careplan.kernel.errors import Conflict, DomainError
from careplan.kernel.minutes import Minutes
from careplan.organisations.domain.limit import Commitment, Excess, SigningLimit, excesses
from careplan.plans.domain.content import PlanContent, PlanKind

# Whose minutes bind the council: those that the NHS or the person pays for do not.
COUNCIL_PAYS = frozenset({Funder.COUNCIL, Funder.JOINT, Funder.SECTION_117})


class Answer(StrEnum):
    """What a team manager said."""

    AGREED = "agreed"
    SENT_BACK = "sent_back"


@dataclass(frozen=True, slots=True)
class Authorisation:
    """A version that waits for a team manager, or what became of it."""

    id: UUID
    plan_id: UUID
    person_id: UUID
    version_id: UUID
    number: int
    beyond: tuple[Excess, ...]
    asked_by: UUID
    asked_by_name: str
    asked_at: datetime
    answer: Answer | None = None
    answered_by_name: str | None = None
    answered_at: datetime | None = None
    reason: str | None = None

    @property
    def is_open(self) -> bool:
        return self.answer is None


class AboveLimit(DomainError):
    """The plan goes beyond what this person may sign for the council; `beyond` says in what."""

    code = "above_limit"


class WithinLimit(Conflict):
    """The social worker may sign this by themselves, so no manager is asked."""

    code = "within_limit"


class AskedAlready(Conflict):
    """The version waits for a team manager already."""

    code = "asked_already"


class AnsweredAlready(Conflict):
    """Somebody has answered this request, or the version waits no longer."""

    code = "answered_already"


def commitment_of(content: PlanContent) -> Commitment:
    """What a version binds the council to in a week."""
    paid = [g for g in content.hours.grants if g.funder in COUNCIL_PAYS]
    heaviest = max((sum(g.weeks[k] for g in paid) for k in range(4)), default=0)
    return Commitment(
        weekly_pence=content.budget.total_weekly_pence if content.budget else None,
        weekly_minutes=Minutes(heaviest),
        double_handed=content.hours.double_handed,
    )


def beyond(content: PlanContent, limit: SigningLimit) -> tuple[Excess, ...]:
    """In what a version goes beyond a limit. An interim plan never does: an emergency waits for no manager."""
    if content.kind is PlanKind.INTERIM:
        return ()
    return excesses(commitment=commitment_of(content), limit=limit)


def above_limit(found: tuple[Excess, ...], *, who_may: str) -> AboveLimit:
    """The refusal with every measure, and who may sign instead."""
    said = " ".join(excess.words for excess in found)
    return AboveLimit(f"This is above what you may sign for the council. {said} {who_may}", beyond=as_json(found))


def as_json(found: tuple[Excess, ...]) -> list[dict[str, Any]]:
    """Excesses as they are stored and told to programs."""
    return [{"measure": e.measure.value, "asked": e.asked, "limit": e.limit} for e in found]
