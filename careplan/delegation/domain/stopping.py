"""Authority that falls away: why, who does the next occasion, whom to ring, and who knows of it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from careplan.delegation.domain.delegation import Delegation, Instruction
from careplan.delegation.domain.ladder import is_in_hours, steps_at


class Cause(StrEnum):
    """Why authority fell away."""

    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    NEW_INSTRUCTION = "new_instruction"
    INCIDENT = "incident"
    WORKER_SUSPENDED = "worker_suspended"
    WORKER_DECLINED = "worker_declined"
    COMPETENCE_OVER = "competence_over"
    WORKER_LEFT = "worker_left"


# What happened, as a sentence; {who} is the worker where it concerns one.
WORDS: dict[Cause, str] = {
    Cause.SUSPENDED: "It was suspended, so nobody may do it.",
    Cause.WITHDRAWN: "It was withdrawn, so nobody may do it.",
    Cause.EXPIRED: "It has come to its last day, so nobody may do it.",
    Cause.NEW_INSTRUCTION: "There is a new instruction, so every worker is confirmed again first.",
    Cause.INCIDENT: "{who} may not do it until what happened has been looked at.",
    Cause.WORKER_SUSPENDED: "{who} may not do it for now.",
    Cause.WORKER_DECLINED: "{who} no longer wants to do it, and need not say why.",
    Cause.COMPETENCE_OVER: "The time for which {who} was found able is over.",
    Cause.WORKER_LEFT: "{who} has left.",
}


class StopParty(StrEnum):
    """The two who must know: the professional who delegated, and the provider whose workers did it."""

    DELEGATOR = "delegator"
    PROVIDER = "provider"


@dataclass(frozen=True, slots=True)
class Known:
    """That one party knows: since when, by whom, and what they do about it."""

    party: StopParty
    at: datetime
    by: UUID
    words: str | None


@dataclass(frozen=True, slots=True)
class Stop:
    """Authority that ceased at an instant: everybody's, or that of `worker_id`. `contact` is whom to ring meanwhile."""

    id: UUID
    delegation_id: UUID
    person_id: UUID
    activity: str
    delegator_id: UUID
    provider_id: UUID
    worker_id: UUID | None
    cause: Cause
    at: datetime
    reason: str
    next_occasion: str
    contact: str
    by: UUID | None
    known: tuple[Known, ...] = ()

    def known_to(self, party: StopParty) -> Known | None:
        """That this party knows, or None while it does not."""
        return next((k for k in self.known if k.party is party), None)


def sentence(cause: Cause, who: str | None) -> str:
    """What happened, with the worker's name."""
    return WORDS[cause].format(who=who or "A worker")


def contact_at(delegation: Delegation, instant: datetime, *, holidays: Collection[date]) -> str:
    """Where the delegator or their team is reached at an instant; else whoever stands first on the ladder then."""
    in_hours = is_in_hours(instant, holidays=holidays)
    said = delegation.reach.in_hours if in_hours else delegation.reach.out_of_hours
    first = next(iter(steps_at(delegation.ladder, instant, holidays=holidays)), None)
    return said or (f"{first.name}, {first.phone}" if first else "")


def has_other_equipment(before: Instruction, equipment: str) -> bool:
    """Whether a new version names other equipment; that spaces or capitals differ changes nothing."""
    return _plain(before.equipment) != _plain(equipment)


def _plain(words: str) -> str:
    return " ".join(words.split()).casefold()
