"""The lists of activities, one of them whole, and what a version of its instruction changed."""

from uuid import UUID

from flask.typing import ResponseReturnValue

from careplan.access import guard
from careplan.access import queries as access
from careplan.access.domain.actor import Actor, Role
from careplan.access.domain.policy import Action, Section
from careplan.db import db
from careplan.db.scope import see_everything
from careplan.delegation import queries
from careplan.delegation.domain.authority import Lack
from careplan.delegation.domain.changes import compare, said
from careplan.delegation.domain.delegation import state_at
from careplan.delegation.domain.incident import IncidentState
from careplan.delegation.domain.workers import is_uncovered, standings_of
from careplan.delegation.routes.blueprint import blueprint
from careplan.delegation.routes.parts import TAGS, alerts_of, said_of, stops_of
from careplan.delegation.routes.showing import delegation_page
from careplan.kernel.clock import utc_now
from careplan.kernel.errors import NotFound
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
    stops = stops_of(actor)
    known = people.list_people_by_id(person_ids={d.person_id for d in found} | {s.person_id for s in stops})
    guard.show(known)
    waiting = [i for i in queries.list_incidents(visible=visible) if i.state is not IncidentState.CLOSED]
    names = access.list_account_names(account_ids={s.worker_id for s in stops if s.worker_id})
    return page(
        "delegation/list.html", delegations=found, people=known, states={d.id: state_at(d, now) for d in found},
        uncovered={d.id for d in found if is_uncovered(d, now)}, stops=stops, stop_words=said_of(stops, names),
        reachable={d.id for d in found}, tags=TAGS, alerts=alerts_of(actor), may_propose=actor.role is Role.NURSE,
        is_nurse=actor.role is Role.NURSE, incidents=len(waiting),
    )  # fmt: skip


@blueprint.get("/delegations/<uuid:delegation_id>")
@guard.person(Section.DELEGATION, Action.READ, of=queries.find_person_of_delegation)
def show_delegation(delegation_id: UUID) -> ResponseReturnValue:
    """One delegation: its instruction, who may do it until when, what was done, what went wrong."""
    return delegation_page(delegation_id)


@blueprint.get("/delegations/<uuid:delegation_id>/instructions/<int:number>")
@guard.person(Section.DELEGATION, Action.READ, of=queries.find_person_of_delegation)
def show_version(delegation_id: UUID, number: int) -> ResponseReturnValue:
    """One version of an instruction, beside the one before."""
    found = queries.get_delegation(delegation_id=delegation_id)
    after = found.instruction(number)
    if after is None:
        raise NotFound
    before = max((i for i in found.instructions if i.number < number), key=lambda i: i.number, default=None)
    names = access.list_account_names(account_ids=[after.written_by])
    return page(
        "delegation/version.html", delegation=found, before=before, after=after, range_words=said,
        parts=compare(before, after) if before else (), names=names,
    )  # fmt: skip


def _show_own_competences(actor: Actor) -> ResponseReturnValue:
    """What a worker was found able to do, each activity once, by what counts for it now."""
    now = utc_now()
    see_everything(db.session, as_="own-competence")
    delegations = {d.id: d for d, _ in queries.list_competences_of(worker_id=actor.account_id)}
    own = [s for d in delegations.values() for s in standings_of(d, now) if s.competence.worker_id == actor.account_id]
    known = people.list_people_by_id(person_ids={s.delegation.person_id for s in own})
    guard.show(known)
    return page("delegation/own.html", found=own, people=known, declined=Lack.DECLINED_BY_WORKER)
