"""Escalations, incidents with what was done about them, and reviews, as frozen values."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select

from careplan.db import db
from careplan.delegation.domain.authority import Lack
from careplan.delegation.domain.escalation import Escalation, Told
from careplan.delegation.domain.incident import Incident, IncidentEvent, IncidentStep
from careplan.delegation.domain.ladder import EscalationStep, When
from careplan.delegation.domain.review import Decision, DelegationReview
from careplan.delegation.models import (
    DelegationReviewRow,
    EscalationRow,
    EscalationToldRow,
    IncidentRow,
    IncidentStepRow,
)


def find_person_of_escalation(*, escalation_id: UUID, **_: object) -> UUID | None:
    """Whose reading it was, as far as the transaction's actor may see."""
    return db.session.scalar(select(EscalationRow.person_id).where(EscalationRow.id == escalation_id))


def find_person_of_incident(*, incident_id: UUID, **_: object) -> UUID | None:
    """Under whose record an incident stands, as far as the transaction's actor may see."""
    return db.session.scalar(select(IncidentRow.person_id).where(IncidentRow.id == incident_id))


def find_escalation(*, escalation_id: UUID) -> Escalation | None:
    """One escalation, or None."""
    return next(iter(_escalations(select(EscalationRow).where(EscalationRow.id == escalation_id))), None)


def list_escalations(*, delegation_id: UUID) -> list[Escalation]:
    """Those of a delegation, latest first."""
    query = select(EscalationRow).where(EscalationRow.delegation_id == delegation_id)
    return _escalations(query.order_by(EscalationRow.raised_at.desc()))


def list_open_escalations(*, visible: Select[UUID]) -> list[Escalation]:
    """Those that nobody has answered, of the people whom the policy shows, oldest first."""
    query = select(EscalationRow).where(EscalationRow.answered_at.is_(None), EscalationRow.person_id.in_(visible))
    return _escalations(query.order_by(EscalationRow.raised_at))


def find_incident(*, incident_id: UUID) -> Incident | None:
    """One incident with its steps, or None."""
    return next(iter(_incidents(select(IncidentRow).where(IncidentRow.id == incident_id))), None)


def list_incidents(*, visible: Select[UUID] | None = None, delegation_id: UUID | None = None) -> list[Incident]:
    """Those of the people whom the policy shows, or of a delegation, latest first."""
    query = select(IncidentRow).order_by(IncidentRow.recorded_at.desc(), IncidentRow.id.desc())
    if visible is not None:
        query = query.where(IncidentRow.person_id.in_(visible))
    if delegation_id is not None:
        query = query.where(IncidentRow.delegation_id == delegation_id)
    return _incidents(query)


def list_delegation_reviews(*, delegation_id: UUID) -> list[DelegationReview]:
    """The reviews of a delegation, latest first."""
    rows = db.session.scalars(
        select(DelegationReviewRow)
        .where(DelegationReviewRow.delegation_id == delegation_id)
        .order_by(DelegationReviewRow.held_on.desc(), DelegationReviewRow.id.desc())
    )
    return [
        DelegationReview(r.id, r.delegation_id, r.held_on, r.findings, Decision(r.decision), r.next_on, r.by, r.at)
        for r in rows
    ]


def as_ladder(stored: Iterable[dict[str, Any]]) -> tuple[EscalationStep, ...]:
    """The ladder as it stood when an escalation was raised."""
    return tuple(
        EscalationStep(
            position=s["position"],
            name=s["name"],
            phone=s["phone"],
            within_minutes=s["within_minutes"],
            when=When(s["when"]),
            account_id=UUID(s["account_id"]) if s["account_id"] else None,
        )
        for s in stored
    )


def _escalations(query: Select[EscalationRow]) -> list[Escalation]:
    rows = db.session.scalars(query).all()
    told: dict[UUID, list[Told]] = {r.id: [] for r in rows}
    if rows:
        found = db.session.scalars(
            select(EscalationToldRow)
            .where(EscalationToldRow.escalation_id.in_(list(told)))
            .order_by(EscalationToldRow.at, EscalationToldRow.id)
        )
        for t in found:
            told[t.escalation_id].append(Told(t.position, t.name, t.phone, t.at, t.account_id))
    return [
        Escalation(
            id=r.id,
            person_id=r.person_id,
            delegation_id=r.delegation_id,
            occasion_id=r.occasion_id,
            provider_id=r.provider_id,
            organisation_id=r.organisation_id,
            words=r.words,
            raised_at=r.raised_at,
            ladder=as_ladder(r.ladder),
            told=tuple(told[r.id]),
            answered_at=r.answered_at,
            answered_by=r.answered_by,
            answered_words=r.answered_words,
        )
        for r in rows
    ]


def _incidents(query: Select[IncidentRow]) -> list[Incident]:
    rows: Sequence[IncidentRow] = db.session.scalars(query).all()
    steps: dict[UUID, list[IncidentStep]] = {r.id: [] for r in rows}
    if rows:
        found = db.session.scalars(
            select(IncidentStepRow)
            .where(IncidentStepRow.incident_id.in_(list(steps)))
            .order_by(IncidentStepRow.at, IncidentStepRow.id)
        )
        for s in found:
            steps[s.incident_id].append(IncidentStep(IncidentEvent(s.event), s.at, s.by, s.words, s.stays_suspended))
    return [
        Incident(
            id=r.id,
            person_id=r.person_id,
            delegation_id=r.delegation_id,
            occasion_id=r.occasion_id,
            worker_id=r.worker_id,
            provider_id=r.provider_id,
            lacks=tuple(Lack(lack) for lack in r.lacks),
            occurred_at=r.occurred_at,
            recorded_at=r.recorded_at,
            time_uncertain=r.time_uncertain,
            steps=tuple(steps[r.id]),
        )
        for r in rows
    ]
