"""A worker corrects what they recorded of a dose."""

from uuid import UUID

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue

from careplan.access import guard
from careplan.access.domain.policy import Action, Section
from careplan.kernel.clock import local_time, utc_now
from careplan.kernel.errors import Conflict, DomainError, NotFound
from careplan.medicines import queries, service
from careplan.medicines.domain.correcting import Correction, corrected_time
from careplan.medicines.domain.dose import Dose, DoseResult
from careplan.medicines.forms import CorrectForm
from careplan.medicines.routes.blueprint import blueprint
from careplan.people import queries as people
from careplan.web import page


@blueprint.route("/people/<uuid:person_id>/medicines/doses/<uuid:dose_id>/correct", methods=["GET", "POST"])
@guard.person(Section.DOOR, Action.RECORD)
def correct_dose(person_id: UUID, dose_id: UUID) -> ResponseReturnValue:
    """What was recorded, what it should have said, and what was wrong."""
    actor = guard.actor()
    dose = queries.find_dose(person_id=person_id, dose_id=dose_id)
    if dose is None or dose.worker_id != actor.account_id:
        raise NotFound("You have recorded no such dose.")
    form = _form(dose)
    status = 422
    if form.validate_on_submit():
        try:
            service.correct_dose(
                dose_id=dose_id, person_id=person_id, said=_said(form, dose), actor=actor, now=utc_now(),
            )  # fmt: skip
        except NotFound:
            raise
        except DomainError as refused:
            form.show(refused)
            status = refused.status if isinstance(refused, Conflict) else 422
        else:
            flash("Corrected. What was recorded first stays on the chart, under the medicine.")
            return redirect(f"/people/{person_id}/medicines", 303)
    medicine = next((m for m in people.list_medicines(person_id=person_id) if m.id == dose.medicine_id), None)
    return page(
        "medicines/correct.html", form=form, dose=dose, medicine=medicine,
        person=people.get_person(person_id=person_id), since=queries.find_correction(dose_id=dose_id),
    ), status if form.errors or form.form_errors else 200  # fmt: skip


def _form(dose: Dose) -> CorrectForm:
    if request.method == "POST":
        return CorrectForm()
    at = local_time(dose.effective_at).time().replace(second=0, microsecond=0)
    return CorrectForm(result=dose.result.value, at=at, reason=dose.reason)


def _said(form: CorrectForm, dose: Dose) -> Correction:
    at = form.at.data
    if at is None:
        raise ValueError("the form asks for the time")
    return Correction(
        DoseResult(form.result.data), corrected_time(dose, at), form.reason.data or "",
        form.because.data or "",
    )  # fmt: skip
