"""What a visit draws from the bank, by its outcome: the defaults, and what a council or a contract sets instead."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from careplan.hours.domain.terms import Basis
from careplan.kernel.minutes import NO_MINUTES, Minutes
from careplan.visits.domain.visit import Cancellation, CancelledBy, Result, Status, Visit

SHORT_NOTICE = timedelta(hours=24)


class Drawing(StrEnum):
    """What counts of a visit."""

    BY_BASIS = "by_basis"
    PLANNED = "planned"
    RELEASED = "released"

    @property
    def words(self) -> str:
        return {
            Drawing.BY_BASIS: "As the plan counts",
            Drawing.PLANNED: "The planned time",
            Drawing.RELEASED: "Nothing",
        }[self]


class Outcome(StrEnum):
    """What became of a visit, as far as draws, pay and charges tell it apart."""

    COMPLETED = "completed"
    CANCELLED_IN_TIME = "cancelled_in_time"
    CANCELLED_LATE = "cancelled_late"
    CANCELLED_BY_PROVIDER = "cancelled_by_provider"
    CANCELLED_BY_COUNCIL = "cancelled_by_council"
    MISSED = "missed"
    NO_REPLY = "no_reply"
    REFUSED = "refused"
    IN_HOSPITAL = "in_hospital"
    ONE_OF_TWO = "one_of_two"

    @property
    def words(self) -> str:
        return OUTCOME_WORDS[self]


OUTCOME_WORDS = {
    Outcome.COMPLETED: "Done",
    Outcome.CANCELLED_IN_TIME: "Called off by the person, a day or more before",
    Outcome.CANCELLED_LATE: "Called off by the person, less than a day before",
    Outcome.CANCELLED_BY_PROVIDER: "Called off by the provider",
    Outcome.CANCELLED_BY_COUNCIL: "Called off by the council",
    Outcome.MISSED: "Missed",
    Outcome.NO_REPLY: "Nobody answered the door",
    Outcome.REFUSED: "Not wanted",
    Outcome.IN_HOSPITAL: "In hospital",
    Outcome.ONE_OF_TWO: "One worker of two came",
}
# One of two is told worker by worker: who came draws as for a completed visit, who did not draws nothing.
DEFAULTS: Mapping[Outcome, Drawing] = {
    Outcome.COMPLETED: Drawing.BY_BASIS,
    Outcome.CANCELLED_IN_TIME: Drawing.RELEASED,
    Outcome.CANCELLED_LATE: Drawing.PLANNED,
    Outcome.CANCELLED_BY_PROVIDER: Drawing.RELEASED,
    Outcome.CANCELLED_BY_COUNCIL: Drawing.RELEASED,
    Outcome.MISSED: Drawing.RELEASED,
    Outcome.NO_REPLY: Drawing.PLANNED,
    Outcome.REFUSED: Drawing.PLANNED,
    Outcome.IN_HOSPITAL: Drawing.RELEASED,
    Outcome.ONE_OF_TWO: Drawing.BY_BASIS,
}
# These may be set otherwise; a missed visit and one that the provider called off never draw.
SETTABLE = (Outcome.CANCELLED_IN_TIME, Outcome.CANCELLED_LATE, Outcome.NO_REPLY, Outcome.REFUSED, Outcome.IN_HOSPITAL)


@dataclass(frozen=True, slots=True)
class Draws:
    """What each outcome draws: the defaults, but for what is set."""

    said: Mapping[Outcome, Drawing] = field(default_factory=dict)

    def of(self, outcome: Outcome) -> Drawing:
        if outcome in SETTABLE and outcome in self.said:
            return self.said[outcome]
        return DEFAULTS[outcome]


USUAL_DRAWS = Draws()


def outcome_of_cancellation(cancellation: Cancellation) -> Outcome:
    """Which outcome a visit called off has; less than 24 hours is late."""
    match cancellation.by:
        case CancelledBy.PERSON:
            return Outcome.CANCELLED_LATE if cancellation.notice < SHORT_NOTICE else Outcome.CANCELLED_IN_TIME
        case CancelledBy.PROVIDER:
            return Outcome.CANCELLED_BY_PROVIDER
        case CancelledBy.COUNCIL:
            return Outcome.CANCELLED_BY_COUNCIL
        case CancelledBy.HOSPITAL:
            return Outcome.IN_HOSPITAL


def outcome_of(visit: Visit) -> Outcome | None:
    """What became of a visit; None while nothing has."""
    if visit.status is Status.COMPLETED:
        return Outcome.ONE_OF_TWO if visit.is_short_handed else Outcome.COMPLETED
    if visit.standing:
        return Outcome(visit.status.value)
    if visit.cancellation is not None:
        return outcome_of_cancellation(visit.cancellation)
    return Outcome.MISSED if visit.missed is not None else None


def drawing_of_cancellation(cancellation: Cancellation, draws: Draws = USUAL_DRAWS) -> Drawing:
    """A visit called off by the person less than a day before draws what was planned; any other is released."""
    return draws.of(outcome_of_cancellation(cancellation))


def countable_minutes(
    *,
    result: Result,
    basis: Basis,
    tolerance: Minutes,
    planned: Minutes | None,
    actual: Minutes,
    draws: Draws = USUAL_DRAWS,
) -> Minutes:
    """Minutes that one worker's record draws.

    A visit that nobody planned counts its actual minutes where it was completed, and none otherwise.
    """
    drawing = draws.of(Outcome(result.value))
    if drawing is Drawing.RELEASED:
        return NO_MINUTES
    if drawing is Drawing.PLANNED:
        return planned if planned is not None else NO_MINUTES
    return _by_basis(basis, tolerance=tolerance, planned=planned, actual=actual)


def _by_basis(basis: Basis, *, tolerance: Minutes, planned: Minutes | None, actual: Minutes) -> Minutes:
    if basis is Basis.PLANNED and planned is not None:
        return planned
    if basis is Basis.TOLERANCE:
        return Minutes(actual + tolerance)
    return actual
