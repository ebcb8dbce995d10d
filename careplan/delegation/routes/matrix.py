"""Who may do what for whom until when, on one page: the provider's, and the nurse's."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask import redirect, request
from flask.typing import ResponseReturnValue

from careplan.access import guard
from careplan.access import queries as access
from careplan.access.domain.actor import Actor, Role
from careplan.access.domain.policy import Action, Section
from careplan.delegation import queries
from careplan.delegation.domain.delegation import Delegation, state_at
from careplan.delegation.domain.workers import OPEN_STATES, Standing, is_uncovered, standings_of
from careplan.delegation.routes.blueprint import blueprint
from careplan.kernel.clock import utc_now
from careplan.people import queries as people
from careplan.people.domain.person import Person
from careplan.web import page

OF_NURSES, OF_PROVIDERS = "/delegations/competence", "/provider/competence"


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the page is narrowed to; None: all."""

    person: UUID | None
    worker: UUID | None
    activity: str | None

    def keeps(self, delegation: Delegation) -> bool:
        """Whether an activity for somebody is to be shown."""
        return self.person in (None, delegation.person_id) and self.activity in (None, delegation.activity)


@blueprint.get(OF_PROVIDERS)
@guard.listing(Section.PROVIDER_DAY)
def show_provider_competence() -> ResponseReturnValue:
    """For a coordinator: the provider's workers and what they may do."""
    actor = guard.actor()
    return _matrix(actor, OF_PROVIDERS, provider_id=actor.organisation_id)


@blueprint.get(OF_NURSES)
@guard.listing(Section.DELEGATION)
def show_delegated_competence() -> ResponseReturnValue:
    """For a nurse: the same, of the activities that she sees, whichever provider's workers do them."""
    actor = guard.actor()
    if actor.role is Role.CARE_WORKER:
        return redirect("/delegations", 303)
    if actor.role is Role.PROVIDER_COORDINATOR:
        return redirect(OF_PROVIDERS, 303)
    return _matrix(actor, OF_NURSES, provider_id=None)


def _matrix(actor: Actor, address: str, *, provider_id: UUID | None) -> str:
    now = utc_now()
    visible = access.select_visible(actor=actor, section=Section.DELEGATION, action=Action.READ, now=now)
    every = [
        d for d in queries.list_delegations_of(visible=visible, provider_id=provider_id)
        if state_at(d, now) in OPEN_STATES
    ]  # fmt: skip
    chosen = Chosen(
        request.args.get("person", type=UUID), request.args.get("worker", type=UUID),
        request.args.get("activity") or None,
    )  # fmt: skip
    found = [d for d in every if chosen.keeps(d)]
    standings = [s for d in found for s in standings_of(d, now) if chosen.worker in (None, s.competence.worker_id)]
    known = people.list_people_by_id(person_ids={d.person_id for d in every})
    guard.show({d.person_id for d in found})
    names = access.list_account_names(account_ids={c.worker_id for d in every for c in d.competences})
    return page(
        "delegation/competence.html", address=address, chosen=chosen, people=known, names=names,
        named_people=sorted(((p.id, p.name) for p in known.values()), key=lambda pair: pair[1]),
        named_workers=sorted(names.items(), key=lambda pair: pair[1]),
        named_activities=[(a, a) for a in sorted({d.activity for d in every})],
        uncovered=_uncovered(found, chosen, now),
        suspended=[s for s in standings if s.is_suspended], soon=[s for s in standings if s.ends_soon],
        standings=sorted(standings, key=lambda s: _order(s, known, names)),
    )  # fmt: skip


def _uncovered(found: list[Delegation], chosen: Chosen, now: datetime) -> list[Delegation]:
    """What nobody may do; narrowed to one worker it is no question of theirs."""
    return [d for d in found if is_uncovered(d, now)] if chosen.worker is None else []


def _order(standing: Standing, known: dict[UUID, Person], names: dict[UUID, str]) -> tuple[str, str, str]:
    person = known.get(standing.delegation.person_id)
    return (
        person.name if person else "", standing.delegation.activity, names.get(standing.competence.worker_id, "")
    )  # fmt: skip
