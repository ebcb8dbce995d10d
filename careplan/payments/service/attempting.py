"""Drawing a run up in the background, so that whoever asked for it reads what failed."""

from collections.abc import Callable
from datetime import date, datetime

from careplan.db import db
from careplan.kernel.errors import DomainError
from careplan.kernel.ids import new_id
from careplan.payments.domain.attempt import RunKind
from careplan.payments.models import RunFailureRow

OURS = "Something went wrong on our side. Nothing was lost."


def attempt(kind: RunKind, starts_on: date, draw_up: Callable[[], object], *, now: datetime) -> None:
    """Draws a run up. What a rule refuses is noted and not tried again, for people must mend it first.

    Anything else is noted and raised, so that the worker tries again.
    """
    try:
        draw_up()
        db.session.flush()
    except DomainError as refused:
        _note(kind, starts_on, refused.message, ours=False, now=now)
    except Exception:
        _note(kind, starts_on, OURS, ours=True, now=now)
        raise


def _note(kind: RunKind, starts_on: date, words: str, *, ours: bool, now: datetime) -> None:
    """In a transaction of its own: what was half drawn up is gone."""
    db.session.rollback()
    db.session.add(
        RunFailureRow(id=new_id(), kind=kind.value, starts_on=starts_on, words=words, ours=ours, failed_at=now)
    )
    db.session.commit()
