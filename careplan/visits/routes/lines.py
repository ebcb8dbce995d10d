"""A visit as lists show it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from careplan.visits.domain.lateness import Timing, timing_of_start, timing_without_start
from careplan.visits.domain.rules import USUAL_RULES, Rules
from careplan.visits.domain.visit import Status, Visit

STATUS_WORDS = {
    Status.PLANNED: "planned",
    Status.COMPLETED: "done",
    Status.NO_REPLY: "nobody answered",
    Status.REFUSED: "not wanted",
    Status.IN_HOSPITAL: "in hospital",
    Status.CANCELLED: "called off",
    Status.MISSED: "missed",
}
STATUS_TAGS = {Status.COMPLETED: "settled", Status.PLANNED: "", Status.CANCELLED: "stopped", Status.MISSED: "stopped"}


@dataclass(frozen=True, slots=True)
class Line:
    """A visit as a list shows it."""

    visit: Visit
    who: str
    person: str
    words: str
    kind: str
    late: bool


def line_of(
    visit: Visit,
    names: Mapping[UUID, str],
    persons: Mapping[UUID, str],
    now: datetime,
    rules: Rules = USUAL_RULES,
) -> Line:
    """The line of a visit, with the names of who came or is to come."""
    workers = {r.worker_id for r in visit.standing} or set(visit.workers)
    return Line(
        visit=visit,
        who=", ".join(sorted(names.get(w, "") for w in workers)),
        person=persons.get(visit.person_id, ""),
        words=STATUS_WORDS[visit.status],
        kind=STATUS_TAGS.get(visit.status, "waiting"),
        late=is_late(visit, now, rules),
    )


def is_late(visit: Visit, now: datetime, rules: Rules = USUAL_RULES) -> bool:
    """Whether it began out of time, or should have begun by now."""
    if visit.planned_start is None or (visit.started_at is None and visit.status is not Status.PLANNED):
        return False
    planned, critical, windows, own = visit.planned_start, visit.time_critical, rules.windows, visit.window
    if visit.started_at is None:
        found = timing_without_start(planned=planned, now=now, time_critical=critical, windows=windows, own=own)
    else:
        found = timing_of_start(
            planned=planned, started=visit.started_at, time_critical=critical, windows=windows, own=own
        )
    return found in (Timing.LATE, Timing.EARLY)
