"""What everyone has to know: allergies and reasonable adjustments."""

from datetime import date, datetime
from uuid import UUID

from careplan.access.domain.actor import Actor
from careplan.db import db
from careplan.kernel.clock import local_date
from careplan.kernel.errors import Conflict, Invalid, NotFound, Problem
from careplan.kernel.ids import new_id
from careplan.people import queries
from careplan.people.domain.allergy import AllergyStatus, check_statement
from careplan.people.domain.retraction import checked_reason
from careplan.people.domain.span import check_span
from careplan.people.models import AdjustmentRow, AllergyRow
from careplan.people.service.locking import locked_person
from careplan.people.service.retracting import retract


class AdjustmentUnsaid(Invalid):
    """An adjustment says what has to be done differently."""

    code = "adjustment_unsaid"


class AdjustmentEnded(Conflict):
    """The adjustment ended before."""

    code = "adjustment_ended"


def record_allergy(
    *,
    person_id: UUID,
    status: AllergyStatus,
    actor: Actor,
    now: datetime,
    substance: str | None = None,
    code: str | None = None,
    reaction: str | None = None,
) -> UUID:
    """Records an allergy, that none is known, or that nobody has asked.

    Raises SubstanceMissing, AllergiesStand, NotFound.
    """
    locked_person(person_id=person_id)
    named = (substance or "").strip() or None
    check_statement(status=status, substance=named, standing=queries.get_allergies(person_id=person_id))
    row = AllergyRow(
        id=new_id(),
        person_id=person_id,
        status=status.value,
        substance=named,
        code=(code or "").strip() or None,
        reaction=(reaction or "").strip() or None,
        recorded_at=now,
        recorded_by=actor.account_id,
    )
    db.session.add(row)
    db.session.flush()
    return row.id


def retract_allergy(*, person_id: UUID, allergy_id: UUID, reason: str, actor: Actor, now: datetime) -> None:
    """Marks a statement as entered in error; it stays to be seen.  Raises AlreadyRetracted, ReasonMissing, NotFound."""
    locked_person(person_id=person_id)
    row = db.session.get(AllergyRow, allergy_id)
    if row is None or row.person_id != person_id:
        raise NotFound("There is no such allergy on this record.")
    retract(row, reason=reason, actor=actor, now=now)


def record_adjustment(
    *, person_id: UUID, words: str, actor: Actor, now: datetime, starts_on: date | None = None
) -> UUID:
    """Records what has to be done differently, from a day on (today).  Raises AdjustmentUnsaid, NotFound."""
    locked_person(person_id=person_id)
    if not words.strip():
        message = "Say what has to be done differently."
        raise AdjustmentUnsaid(message, problems=(Problem("words", message),))
    row = AdjustmentRow(
        id=new_id(),
        person_id=person_id,
        words=words.strip(),
        starts_on=starts_on or local_date(now),
        recorded_at=now,
        recorded_by=actor.account_id,
    )
    db.session.add(row)
    db.session.flush()
    return row.id


def end_adjustment(
    *, person_id: UUID, adjustment_id: UUID, ends_on: date, reason: str, actor: Actor, now: datetime
) -> None:
    """Ends an adjustment, with a reason.  Raises AdjustmentEnded, EndBeforeStart, ReasonMissing, NotFound."""
    row = _adjustment(person_id, adjustment_id)
    if row.ends_on is not None:
        raise AdjustmentEnded("This adjustment has ended already.")
    check_span(starts_on=row.starts_on, ends_on=ends_on)
    row.ends_on, row.end_reason = ends_on, checked_reason(reason)
    db.session.flush()


def retract_adjustment(*, person_id: UUID, adjustment_id: UUID, reason: str, actor: Actor, now: datetime) -> None:
    """Marks an adjustment as entered in error; it stays.  Raises AlreadyRetracted, ReasonMissing, NotFound."""
    retract(_adjustment(person_id, adjustment_id), reason=reason, actor=actor, now=now)


def _adjustment(person_id: UUID, adjustment_id: UUID) -> AdjustmentRow:
    locked_person(person_id=person_id)
    row = db.session.get(AdjustmentRow, adjustment_id)
    if row is None or row.person_id != person_id:
        raise NotFound("There is no such adjustment on this record.")
    return row
