"""The council writes a carer's plan, agrees to it, and writes down the carer's yes."""

from uuid import UUID

from flask import flash, request
from flask.typing import ResponseReturnValue

from careplan.access import guard
from careplan.carers import queries, service
from careplan.carers.forms.council import CarersYesForm
from careplan.carers.forms.planning import CarerPlanForm
from careplan.carers.routes.blueprint import (
    blueprint,
    one_of,
    rests_on_carers,
    shown,
    status_of,
    to_carer,
    try_to_save,
    write_carer,
)
from careplan.kernel.clock import utc_now
from careplan.kernel.errors import DomainError


@blueprint.route("/people/<uuid:person_id>/carers/<uuid:carer_id>/plan", methods=["GET", "POST"])
@write_carer
def write_plan(person_id: UUID, carer_id: UUID) -> ResponseReturnValue:
    """The plan on one page; once anybody has agreed, what is saved is a new version."""
    carer = one_of(person_id, carer_id)
    plan = queries.find_plan(carer_id=carer_id)
    stands = plan.content if plan else service.NOTHING_YET
    form = CarerPlanForm(data=CarerPlanForm.filled(stands))

    def save(tag: str) -> None:
        service.save_plan(carer_id=carer_id, content=form.content(), tag=tag, actor=guard.actor(), now=utc_now())

    attempt = try_to_save(form, save, stands=stands, tag=stands.hash)
    if attempt.saved:
        flash("Saved.")
        return to_carer(carer)
    html = shown(
        "carers/plan.html",
        carer,
        form=form,
        tag=attempt.tag,
        theirs=attempt.theirs,
        plan=plan,
        resting=rests_on_carers(person_id),
    )
    return html, status_of(form)


@blueprint.post("/people/<uuid:person_id>/carers/<uuid:carer_id>/plan/agreement")
@write_carer
def agree(person_id: UUID, carer_id: UUID) -> ResponseReturnValue:
    """The council says yes to the words that were shown."""
    carer = one_of(person_id, carer_id)
    try:
        service.agree_as_council(
            carer_id=carer_id, shown_hash=request.form.get("shown", ""), actor=guard.actor(), now=utc_now()
        )
    except DomainError as refused:
        flash(refused.message, "error")
    else:
        flash("The council has agreed.")
    return to_carer(carer)


@blueprint.route("/people/<uuid:person_id>/carers/<uuid:carer_id>/plan/yes", methods=["GET", "POST"])
@write_carer
def record_yes(person_id: UUID, carer_id: UUID) -> ResponseReturnValue:
    """Writes down the yes that the carer gave elsewhere."""
    carer = one_of(person_id, carer_id)
    plan = queries.find_plan(carer_id=carer_id)
    if plan is None:
        return to_carer(carer)
    form = CarersYesForm()
    if form.validate_on_submit():
        try:
            service.record_carers_yes(
                carer_id=carer_id,
                shown_hash=request.form.get("shown", ""),
                how=form.how.data or "",
                witness=form.witness.data or "",
                signed_on=form.signed_on.data,
                actor=guard.actor(),
                now=utc_now(),
            )
        except DomainError as refused:
            form.show(refused)
        else:
            flash("The carer’s yes is written down.")
            return to_carer(carer)
    return shown("carers/yes.html", carer, form=form, plan=plan), status_of(form)
