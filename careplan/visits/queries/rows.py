"""Rows of the visits tables as frozen values."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from careplan.db import db
from careplan.visits.domain.dispute import DisputeState
from careplan.visits.domain.visit import Cancellation, CancelledBy, Clocked, Missed, Result, Visit, VisitRecord
from careplan.visits.models import VisitDisputeRow, VisitRecordRow, VisitRow, VisitWorkerRow


def whole(rows: Sequence[VisitRow]) -> list[Visit]:
    """Planned visits with their workers and records, in the rows' order: a few statements however many they are."""
    ids = [r.id for r in rows]
    workers: dict[UUID, list[UUID]] = {i: [] for i in ids}
    records: dict[UUID, list[VisitRecord]] = {i: [] for i in ids}
    if ids:
        for w in db.session.scalars(
            select(VisitWorkerRow).where(VisitWorkerRow.visit_id.in_(ids)).order_by(VisitWorkerRow.worker_id)
        ):
            workers[w.visit_id].append(w.worker_id)
        for r in db.session.scalars(
            select(VisitRecordRow).where(VisitRecordRow.visit_id.in_(ids)).order_by(VisitRecordRow.id)
        ):
            if r.visit_id is not None:
                records[r.visit_id].append(as_record(r))
    elsewhere, disputes = _corrected_elsewhere(records), disputes_of(ids)
    return [
        replace(planned(r, tuple(workers[r.id]), tuple(records[r.id]), elsewhere), dispute=disputes.get(r.id))
        for r in rows
    ]


def disputes_of(visit_ids: Iterable[UUID]) -> dict[UUID, DisputeState]:
    """How the disputes about these visits stand; the latest fact of each counts."""
    found = db.session.execute(
        select(VisitDisputeRow.visit_id, VisitDisputeRow.kind)
        .where(VisitDisputeRow.visit_id.in_(list(visit_ids)))
        .order_by(VisitDisputeRow.recorded_at, VisitDisputeRow.id)
    )
    return {
        row.visit_id: DisputeState.ANSWERED if row.kind == "answered" else DisputeState.DISPUTED for row in found
    }


def _corrected_elsewhere(records: dict[UUID, list[VisitRecord]]) -> frozenset[UUID]:
    """Which of these records their worker corrected by one of another visit."""
    known = {r.id: r for found in records.values() for r in found}
    if not known:
        return frozenset()
    later = db.session.execute(
        select(
            VisitRecordRow.corrects, VisitRecordRow.visit_id, VisitRecordRow.worker_id, VisitRecordRow.person_id
        ).where(VisitRecordRow.corrects.in_(list(known)))
    )
    return frozenset(
        row.corrects
        for row in later
        if row.visit_id != known[row.corrects].visit_id
        and (row.worker_id, row.person_id) == (known[row.corrects].worker_id, known[row.corrects].person_id)
    )


def unplanned(record: VisitRecord, family: Iterable[VisitRecord], dispute: DisputeState | None) -> Visit:
    """An attendance that nobody planned: it bears the id of the record that holds, and all that this one corrects."""
    return Visit(
        id=record.id,
        person_id=record.person_id,
        plan_id=record.plan_id,
        provider_id=record.provider_id,
        funder=None,
        planned_start=None,
        planned_end=None,
        workers_needed=1,
        time_critical=False,
        workers=(record.worker_id,),
        records=tuple(family),
        dispute=dispute,
    )


def as_record(row: VisitRecordRow) -> VisitRecord:
    """A record's row as its value."""
    return VisitRecord(
        id=row.id,
        visit_id=row.visit_id,
        person_id=row.person_id,
        plan_id=row.plan_id,
        plan_version=row.plan_version,
        worker_id=row.worker_id,
        provider_id=row.provider_id,
        device_id=row.device_id,
        started_at=row.started_at,
        ended_at=row.ended_at,
        result=Result(row.result),
        note=row.note,
        present=tuple(row.present),
        clocked=Clocked(row.occurred_at, row.received_at, timedelta(milliseconds=row.skew_ms)),
        corrects=row.corrects,
    )


def planned(
    row: VisitRow,
    workers: tuple[UUID, ...],
    records: tuple[VisitRecord, ...],
    elsewhere: frozenset[UUID],
    *,
    as_of: datetime | None = None,
) -> Visit:
    """A planned visit with its workers and records; one that was called off after `as_of` was not called off."""
    return Visit(
        id=row.id,
        person_id=row.person_id,
        plan_id=row.plan_id,
        provider_id=row.provider_id,
        funder=row.funder,
        planned_start=row.planned_start,
        planned_end=row.planned_end,
        workers_needed=row.workers_needed,
        time_critical=row.time_critical,
        workers=workers,
        cancellation=_cancellation(row, as_of),
        records=records,
        corrected_elsewhere=elsewhere & {r.id for r in records},
        missed=_missed(row, as_of),
        pattern_id=row.pattern_id,
        service=row.service,
        window=timedelta(minutes=row.window_minutes) if row.window_minutes is not None else None,
    )


def _missed(row: VisitRow, as_of: datetime | None) -> Missed | None:
    if row.missed_at is None or (as_of is not None and row.missed_at > as_of):
        return None
    return Missed(row.missed_at, row.missed_by, row.missed_because or "", row.merged_into)


def _cancellation(row: VisitRow, as_of: datetime | None) -> Cancellation | None:
    if row.cancelled_at is None or row.cancelled_by is None or (as_of is not None and row.cancelled_at > as_of):
        return None
    return Cancellation(
        at=row.cancelled_at,
        by=CancelledBy(row.cancelled_by),
        reason=row.cancel_reason or "",
        notice=max(row.planned_start - (row.cancel_said_at or row.cancelled_at), timedelta(0)),
    )
