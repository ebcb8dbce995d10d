"""Complaining, disputing a visit, and answering; nothing here commits."""

from contextlib import suppress
from datetime import datetime
from uuid import UUID

from sqlalchemy import text

from careplan.access.domain.actor import Actor
from careplan.complaints import queries
from careplan.complaints.domain.complaint import FOR_PROVIDERS, About, Complaint, FollowUp, reference_of
from careplan.complaints.models import ComplaintAnswerRow, ComplaintRow
from careplan.db import db
from careplan.hours import service as hours
from careplan.hours.domain.deciding import NotUncovered
from careplan.hours.domain.disputing import AlreadyDisputed
from careplan.kernel.clock import local_date
from careplan.kernel.errors import Conflict, NotFound, invalid
from careplan.kernel.holidays import bank_holidays
from careplan.kernel.ids import new_id
from careplan.kernel.words import short_day
from careplan.kernel.working_days import working_days_after
from careplan.notices import service as notices
from careplan.notices.domain.notice import Audience, NoticeKind
from careplan.people import queries as people
from careplan.visits import queries as visits
from careplan.visits import service as visit_service
from careplan.visits.domain.dispute import DisputeKind

# Any number, so long as it stands for complaints alone.
COMPLAINT = 7_321
_LOCK = text("SELECT pg_advisory_xact_lock(hashtextextended(:id, :kind))")


class AlreadyAnswered(Conflict):
    """The complaint has its answer."""

    code = "already_answered"


def complain(
    *, person_id: UUID, about: About, words: str, wanted: str | None, days: int, actor: Actor, now: datetime
) -> Complaint:
    """Keeps what the person or their representative says was wrong; it is answered within so many working days.

    Raises Invalid.
    """
    if not words.strip():
        raise invalid("words", "Tell us what went wrong.")
    if about is About.VISIT:
        raise invalid("about", "Choose the visit in your list of visits.")
    row = _row(person_id, about, days, actor, now)
    row.words, row.wanted = words.strip(), (wanted or "").strip() or None
    return _kept(row, actor, now)


def dispute_visit(
    *, person_id: UUID, visit_id: UUID, kind: DisputeKind, words: str | None, days: int, actor: Actor, now: datetime
) -> Complaint:
    """Keeps that a visit did not happen, or was short, as the person says. What was recorded of it stays as it is.

    Raises NotYetOver, AlreadyDisputed, NotFound.
    """
    visit = visit_service.dispute_visit(person_id=person_id, visit_id=visit_id, kind=kind, actor=actor, now=now)
    row = _row(person_id, About.VISIT, days, actor, now)
    row.visit_id, row.dispute, row.provider_id = visit.id, kind.value, visit.provider_id
    row.words = (words or "").strip() or None
    _dispute_unfunded(row, kind, days, actor, now)
    return _kept(row, actor, now)


def _dispute_unfunded(row: ComplaintRow, kind: DisputeKind, days: int, actor: Actor, now: datetime) -> None:
    """Where nobody has paid for a part of the visit, it is disputed too who does."""
    assert row.visit_id is not None  # noqa: S101  it is about a visit
    with suppress(NotFound, NotUncovered, AlreadyDisputed):
        hours.dispute_unfunded(
            dispute_id=new_id(), person_id=row.person_id, visit_id=row.visit_id, why=row.words or f"{kind.words}.",
            days=days, actor=actor, now=now,
        )  # fmt: skip


def answer_complaint(*, complaint_id: UUID, words: str, follow_up: FollowUp, actor: Actor, now: datetime) -> None:
    """Answers with words and what follows; that a visit was corrected takes a record that came since.

    Raises Invalid, AlreadyAnswered, NotFound.
    """
    db.session.execute(_LOCK, {"id": str(complaint_id), "kind": COMPLAINT})
    complaint = queries.get_complaint(complaint_id=complaint_id)
    if complaint.answer is not None:
        raise AlreadyAnswered("This complaint has been answered.")
    if not words.strip():
        raise invalid("words", "Write the answer. If nothing changes, say why.")
    row = ComplaintAnswerRow(
        complaint_id=complaint.id,
        person_id=complaint.person_id,
        words=words.strip(),
        follow_up=follow_up.value,
        record_id=_new_record(complaint) if follow_up is FollowUp.CORRECTED else None,
        recorded_at=now,
        recorded_by=actor.account_id,
    )
    db.session.add(row)
    db.session.flush()
    if complaint.visit_id is not None:
        visit_service.answer_dispute(person_id=complaint.person_id, visit_id=complaint.visit_id, actor=actor, now=now)
    _tell(
        complaint,
        audience={Audience.PERSON},
        words=f"There is an answer to your complaint {complaint.reference}.",
        address="/me/complaints",
        actor=actor,
        now=now,
    )


def _row(person_id: UUID, about: About, days: int, actor: Actor, now: datetime) -> ComplaintRow:
    complaint_id = new_id()
    return ComplaintRow(
        id=complaint_id,
        person_id=person_id,
        reference=reference_of(complaint_id),
        about=about.value,
        answer_by=working_days_after(local_date(now), days, holidays=bank_holidays()),
        recorded_at=now,
        recorded_by=actor.account_id,
    )


def _kept(row: ComplaintRow, actor: Actor, now: datetime) -> Complaint:
    db.session.add(row)
    db.session.flush()
    complaint = queries.get_complaint(complaint_id=row.id)
    who = {Audience.COUNCIL, *([Audience.PROVIDER] if complaint.about in FOR_PROVIDERS else [])}
    name = people.get_person(person_id=row.person_id).name
    what = complaint.dispute.words if complaint.dispute else complaint.about.words
    _tell(
        complaint,
        audience=who,
        words=f"{name} has complained. {what}. Answer by {short_day(complaint.answer_by)}.",
        address=f"/complaints/{complaint.id}",
        actor=actor,
        now=now,
    )
    return complaint


def _tell(
    complaint: Complaint, *, audience: set[Audience], words: str, address: str, actor: Actor, now: datetime
) -> None:
    notices.tell(
        person_id=complaint.person_id,
        audience=audience,
        words=words,
        address=address,
        kind=NoticeKind.COMPLAINT,
        actor=actor,
        now=now,
    )


def _new_record(complaint: Complaint) -> UUID:
    """The last record of the disputed visit that came after the complaint.  Raises Invalid."""
    visit = visits.get_attendance(visit_id=complaint.visit_id) if complaint.visit_id else None
    since = [r for r in visit.records if r.clocked.received_at > complaint.made_at] if visit else []
    if not since:
        raise invalid(
            "follow_up", "No new record of this visit has come since. Have the worker correct it first, then answer."
        )
    return max(since, key=lambda r: (r.clocked.received_at, r.id)).id
