"""Who may do it: trained, observed, found able by a professional, answered by the worker; stopped, confirmed again."""

from datetime import timedelta
from uuid import UUID

from flask import flash, redirect
from flask.typing import ResponseReturnValue

from careplan.access import guard
from careplan.access import queries as access
from careplan.access.domain.policy import Action, Section
from careplan.db import db
from careplan.db.scope import see_everything
from careplan.delegation import forms, queries, service
from careplan.delegation.domain.delegation import Competence, Delegation
from careplan.delegation.domain.workers import ready_workers
from careplan.delegation.routes.blueprint import blueprint
from careplan.delegation.routes.parts import offer_workers, status, write_down
from careplan.kernel.clock import local_date, utc_now
from careplan.kernel.errors import DomainError, NotFound
from careplan.web import page
from careplan.web.forms import Form, choices

A_YEAR = timedelta(days=365)


@blueprint.route("/delegations/<uuid:delegation_id>/preparations/new", methods=["GET", "POST"])
@guard.person(Section.DELEGATION, Action.WRITE, of=queries.find_person_of_delegation)
def prepare(delegation_id: UUID) -> ResponseReturnValue:
    """Somebody writes down that a worker was trained, or watched doing it."""
    found = queries.get_delegation(delegation_id=delegation_id)
    form = forms.PreparationForm()
    offer_workers(form, found)
    if form.validate_on_submit():
        try:
            service.record_preparation(
                delegation_id=delegation_id, prepared=forms.prepared_of(form), actor=guard.actor(), now=utc_now()
            )
        except DomainError as refused:
            form.show(refused)
        else:
            flash("Saved.")
            return redirect(f"/delegations/{delegation_id}#workers", 303)
    return page("delegation/prepare.html", form=form, delegation=found), status(form)


@blueprint.route("/delegations/<uuid:delegation_id>/competences/new", methods=["GET", "POST"])
@guard.person(Section.DELEGATION, Action.WRITE, of=queries.find_person_of_delegation)
def assess(delegation_id: UUID) -> ResponseReturnValue:
    """A professional writes down that a worker was found able to do it."""
    found, today = queries.get_delegation(delegation_id=delegation_id), local_date(utc_now())
    ready = ready_workers(queries.list_preparations(delegation_id=delegation_id), found.instructions[-1].number)
    form = forms.AssessForm(starts_on=today, ends_on=today + A_YEAR)
    names = access.list_account_names(account_ids=ready)
    form.worker_id.choices = choices([("", "Choose"), *((str(i), name) for i, name in names.items())])
    if form.validate_on_submit():
        try:
            service.assess_worker(
                delegation_id=delegation_id,
                worker_id=UUID(form.worker_id.data),
                starts_on=form.starts_on.data,
                ends_on=form.ends_on.data,
                actor=guard.actor(),
                now=utc_now(),
            )
        except DomainError as refused:
            form.show(refused)
        else:
            flash("Saved. It counts when the worker accepts.")
            return redirect(f"/delegations/{delegation_id}#workers", 303)
    return page("delegation/assess.html", form=form, delegation=found, ready=ready, names=names), status(form)


@blueprint.route("/delegations/competences/<uuid:competence_id>/reconfirm", methods=["GET", "POST"])
@guard.person(Section.DELEGATION, Action.WRITE, of=queries.find_person_of_competence)
def reconfirm(competence_id: UUID) -> ResponseReturnValue:
    """A professional confirms a worker again, by the instruction that counts."""
    found, competence = _of(competence_id)
    form = forms.ReconfirmForm(ends_on=local_date(utc_now()) + A_YEAR)
    if form.validate_on_submit():
        try:
            service.reconfirm_competence(
                competence_id=competence_id, ends_on=form.ends_on.data, actor=guard.actor(), now=utc_now()
            )
        except DomainError as refused:
            form.show(refused)
        else:
            flash("Saved. It counts when the worker accepts.")
            return redirect(f"/delegations/{found.id}#workers", 303)
    return _worker_page("delegation/reconfirm.html", form, found, competence)


@blueprint.route("/delegations/competences/<uuid:competence_id>/suspend", methods=["GET", "POST"])
@guard.person(Section.DELEGATION, Action.WRITE, of=queries.find_person_of_competence)
def suspend_worker(competence_id: UUID) -> ResponseReturnValue:
    """The delegator stops one worker's authority at once."""
    found, competence = _of(competence_id)
    form = forms.StopForm()
    if form.validate_on_submit():
        try:
            service.suspend_worker(
                delegation_id=found.id, worker_id=competence.worker_id, reason=form.reason.data or "",
                next_occasion=form.next_occasion.data or "", actor=guard.actor(), now=utc_now(),
            )  # fmt: skip
        except DomainError as refused:
            form.show(refused)
        else:
            flash("Saved. The worker may not do it from now on, and the provider knows.")
            return redirect(f"/delegations/{found.id}#workers", 303)
    return _worker_page("delegation/suspend_worker.html", form, found, competence)


@blueprint.post("/delegations/competences/<uuid:competence_id>/<any(accept, decline):answer>")
@guard.role(Section.DELEGATION, Action.AGREE)
def answer_competence(competence_id: UUID, answer: str) -> ResponseReturnValue:
    """A worker takes an activity on, or does not, at once or later."""
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


def _of(competence_id: UUID) -> tuple[Delegation, Competence]:
    found = queries.find_delegation_of_competence(competence_id=competence_id)
    competence = next((c for c in found.competences if c.id == competence_id), None) if found else None
    if found is None or competence is None:
        raise NotFound
    return found, competence


def _worker_page(template: str, form: Form, found: Delegation, competence: Competence) -> ResponseReturnValue:
    names = access.list_account_names(account_ids=[competence.worker_id])
    who = names.get(competence.worker_id, "")
    return page(template, form=form, delegation=found, competence=competence, who=who), status(form)
