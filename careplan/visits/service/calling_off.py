"""Calling off everything planned from an instant on, because care ends or moves; and planning it again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, select

from careplan.access.domain.actor import Actor
from careplan.access.domain.policy import Kind
from careplan.access.service import end_of_sources
from careplan.db import db
from careplan.hours import service as hours
from careplan.hours.domain.terms import Funder
from careplan.kernel.clock import local_date
from careplan.kernel.minutes import Minutes, elapsed
from careplan.visits.domain.visit import CancelledBy
from careplan.visits.models import VisitRecordRow, VisitRow, VisitWorkerRow
from careplan.visits.service.locking import lock_person, lock_workers
from careplan.visits.service.planning import list_busy, open_round


@dataclass(frozen=True, slots=True)
class PlannedAgain:
    """Which visits are planned again, which of these lack a worker who is elsewhere by now, and which are too late."""

    back: tuple[UUID, ...] = ()
    uncovered: tuple[UUID, ...] = ()
    too_late: tuple[UUID, ...] = ()


def call_off_from(
    *, person_id: UUID, since: datetime, reason: str, actor: Actor, now: datetime, provider_id: UUID | None = None
) -> list[UUID]:
    """Calls off every visit that begins at an instant or later and of which nothing is recorded; says which.

    It draws nothing, however short the notice: the person did not call it off. With `provider_id` only that provider's.
    """
    lock_person(person_id)
    recorded = exists().where(VisitRecordRow.visit_id == VisitRow.id)
    query = select(VisitRow).where(
        VisitRow.person_id == person_id, VisitRow.planned_start >= since, VisitRow.cancelled_at.is_(None), ~recorded
    )
    if provider_id is not None:
        query = query.where(VisitRow.provider_id == provider_id)
    rows = db.session.scalars(query.order_by(VisitRow.id).with_for_update()).all()
    for row in rows:
        row.cancelled_at, row.cancelled_by, row.cancel_reason = now, CancelledBy.COUNCIL.value, reason
        row.cancelled_by_account = actor.account_id
    db.session.flush()
    ids = [row.id for row in rows]
    end_of_sources(person_id=person_id, kind=Kind.ROUND, source_ids=ids, now=now)
    hours.release_visits(visit_ids=ids, actor=actor, now=now)
    return ids


def plan_again(*, person_id: UUID, visit_ids: Iterable[UUID], actor: Actor, now: datetime) -> PlannedAgain:
    """Takes back what `call_off_from` did to these visits: minutes are set aside anew, and the rounds open again.

    A visit whose time has come meanwhile stays called off. A worker who is on another visit by now stays there.
    """
    lock_person(person_id)
    rows = _called_off(person_id, visit_ids)
    workers = _workers_of(r.id for r in rows)
    lock_workers(w for found in workers.values() for w in found)
    back, uncovered = [], []
    for row in (r for r in rows if r.planned_start > now):
        free = _send_again(row, workers.get(row.id, set()), actor=actor, now=now)
        back.append(row.id)
        if not free:
            uncovered.append(row.id)
    return PlannedAgain(tuple(back), tuple(uncovered), tuple(r.id for r in rows if r.planned_start <= now))


def _send_again(row: VisitRow, workers: set[UUID], *, actor: Actor, now: datetime) -> bool:
    """Plans one visit again; says whether each of its workers is still free for it."""
    busy = list_busy(workers=workers, start=row.planned_start, end=row.planned_end)
    row.cancelled_at = row.cancelled_by = row.cancel_reason = row.cancelled_by_account = None
    db.session.flush()
    for worker_id in sorted(workers - busy):
        open_round(row, worker_id)
    for worker_id in busy:
        db.session.delete(db.session.get_one(VisitWorkerRow, (row.id, worker_id)))
    db.session.flush()
    hours.reserve_visit(
        visit_id=row.id,
        plan_id=row.plan_id,
        person_id=row.person_id,
        funder=Funder(row.funder) if row.funder else None,
        starts_on=local_date(row.planned_start),
        minutes=Minutes(elapsed(row.planned_start, row.planned_end) * row.workers_needed),
        actor=actor,
        now=now,
    )
    return not busy


def _called_off(person_id: UUID, visit_ids: Iterable[UUID]) -> list[VisitRow]:
    query = select(VisitRow).where(
        VisitRow.id.in_(list(visit_ids)),
        VisitRow.person_id == person_id,
        VisitRow.cancelled_by == CancelledBy.COUNCIL.value,
    )
    return list(db.session.scalars(query.order_by(VisitRow.planned_start, VisitRow.id).with_for_update()))


def _workers_of(visit_ids: Iterable[UUID]) -> dict[UUID, set[UUID]]:
    found: dict[UUID, set[UUID]] = {}
    for row in db.session.scalars(select(VisitWorkerRow).where(VisitWorkerRow.visit_id.in_(list(visit_ids)))):
        found.setdefault(row.visit_id, set()).add(row.worker_id)
    return found
