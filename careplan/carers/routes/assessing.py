"""Assessing a carer, page and end, and what the council decides."""

from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from careplan.access import guard
from careplan.carers import queries, service
from careplan.carers.domain.assessment import CarerAssessmentContent
from careplan.carers.domain.eligibility import Kind
from careplan.carers.forms.assessing import CarerAssessmentForm
from careplan.carers.forms.council import CarerDeterminationForm
from careplan.carers.routes.blueprint import (
    blueprint,
    one_of,
    read_carer,
    shown,
    status_of,
    to_carer,
    try_to_save,
    write_carer,
)
from careplan.carers.service.assessing import tag_of
from careplan.kernel.clock import utc_now
from careplan.kernel.errors import DomainError


@blueprint.route("/people/<uuid:person_id>/carers/<uuid:carer_id>/assessment", methods=["GET", "POST"])
@write_carer
def assess(person_id: UUID, carer_id: UUID) -> ResponseReturnValue:
    """The draft on one page: it saves whatever it holds, and begins where there is none."""
    carer = one_of(person_id, carer_id)
    draft = queries.find_draft(carer_id=carer_id)
    stands = draft.content if draft else CarerAssessmentContent()
    form = CarerAssessmentForm(data=CarerAssessmentForm.filled(stands))

    def save(tag: str) -> None:
        service.save_assessment(
            carer_id=carer_id, content=form.content(), tag=tag, actor=guard.actor(), now=utc_now()
        )

    attempt = try_to_save(form, save, stands=stands, tag=tag_of(stands))
    if attempt.saved:
        flash("Saved.")
        return to_carer(carer)
    html = shown("carers/assess.html", carer, form=form, tag=attempt.tag, theirs=attempt.theirs)
    return html, status_of(form)


@blueprint.post("/people/<uuid:person_id>/carers/<uuid:carer_id>/assessment/finished")
@write_carer
def finish(person_id: UUID, carer_id: UUID) -> ResponseReturnValue:
    """Closes the draft for good, where nothing is missing."""
    carer = one_of(person_id, carer_id)
    try:
        service.finish_assessment(carer_id=carer_id, actor=guard.actor(), now=utc_now())
    except DomainError as refused:
        flash(refused.message, "error")
        return to_carer(carer)
    flash("The assessment is finished. Now record what the council decides.")
    return redirect(url_for("carers.determine", person_id=person_id, carer_id=carer_id), 303)


@blueprint.get("/people/<uuid:person_id>/carers/<uuid:carer_id>/assessment/read")
@read_carer
def read_assessment(person_id: UUID, carer_id: UUID) -> ResponseReturnValue:
    """The assessment that counts, whole."""
    carer = one_of(person_id, carer_id)
    assessment = queries.find_assessment(carer_id=carer_id)
    if assessment is None or not queries.get_standing(carer_id=carer_id).is_held:
        return to_carer(carer)
    return shown("carers/read.html", carer, assessment=assessment)


@blueprint.route("/people/<uuid:person_id>/carers/<uuid:carer_id>/determination", methods=["GET", "POST"])
@write_carer
def determine(person_id: UUID, carer_id: UUID) -> ResponseReturnValue:
    """What the three conditions say, and the form for what the council decides."""
    carer = one_of(person_id, carer_id)
    form = CarerDeterminationForm()
    if form.validate_on_submit():
        try:
            service.determine(
                carer_id=carer_id,
                kind=Kind(form.kind.data),
                reasons=form.reasons.data or "",
                decided_on=form.decided_on.data,
                actor=guard.actor(),
                now=utc_now(),
            )
        except DomainError as refused:
            form.show(refused)
        else:
            flash("The decision is recorded. Give it to the carer with its reasons.")
            return redirect(
                url_for("carers.give", person_id=person_id, carer_id=carer_id, paper="determination"), 303
            )
    assessment = queries.find_assessment(carer_id=carer_id)
    return shown("carers/determine.html", carer, form=form, assessment=assessment), status_of(form)
