"""Contingency asked for and decided, for the timeline of a person's record."""

from uuid import UUID

from sqlalchemy import and_, not_

from careplan.db.moments import Moments, moments
from careplan.hours.models import ContingencyDraw


def select_moments(*, person_id: UUID) -> dict[str, Moments]:
    """What was asked for, and what was decided of it later than in the same instant."""
    c = ContingencyDraw
    at_once = and_(c.decision.is_not(None), c.decided_at == c.requested_at)
    asked = {
        "minutes": c.minutes,
        "decision": c.decision,
        "at_once": at_once,
        "circumstance": c.circumstance,
        "why": c.exceptional,
    }
    decided = {"minutes": c.minutes, "decision": c.decision, "why": c.reason}
    return {
        "contingency_asked": moments(at=c.requested_at, key=c.id, by=c.requested_by, facts=asked).where(
            c.person_id == person_id
        ),
        "contingency_decided": moments(at=c.decided_at, key=c.id, by=c.decided_by, facts=decided).where(
            c.person_id == person_id, c.decided_at.is_not(None), not_(at_once)
        ),
    }
