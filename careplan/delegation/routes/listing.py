"""The lists of activities, and one of them whole."""

from uuid import UUID

from flask.typing import ResponseReturnValue

from careplan.access import guard
from careplan.access import queries as access
from careplan.access.domain.actor import Actor, Role
from careplan.access.domain.policy import Action, Section
from careplan.db import db
from careplan.db.scope import see_everything
from careplan.delegation import forms, queries
from careplan.delegation.domain.authority import authority_at
from careplan.delegation.domain.delegation import state_at
from careplan.delegation.domain.incident import IncidentState
from careplan.delegation.routes.blueprint import blueprint
from careplan.delegation.routes.parts import TAGS, alerts_of, plots_of
from careplan.kernel.clock import utc_now
from careplan.organisations import queries as organisations
from careplan.people import queries as people
from careplan.web import page


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
    waiting = [i for i in queries.list_incidents(visible=visible) if i.state is not IncidentState.CLOSED]
    return page(
        "delegation/list.html", delegations=found, people=known, states={d.id: state_at(d, now) for d in found},
        tags=TAGS, alerts=alerts_of(actor), may_propose=actor.role is Role.NURSE, incidents=len(waiting),
    )  # fmt: skip


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
        alerts=[a for a in alerts_of(actor) if a.delegation_id == delegation_id],
        is_delegator=actor.account_id == found.delegator_id,
        is_provider=actor.organisation_id == found.provider_id and actor.role is Role.PROVIDER_COORDINATOR,
        stop_form=forms.StopForm(), plots=plots_of(instruction, occasions),
        escalations=queries.list_escalations(delegation_id=delegation_id),
        incidents=queries.list_incidents(delegation_id=delegation_id),
        reviews=queries.list_delegation_reviews(delegation_id=delegation_id),
    )  # fmt: skip


def _show_own_competences(actor: Actor) -> ResponseReturnValue:
    see_everything(db.session, as_="own-competence")
    found = queries.list_competences_of(worker_id=actor.account_id)
    known = people.list_people_by_id(person_ids={d.person_id for d, _ in found})
    guard.show(known)
    return page("delegation/own.html", found=found, people=known)
