"""Writing the draft, page by page: every page saves, and a save over somebody else's shows both texts."""

from typing import Any
from uuid import UUID

from flask import flash, request
from flask.typing import ResponseReturnValue

from careplan.access import guard
from careplan.assessments import queries, service
from careplan.assessments.domain.assessment import LIMBS, Assessment, CarersTooSoon, check_carers_in_turn
from careplan.assessments.domain.content import PART_TITLES, Part
from careplan.assessments.domain.storing import part_of, tag_of
from careplan.assessments.forms.parts import PartForm, form_of
from careplan.assessments.routes.blueprint import blueprint, shown, status_of, to_assessment, write_assessment
from careplan.kernel.clock import utc_now
from careplan.kernel.errors import DomainError, Stale

LEADS = {
    Part.HOW: "",
    Part.NEEDS: "Answer as if nobody helped. What family and friends do is asked later.",
    Part.IMPACT: "Again as if nobody helped.",
    Part.CARERS: "Now say what family and friends do, and whether they want to and are able to go on.",
    Part.OTHER: "The council may help with these too, and should look at what keeps people well.",
}


@blueprint.route(
    "/people/<uuid:person_id>/assessment/<any(how,needs,impact,carers,other):name>", methods=["GET", "POST"]
)
@write_assessment
def write_part(person_id: UUID, name: str) -> ResponseReturnValue:
    """One part of the draft in its form; nothing has to be answered to save it."""
    draft, part = queries.find_draft(person_id=person_id), Part(name)
    if draft is None:
        return to_assessment(person_id)
    if part is Part.CARERS and (too_soon := _too_soon(draft)):
        flash(too_soon, "error")
        return to_assessment(person_id)
    closed = part in LIMBS and draft.content.carers.is_written
    if closed and request.method == "GET":
        return shown("assessments/limbs_closed.html", person_id, title=PART_TITLES[part])
    kind = form_of(part, draft.content)
    form, stands = kind(data=kind.filled(part_of(draft.content, part))), part_of(draft.content, part)
    tag, theirs = tag_of(stands), []
    if form.validate_on_submit():
        try:
            service.save_part(
                person_id=person_id,
                part=part,
                value=form.value(),
                tag=request.form.get("tag", ""),
                actor=guard.actor(),
                now=utc_now(),
            )
        except Stale as refused:
            # Both texts are on the page now, so what is sent next rests on the latest.
            tag, theirs = str(refused.facts["tag"]), _theirs(form, kind.filled(stands))
            form.form_errors = [*form.form_errors, refused.message]
        except DomainError as refused:
            form.show(refused)
        else:
            flash("Saved.")
            return to_assessment(person_id)
    html = shown(
        "assessments/part.html",
        person_id,
        part=part,
        title=PART_TITLES[part],
        lead=LEADS[part],
        form=form,
        content=draft.content,
        tag=tag,
        theirs=theirs,
        closed=closed,
    )
    return html, status_of(form)


@blueprint.post("/people/<uuid:person_id>/assessment/carers/taken-back")
@write_assessment
def take_back_carers(person_id: UUID) -> ResponseReturnValue:
    """Opens the limbs again; what carers do is kept, and is read and saved anew afterwards."""
    try:
        service.take_back_carers(person_id=person_id, actor=guard.actor(), now=utc_now())
    except DomainError as refused:
        flash(refused.message, "error")
    else:
        flash("The pages on needs and on wellbeing are open again. Save what family and friends do anew afterwards.")
    return to_assessment(person_id)


def _too_soon(draft: Assessment) -> str | None:
    try:
        check_carers_in_turn(draft.content)
    except CarersTooSoon as refused:
        return refused.message
    return None


def _theirs(form: PartForm, stands: dict[str, Any]) -> list[tuple[str, str]]:
    """What stands now in each box in which something else was typed."""
    return [
        (str(form[name].label.text), _said(form[name], value))
        for name, value in stands.items()
        if name in form and form[name].data != value and (form[name].data or value)
    ]


def _said(field: Any, value: Any) -> str:
    labels = {c.value: str(c.label) for c in field.iter_choices()} if hasattr(field, "iter_choices") else {}
    values = value if isinstance(value, list) else [value]
    return ", ".join(labels.get(v, str(v)) for v in values if v not in (None, "")) or "nothing"
