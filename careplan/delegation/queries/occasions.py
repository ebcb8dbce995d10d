"""Occasions, and who was told of what, as frozen values."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import false, or_, select

from careplan.db import db
from careplan.delegation.domain.occasion import Alert, AlertKind, Occasion, OccasionResult, Reading
from careplan.delegation.models import (
    AlertRow,
    OccasionRow,
    ReadingRow,
)

MOST_OCCASIONS = 200


def list_occasions(
    *, person_id: UUID | None = None, delegation_id: UUID | None = None, since: datetime | None = None
) -> list[Occasion]:
    """Occasions of a person or of a delegation, latest first, two hundred at most."""
    query = select(OccasionRow).order_by(OccasionRow.effective_at.desc(), OccasionRow.id.desc()).limit(MOST_OCCASIONS)
    if person_id is not None:
        query = query.where(OccasionRow.person_id == person_id)
    if delegation_id is not None:
        query = query.where(OccasionRow.delegation_id == delegation_id)
    if since is not None:
        query = query.where(OccasionRow.effective_at >= since)
    return _with_readings(db.session.scalars(query).all())


def list_whole_occasions(*, person_id: UUID) -> list[Occasion]:
    """Every occasion of a person, earliest first, for the record that is assembled whole."""
    query = select(OccasionRow).where(OccasionRow.person_id == person_id)
    return _with_readings(db.session.scalars(query.order_by(OccasionRow.effective_at, OccasionRow.id)).all())


def list_occasions_of_visits(*, visit_ids: Iterable[UUID]) -> list[Occasion]:
    """Occasions at these visits, earliest first."""
    query = (
        select(OccasionRow)
        .where(OccasionRow.visit_id.in_(list(visit_ids)))
        .order_by(OccasionRow.effective_at, OccasionRow.id)
    )
    return _with_readings(db.session.scalars(query).all())


def list_open_alerts(*, account_id: UUID | None = None, organisation_id: UUID | None = None) -> list[Alert]:
    """What an account or an organisation, or either, has been told of and not yet acknowledged, oldest first."""
    query = select(AlertRow).where(AlertRow.acknowledged_at.is_(None)).order_by(AlertRow.raised_at, AlertRow.id)
    audiences = [
        column == value
        for column, value in ((AlertRow.account_id, account_id), (AlertRow.organisation_id, organisation_id))
        if value is not None
    ]
    query = query.where(or_(false(), *audiences))
    return [_as_alert(r) for r in db.session.scalars(query)]


def _with_readings(rows: Sequence[OccasionRow]) -> list[Occasion]:
    readings: dict[UUID, list[Reading]] = {r.id: [] for r in rows}
    if rows:
        query = (
            select(ReadingRow)
            .where(ReadingRow.occasion_id.in_(list(readings)))
            .order_by(ReadingRow.occasion_id, ReadingRow.position)
        )
        for r in db.session.scalars(query):
            readings[r.occasion_id].append(Reading(r.name, r.value, r.unit, r.in_range))
    return [_as_occasion(r, tuple(readings[r.id])) for r in rows]


def _as_occasion(row: OccasionRow, readings: tuple[Reading, ...]) -> Occasion:
    return Occasion(
        id=row.id,
        person_id=row.person_id,
        delegation_id=row.delegation_id,
        instruction_version=row.instruction_version,
        worker_id=row.worker_id,
        visit_id=row.visit_id,
        effective_at=row.effective_at,
        received_at=row.received_at,
        result=OccasionResult(row.result),
        reason=row.reason,
        authorised=row.authorised,
        corrects=row.corrects,
        readings=readings,
    )


def _as_alert(row: AlertRow) -> Alert:
    return Alert(
        id=row.id,
        kind=AlertKind(row.kind),
        person_id=row.person_id,
        delegation_id=row.delegation_id,
        occasion_id=row.occasion_id,
        account_id=row.account_id,
        organisation_id=row.organisation_id,
        words=row.words,
        raised_at=row.raised_at,
        acknowledged_at=row.acknowledged_at,
        acknowledged_by=row.acknowledged_by,
        escalation_id=row.escalation_id,
    )
