"""Recording that a paper was given, and keeping notes about others."""

from datetime import date, datetime
from uuid import UUID

from careplan.access.domain.actor import Actor
from careplan.assessments import rows
from careplan.assessments.domain.giving import Format, Given, Paper, Recipient, check_given
from careplan.assessments.models import GivenPaperRow, ThirdPartyNoteRow
from careplan.db import db
from careplan.kernel.clock import local_date
from careplan.kernel.errors import invalid
from careplan.kernel.ids import new_id


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
