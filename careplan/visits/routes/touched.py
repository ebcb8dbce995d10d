"""What it means for visits that somebody may no longer do a delegated activity."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from flask.typing import ResponseReturnValue

from careplan.access import guard
from careplan.access import queries as access
from careplan.access.domain.actor import Role
from careplan.access.domain.policy import Action, Section
from careplan.delegation import queries as delegation
from careplan.delegation.domain.stopping import Stop, StopParty, sentence
from careplan.kernel.clock import utc_now
from careplan.organisations import queries as organisations
from careplan.people import queries as people
from careplan.visits.domain.covering import LOOKS_AHEAD, uncovered
from careplan.visits.queries.covering import list_with_activity
from careplan.visits.routes.blueprint import blueprint
from careplan.web import page


@blueprint.get("/delegations/stops/<uuid:stop_id>")
@guard.person(Section.DELEGATION, Action.WRITE, of=delegation.find_person_of_stop)
def show_stop(stop_id: UUID) -> ResponseReturnValue:
    """What fell away, who does the next one, the visits of the coming four weeks that it touches, and who knows."""
    actor, now = guard.actor(), utc_now()
    stop = delegation.get_stop(stop_id=stop_id)
    visits = list_with_activity(delegation_ids=[stop.delegation_id], since=now, until=now + LOOKS_AHEAD)
    planned = visits[stop.delegation_id]
    given = delegation.get_delegation(delegation_id=stop.delegation_id)
    accounts = {stop.worker_id, stop.by, *(k.by for k in stop.known), *(w for v in planned for w in v.workers)}
    names = access.list_account_names(account_ids=[a for a in accounts if a])
    is_coordinator = actor.role is Role.PROVIDER_COORDINATOR and actor.organisation_id == stop.provider_id
    own = (
        StopParty.DELEGATOR if actor.account_id == stop.delegator_id
        else StopParty.PROVIDER if is_coordinator
        else None
    )  # fmt: skip
    return page(
        "visits/touched.html", stop=stop, said=sentence(stop.cause, names.get(stop.worker_id or stop.id)),
        person=people.get_person(person_id=stop.person_id), names=names, planned=planned,
        lacking=uncovered(given, planned), may_answer=own is not None and stop.known_to(own) is None,
        may_plan=is_coordinator, provider=organisations.get_organisation(organisation_id=stop.provider_id),
        delegator=StopParty.DELEGATOR, office=StopParty.PROVIDER,
    )  # fmt: skip


def touched_by(stops: Iterable[Stop], now: datetime) -> dict[UUID, int]:
    """By what fell away, at how many visits of the coming four weeks nobody may do the activity as they are planned."""
    found = list(stops)
    ids = {s.delegation_id for s in found}
    given = delegation.list_delegations_by_id(delegation_ids=ids)
    visits = list_with_activity(delegation_ids=ids, since=now, until=now + LOOKS_AHEAD) if ids else {}
    lacking = {i: len(uncovered(given[i], visits[i])) for i in ids if i in given}
    return {s.id: lacking.get(s.delegation_id, 0) for s in found}
