"""Telling both sides that authority fell away, and noting that they know."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import text

from careplan.access import queries as access
from careplan.access.domain.actor import SYSTEM, Actor, Role
from careplan.db import db
from careplan.delegation.domain.delegation import Delegation
from careplan.delegation.domain.stopping import Cause, Stop, StopParty, contact_at, sentence
from careplan.delegation.models import StopAcknowledgementRow, StopRow
from careplan.delegation.queries import get_stop
from careplan.kernel.errors import NotFound
from careplan.kernel.holidays import bank_holidays
from careplan.kernel.ids import new_id
from careplan.kernel.words import clipped
from careplan.notices.domain.notice import LONGEST, Audience, NoticeKind
from careplan.notices.service import tell
from careplan.organisations import queries as organisations

_KNOW_FOR_PROVIDER = frozenset({Role.PROVIDER_COORDINATOR})


@dataclass(frozen=True, slots=True)
class Falling:
    """What falls away: everybody's authority, or that of one worker by one competence. `at` may lie in the past."""

    cause: Cause
    at: datetime
    reason: str = ""
    next_occasion: str = ""
    worker_id: UUID | None = None
    competence_id: UUID | None = None


def raise_stop(delegation: Delegation, falling: Falling, *, now: datetime, actor: Actor | None = None) -> UUID:
    """Writes down that authority fell away and tells both sides; whoever did it knows already.

    Where nobody said who does the next occasion, it is the team that delegated.
    """
    row = StopRow(
        id=new_id(),
        delegation_id=delegation.id,
        person_id=delegation.person_id,
        activity=delegation.activity,
        delegator_id=delegation.delegator_id,
        provider_id=delegation.provider_id,
        worker_id=falling.worker_id,
        competence_id=falling.competence_id,
        cause=falling.cause.value,
        at=falling.at,
        reason=falling.reason,
        next_occasion=falling.next_occasion or _team_of(delegation),
        contact=contact_at(delegation, now, holidays=bank_holidays()),
        by=actor.account_id if actor else None,
        raised_at=now,
    )
    db.session.add(row)
    db.session.flush()
    _tell(delegation, row, actor or SYSTEM, now)
    party = _party_of(row, actor) if actor else None
    if actor and party:
        _note(row.id, delegation.person_id, party, words=None, actor=actor, now=now)
    return row.id


def acknowledge_stop(*, stop_id: UUID, words: str, actor: Actor, now: datetime) -> Stop:
    """One side says that it knows, and what it does about it. A second time changes nothing.

    Raises NotFound for somebody of neither side.
    """
    stop = get_stop(stop_id=stop_id)
    party = _party_of(stop, actor)
    if party is None:
        raise NotFound("Nothing of the kind has stopped.")
    _one_at_a_time(stop_id, party)
    if get_stop(stop_id=stop_id).known_to(party) is None:
        _note(stop_id, stop.person_id, party, words=words.strip() or None, actor=actor, now=now)
    return get_stop(stop_id=stop_id)


def _one_at_a_time(stop_id: UUID, party: StopParty) -> None:
    name = {"name": f"delegation_stop:{stop_id}:{party}"}
    db.session.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))"), name)


def _party_of(stop: Stop | StopRow, actor: Actor) -> StopParty | None:
    if actor.account_id == stop.delegator_id:
        return StopParty.DELEGATOR
    # A worker who falls out is of the provider, and does not know for it.
    is_office = actor.organisation_id == stop.provider_id and actor.role in _KNOW_FOR_PROVIDER
    return StopParty.PROVIDER if is_office else None


def _note(stop_id: UUID, person_id: UUID, party: StopParty, *, words: str | None, actor: Actor, now: datetime) -> None:
    db.session.add(
        StopAcknowledgementRow(
            stop_id=stop_id, party=party.value, person_id=person_id, at=now, by=actor.account_id, words=words
        )
    )
    db.session.flush()


def _team_of(delegation: Delegation) -> str:
    return organisations.get_organisation(organisation_id=delegation.organisation_id).name


def _tell(delegation: Delegation, row: StopRow, actor: Actor, now: datetime) -> None:
    who = access.list_account_names(account_ids=[row.worker_id]).get(row.worker_id) if row.worker_id else None
    ring = f" Ring {row.contact}." if row.contact else ""
    said = f"{delegation.activity}: {sentence(Cause(row.cause), who)} Next time: {row.next_occasion}.{ring}"
    tell(
        person_id=delegation.person_id,
        audience={Audience.PROVIDER},
        accounts={delegation.delegator_id},
        words=clipped(said, LONGEST),
        address=f"/delegations/stops/{row.id}",
        actor=actor,
        now=now,
        kind=NoticeKind.DELEGATION,
    )
