"""What follows when an activity was done without authority: who looks into it, what was done, and both sides' yes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from careplan.delegation.domain.authority import WORDS, Lack
from careplan.kernel.errors import Conflict, Problem
from careplan.kernel.transitions import advance


class IncidentState(StrEnum):
    """How far it has come; derived from its steps, never stored."""

    RAISED = "raised"
    LOOKED_INTO = "looked into"
    CLOSED_BY_PROVIDER = "closed by the provider"
    CLOSED_BY_DELEGATOR = "closed by the delegator"
    CLOSED = "closed"


class IncidentEvent(StrEnum):
    """What somebody does about it."""

    TAKE = "taken"
    ACT = "acted"
    DEBRIEF = "debriefed"
    DECIDE = "decided"
    PROVIDER_CLOSES = "provider_closes"
    DELEGATOR_CLOSES = "delegator_closes"
    REOPEN = "reopened"

    @property
    def words(self) -> str:
        return EVENT_WORDS[self]


EVENT_WORDS = {
    IncidentEvent.TAKE: "Looks into it",
    IncidentEvent.ACT: "What was done",
    IncidentEvent.DEBRIEF: "Talked through with the worker",
    IncidentEvent.DECIDE: "Whether the worker stays suspended",
    IncidentEvent.PROVIDER_CLOSES: "Closed by the provider",
    IncidentEvent.DELEGATOR_CLOSES: "Closed by the delegator",
    IncidentEvent.REOPEN: "Opened again",
}
_S, _E = IncidentState, IncidentEvent
TRANSITIONS: dict[tuple[IncidentState, IncidentEvent], IncidentState] = {
    (_S.RAISED, _E.TAKE): _S.LOOKED_INTO,
    (_S.LOOKED_INTO, _E.TAKE): _S.LOOKED_INTO,
    (_S.LOOKED_INTO, _E.ACT): _S.LOOKED_INTO,
    (_S.LOOKED_INTO, _E.DEBRIEF): _S.LOOKED_INTO,
    (_S.LOOKED_INTO, _E.DECIDE): _S.LOOKED_INTO,
    (_S.LOOKED_INTO, _E.PROVIDER_CLOSES): _S.CLOSED_BY_PROVIDER,
    (_S.LOOKED_INTO, _E.DELEGATOR_CLOSES): _S.CLOSED_BY_DELEGATOR,
    (_S.CLOSED_BY_DELEGATOR, _E.PROVIDER_CLOSES): _S.CLOSED,
    (_S.CLOSED_BY_PROVIDER, _E.DELEGATOR_CLOSES): _S.CLOSED,
    (_S.CLOSED_BY_PROVIDER, _E.REOPEN): _S.LOOKED_INTO,
    (_S.CLOSED_BY_DELEGATOR, _E.REOPEN): _S.LOOKED_INTO,
    (_S.CLOSED, _E.REOPEN): _S.LOOKED_INTO,
}
CLOSINGS = frozenset({_E.PROVIDER_CLOSES, _E.DELEGATOR_CLOSES})
# What must have been said since it was raised, or opened again, before either side can close it.
NEEDED = (_E.ACT, _E.DEBRIEF, _E.DECIDE)


@dataclass(frozen=True, slots=True)
class IncidentStep:
    """One thing done about it, by whom, in words. `stays_suspended` is said where that was decided."""

    event: IncidentEvent
    at: datetime
    by: UUID
    words: str
    stays_suspended: bool | None = None


@dataclass(frozen=True, slots=True)
class Incident:
    """An activity done without authority, and what followed."""

    id: UUID
    person_id: UUID
    delegation_id: UUID
    occasion_id: UUID
    worker_id: UUID
    provider_id: UUID | None
    lacks: tuple[Lack, ...]
    occurred_at: datetime
    recorded_at: datetime
    time_uncertain: bool
    steps: tuple[IncidentStep, ...] = ()

    @property
    def state(self) -> IncidentState:
        return state_of(self.steps)

    @property
    def why(self) -> str:
        """What was lacking, as the end of a sentence."""
        return "; ".join(WORDS[lack] for lack in self.lacks)

    @property
    def possible(self) -> tuple[IncidentEvent, ...]:
        """What can be done about it now."""
        return tuple(e for e in IncidentEvent if (self.state, e) in TRANSITIONS)

    @property
    def lacking(self) -> tuple[IncidentEvent, ...]:
        """What has not been said yet and must be before it is closed."""
        said = {s.event for s in _since_reopened(self.steps)}
        return tuple(e for e in NEEDED if e not in said)


class NotDoneYet(Conflict):
    """Something must be written down before it is closed."""

    code = "not_done_yet"


def state_of(steps: Iterable[IncidentStep]) -> IncidentState:
    """The fold of what was done."""
    state = IncidentState.RAISED
    for step in sorted(steps, key=lambda s: s.at):
        state = advance(TRANSITIONS, state, step.event)
    return state


def check_step(incident: Incident, event: IncidentEvent) -> None:
    """Raises NotNow where the state allows no such step, NotDoneYet where it cannot be closed yet."""
    advance(TRANSITIONS, incident.state, event)
    if event in CLOSINGS and incident.lacking:
        named = ", ".join(e.words.lower() for e in incident.lacking)
        message = f"Before it is closed, write down: {named}."
        raise NotDoneYet(message, problems=(Problem("event", message),))


def _since_reopened(steps: Sequence[IncidentStep]) -> Sequence[IncidentStep]:
    ordered = sorted(steps, key=lambda s: s.at)
    last = max((n for n, s in enumerate(ordered) if s.event is IncidentEvent.REOPEN), default=-1)
    return ordered[last + 1 :]
