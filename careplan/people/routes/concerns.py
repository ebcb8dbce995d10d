"""Raising a concern, and reading those that were raised: never on a page of the person, a representative or a carer."""

from uuid import UUID

from flask import flash, redirect
from flask.typing import ResponseReturnValue

from careplan.access import guard
from careplan.access import queries as access
from careplan.access.domain.policy import Action, Section
from careplan.kernel.clock import utc_now
from careplan.kernel.errors import DomainError
from careplan.people import queries, service
from careplan.people.domain.concern import ConcernCategory
from careplan.people.forms.additions import CHOOSE, ConcernForm
from careplan.people.routes.blueprint import blueprint, details_address
from careplan.web import page
from careplan.web.forms import choices


@blueprint.route("/people/<uuid:person_id>/concerns/new", methods=["GET", "POST"])
@guard.person(Section.CONCERN, Action.RECORD)
def raise_concern(person_id: UUID) -> ResponseReturnValue:
    """Says what somebody saw or heard."""
    form = ConcernForm()
    form.category.choices = choices([CHOOSE, *((c.value, c.words) for c in ConcernCategory)])
    if form.validate_on_submit():
        try:
            service.raise_concern(
                person_id=person_id,
                category=ConcernCategory(form.category.data),
                words=form.words.data or "",
                immediate_danger=form.immediate_danger.data,
                persons_wishes=form.persons_wishes.data,
                told=(form.told.data or "").split(","),
                actor=guard.actor(),
                now=utc_now(),
            )
        except DomainError as refused:
            form.show(refused)
        else:
            flash("Your concern is kept. If somebody is in danger now, ring 999.")
            return redirect(details_address(person_id), 303)
    person = queries.get_person(person_id=person_id)
    return page("people/concern.html", form=form, person=person), 422 if form.errors else 200


@blueprint.get("/people/<uuid:person_id>/concerns")
@guard.person(Section.CONCERN, Action.READ)
def concerns(person_id: UUID) -> ResponseReturnValue:
    """What was raised about this person, latest first."""
    raised = queries.list_concerns(person_id=person_id)
    return page(
        "people/concerns.html",
        person=queries.get_person(person_id=person_id),
        concerns=raised,
        names=access.list_account_names(account_ids=[c.raised_by for c in raised]),
    )
