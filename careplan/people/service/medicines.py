"""Medicines: copied out by one person, checked by another, corrected, stopped."""

from datetime import date, datetime
from uuid import UUID

from careplan.access.domain.actor import Actor
from careplan.db import db
from careplan.kernel.errors import NotFound
from careplan.kernel.ids import new_id
from careplan.people import queries
from careplan.people.domain.known import AlreadyReplaced, standing
from careplan.people.domain.medicine import MedicineDetails, check_checker, checked_medicine
from careplan.people.domain.retraction import checked_reason
from careplan.people.domain.span import check_span
from careplan.people.models import MedicineRow
from careplan.people.service.locking import locked_person
from careplan.people.service.retracting import retract


def record_medicine(*, person_id: UUID, details: MedicineDetails, actor: Actor, now: datetime) -> UUID:
    """Copies a medicine from its paper; somebody else is to check it.  Raises Invalid, NotFound."""
    locked_person(person_id=person_id)
    return _add(person_id, details, corrects=None, actor=actor, now=now)


def correct_medicine(
    *, person_id: UUID, medicine_id: UUID, details: MedicineDetails, actor: Actor, now: datetime
) -> UUID:
    """Writes a medicine anew in place of another, which stays; it is to be checked again.

    Raises AlreadyReplaced, Invalid, NotFound.
    """
    row = _standing(person_id, medicine_id)
    return _add(person_id, details, corrects=row.id, actor=actor, now=now)


def check_medicine(*, person_id: UUID, medicine_id: UUID, actor: Actor, now: datetime) -> None:
    """Somebody other than the copier has held it against the paper; checking again changes nothing.

    Raises SameHands, AlreadyReplaced, NotFound.
    """
    row = _standing(person_id, medicine_id)
    check_checker(copied_by=row.recorded_by, checker=actor.account_id)
    if row.checked_at is None:
        row.checked_at, row.checked_by = now, actor.account_id
        db.session.flush()


def stop_medicine(
    *, person_id: UUID, medicine_id: UUID, ends_on: date, reason: str, actor: Actor, now: datetime
) -> None:
    """Says on which day it is taken last, and why.  Raises AlreadyReplaced, EndBeforeStart, ReasonMissing, NotFound."""
    row = _standing(person_id, medicine_id)
    if row.stop_reason is not None:
        raise AlreadyReplaced("This medicine was stopped already.")
    check_span(starts_on=row.starts_on, ends_on=ends_on)
    row.stops_on, row.stop_reason = ends_on, checked_reason(reason)
    db.session.flush()


def retract_medicine(*, person_id: UUID, medicine_id: UUID, reason: str, actor: Actor, now: datetime) -> None:
    """Marks a medicine as entered in error; what it corrected counts again.

    Raises AlreadyReplaced, ReasonMissing, NotFound.
    """
    retract(_standing(person_id, medicine_id), reason=reason, actor=actor, now=now)


def _standing(person_id: UUID, medicine_id: UUID) -> MedicineRow:
    locked_person(person_id=person_id)
    row = db.session.get(MedicineRow, medicine_id, populate_existing=True)
    if row is None or row.person_id != person_id:
        raise NotFound("There is no such medicine on this record.")
    if medicine_id not in {m.id for m in standing(queries.list_medicines(person_id=person_id))}:
        raise AlreadyReplaced("Somebody corrected this or marked it as entered in error. Look at what stands now.")
    return row


def _add(person_id: UUID, details: MedicineDetails, *, corrects: UUID | None, actor: Actor, now: datetime) -> UUID:
    checked = checked_medicine(details)
    needed = checked.as_needed
    row = MedicineRow(
        id=new_id(),
        person_id=person_id,
        name=checked.name,
        code=checked.code,
        form=checked.form,
        strength=checked.strength,
        dose=checked.dose,
        route=checked.route.value,
        times=checked.times,
        reason=checked.reason,
        least_gap=needed.least_gap if needed else None,
        most_doses=needed.most_doses if needed else None,
        support=checked.support.value,
        source=checked.source,
        starts_on=checked.starts_on,
        stops_on=checked.stops_on,
        clock=list(checked.clock),
        on_time=checked.on_time,
        technique=checked.technique,
        corrects=corrects,
        recorded_at=now,
        recorded_by=actor.account_id,
    )
    db.session.add(row)
    db.session.flush()
    return row.id
