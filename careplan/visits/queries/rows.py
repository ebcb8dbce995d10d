"""Rows of the visits tables as frozen values."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Table, Uuid, exists, func, select
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, aggregate_order_by
from sqlalchemy.orm import aliased

from careplan.db import db
from careplan.visits.domain.dispute import DisputeState
from careplan.visits.domain.visit import Cancellation, CancelledBy, Clocked, Missed, Result, Visit, VisitRecord
from careplan.visits.models import VisitDisputeRow, VisitRecordRow, VisitRow, VisitWorkerRow


def whole(rows: Sequence[VisitRow]) -> list[Visit]:
    """Planned visits with their workers and records, in the rows' order: one statement however many they are."""
    if not rows:
        return []
    found = db.session.execute(select(VisitRow.id, *PARTS).where(VisitRow.id.in_([r.id for r in rows])))
    parts = {row.id: row for row in found}
    return [with_parts(r, parts[r.id]) for r in rows]


def with_parts(row: Any, parts: Any) -> Visit:
    """A planned visit from the columns of its table and from `PARTS`."""
    visit = planned(
        row,
        tuple(parts.workers or ()),
        tuple(_record_said(said) for said in parts.records or ()),
        frozenset(parts.elsewhere or ()),
    )
    return replace(visit, dispute=_dispute(parts.disputed) if parts.disputed else None)


def disputes_of(visit_ids: Iterable[UUID]) -> dict[UUID, DisputeState]:
    """How the disputes about these visits stand; the latest fact of each counts."""
    found = db.session.execute(
        select(VisitDisputeRow.visit_id, VisitDisputeRow.kind)
        .where(VisitDisputeRow.visit_id.in_(list(visit_ids)))
        .order_by(VisitDisputeRow.recorded_at, VisitDisputeRow.id)
    )
    return {row.visit_id: _dispute(row.kind) for row in found}


def _dispute(kind: str) -> DisputeState:
    return DisputeState.ANSWERED if kind == "answered" else DisputeState.DISPUTED


def _record_said(said: dict[str, Any]) -> VisitRecord:
    """A record from its row as JSON."""
    return as_record(VisitRecordRow(**{name: _READ.get(name, _as_it_is)(value) for name, value in said.items()}))


def _as_it_is(value: Any) -> Any:
    return value


def _id(value: str | None) -> UUID | None:
    return UUID(value) if value else None


def _instant(value: str) -> datetime:
    return datetime.fromisoformat(value).astimezone(UTC)


_READ: dict[str, Callable[[Any], Any]] = {
    **dict.fromkeys(("id", "visit_id", "person_id", "plan_id"), _id),
    **dict.fromkeys(("worker_id", "provider_id", "device_id", "corrects"), _id),
    **dict.fromkeys(("started_at", "ended_at", "occurred_at", "received_at"), _instant),
    "present": lambda ids: [UUID(i) for i in ids],
}
_LATER = aliased(VisitRecordRow)
# What belongs to a planned visit beside its own row: by sub-selects, so that one statement reads visits whole.
PARTS = (
    select(func.array_agg(aggregate_order_by(VisitWorkerRow.worker_id, VisitWorkerRow.worker_id), type_=ARRAY(Uuid())))
    .where(VisitWorkerRow.visit_id == VisitRow.id)
    .scalar_subquery()
    .label("workers"),
    select(
        func.jsonb_agg(
            aggregate_order_by(func.to_jsonb(cast(Table, VisitRecordRow.__table__).table_valued()), VisitRecordRow.id),
            type_=JSONB(),
        )
    )
    .where(VisitRecordRow.visit_id == VisitRow.id)
    .scalar_subquery()
    .label("records"),
    # Which of its records their worker corrected by one of another visit.
    select(func.array_agg(VisitRecordRow.id, type_=ARRAY(Uuid())))
    .where(
        VisitRecordRow.visit_id == VisitRow.id,
        exists().where(
            _LATER.corrects == VisitRecordRow.id,
            _LATER.visit_id.is_distinct_from(VisitRecordRow.visit_id),
            _LATER.worker_id == VisitRecordRow.worker_id,
            _LATER.person_id == VisitRecordRow.person_id,
        ),
    )
    .scalar_subquery()
    .label("elsewhere"),
    select(VisitDisputeRow.kind)
    .where(VisitDisputeRow.visit_id == VisitRow.id)
    .order_by(VisitDisputeRow.recorded_at.desc(), VisitDisputeRow.id.desc())
    .limit(1)
    .scalar_subquery()
    .label("disputed"),
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
