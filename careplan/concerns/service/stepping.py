"""Adding a step to a concern: one at a time, to one that is still open."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text

from careplan.access.domain.actor import Actor
from careplan.concerns import queries
from careplan.concerns.domain.concern import Concern
from careplan.concerns.domain.step import ENDS, StepKind
from careplan.concerns.models import StepRow
from careplan.db import db
from careplan.kernel.clock import local_date
from careplan.kernel.errors import Conflict, NotFound, invalid
from careplan.kernel.ids import new_id

# Any number, so long as it stands for concerns alone.
CONCERN = 7_311
_LOCK = text("SELECT pg_advisory_xact_lock(hashtextextended(:id, :kind))")


class ConcernClosed(Conflict):
    """The concern is closed; a new worry is a new concern."""

    code = "concern_closed"


def locked(concern_id: UUID) -> Concern:
    """The concern, held until the transaction ends.  Raises NotFound."""
    db.session.execute(_LOCK, {"id": str(concern_id), "kind": CONCERN})
    return queries.get_concern(concern_id=concern_id)


def open_concern(concern_id: UUID) -> Concern:
    """The same where it is still open.  Raises ConcernClosed, NotFound."""
    found = locked(concern_id)
    if found.closing is not None:
        raise ConcernClosed("This concern is closed. If you are worried again, raise a new one.")
    return found


def write_step(concern: Concern, kind: StepKind, *, actor: Actor, now: datetime, words: str = "", **said: Any) -> UUID:
    """Keeps one step."""
    row = StepRow(
        id=new_id(),
        concern_id=concern.id,
        person_id=concern.person_id,
        kind=kind.value,
        words=words,
        recorded_at=now,
        recorded_by=actor.account_id,
        **said,
    )
    db.session.add(row)
    db.session.flush()
    return row.id


def end_step(concern: Concern, step_id: UUID, kind: StepKind, *, words: str, actor: Actor, now: datetime) -> None:
    """Keeps the step that ends an earlier one.  Raises Invalid (no words), NotFound where there is none to end."""
    if step_id not in [s.id for s in concern.open_steps(ENDS[kind])]:
        raise NotFound("There is no such step, or it has ended already.")
    write_step(concern, kind, words=said(words, "Say what came of it."), answers=step_id, actor=actor, now=now)


def said(typed: str | None, asked: str, *, field: str = "words") -> str:
    """What was typed, without space around it.  Raises Invalid with the sentence that asks for it."""
    tidy = (typed or "").strip()
    if not tidy:
        raise invalid(field, asked)
    return tidy


def day_to_come(day: date | None, *, now: datetime) -> date:
    """A day from today on.  Raises Invalid."""
    if day is None or day < local_date(now):
        raise invalid("due_on", "Say a day that is still to come.")
    return day
