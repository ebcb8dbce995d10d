"""Who may do it: assessed by a professional, answered by the worker."""

from uuid import UUID

from flask import flash, redirect
from flask.typing import ResponseReturnValue

from careplan.access import guard
from careplan.access import queries as access
from careplan.access.domain.actor import Role
from careplan.access.domain.policy import Action, Section
from careplan.db import db
from careplan.db.scope import see_everything
from careplan.delegation import forms, queries, service
from careplan.delegation.routes.blueprint import blueprint
from careplan.delegation.routes.parts import status, write_down
from careplan.kernel.clock import utc_now
from careplan.kernel.errors import DomainError, NotFound
from careplan.web import page
from careplan.web.forms import choices


@blueprint.route("/delegations/<uuid:delegation_id>/competences/new", methods=["GET", "POST"])
@guard.person(Section.DELEGATION, Action.WRITE, of=queries.find_person_of_delegation)
def assess(delegation_id: UUID) -> ResponseReturnValue:
    """A professional writes down that a worker was found able to do it."""
    found = queries.get_delegation(delegation_id=delegation_id)
    form = forms.CompetenceForm()
    workers = access.list_accounts(organisation_id=found.provider_id, role=Role.CARE_WORKER)
    form.worker_id.choices = choices([("", "Choose"), *((str(w.account_id), w.name) for w in workers)])
    if form.validate_on_submit():
        try:
            service.assess_competence(
                delegation_id=delegation_id,
                worker_id=UUID(form.worker_id.data),
                instruction_version=found.instructions[-1].number,
                trained_on=form.trained_on.data,
                observed_on=form.observed_on.data,
                starts_on=form.starts_on.data,
                ends_on=form.ends_on.data,
                actor=guard.actor(),
                now=utc_now(),
            )
        except DomainError as refused:
            form.show(refused)
        else:
            flash("Saved. It counts when the worker accepts.")
            return redirect(f"/delegations/{delegation_id}", 303)
    return page("delegation/assess.html", form=form, delegation=found), status(form)


@blueprint.post("/delegations/competences/<uuid:competence_id>/<any(accept, decline):answer>")
@guard.role(Section.DELEGATION, Action.AGREE)
def answer_competence(competence_id: UUID, answer: str) -> ResponseReturnValue:
    """A worker takes an activity on, or does not."""
    actor, now = guard.actor(), utc_now()
    # The worker may not be on the person's round yet; the service lets nobody answer but the worker who is named.
    see_everything(db.session, as_="own-competence")
    person_id = queries.find_person_of_competence(competence_id=competence_id)
    if person_id is None:
        raise NotFound
    try:
        if answer == "accept":
            service.accept_competence(competence_id=competence_id, actor=actor, now=now)
        else:
            service.decline_competence(competence_id=competence_id, actor=actor, now=now)
    except service.NotYours:
        raise NotFound from None
    except DomainError as refused:
        flash(refused.message, "error")
        return redirect("/delegations", 303)
    write_down(actor, person_id, "POST /delegations/competences", competence_id)
    flash("Saved.")
    return redirect("/delegations", 303)
