"""The council writes down what a carer says: details, caring, consent; and which paper was given to them."""

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from flask import flash, request
from flask.typing import ResponseReturnValue

from careplan.access import guard
from careplan.assessments.domain.giving import Format
from careplan.carers import queries, service
from careplan.carers.domain.carer import Carer
from careplan.carers.domain.consent import Matter
from careplan.carers.domain.giving import CarerPaper
from careplan.carers.forms.council import CarerGivenForm, CaringForm, ConsentForm, DetailsForm, OwnRecordForm
from careplan.carers.routes.blueprint import blueprint, one_of, save_caring, shown, status_of, to_carer, write_carer
from careplan.kernel.clock import utc_now
from careplan.kernel.errors import DomainError
from careplan.web.forms import Form

AnyForm = TypeVar("AnyForm", bound=Form)


@blueprint.route("/people/<uuid:person_id>/carers/<uuid:carer_id>/details", methods=["GET", "POST"])
@write_carer
def write_details(person_id: UUID, carer_id: UUID) -> ResponseReturnValue:
    """How to reach the carer."""
    carer = one_of(person_id, carer_id)
    return _written(
        carer,
        DetailsForm(obj=carer.details),
        lambda form: service.save_details(
            carer_id=carer_id, details=form.details(), actor=guard.actor(), now=utc_now()
        ),
        title="Who the carer is",
        lead="These are the carer’s own details. The person’s record keeps its own.",
    )


@blueprint.route("/people/<uuid:person_id>/carers/<uuid:carer_id>/caring", methods=["GET", "POST"])
@write_carer
def write_caring(person_id: UUID, carer_id: UUID) -> ResponseReturnValue:
    """What the carer does, how it is for them, and what they are willing and able to do."""
    carer = one_of(person_id, carer_id)
    form = CaringForm(data=CaringForm.filled(carer.caring))
    attempt = save_caring(form, carer)
    if attempt.saved:
        flash("Saved.")
        return to_carer(carer)
    html = shown("carers/caring.html", carer, form=form, tag=attempt.tag, theirs=attempt.theirs)
    return html, status_of(form)


@blueprint.route("/people/<uuid:person_id>/carers/<uuid:carer_id>/consent", methods=["GET", "POST"])
@write_carer
def write_consent(person_id: UUID, carer_id: UUID) -> ResponseReturnValue:
    """What the carer said about holding and sharing; each answer stays, the latest counts."""
    carer = one_of(person_id, carer_id)
    return _written(
        carer,
        ConsentForm(),
        lambda form: service.say_consent(
            carer_id=carer_id,
            matter=Matter(form.matter.data),
            given=form.given.data == "yes",
            said_on=form.said_on.data,
            how=form.how.data or "",
            actor=guard.actor(),
            now=utc_now(),
        ),
        title="What the carer says about this record",
        lead="Nobody but the carer and the council’s team reads it, unless the carer says so. A yes can be taken back.",
    )


@blueprint.route("/people/<uuid:person_id>/carers/<uuid:carer_id>/own-record", methods=["GET", "POST"])
@write_carer
def write_own_record(person_id: UUID, carer_id: UUID) -> ResponseReturnValue:
    """That the carer is a person with a record, and perhaps a plan, of their own."""
    carer = one_of(person_id, carer_id)
    return _written(
        carer,
        OwnRecordForm(),
        lambda form: service.link_own_record(
            carer_id=carer_id, nhs_number=form.nhs_number.data or "", actor=guard.actor(), now=utc_now()
        ),
        title="The carer draws on support too",
        lead="The two records stay apart: who reads one reads nothing of the other by that.",
    )


@blueprint.route("/people/<uuid:person_id>/carers/<uuid:carer_id>/given", methods=["GET", "POST"])
@write_carer
def give(person_id: UUID, carer_id: UUID) -> ResponseReturnValue:
    """Writes down that a paper was given to the carer."""
    carer = one_of(person_id, carer_id)
    form = CarerGivenForm(data={"paper": request.args.get("paper", "")})
    return _written(
        carer,
        form,
        lambda form: service.record_given(
            carer_id=carer_id,
            paper=CarerPaper(form.paper.data),
            format=Format(form.format.data),
            name=form.name.data or "",
            language=form.language.data or None,
            given_on=form.given_on.data,
            actor=guard.actor(),
            now=utc_now(),
        ),
        title="What was given to the carer",
        lead="It is kept here alone: the list of what the person was given shows nothing of it.",
    )


def _written(
    carer: Carer, form: AnyForm, write: Callable[[AnyForm], object], *, title: str, lead: str
) -> ResponseReturnValue:
    """A form that does one thing, and leads back to the carer's page."""
    if form.validate_on_submit():
        try:
            write(form)
        except DomainError as refused:
            form.show(refused)
        else:
            flash("It is written down.")
            return to_carer(carer)
    held = queries.get_standing(carer_id=carer.id).is_held
    return shown("carers/form.html", carer, form=form, title=title, lead=lead, held=held), status_of(form)
