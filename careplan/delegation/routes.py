"""Pages of delegation: the nurse's and the provider's list, one delegation, and its forms."""

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, flash, redirect, request
from flask.typing import ResponseReturnValue

from careplan.access import audit, guard
from careplan.access import queries as access
from careplan.access.domain.actor import Actor, Role
from careplan.access.domain.policy import Action, Kind, Section
from careplan.db import db
from careplan.db.scope import see_everything
from careplan.delegation import forms, queries, service
from careplan.delegation.domain.authority import authority_at
from careplan.delegation.domain.delegation import State, state_at
from careplan.delegation.domain.occasion import Alert
from careplan.kernel.clock import utc_now
from careplan.kernel.errors import DomainError, NotFound, invalid
from careplan.organisations import queries as organisations
from careplan.organisations.domain.organisation import OrganisationKind
from careplan.people import queries as people
from careplan.web import page
from careplan.web.forms import Form, choices

blueprint = Blueprint("delegation", __name__)

TAGS = {State.ACTIVE: "settled", State.PROPOSED: "waiting", State.ACCEPTED: "waiting", State.SUSPENDED: "stopped"}


@blueprint.get("/delegations")
@guard.listing(Section.DELEGATION)
def list_delegations() -> ResponseReturnValue:
    """Activities handed on: those of one's people; for a worker, what they were found able to do."""
    actor, now = guard.actor(), utc_now()
    if actor.role is Role.CARE_WORKER:
        return _show_own_competences(actor)
    visible = access.select_visible(actor=actor, section=Section.DELEGATION, action=Action.READ, now=now)
    provider_id = actor.organisation_id if actor.role is Role.PROVIDER_COORDINATOR else None
    found = queries.list_delegations_of(visible=visible, provider_id=provider_id)
    known = people.list_people_by_id(person_ids={d.person_id for d in found})
    guard.show(known)
    return page(
        "delegation/list.html", delegations=found, people=known, states={d.id: state_at(d, now) for d in found},
        tags=TAGS, alerts=_alerts_of(actor), may_propose=actor.role is Role.NURSE,
    )  # fmt: skip


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
    return page("delegation/new.html", form=form), _status(form)


@blueprint.get("/delegations/<uuid:delegation_id>")
@guard.person(Section.DELEGATION, Action.READ, of=queries.find_person_of_delegation)
def show_delegation(delegation_id: UUID) -> ResponseReturnValue:
    """One delegation: its instruction, who may do it until when, what was done, what went wrong."""
    actor, now = guard.actor(), utc_now()
    found = queries.get_delegation(delegation_id=delegation_id)
    occasions = queries.list_occasions(delegation_id=delegation_id)
    accounts = {found.delegator_id, *(c.worker_id for c in found.competences), *(o.worker_id for o in occasions)}
    instruction = found.instruction_at(now)
    stands = {
        c.id: authority_at(
            found, person_id=found.person_id, worker_id=c.worker_id, instant=now,
            instruction_version=instruction.number if instruction else 0,
        )
        for c in found.competences
    }  # fmt: skip
    return page(
        "delegation/one.html", delegation=found, instruction=instruction, occasions=occasions, stands=stands,
        person=people.get_person(person_id=found.person_id), state=state_at(found, now), tags=TAGS,
        names=access.list_account_names(account_ids=accounts),
        provider=organisations.get_organisation(organisation_id=found.provider_id),
        alerts=[a for a in _alerts_of(actor) if a.delegation_id == delegation_id],
        is_delegator=actor.account_id == found.delegator_id,
        is_provider=actor.organisation_id == found.provider_id and actor.role is Role.PROVIDER_COORDINATOR,
        stop_form=forms.StopForm(),
    )  # fmt: skip


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
    return page("delegation/assess.html", form=form, delegation=found), _status(form)


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
    return page("delegation/rewrite.html", form=form, delegation=found), _status(form)


@blueprint.post("/delegations/<uuid:delegation_id>/<any(accept, decline, suspend, resume, withdraw):step>")
@guard.person(Section.DELEGATION, Action.WRITE, of=queries.find_person_of_delegation)
def move_on(delegation_id: UUID, step: str) -> ResponseReturnValue:
    """The provider answers; the nurse suspends, resumes or withdraws."""
    said = {"reason": request.form.get("reason", ""), "next_occasion": request.form.get("next_occasion", "")}
    act, wanted = STEPS[step]
    try:
        act(delegation_id=delegation_id, actor=guard.actor(), now=utc_now(), **{name: said[name] for name in wanted})
    except DomainError as refused:
        flash(refused.message, "error")
        return redirect(f"/delegations/{delegation_id}", 303)
    flash("Saved.")
    return redirect("/delegations" if step in ("withdraw", "decline") else f"/delegations/{delegation_id}", 303)


@blueprint.post("/delegations/alerts/<uuid:alert_id>")
@guard.role(Section.DELEGATION, Action.WRITE)
def acknowledge(alert_id: UUID) -> ResponseReturnValue:
    """Whoever was told says that they know."""
    service.acknowledge_alert(
        alert_id=alert_id, words=request.form.get("words", ""), actor=guard.actor(), now=utc_now()
    )
    flash("Thank you. It is written down that you know.")
    return redirect("/provider" if request.form.get("then") == "/provider" else "/delegations", 303)


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
    _write_down(actor, person_id, "POST /delegations/competences", competence_id)
    flash("Saved.")
    return redirect("/delegations", 303)


STEPS: dict[str, tuple[Callable[..., object], tuple[str, ...]]] = {
    "accept": (service.accept_delegation, ()),
    "decline": (service.decline_delegation, ("reason",)),
    "suspend": (service.suspend_delegation, ("reason", "next_occasion")),
    "resume": (service.resume_delegation, ("reason",)),
    "withdraw": (service.withdraw_delegation, ("reason", "next_occasion")),
}


def _show_own_competences(actor: Actor) -> ResponseReturnValue:
    see_everything(db.session, as_="own-competence")
    found = queries.list_competences_of(worker_id=actor.account_id)
    known = people.list_people_by_id(person_ids={d.person_id for d, _ in found})
    guard.show(known)
    return page("delegation/own.html", found=found, people=known)


def _alerts_of(actor: Actor) -> list[Alert]:
    if actor.role is Role.PROVIDER_COORDINATOR:
        return queries.list_open_alerts(organisation_id=actor.organisation_id) if actor.organisation_id else []
    return queries.list_open_alerts(account_id=actor.account_id)


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
    _write_down(actor, person.id, "POST /delegations/new", found.id)
    return found.id


def _write_down(actor: Actor, person_id: UUID, route: str, subject: UUID) -> None:
    """The guard of a role knows no person, so the person's own trail is written here."""
    entry = audit.Entry(
        actor=actor,
        section=Section.DELEGATION,
        action=Action.WRITE,
        route=route,
        person_id=person_id,
        subjects=[subject],
    )
    audit.record(db.session, [entry], now=utc_now())


def _status(form: Form) -> int:
    return 422 if form.errors or form.form_errors else 200
