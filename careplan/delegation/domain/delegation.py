"""A delegation: a registered professional's authority for named workers to do one health activity for one person."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from careplan.delegation.domain.ladder import EscalationStep
from careplan.kernel.clock import end_of_day
from careplan.kernel.transitions import NotNow, advance


class State(StrEnum):
    """How far a delegation has come; derived from its steps, never stored."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class Event(StrEnum):
    """What moves a delegation on."""

    ACCEPT = "accepted"
    DECLINE = "declined"
    ACTIVATE = "activated"
    SUSPEND = "suspended"
    RESUME = "resumed"
    WITHDRAW = "withdrawn"
    EXPIRE = "expired"


TRANSITIONS: dict[tuple[State, Event], State] = {
    (State.PROPOSED, Event.ACCEPT): State.ACCEPTED,
    (State.PROPOSED, Event.DECLINE): State.WITHDRAWN,
    (State.PROPOSED, Event.WITHDRAW): State.WITHDRAWN,
    (State.PROPOSED, Event.EXPIRE): State.EXPIRED,
    (State.ACCEPTED, Event.ACTIVATE): State.ACTIVE,
    (State.ACCEPTED, Event.WITHDRAW): State.WITHDRAWN,
    (State.ACCEPTED, Event.EXPIRE): State.EXPIRED,
    (State.ACTIVE, Event.SUSPEND): State.SUSPENDED,
    (State.ACTIVE, Event.WITHDRAW): State.WITHDRAWN,
    (State.ACTIVE, Event.EXPIRE): State.EXPIRED,
    (State.SUSPENDED, Event.RESUME): State.ACTIVE,
    (State.SUSPENDED, Event.WITHDRAW): State.WITHDRAWN,
    (State.SUSPENDED, Event.EXPIRE): State.EXPIRED,
}


@dataclass(frozen=True, slots=True)
class Step:
    """Something that moved the delegation on, by whom and why; `next_occasion` says who acts meanwhile."""

    event: Event
    at: datetime
    by: UUID
    reason: str | None = None
    next_occasion: str | None = None


@dataclass(frozen=True, slots=True)
class NormalRange:
    """What a reading is expected to lie within, both ends inclusive; an end left out is open."""

    name: str
    unit: str
    low: Decimal | None
    high: Decimal | None

    def holds(self, value: Decimal) -> bool:
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)


@dataclass(frozen=True, slots=True)
class Instruction:
    """One version of how the activity is done; versions are numbered from 1."""

    number: int
    steps: tuple[str, ...]
    ranges: tuple[NormalRange, ...]
    record_what: str
    written_by: UUID
    written_at: datetime
    needs_reconfirmation: bool
    change_reason: str | None = None
    equipment: str = ""

    def range_of(self, name: str) -> NormalRange | None:
        """The range of a reading by its name."""
        return next((r for r in self.ranges if r.name == name), None)


@dataclass(frozen=True, slots=True)
class Competence:
    """That one worker was found able to do this activity for this person by one version of the instruction.

    `starts_on` and `ends_on` are London dates, both inclusive; the worker's own yes makes it count, until they say no.
    `confirms` is the competence in whose place it stands.
    """

    id: UUID
    worker_id: UUID
    instruction_version: int
    trained_on: date
    observed_on: date
    assessed_by: UUID
    assessed_at: datetime
    starts_on: date
    ends_on: date
    accepted_at: datetime | None = None
    declined_at: datetime | None = None
    suspended_at: datetime | None = None
    ended_at: datetime | None = None
    suspended_reason: str | None = None
    trained_by: str | None = None
    observed_by: str | None = None
    confirms: UUID | None = None


@dataclass(frozen=True, slots=True)
class Reach:
    """Who delegated, by their registration, and where they or their team are reached in and out of hours."""

    regulator: str | None = None
    registration_number: str | None = None
    in_hours: str | None = None
    out_of_hours: str | None = None


class ConsentBasis(StrEnum):
    """Whose decision a delegation rests on."""

    PERSON = "person"
    BEST_INTERESTS = "best_interests"


