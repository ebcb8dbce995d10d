"""What happened to health activities handed over, for the timeline of a person's record."""

from uuid import UUID

from careplan.db.moments import Moments, moments
from careplan.delegation.models import (
    DelegationReviewRow,
    DelegationRow,
    EscalationRow,
    IncidentRow,
    IncidentStepRow,
    StepRow,
)

TOLD_OF_INCIDENTS = ("provider_closes", "delegator_closes", "reopened")


def select_moments(*, person_id: UUID) -> dict[str, Moments]:
    """Delegations proposed, each step since, reviews, and what followed an occasion, each by its name."""
    d, s, r = DelegationRow, StepRow, DelegationReviewRow
    reviewed = {"activity": d.activity, "decision": r.decision, "why": r.findings}
    return {
        "delegation_proposed": moments(
            at=d.proposed_at, key=d.id, by=d.delegator_id, facts={"activity": d.activity}
        ).where(d.person_id == person_id),
        "delegation_moved": moments(at=s.at, key=s.id, by=s.by, facts={"activity": d.activity, "event": s.event})
        .join(d, d.id == s.delegation_id)
        .where(s.person_id == person_id),
        "delegation_reviewed": moments(at=r.at, key=r.id, by=r.by, facts=reviewed)
        .join(d, d.id == r.delegation_id)
        .where(r.person_id == person_id),
        **_readings(person_id),
        **_incidents(person_id),
    }


def _readings(person_id: UUID) -> dict[str, Moments]:
    d, e = DelegationRow, EscalationRow
    of = d.id == e.delegation_id
    said = {"activity": d.activity, "words": e.words}
    answered = {"activity": d.activity, "words": e.answered_words}
    return {
        "reading_escalated": moments(at=e.raised_at, key=e.id, party="provider", facts=said)
        .join(d, of)
        .where(e.person_id == person_id),
        "reading_answered": moments(at=e.answered_at, key=e.id, by=e.answered_by, facts=answered)
        .join(d, of)
        .where(e.person_id == person_id, e.answered_at.is_not(None)),
    }


def _incidents(person_id: UUID) -> dict[str, Moments]:
    """The delegation of an incident is as the tablet claimed it: there may be none."""
    d, i, s = DelegationRow, IncidentRow, IncidentStepRow
    of = d.id == i.delegation_id
    return {
        "incident_raised": moments(at=i.recorded_at, key=i.id, party="provider", facts={"activity": d.activity})
        .outerjoin(d, of)
        .where(i.person_id == person_id),
        "incident_moved": moments(at=s.at, key=s.id, by=s.by, facts={"activity": d.activity, "event": s.event})
        .join(i, i.id == s.incident_id)
        .outerjoin(d, of)
        .where(s.person_id == person_id, s.event.in_(TOLD_OF_INCIDENTS)),
    }
