"""What follows: an escalation and its answer, incidents and what was done about them, reviews."""

from uuid import UUID

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue

from careplan.access import guard
from careplan.access import queries as access
from careplan.access.domain.actor import Role
from careplan.access.domain.policy import Action, Section
from careplan.delegation import queries, service
from careplan.delegation.domain.escalation import next_at
from careplan.delegation.domain.incident import EVENT_WORDS, IncidentEvent, IncidentState
from careplan.delegation.domain.review import Decision
from careplan.delegation.forms.following import FollowForm, ReviewForm
from careplan.delegation.routes.blueprint import blueprint
from careplan.delegation.routes.parts import status
from careplan.kernel.clock import utc_now
from careplan.kernel.errors import DomainError, Forbidden, NotFound
from careplan.organisations import queries as organisations
from careplan.people import queries as people
from careplan.web import page
from careplan.web.forms import choices

INCIDENT_TAGS = {IncidentState.RAISED: "stopped", IncidentState.CLOSED: "settled"}


@blueprint.get("/delegations/escalations/<uuid:escalation_id>")
@guard.person(Section.DELEGATION, Action.READ, of=queries.find_person_of_escalation)
def show_escalation(escalation_id: UUID) -> ResponseReturnValue:
    """One reading out of range: whom it has reached, who is next, and what was done."""
    now, actor = utc_now(), guard.actor()
    found = queries.find_escalation(escalation_id=escalation_id)
    if found is None:
        raise NotFound
    allowed = access.list_allowed(actor=actor, person_id=found.person_id, now=now)
    bodies = organisations.list_organisations_by_id(organisation_ids={found.provider_id, found.organisation_id})
    return page(
        "delegation/escalation.html", escalation=found, person=people.get_person(person_id=found.person_id),
        delegation=queries.get_delegation(delegation_id=found.delegation_id),
        names=access.list_account_names(account_ids={found.answered_by} - {None}),  # type: ignore[arg-type]
        everybody=" and ".join(o.name for o in bodies.values()),
        next_at=next_at(found.ladder, raised_at=found.raised_at, told=found.told),
        may_answer=(Section.DELEGATION, Action.WRITE) in allowed,
    )  # fmt: skip


@blueprint.post("/delegations/escalations/<uuid:escalation_id>")
@guard.person(Section.DELEGATION, Action.WRITE, of=queries.find_person_of_escalation)
def answer_escalation(escalation_id: UUID) -> ResponseReturnValue:
    """Somebody around the delegation says what was done; nobody further is told."""
    words = request.form.get("words", "")
    try:
        service.answer_escalation(escalation_id=escalation_id, words=words, actor=guard.actor(), now=utc_now())
        flash("Thank you. It is written down, and nobody further is told.")
    except DomainError as refused:
        flash(refused.message, "error")
    return redirect(f"/delegations/escalations/{escalation_id}", 303)


@blueprint.get("/delegations/incidents")
@guard.listing(Section.DELEGATION)
def list_incidents() -> ResponseReturnValue:
    """Activities done without authority, those that wait for somebody first."""
    actor, now = guard.actor(), utc_now()
    if actor.role is Role.CARE_WORKER:
        raise Forbidden("Your coordinator and the nurse follow these up.")
    visible = access.select_visible(actor=actor, section=Section.DELEGATION, action=Action.READ, now=now)
    found = queries.list_incidents(visible=visible)
    known = people.list_people_by_id(person_ids={i.person_id for i in found})
    guard.show(known)
    given = queries.list_delegations_by_id(delegation_ids={i.delegation_id for i in found})
    return page(
        "delegation/incidents.html", incidents=sorted(found, key=lambda i: i.state is IncidentState.CLOSED),
        people=known, given=given, tags=INCIDENT_TAGS,
        names=access.list_account_names(account_ids={i.worker_id for i in found}),
    )  # fmt: skip


@blueprint.route("/delegations/incidents/<uuid:incident_id>", methods=["GET", "POST"])
@guard.person(Section.DELEGATION, Action.WRITE, of=queries.find_person_of_incident)
def follow_incident(incident_id: UUID) -> ResponseReturnValue:
    """One incident, what was done about it, and the next thing to write down."""
    actor, now = guard.actor(), utc_now()
    found = queries.find_incident(incident_id=incident_id)
    if found is None:
        raise NotFound
    form = FollowForm()
    form.event.choices = choices((e.value, EVENT_WORDS[e]) for e in found.possible)
    if IncidentEvent.DECIDE not in found.possible:
        del form.stays
    if form.validate_on_submit():
        try:
            service.follow_incident(
                incident_id=incident_id, event=IncidentEvent(form.event.data), words=form.words.data or "",
                stays_suspended=form.suspended, actor=actor, now=now,
            )  # fmt: skip
        except DomainError as refused:
            form.show(refused)
        else:
            flash("Written down.")
            return redirect(f"/delegations/incidents/{incident_id}", 303)
    return page(
        "delegation/incident.html", incident=found, form=form, tags=INCIDENT_TAGS,
        person=people.get_person(person_id=found.person_id),
        given=queries.find_delegation(delegation_id=found.delegation_id),
        names=access.list_account_names(account_ids={found.worker_id, *(s.by for s in found.steps)}),
    ), status(form)  # fmt: skip


@blueprint.route("/delegations/<uuid:delegation_id>/reviews/new", methods=["GET", "POST"])
@guard.person(Section.DELEGATION, Action.WRITE, of=queries.find_person_of_delegation)
def review(delegation_id: UUID) -> ResponseReturnValue:
    """The nurse writes down what a review found, and whether it goes on."""
    found = queries.get_delegation(delegation_id=delegation_id)
    form = ReviewForm()
    if form.validate_on_submit():
        try:
            service.review_delegation(
                delegation_id=delegation_id, held_on=form.held_on.data, findings=form.findings.data or "",
                decision=Decision(form.decision.data), next_on=form.next_on.data,
                next_occasion=form.next_occasion.data or "", actor=guard.actor(), now=utc_now(),
            )  # fmt: skip
        except DomainError as refused:
            form.show(refused)
        else:
            flash("The review is written down.")
            changes = Decision(form.decision.data) is Decision.CHANGE
            stops = Decision(form.decision.data) is Decision.STOP
            address = f"/delegations/{delegation_id}"
            return redirect("/delegations" if stops else f"{address}/instructions/new" if changes else address, 303)
    return page("delegation/review.html", form=form, delegation=found), status(form)
