"""Marking what should never have been written; it stays to be seen."""

from datetime import datetime

from careplan.access.domain.actor import Actor
from careplan.db import db
from careplan.people.domain.retraction import AlreadyRetracted, checked_reason
from careplan.people.models import Retractable


def retract(row: Retractable, *, reason: str, actor: Actor, now: datetime) -> None:
    """Marks a row as entered in error.  Raises AlreadyRetracted, ReasonMissing."""
    if row.retracted_at is not None:
        raise AlreadyRetracted("This is marked as entered in error already.")
    row.retracted_because = checked_reason(reason)
    row.retracted_at, row.retracted_by = now, actor.account_id
    db.session.flush()
