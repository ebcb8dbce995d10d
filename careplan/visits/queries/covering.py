"""Visits at which a delegated activity is to be done."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from careplan.db import db
from careplan.visits.domain.visit import Visit
from careplan.visits.models import VisitActivityRow, VisitRow
from careplan.visits.queries.rows import whole


def list_with_activity(
    *, delegation_ids: Collection[UUID], since: datetime, until: datetime
) -> dict[UUID, list[Visit]]:
    """By delegation, the planned visits of a stretch of time at which its activity is to be done, soonest first."""
    rows = db.session.execute(
        select(VisitActivityRow.delegation_id, VisitRow)
        .join(VisitRow, VisitRow.id == VisitActivityRow.visit_id)
        .where(
            VisitActivityRow.delegation_id.in_(list(delegation_ids)),
            VisitRow.planned_start >= since,
            VisitRow.planned_start < until,
            VisitRow.cancelled_at.is_(None),
            VisitRow.missed_at.is_(None),
        )
        .order_by(VisitRow.planned_start, VisitRow.id)
    ).all()
    visits = {v.id: v for v in whole(list({row.id: row for _, row in rows}.values()))}
    found: dict[UUID, list[Visit]] = {i: [] for i in delegation_ids}
    for delegation_id, row in rows:
        found[delegation_id].append(visits[row.id])
    return found
