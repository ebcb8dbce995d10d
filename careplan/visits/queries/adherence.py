"""The planned times at which a delegated activity was to be done."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from careplan.db import db
from careplan.delegation.domain.adherence import Expected
from careplan.visits.models import VisitActivityRow, VisitRow


def list_expected(*, delegation_id: UUID, since: datetime, until: datetime) -> list[Expected]:
    """Visits between two instants that take the activity in and were not called off, in order."""
    rows = db.session.execute(
        select(VisitRow.id, VisitRow.planned_start)
        .join(VisitActivityRow, VisitActivityRow.visit_id == VisitRow.id)
        .where(
            VisitActivityRow.delegation_id == delegation_id,
            VisitRow.planned_start >= since,
            VisitRow.planned_start < until,
            VisitRow.cancelled_at.is_(None),
        )
        .order_by(VisitRow.planned_start, VisitRow.id)
    )
    return [Expected(visit_id, at) for visit_id, at in rows]
