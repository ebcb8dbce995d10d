"""Unfunded time about which two sides do not agree: who said so and why, and what the social worker decided."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from careplan.access.domain.actor import Role
from careplan.kernel.errors import Conflict
from careplan.kernel.minutes import Minutes


class AlreadyDisputed(Conflict):
    """The time of this visit is disputed, and nobody has decided yet."""

    code = "already_disputed"


class Party(StrEnum):
    """On whose side somebody disputes."""

    PERSON = "person"
    PROVIDER = "provider"
    COUNCIL = "council"

    @property
    def words(self) -> str:
        return PARTY_WORDS[self]


PARTY_WORDS = {
    Party.PERSON: "the person",
    Party.PROVIDER: "the care provider",
    Party.COUNCIL: "the council",
}
_SIDES = {
    Role.CITIZEN: Party.PERSON,
    Role.REPRESENTATIVE: Party.PERSON,
    Role.PROVIDER_COORDINATOR: Party.PROVIDER,
    Role.TRUSTED_ASSESSOR: Party.PROVIDER,
}


class Outcome(StrEnum):
    """Who pays in the end: hours that are added, contingency, or the provider by its own time."""

    TOP_UP = "top_up"
    CONTINGENCY = "contingency"
    ABSORB = "absorb"

    @property
    def words(self) -> str:
        return OUTCOME_WORDS[self]


OUTCOME_WORDS = {
    Outcome.TOP_UP: "hours were added for it",
    Outcome.CONTINGENCY: "it is paid from time kept aside",
    Outcome.ABSORB: "the care provider takes it on",
}


@dataclass(frozen=True, slots=True)
class Ruling:
    """What the social worker decides, with the reason; a draw of contingency names what the plan assessed."""

    outcome: Outcome
    words: str
    circumstance: str = ""
    service: str = ""


class State(StrEnum):
    """How a dispute stands. Settled: the time was paid for in another way before anybody decided."""

    WAITING = "waiting"
    OVERDUE = "overdue"
    DECIDED = "decided"
    SETTLED = "settled"


@dataclass(frozen=True, slots=True)
class Dispute:
    """A dispute about one visit's unfunded time.

    `minutes` is what stood unfunded when it was disputed, `uncovered` what still does; `day` is the London date of the
    visit, `answer_by` the last day for an answer.
    """

    id: UUID
    person_id: UUID
    bank_id: UUID
    visit_id: UUID
    day: date
    minutes: Minutes
    uncovered: Minutes
    party: Party
    why: str
    disputed_by: UUID
    disputed_at: datetime
    answer_by: date
    outcome: Outcome | None
    words: str
    decided_by: UUID | None
    decided_at: datetime | None

    def state(self, today: date) -> State:
        """How it stands on a day."""
        if self.outcome is not None:
            return State.DECIDED
        if not self.uncovered:
            return State.SETTLED
        return State.OVERDUE if today > self.answer_by else State.WAITING


def party_of(role: Role) -> Party:
    """Whose side somebody of this role is on."""
    return _SIDES.get(role, Party.COUNCIL)
