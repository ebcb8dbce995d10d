"""Handing a worker's whole round of a day to another, or to nobody yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from careplan.access.domain.actor import Actor
from careplan.db import db
from careplan.kernel.errors import NotFound, invalid
from careplan.visits.domain.fitting import Heeded, WishNotMet
from careplan.visits.domain.pattern import Span
from careplan.visits.domain.visit import Status, Visit
from careplan.visits.queries import list_round
from careplan.visits.service.looking import WorkerBusy, check_workers
from careplan.visits.service.replanning import replan_visit


@dataclass(frozen=True, slots=True)
class HandedRound:
    """Which visits the other worker goes to now, and for which somebody is still needed."""

    moved: tuple[Visit, ...]
    open: tuple[Visit, ...]


def hand_round(*, worker_id: UUID, day: date, to_worker: UUID | None, actor: Actor, now: datetime) -> HandedRound:
    """Takes a worker off every visit of a day that nobody has recorded, and puts the other on as far as that goes.

    Where the other is on another visit, or the person wishes for somebody else, the visit waits for somebody.
    Raises Invalid, NotFound where there is nothing to hand over.
    """
    if to_worker == worker_id:
        raise invalid("to_worker", "Choose somebody else, or nobody yet")
    check_workers([worker_id, *([to_worker] if to_worker else [])], actor.organisation_id)
    visits = [
        v
        for v in list_round(worker_id=worker_id, day=day)
        if v.status is Status.PLANNED and v.provider_id == actor.organisation_id
    ]
    if not visits:
        raise NotFound("There is no visit on this day that could be handed over.")
    moved, left = [], []
    for visit in visits:
        others = [w for w in visit.workers if w != worker_id]
        if to_worker is not None and to_worker not in others and _put(visit, [*others, to_worker], actor, now):
            moved.append(visit)
        else:
            _put(visit, others, actor, now)
            left.append(visit)
    return HandedRound(tuple(moved), tuple(left))


def _put(visit: Visit, workers: Sequence[UUID], actor: Actor, now: datetime) -> bool:
    """Whether these workers can go; where not, nothing changes."""
    assert visit.planned_start is not None  # noqa: S101  it narrows the type: a round holds planned visits
    assert visit.planned_end is not None  # noqa: S101  the same
    try:
        with db.session.begin_nested():
            replan_visit(
                visit_id=visit.id, span=Span(visit.planned_start, visit.planned_end), workers=workers,
                workers_needed=visit.workers_needed, heeded=Heeded(), actor=actor, now=now,
            )  # fmt: skip
    except (WorkerBusy, WishNotMet):
        return False
    return True
