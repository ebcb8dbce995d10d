"""Answering alerts: by a coordinator who acted, or by a start that came in late."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from careplan.access.domain.actor import Actor
from careplan.db import db
from careplan.kernel.errors import NotFound, invalid
from careplan.kernel.words import clock_time
from careplan.visits.domain.alert import CORRECTED_BY_A_START
from careplan.visits.models import VisitAlertRow

LONGEST = 500


@dataclass(frozen=True, slots=True)
class Answer:
    """What a coordinator did: in words, whom they told, and whether it was an incident where the clock leaves doubt."""

    words: str
    person_told: bool = False
    contact_told: bool = False
    confirmed: bool | None = None


def answer_alert(*, alert_id: UUID, answer: Answer, actor: Actor, now: datetime) -> UUID:
    """The provider has acted; answers whose visit it was. A second time changes nothing.

    Where the tablet's clock was wrong, a person says whether it counts.  Raises NotFound, Invalid.
    """
    row = db.session.get(VisitAlertRow, alert_id, with_for_update=True)
    if row is None or row.provider_id != actor.organisation_id:
        raise NotFound("There is no such alert.")
    if row.acknowledged_at is not None:
        return row.person_id
    if not answer.words.strip():
        raise invalid("words", "Say what you found or did.")
    if len(answer.words) > LONGEST:
        raise invalid("words", f"Write at most {LONGEST} characters.")
    if row.clock_doubtful and answer.confirmed is None:
        raise invalid("confirmed", "The tablet's clock was wrong. Say whether the start was really out of time.")
    _acknowledge(row, answer.words.strip(), actor.account_id, now)
    row.person_told, row.contact_told = answer.person_told, answer.contact_told
    if row.clock_doubtful:
        row.confirmed = answer.confirmed
    db.session.flush()
    return row.person_id


def answer_by_start(*, visit_id: UUID, started_at: datetime, worker_id: UUID, now: datetime) -> None:
    """A start has come in after all: what said that nobody came is answered by it, and was no incident."""
    rows = db.session.scalars(
        select(VisitAlertRow).where(
            VisitAlertRow.visit_id == visit_id, VisitAlertRow.kind.in_([k.value for k in CORRECTED_BY_A_START])
        )
    )
    for row in rows:
        row.confirmed = False
        if row.acknowledged_at is None:
            _acknowledge(row, f"A start at {clock_time(started_at)} came in.", worker_id, now)
    db.session.flush()


def _acknowledge(row: VisitAlertRow, words: str, account_id: UUID, now: datetime) -> None:
    row.acknowledged_at, row.acknowledged_by, row.acknowledged_words = now, account_id, words
