"""Complaints with their answers, as frozen values."""

from uuid import UUID

from sqlalchemy import Row, Select, select

from careplan.complaints.domain.complaint import About, Answer, Complaint, FollowUp
from careplan.complaints.models import ComplaintAnswerRow, ComplaintRow
from careplan.db import db
from careplan.kernel.errors import NotFound
from careplan.visits.domain.dispute import DisputeKind

MOST_ANSWERED = 20


def get_complaint(*, complaint_id: UUID) -> Complaint:
    """Raises NotFound."""
    found = find_complaint(complaint_id=complaint_id)
    if found is None:
        raise NotFound("There is no such complaint.")
    return found


def find_complaint(*, complaint_id: UUID) -> Complaint | None:
    """One complaint, or None."""
    row = db.session.execute(_all().where(ComplaintRow.id == complaint_id)).one_or_none()
    return _complaint(row) if row else None


def list_of_person(*, person_id: UUID) -> list[Complaint]:
    """What a person or their representative complained of, the latest first."""
    query = _all().where(ComplaintRow.person_id == person_id)
    return [_complaint(row) for row in db.session.execute(query.order_by(ComplaintRow.recorded_at.desc()))]


def list_waiting(*, visible: Select[UUID]) -> list[Complaint]:
    """Those about these people that wait for an answer, by the day on which it is due."""
    query = _all().where(ComplaintRow.person_id.in_(visible), ComplaintAnswerRow.complaint_id.is_(None))
    return [_complaint(row) for row in db.session.execute(query.order_by(ComplaintRow.answer_by, ComplaintRow.id))]


def list_answered(*, visible: Select[UUID]) -> list[Complaint]:
    """The last ones about these people that were answered."""
    query = _all().where(ComplaintRow.person_id.in_(visible), ComplaintAnswerRow.complaint_id.is_not(None))
    latest = query.order_by(ComplaintAnswerRow.recorded_at.desc()).limit(MOST_ANSWERED)
    return [_complaint(row) for row in db.session.execute(latest)]


def _all() -> Select[ComplaintRow, ComplaintAnswerRow]:
    return select(ComplaintRow, ComplaintAnswerRow).outerjoin(
        ComplaintAnswerRow, ComplaintAnswerRow.complaint_id == ComplaintRow.id
    )


def _complaint(found: Row[ComplaintRow, ComplaintAnswerRow]) -> Complaint:
    row, answered = found
    return Complaint(
        id=row.id,
        person_id=row.person_id,
        reference=row.reference,
        about=About(row.about),
        words=row.words,
        wanted=row.wanted,
        answer_by=row.answer_by,
        made_at=row.recorded_at,
        made_by=row.recorded_by,
        dispute=DisputeKind(row.dispute) if row.dispute else None,
        visit_id=row.visit_id,
        provider_id=row.provider_id,
        answer=_answer(answered),
    )


def _answer(row: ComplaintAnswerRow | None) -> Answer | None:
    if row is None:
        return None
    return Answer(row.words, FollowUp(row.follow_up), row.recorded_at, row.recorded_by, row.record_id)
