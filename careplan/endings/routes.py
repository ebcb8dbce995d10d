"""The page of a person's ending: recording it, reading what it ended, and setting it right."""

from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from careplan.access import guard
from careplan.access import queries as access
from careplan.access.domain.policy import Action, Section
from careplan.endings import queries, service
from careplan.endings.domain.effect import said, said_after
from careplan.endings.domain.ending import Ending
from careplan.endings.forms import EndingForm, InErrorForm
from careplan.equipment import queries as equipment
from careplan.hours import queries as hours
from careplan.hours.domain.view import BankView
from careplan.kernel.clock import local_date, utc_now
from careplan.kernel.errors import DomainError
from careplan.kernel.words import listed
from careplan.people import queries as people
from careplan.web import page

blueprint = Blueprint("endings", __name__)


@blueprint.route("/people/<uuid:person_id>/ending", methods=["GET", "POST"])
@guard.person(Section.ENDING, Action.RECORD)
def ending(person_id: UUID) -> ResponseReturnValue:
    """What is recorded, with what it ended; and the form, while something can still be recorded."""
    now = utc_now()
    form = EndingForm(equipment="\n".join(i.said.name for i in equipment.list_in_the_home(person_id=person_id)))
    if form.validate_on_submit():
        try:
            found = service.record_ending(person_id=person_id, said=form.said(), actor=guard.actor(), now=now)
        except DomainError as refused:
            form.show(refused)
        else:
            ended = listed(said(queries.list_effects(ending_id=found.id)))
            flash(f"Saved. This ended {ended}." if ended else "Saved.")
            return redirect(url_for("endings.ending", person_id=person_id), 303)
    return page(
        "endings/ending.html", form=form, **_shown(person_id, now)
    ), 422 if form.errors or form.form_errors else 200


@blueprint.route("/people/<uuid:person_id>/ending/<uuid:item_id>/in-error", methods=["GET", "POST"])
@guard.person(Section.ENDING, Action.RECORD)
def retract(person_id: UUID, item_id: UUID) -> ResponseReturnValue:
    """It was a mistake: what can come back comes back."""
    found = queries.get_ending(person_id=person_id, ending_id=item_id)
    form = InErrorForm()
    if form.validate_on_submit():
        try:
            effects = service.retract_ending(
                person_id=person_id,
                ending_id=item_id,
                reason=form.reason.data or "",
                actor=guard.actor(),
                now=utc_now(),
            )
        except DomainError as refused:
            form.show(refused)
        else:
            flash(" ".join(["Marked as entered in error.", *said_after(effects)]))
            return redirect(url_for("endings.ending", person_id=person_id), 303)
    return page(
        "endings/in_error.html",
        form=form,
        person=people.get_person(person_id=person_id),
        ending=found,
        ended=said(queries.list_effects(ending_id=item_id)),
    ), 422 if form.errors or form.form_errors else 200


def _shown(person_id: UUID, now: datetime) -> dict[str, Any]:
    endings = queries.list_endings(person_id=person_id)
    standing = [e for e in endings if e.retraction is None]
    effects = {e.id: queries.list_effects(ending_id=e.id) for e in endings}
    writers = {e.recorded_by for e in endings} | {e.retraction.by for e in endings if e.retraction}
    over = queries.find_over(person_id=person_id, at=now) or queries.find_coming(person_id=person_id, at=now)
    return {
        "person": people.get_person(person_id=person_id),
        "endings": endings,
        "ended": {key: said(found) for key, found in effects.items()},
        "after": {key: said_after(found) for key, found in effects.items()},
        "names": access.list_account_names(account_ids=writers),
        "statements": {e.id: statement for e in standing if (statement := _statement(e))},
        "over": over,
        "now": now,
    }


def _statement(found: Ending) -> BankView | None:
    """The figures of the period in which care ended."""
    return hours.find_bank_view(today=local_date(found.ends_at), plan_id=found.plan_id) if found.plan_id else None
