"""Visits as they stood at an instant, for money: a whole council's in a few statements."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import aliased

from careplan.db import db
from careplan.visits.domain.visit import Visit, VisitRecord
from careplan.visits.models import VisitRecordRow, VisitRow, VisitWorkerRow
from careplan.visits.queries.reading import holds
from careplan.visits.queries.rows import as_record, planned, unplanned


def list_visits_as_of(*, since: datetime, until: datetime, as_of: datetime) -> list[Visit]:
    """The visits that begin from an instant on and before another, with what was known of them at `as_of`.

    A record that came later, and a visit called off later, are as if they were not. One that was not over by then is
    left out.
    """
    return [*_planned(since, until, as_of), *_unplanned(since, until, as_of)]


def _planned(since: datetime, until: datetime, as_of: datetime) -> list[Visit]:
    within = (
        VisitRow.planned_start >= since,
        VisitRow.planned_start < until,
        VisitRow.planned_end <= as_of,
        VisitRow.created_at <= as_of,
    )
    rows = db.session.scalars(select(VisitRow).where(*within).order_by(VisitRow.planned_start, VisitRow.id)).all()
    workers: dict[UUID, list[UUID]] = defaultdict(list)
    for visit_id, worker_id in db.session.execute(
        select(VisitWorkerRow.visit_id, VisitWorkerRow.worker_id)
        .join(VisitRow, VisitRow.id == VisitWorkerRow.visit_id)
        .where(*within)
        .order_by(VisitWorkerRow.worker_id)
    ):
        workers[visit_id].append(worker_id)
    records: dict[UUID | None, list[VisitRecord]] = defaultdict(list)
    found = (
        select(VisitRecordRow)
        .join(VisitRow, VisitRow.id == VisitRecordRow.visit_id)
        .where(*within, VisitRecordRow.received_at <= as_of)
        .order_by(VisitRecordRow.id)
    )
    for row in db.session.scalars(found):
        records[row.visit_id].append(as_record(row))
    elsewhere = _corrected_elsewhere(within, as_of)
    return [planned(r, tuple(workers[r.id]), tuple(records[r.id]), elsewhere, as_of=as_of) for r in rows]


def _corrected_elsewhere(within: Sequence[ColumnElement[bool]], as_of: datetime) -> frozenset[UUID]:
    """Which records of these visits their worker had corrected by one of another visit, or of none."""
    older = aliased(VisitRecordRow)
    found = (
        select(older.id)
        .join(VisitRow, VisitRow.id == older.visit_id)
        .join(VisitRecordRow, VisitRecordRow.corrects == older.id)
        .where(
            *within,
            VisitRecordRow.received_at <= as_of,
            VisitRecordRow.visit_id.is_distinct_from(older.visit_id),
            VisitRecordRow.worker_id == older.worker_id,
            VisitRecordRow.person_id == older.person_id,
        )
    )
    return frozenset(db.session.scalars(found))


def _unplanned(since: datetime, until: datetime, as_of: datetime) -> list[Visit]:
    """One for each record that held by then and belongs to no planned visit."""
    rows = db.session.scalars(
        select(VisitRecordRow)
        .where(
            VisitRecordRow.visit_id.is_(None),
            VisitRecordRow.effective_started_at >= since,
            VisitRecordRow.effective_started_at < until,
            VisitRecordRow.received_at <= as_of,
            holds(as_of=as_of),
        )
        .order_by(VisitRecordRow.id)
    )
    return [unplanned(record, (record,), None) for record in map(as_record, rows)]
