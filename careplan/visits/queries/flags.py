"""What waits for a coordinator, and what was answered to a tablet."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from careplan.db import db
from careplan.visits.domain.flag import Flag, RaisedFlag
from careplan.visits.models import HeldRecordRow, SyncReceiptRow, VisitFlagRow

MOST = 200


@dataclass(frozen=True, slots=True)
class Held:
    """A record that waits outside any person's record."""

    id: UUID
    worker_id: UUID
    kind: str
    reason: str
    body: dict[str, Any]
    received_at: datetime


def list_flags(*, provider_id: UUID | None = None, person_id: UUID | None = None) -> list[RaisedFlag]:
    """Flags not settled yet, oldest first, of a provider's workers or of a person's records."""
    query = (
        select(VisitFlagRow)
        .where(VisitFlagRow.settled_at.is_(None))
        .order_by(VisitFlagRow.raised_at, VisitFlagRow.id)
        .limit(MOST)
    )
    if provider_id is not None:
        query = query.where(VisitFlagRow.provider_id == provider_id)
    if person_id is not None:
        query = query.where(VisitFlagRow.person_id == person_id)
    return [_as_flag(r) for r in db.session.scalars(query)]


def find_flag_provider(*, flag_id: UUID) -> UUID | None:
    """Whose list a flag stands on."""
    return db.session.scalar(select(VisitFlagRow.provider_id).where(VisitFlagRow.id == flag_id))


def list_held(*, organisation_id: UUID) -> list[Held]:
    """Records held for an organisation's coordinator, oldest first."""
    query = (
        select(HeldRecordRow)
        .where(HeldRecordRow.organisation_id == organisation_id, HeldRecordRow.taken_at.is_(None))
        .order_by(HeldRecordRow.received_at, HeldRecordRow.id)
        .limit(MOST)
    )
    return [Held(r.id, r.worker_id, r.kind, r.reason, r.body, r.received_at) for r in db.session.scalars(query)]


def find_receipt(*, record_id: UUID, worker_id: UUID) -> dict[str, Any] | None:
    """What was answered for a record, to the worker who sent it and to nobody else."""
    return db.session.scalar(
        select(SyncReceiptRow.answer).where(SyncReceiptRow.id == record_id, SyncReceiptRow.worker_id == worker_id)
    )


def _as_flag(row: VisitFlagRow) -> RaisedFlag:
    return RaisedFlag(
        id=row.id,
        record_id=row.record_id,
        person_id=row.person_id,
        provider_id=row.provider_id,
        visit_id=row.visit_id,
        code=Flag(row.code),
        raised_at=row.raised_at,
        settled_at=row.settled_at,
        settled_by=row.settled_by,
        settled_words=row.settled_words,
    )
