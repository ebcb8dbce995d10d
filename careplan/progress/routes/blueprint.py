"""The blueprint that the pages about outcomes share, and what most of them need."""

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, flash, redirect, request
from werkzeug.wrappers import Response

from careplan.access import guard
from careplan.kernel.clock import utc_now
from careplan.kernel.errors import DomainError
from careplan.kernel.ids import new_id
from careplan.outcomes import service as outcomes
from careplan.progress import queries
from careplan.web.forms import Form

blueprint = Blueprint("progress", __name__)


def sent_id(name: str) -> UUID:
    """An id that a form carries; a new one where it carries none that can be read."""
    try:
        return UUID(request.form.get(name, ""))
    except ValueError:
        return new_id()


def tried(form: Form, act: Callable[[], object]) -> bool:
    """Whether a form was sent, could be read, and its act was done; else the form says what is to be put right."""
    if not form.validate_on_submit():
        return False
    try:
        act()
    except DomainError as refused:
        form.show(refused)
        return False
    return True


def done_or_told(act: Callable[[], object], *, done: str, to: str) -> Response:
    """Does what a button asks, and goes back to a page that says so, or why not."""
    try:
        act()
    except DomainError as refused:
        flash(refused.message, "error")
    else:
        flash(done)
    return redirect(to, 303)


def taken_back(*, outcome_id: UUID, to: str) -> Response:
    """Takes back what this account last said of an outcome."""
    now, actor = utc_now(), guard.actor()
    last = queries.get_going(person_id=guard.person_id(), now=now).last_of(actor, outcome_id)
    if last is None:
        return redirect(to, 303)
    return done_or_told(
        lambda: outcomes.take_back(rating_id=last.id, actor=actor, now=now),
        done="Taken back. It stays in the record and counts for nothing.",
        to=to,
    )
