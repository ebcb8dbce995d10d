"""What follows once all have agreed: the visits of the provider before are called off, its delegations close."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from careplan.access import queries as access
from careplan.access.domain.actor import Actor
from careplan.db import db
from careplan.delegation import service as delegation
from careplan.kernel.errors import Conflict, invalid
from careplan.kernel.ids import new_id
from careplan.organisations import queries as organisations
from careplan.people import service as people
from careplan.plans.domain.state import VersionFacts
from careplan.plans.standing import list_facts
from careplan.transfers import queries, rows
from careplan.transfers.domain.transfer import HandoverNote, Transfer, changes_at
from careplan.transfers.models import HandoverNoteRow, TransferRow
from careplan.transfers.service.locking import locked_transfer
from careplan.transfers.service.telling import tell_handed_over
from careplan.visits import service as visits

AT_ONCE = 200
LONGEST = 4_000


class NotAgreedYet(Conflict):
    """Somebody has still to agree."""

    code = "not_agreed_yet"


def hand_over(*, person_id: UUID, transfer_id: UUID, actor: Actor, now: datetime) -> Transfer:
    """Calls off what the provider before has planned from the change on, and closes what was delegated to it.

    Done once, it changes nothing. Raises NotAgreedYet, GivenUp, NotFound.
    """
    # In the order in which records from tablets come by: else one would wait for the other in a ring.
    visits.lock_person(person_id)
    people.hold_person(person_id=person_id)
    row = locked_transfer(person_id=person_id, transfer_id=transfer_id)
    since = changes_at(rows.transfer(row), _facts(row))
    if since is None:
        raise NotAgreedYet("Not everybody who must agree has agreed yet.")
    if row.handed_over_at is None:
        _let_go(row, since, actor=actor, now=now)
    return queries.get_transfer(person_id=person_id, transfer_id=transfer_id)


def settle_due(*, now: datetime) -> int:
    """Hands over whatever all have agreed to, and takes back what somebody's yes was taken back from; says how many.

    Safe to run at any time: each is settled by itself, and one that is settled is left alone.
    """
    due = queries.list_to_settle(at=now, limit=AT_ONCE)
    facts = list_facts([t.plan_id for t in due])
    accounts = access.list_accounts_by_id(account_ids=[t.started_by for t in due])
    settled = 0
    for transfer in due:
        agreed = changes_at(transfer, facts[transfer.plan_id]) is not None
        if agreed is (transfer.handed_over_at is not None):
            continue
        with db.session.begin_nested():
            _settle(transfer, agreed, actor=accounts[transfer.started_by], now=now)
        settled += 1
    return settled


def write_note(*, person_id: UUID, transfer_id: UUID, words: str, actor: Actor, now: datetime) -> HandoverNote:
    """Writes something down for the other side.  Raises Invalid, GivenUp, NotFound."""
    if not words.strip() or len(words) > LONGEST:
        raise invalid("words", f"Write what the other side needs to know, in at most {LONGEST:,} characters.")
    row = locked_transfer(person_id=person_id, transfer_id=transfer_id)
    note = HandoverNoteRow(
        id=new_id(), transfer_id=row.id, person_id=person_id, words=words.strip(), by=actor.account_id, at=now
    )
    db.session.add(note)
    db.session.flush()
    return rows.note(note)


def _settle(transfer: Transfer, agreed: bool, *, actor: Actor, now: datetime) -> None:
    if agreed:
        hand_over(person_id=transfer.person_id, transfer_id=transfer.id, actor=actor, now=now)
        return
    visits.lock_person(transfer.person_id)
    people.hold_person(person_id=transfer.person_id)
    row = locked_transfer(person_id=transfer.person_id, transfer_id=transfer.id)
    _take_back(row, actor=actor, now=now)


def _let_go(row: TransferRow, since: datetime, *, actor: Actor, now: datetime) -> None:
    new = organisations.get_organisation(organisation_id=row.to_provider_id).name
    since = max(since, now)
    row.released = visits.call_off_from(
        person_id=row.person_id, since=since, reason=f"Care goes on with {new}.", provider_id=row.from_provider_id,
        actor=actor, now=now,
    )  # fmt: skip
    delegation.close_delegations(
        person_id=row.person_id, at=since, because=f"Care goes on with {new}.", provider_id=row.from_provider_id
    )
    row.handed_over_at, row.changed_at = now, since
    db.session.flush()
    tell_handed_over(transfer=rows.transfer(row), day=since, actor=actor, now=now)


def _take_back(row: TransferRow, *, actor: Actor, now: datetime) -> None:
    """Somebody took a yes back before the change: the provider before goes on."""
    closed_at = row.changed_at
    visits.plan_again(person_id=row.person_id, visit_ids=row.released, actor=actor, now=now)
    if closed_at is not None:
        delegation.open_closed_at(person_id=row.person_id, at=closed_at, provider_id=row.from_provider_id)
    row.handed_over_at = row.changed_at = None
    row.released = []
    db.session.flush()


def _facts(row: TransferRow) -> Sequence[VersionFacts]:
    return list_facts([row.plan_id])[row.plan_id]
