"""Recording that a paper was given, keeping notes about others, and marking either as entered in error."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from careplan.access.domain.actor import Actor
from careplan.assessments import queries, rows
from careplan.assessments.domain.giving import Format, Given, Paper, Recipient, check_given
from careplan.assessments.domain.note import Note
from careplan.assessments.models import GivenPaperRow, MistakeRow, ThirdPartyNoteRow
from careplan.db import db
from careplan.kernel.clock import local_date
from careplan.kernel.errors import NotFound, invalid
from careplan.kernel.ids import new_id
from careplan.people.domain.retraction import AlreadyRetracted, checked_reason


def record_given(
    *,
    person_id: UUID,
    paper: Paper,
    paper_id: UUID,
    recipient: Recipient,
    format: Format,
    given_on: date,
    actor: Actor,
    now: datetime,
    name: str = "",
    language: str | None = None,
) -> Given:
    """Keeps that a paper of this person was given; whoever calls has seen that it is theirs.

    Raises GivenIncomplete.
    """
    language = language if format is Format.LANGUAGE else None
    check_given(recipient=recipient, name=name, format=format, language=language, on=given_on, today=local_date(now))
    row = GivenPaperRow(
        id=new_id(),
        person_id=person_id,
        **{rows.PAPER_COLUMNS[paper]: paper_id},
        recipient=recipient.value,
        name=name.strip(),
        format=format.value,
        language=language,
        given_on=given_on,
        given_by=actor.account_id,
        at=now,
    )
    db.session.add(row)
    db.session.flush()
    return rows.given(row)


def add_note(*, person_id: UUID, words: str, actor: Actor, now: datetime) -> None:
    """Keeps a note about or from somebody else, for the council alone.  Raises Invalid."""
    if not words.strip():
        raise invalid("words", "Write the note.")
    db.session.add(
        ThirdPartyNoteRow(id=new_id(), person_id=person_id, words=words.strip(), written_by=actor.account_id, at=now)
    )
    db.session.flush()


def retract_given(*, person_id: UUID, given_id: UUID, reason: str, actor: Actor, now: datetime) -> None:
    """Says that a paper was not given as it was written down; that stays to be seen.

    Raises NotFound, ReasonMissing, AlreadyRetracted.
    """
    found = next((g for g in queries.list_given(person_id=person_id) if g.id == given_id), None)
    _retract(found, person_id=person_id, given_id=given_id, reason=reason, actor=actor, now=now)


def retract_note(*, person_id: UUID, note_id: UUID, reason: str, actor: Actor, now: datetime) -> None:
    """Says that a note about others was wrong; it stays to be seen by whoever may read it.

    Raises NotFound, ReasonMissing, AlreadyRetracted.
    """
    found = next((n for n in queries.list_notes(person_id=person_id) if n.id == note_id), None)
    _retract(found, person_id=person_id, note_id=note_id, reason=reason, actor=actor, now=now)


def _retract(
    found: Given | Note | None, *, person_id: UUID, reason: str, actor: Actor, now: datetime, **of: UUID
) -> None:
    if found is None:
        raise NotFound("There is no such thing to mark.")
    because = checked_reason(reason)
    written = db.session.execute(
        insert(MistakeRow)
        .values(id=new_id(), person_id=person_id, because=because, by=actor.account_id, at=now, **of)
        .on_conflict_do_nothing()
        .returning(MistakeRow.id)
    ).first()
    if written is None:
        raise AlreadyRetracted("This was marked as entered in error before.")
