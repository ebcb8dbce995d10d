"""A nurse proposes an activity and writes its instruction; the provider answers."""

from uuid import UUID

from flask import flash, redirect
from flask.typing import ResponseReturnValue

from careplan.access import guard
from careplan.access import queries as access
from careplan.access.domain.actor import Actor
from careplan.access.domain.policy import Action, Kind, Section
from careplan.db import db
from careplan.db.scope import see_everything
from careplan.delegation import forms, queries, service
from careplan.delegation.routes.blueprint import blueprint
from careplan.delegation.routes.parts import status, write_down
from careplan.kernel.clock import utc_now
from careplan.kernel.errors import DomainError, invalid
from careplan.organisations import queries as organisations
from careplan.organisations.domain.organisation import OrganisationKind
from careplan.people import queries as people
from careplan.web import page
from careplan.web.forms import choices


@blueprint.route("/delegations/new", methods=["GET", "POST"])
@guard.role(Section.DELEGATION, Action.PROPOSE)
def propose() -> ResponseReturnValue:
    """A nurse puts an activity to a provider."""
    form = forms.ProposeForm()
    providers = organisations.list_organisations(kind=OrganisationKind.PROVIDER)
    form.provider.choices = choices([("", "Choose"), *((str(o.id), o.name) for o in providers)])
    if form.validate_on_submit():
        try:
            delegation_id = _propose(form, guard.actor())
        except DomainError as refused:
            form.show(refused)
        else:
            flash("Proposed. The provider has it on its list now.")
            return redirect(f"/delegations/{delegation_id}", 303)
    return page("delegation/new.html", form=form), status(form)


@blueprint.route("/delegations/<uuid:delegation_id>/instructions/new", methods=["GET", "POST"])
@guard.person(Section.DELEGATION, Action.WRITE, of=queries.find_person_of_delegation)
def rewrite(delegation_id: UUID) -> ResponseReturnValue:
    """The nurse writes a further version of the instruction."""
    found = queries.get_delegation(delegation_id=delegation_id)
    latest = found.instructions[-1]
    form = forms.NewVersionForm(steps="\n".join(latest.steps), record_what=latest.record_what)
    if form.validate_on_submit():
        try:
            service.write_instruction(
                delegation_id=delegation_id,
                instruction=forms.instruction_of(form),
                actor=guard.actor(),
                now=utc_now(),
            )
        except DomainError as refused:
            form.show(refused)
        else:
            flash("The new instruction counts from now on.")
            return redirect(f"/delegations/{delegation_id}", 303)
    return page("delegation/rewrite.html", form=form, delegation=found), status(form)


def _propose(form: forms.ProposeForm, actor: Actor) -> UUID:
    """The nurse knows the person by number and birth date; nothing of the record shows before the two fit."""
    now = utc_now()
    proposal = forms.proposal_of(form)
    see_everything(db.session, as_="delegation-proposal")
    digits = "".join(ch for ch in forms.said(form.nhs_number) if ch.isdigit())
    person = people.find_person_by_nhs_number(nhs_number=digits)
    if person is None or person.birth_date != form.birth_date.data:
        raise invalid("nhs_number", "We know nobody with this NHS number and date of birth.")
    if not access.is_related(person_id=person.id, kind=Kind.PACKAGE, at=now, organisation_id=proposal.provider_id):
        raise invalid("provider", "This provider does not care for the person.")
    found = service.propose_delegation(person_id=person.id, proposal=proposal, actor=actor, now=now)
    write_down(actor, person.id, "POST /delegations/new", found.id)
    return found.id
