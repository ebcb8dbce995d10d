"""A referral to an occupational therapist: why, how soon, the person's yes, and what came of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from careplan.kernel.errors import Invalid, Problem
from careplan.kernel.transitions import advance

LONGEST = 4000


class Urgency(StrEnum):
    """How soon somebody should come; `days` counts from the referral."""

    URGENT = "urgent"
    SOON = "soon"
    ROUTINE = "routine"

    @property
    def words(self) -> str:
        return URGENCY[self][0]

    @property
    def days(self) -> int:
        return URGENCY[self][1]


URGENCY = {
    Urgency.URGENT: ("Urgent: within 2 days", 2),
    Urgency.SOON: ("Soon: within 2 weeks", 14),
    Urgency.ROUTINE: ("Routine: within 12 weeks", 84),
}


class ReferralState(StrEnum):
    """How far a referral has come; derived from its steps, never stored."""

    SENT = "sent"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    VISIT_PLANNED = "visit planned"
    RECOMMENDED = "recommended"
    CLOSED = "closed"


class ReferralEvent(StrEnum):
    """What moves a referral on."""

    ACCEPT = "accepted"
    DECLINE = "declined"
    PLAN_VISIT = "visit_planned"
    RECOMMEND = "recommended"
    CLOSE = "closed"

    @property
    def words(self) -> str:
        return EVENTS[self]


EVENTS = {
    ReferralEvent.ACCEPT: "Accepted",
    ReferralEvent.DECLINE: "Declined",
    ReferralEvent.PLAN_VISIT: "Visit planned",
    ReferralEvent.RECOMMEND: "Recommended",
    ReferralEvent.CLOSE: "Closed",
}
_S, _E = ReferralState, ReferralEvent
TRANSITIONS: dict[tuple[ReferralState, ReferralEvent], ReferralState] = {
    (_S.SENT, _E.ACCEPT): _S.ACCEPTED,
    (_S.SENT, _E.DECLINE): _S.DECLINED,
    (_S.ACCEPTED, _E.PLAN_VISIT): _S.VISIT_PLANNED,
    (_S.ACCEPTED, _E.RECOMMEND): _S.RECOMMENDED,
    (_S.VISIT_PLANNED, _E.PLAN_VISIT): _S.VISIT_PLANNED,
    (_S.VISIT_PLANNED, _E.RECOMMEND): _S.RECOMMENDED,
    (_S.RECOMMENDED, _E.PLAN_VISIT): _S.VISIT_PLANNED,
    (_S.RECOMMENDED, _E.RECOMMEND): _S.RECOMMENDED,
    (_S.RECOMMENDED, _E.CLOSE): _S.CLOSED,
    (_S.ACCEPTED, _E.CLOSE): _S.CLOSED,
    (_S.VISIT_PLANNED, _E.CLOSE): _S.CLOSED,
}
OVER = frozenset({_S.DECLINED, _S.CLOSED})


@dataclass(frozen=True, slots=True)
class ReferralStep:
    """What moved it on; `visit_on` is said where a visit was planned."""

    event: ReferralEvent
    at: datetime
    by: UUID
    words: str
    visit_on: date | None = None


@dataclass(frozen=True, slots=True)
class NewReferral:
    """What is said of a referral before it is checked; `agreed` is what the person said to it."""

    therapist_id: UUID
    reason: str
    urgency: Urgency
    agreed: str


@dataclass(frozen=True, slots=True)
class Referral:
    """One referral with all that happened to it."""

    id: UUID
    person_id: UUID
    therapist_id: UUID
    reason: str
    urgency: Urgency
    agreed: str
    sent_at: datetime
    sent_by: UUID
    steps: tuple[ReferralStep, ...] = ()

    @property
    def state(self) -> ReferralState:
        return state_of(self.steps)

    @property
    def possible(self) -> tuple[ReferralEvent, ...]:
        return tuple(e for e in ReferralEvent if (self.state, e) in TRANSITIONS)

    @property
    def visit_on(self) -> date | None:
        """The day of the visit that was planned last."""
        return next((s.visit_on for s in reversed(self.steps) if s.visit_on is not None), None)


def state_of(steps: Iterable[ReferralStep]) -> ReferralState:
    """The fold of the steps."""
    state = ReferralState.SENT
    for step in sorted(steps, key=lambda s: s.at):
        state = advance(TRANSITIONS, state, step.event)
    return state


def check_referral(said: NewReferral) -> None:
    """Raises Invalid with everything that is missing: without the person's yes nobody is asked to come."""
    checks = (
        (not said.reason.strip(), "reason", "Say what the person finds hard, and what you hope for."),
        (not said.agreed.strip(), "agreed", "Write down what the person said: nobody comes without their yes."),
    )
    problems = tuple(Problem(field, words) for wrong, field, words in checks if wrong)
    if problems:
        raise Invalid(problems[0].message, problems=problems)


def check_step(referral: Referral, event: ReferralEvent, *, words: str, visit_on: date | None, today: date) -> None:
    """Raises NotNow, Invalid."""
    advance(TRANSITIONS, referral.state, event)
    checks = (
        (event is not _E.ACCEPT and not words.strip(), "words", "Say it in a sentence or two."),
        (event is _E.PLAN_VISIT and visit_on is None, "visit_on", "Type the day of the visit."),
        (visit_on is not None and event is _E.PLAN_VISIT and visit_on < today, "visit_on", "That day is over."),
    )
    problems = tuple(Problem(field, said) for wrong, field, said in checks if wrong)
    if problems:
        raise Invalid(problems[0].message, problems=problems)