@dataclass(frozen=True, slots=True)
class Delegation:
    """One person, one activity, one situation, with everything that has happened to it.

    `closed_at` is when the care that it belongs to ended, or moved to another provider: it goes on no longer than that.
    `continues` is the delegation to the provider before, in whose place this one stands. `finding_address` is the page
    of the finding of capacity that a decision in the person's best interests rests on. `critical` are London's times of
    day between which it must be done. `supervision_on` and `review_on` are London dates.
    """

    id: UUID
    person_id: UUID
    activity_code: str
    activity: str
    delegator_id: UUID
    organisation_id: UUID
    provider_id: UUID
    funder: str | None
    why_suitable: str
    exclusions: str
    equipment: str
    consent: str
    escalation: str
    stop_criteria: str
    time_window: str | None
    proposed_at: datetime
    ends_on: date | None
    review_on: date | None
    steps: tuple[Step, ...] = ()
    instructions: tuple[Instruction, ...] = ()
    competences: tuple[Competence, ...] = ()
    closed_at: datetime | None = None
    closed_because: str | None = None
    continues: UUID | None = None
    ladder: tuple[EscalationStep, ...] = ()
    reach: Reach = field(default_factory=Reach)
    consent_basis: ConsentBasis | None = None
    finding_address: str | None = None
    supervision_on: date | None = None
    critical: tuple[time, time] | None = None

    def instruction(self, number: int) -> Instruction | None:
        """A version of the instruction by its number."""
        return next((i for i in self.instructions if i.number == number), None)

    def instruction_at(self, instant: datetime) -> Instruction | None:
        """The version that stood at an instant: the last written by then."""
        return max((i for i in self.instructions if i.written_at <= instant), key=lambda i: i.number, default=None)


WHAT_WOULD_BE_RIGHT: dict[State, str] = {
    State.PROPOSED: "The provider answers first; until then it can only be withdrawn.",
    State.ACCEPTED: "It is active as soon as a worker takes it on; until then it can only be withdrawn.",
    State.ACTIVE: "It can be suspended or withdrawn.",
    State.SUSPENDED: "It can go on again or be withdrawn.",
    State.WITHDRAWN: "It is over: propose the activity anew.",
    State.EXPIRED: "It is over: propose the activity anew.",
}


def move(state: State, event: Event) -> State:
    """The state that an event leads to.  Raises NotNow, saying what would be right."""
    try:
        return advance(TRANSITIONS, state, event)
    except NotNow as refused:
        possible = sorted(str(e.value) for s, e in TRANSITIONS if s is state)
        message = f"{refused.message} {WHAT_WOULD_BE_RIGHT[state]}"
        raise NotNow(message, state=state.value, possible=possible) from None


def state_of(steps: Iterable[Step], *, ends_on: date | None, at: datetime, closed_at: datetime | None = None) -> State:
    """The state at an instant, from the steps taken by then; past its last day, or once closed, an open delegation has
    expired.
    """
    state = State.PROPOSED
    for step in sorted(steps, key=lambda s: s.at):
        if step.at <= at:
            state = advance(TRANSITIONS, state, step.event)
    over = (ends_on is not None and at >= end_of_day(ends_on)) or (closed_at is not None and at >= closed_at)
    return TRANSITIONS.get((state, Event.EXPIRE), state) if over else state


def state_at(delegation: Delegation, instant: datetime) -> State:
    """The delegation's state at an instant."""
    return state_of(delegation.steps, ends_on=delegation.ends_on, at=instant, closed_at=delegation.closed_at)


def stands_for(delegations: Iterable[Delegation], delegation_id: UUID, *, provider_id: UUID) -> Delegation | None:
    """The delegation by which a provider does what a plan names by an id: that one, or the last that continues it."""
    line, found = {delegation_id}, None
    for one in sorted(delegations, key=lambda d: (d.proposed_at, d.id)):
        if one.id in line or one.continues in line:
            line.add(one.id)
            found = one if one.provider_id == provider_id else found
    return found
