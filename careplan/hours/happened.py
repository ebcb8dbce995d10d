"""Contingency, pauses, decisions and changes of hours, for the timeline of a person's record."""

from uuid import UUID

from sqlalchemy import and_, not_

from careplan.db.moments import Moments, moments
from careplan.hours.models import ContingencyDraw, HourAdjustment, HourDecision, HourDispute, HourPause


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
        **_changes(person_id),
    }


def _changes(person_id: UUID) -> dict[str, Moments]:
    a, d, p, u = HourAdjustment, HourDecision, HourPause, HourDispute
    change = {"minutes": a.minutes, "why": a.reason, "standing": a.standing, "outside": a.outside}
    answer = {"minutes": a.minutes, "why": a.answer, "standing": a.standing, "outside": a.outside}
    later = a.answered_at > a.asked_at
    return {
        "change_asked": moments(at=a.asked_at, key=a.id, by=a.asked_by, facts=change).where(a.person_id == person_id),
        "change_answered": moments(at=a.answered_at, key=a.id, by=a.answered_by, facts=answer).where(
            a.person_id == person_id, later
        ),
        "hours_decided": moments(
            at=d.decided_at, key=d.id, by=d.decided_by, facts={"kind": d.kind, "minutes": d.minutes, "why": d.reason}
        ).where(d.person_id == person_id),
        "time_disputed": moments(
            at=u.disputed_at, key=u.id, by=u.disputed_by, facts={"minutes": u.minutes, "why": u.why}
        ).where(u.person_id == person_id),
        "care_paused": moments(
            at=p.made_at, key=p.id, by=p.made_by,
            facts={"reason": p.reason, "first": p.starts_on, "last": p.said_until},
        ).where(p.person_id == person_id),
    }  # fmt: skip
