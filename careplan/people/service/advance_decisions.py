"""Papers about treatment that was decided on beforehand: recorded, seen, corrected, ended."""

from datetime import date, datetime
from uuid import UUID

from careplan.access.domain.actor import Actor
from careplan.db import db
from careplan.kernel.clock import local_date
from careplan.kernel.errors import NotFound
from careplan.kernel.ids import new_id
from careplan.people import queries
from careplan.people.domain.advance_decision import AdvanceDetails, checked_advance
from careplan.people.domain.known import AlreadyReplaced, standing
from careplan.people.domain.retraction import checked_reason
from careplan.people.models import AdvanceDecisionRow
from careplan.people.service.locking import locked_person
from careplan.people.service.retracting import retract


def record_advance_decision(*, person_id: UUID, details: AdvanceDetails, actor: Actor, now: datetime) -> UUID:
    """Records that there is a paper, and where.  Raises Invalid, NotYet, NotFound."""
    locked_person(person_id=person_id)
    return _add(person_id, details, corrects=None, actor=actor, now=now)


def correct_advance_decision(
    *, person_id: UUID, decision_id: UUID, details: AdvanceDetails, actor: Actor, now: datetime
) -> UUID:
    """Writes it anew in place of another, which stays.  Raises AlreadyReplaced, Invalid, NotYet, NotFound."""
    row = _standing(person_id, decision_id)
    return _add(person_id, details, corrects=row.id, actor=actor, now=now)


def end_advance_decision(
    *, person_id: UUID, decision_id: UUID, ends_on: date, reason: str, actor: Actor, now: datetime
) -> None:
    """Says until which day the paper holds, and why.  Raises AlreadyReplaced, ReasonMissing, NotFound."""
    row = _standing(person_id, decision_id)
    if row.ends_on is not None:
        raise AlreadyReplaced("This paper was ended already.")
    row.ends_on, row.end_reason = ends_on, checked_reason(reason)
    db.session.flush()


def retract_advance_decision(*, person_id: UUID, decision_id: UUID, reason: str, actor: Actor, now: datetime) -> None:
    """Marks it as entered in error; what it corrected counts again.

    Raises AlreadyReplaced, ReasonMissing, NotFound.
    """
    retract(_standing(person_id, decision_id), reason=reason, actor=actor, now=now)


def _standing(person_id: UUID, decision_id: UUID) -> AdvanceDecisionRow:
    locked_person(person_id=person_id)
    row = db.session.get(AdvanceDecisionRow, decision_id, populate_existing=True)
    if row is None or row.person_id != person_id:
        raise NotFound("There is no such paper on this record.")
    if decision_id not in {d.id for d in standing(queries.list_advance_decisions(person_id=person_id))}:
        raise AlreadyReplaced("Somebody corrected this or marked it as entered in error. Look at what stands now.")
    return row


def _add(person_id: UUID, details: AdvanceDetails, *, corrects: UUID | None, actor: Actor, now: datetime) -> UUID:
    checked = checked_advance(details, today=local_date(now))
    row = AdvanceDecisionRow(
        id=new_id(),
        person_id=person_id,
        kind=checked.kind.value,
        kept_where=checked.kept_where,
        dated_on=checked.dated_on,
        words=checked.words,
        seen_on=checked.seen_on,
        seen_by=actor.account_id if checked.seen_on else None,
        corrects=corrects,
        recorded_at=now,
        recorded_by=actor.account_id,
    )
    db.session.add(row)
    db.session.flush()
    return row.id
