"""Confirming a week: which visits went as planned, and why each of the others is looked at by itself."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from careplan.kernel.minutes import Minutes
from careplan.visits.domain.alert import is_doubtful
from careplan.visits.domain.dispute import DisputeState
from careplan.visits.domain.drawing import Outcome, outcome_of
from careplan.visits.domain.lateness import Timing, timing_of_start
from careplan.visits.domain.rules import Rules
from careplan.visits.domain.visit import Status, Visit

MOST_DIFFERENCE = Minutes(15)


class Way(StrEnum):
    """How a visit was confirmed: with all that went as planned, or by itself."""

    UNCHANGED = "unchanged"
    EXCEPTION = "exception"


class Why(StrEnum):
    """Why a visit is looked at by itself."""

    NOTHING_HEARD = "nothing_heard"
    MISSED = "missed"
    CALLED_OFF = "called_off"
    NO_REPLY = "no_reply"
    REFUSED = "refused"
    IN_HOSPITAL = "in_hospital"
    NOT_PLANNED = "not_planned"
    OFF_TIME = "off_time"
    OTHER_LENGTH = "other_length"
    OTHER_WORKER = "other_worker"
    SHORT_HANDED = "short_handed"
    CLOCK = "clock"
    DISPUTED = "disputed"
    FLAGGED = "flagged"

    @property
    def words(self) -> str:
        return WHY_WORDS[self]


WHY_WORDS = {
    Why.NOTHING_HEARD: "nothing heard",
    Why.MISSED: "missed",
    Why.CALLED_OFF: "called off",
    Why.NO_REPLY: "nobody answered",
    Why.REFUSED: "not wanted",
    Why.IN_HOSPITAL: "in hospital",
    Why.NOT_PLANNED: "not planned",
    Why.OFF_TIME: "not in time",
    Why.OTHER_LENGTH: "much shorter or longer",
    Why.OTHER_WORKER: "another worker",
    Why.SHORT_HANDED: "fewer workers",
    Why.CLOCK: "clock wrong",
    Why.DISPUTED: "disputed",
    Why.FLAGGED: "to look at",
}
OF_STATUS = {
    Status.PLANNED: Why.NOTHING_HEARD,
    Status.MISSED: Why.MISSED,
    Status.CANCELLED: Why.CALLED_OFF,
    Status.NO_REPLY: Why.NO_REPLY,
    Status.REFUSED: Why.REFUSED,
    Status.IN_HOSPITAL: Why.IN_HOSPITAL,
}


@dataclass(frozen=True, slots=True)
class Confirmation:
    """That a provider stood by what was known of a visit at an instant."""

    visit_id: UUID
    how: Way
    outcome: Outcome
    at: datetime

    def still_holds(self, visit: Visit) -> bool:
        """Whether nothing has come since: no record, and no other outcome."""
        fresh = any(r.clocked.received_at > self.at for r in visit.records)
        return not fresh and outcome_of(visit) is self.outcome


def exceptions_of(visit: Visit, *, rules: Rules, flagged: bool) -> tuple[Why, ...]:
    """Why a visit that is over cannot be confirmed with the others; nothing: it went as planned."""
    by_status = OF_STATUS.get(visit.status)
    found = [by_status] if by_status is not None else _of_what_was_done(visit, rules)
    if visit.dispute is DisputeState.DISPUTED:
        found.append(Why.DISPUTED)
    if flagged:
        found.append(Why.FLAGGED)
    return tuple(found)


def _of_what_was_done(visit: Visit, rules: Rules) -> list[Why]:
    if visit.planned_start is None:
        return [Why.NOT_PLANNED]
    checks = (
        (_is_off_time(visit, rules), Why.OFF_TIME),
        (_has_other_length(visit), Why.OTHER_LENGTH),
        (not visit.came <= set(visit.workers), Why.OTHER_WORKER),
        (visit.is_short_handed, Why.SHORT_HANDED),
        (is_doubtful(r.clocked.skew for r in visit.standing), Why.CLOCK),
    )
    return [why for found, why in checks if found]


def _is_off_time(visit: Visit, rules: Rules) -> bool:
    if visit.planned_start is None or visit.started_at is None:
        return False
    found = timing_of_start(
        planned=visit.planned_start, started=visit.started_at, time_critical=visit.time_critical,
        windows=rules.windows, own=visit.window,
    )  # fmt: skip
    return found is not Timing.IN_TIME


def _has_other_length(visit: Visit) -> bool:
    planned = visit.planned_minutes or 0
    return any(abs(r.actual_minutes - planned) > MOST_DIFFERENCE for r in visit.standing)
