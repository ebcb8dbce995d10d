"""Setting minutes aside for planned visits. Planning beyond what is free is kept and shown, never refused."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from careplan.access.domain.actor import Actor
from careplan.db import db
from careplan.hours import queries
from careplan.hours.domain.bank import Bank
from careplan.hours.domain.ledger import Account, Cause, Flow, Kind
from careplan.hours.domain.terms import Funder
from careplan.hours.models import HourReservation
from careplan.hours.service.opening import Where, bank_at
from careplan.hours.service.posting import By, Move, lock, next_part, post, post_up_to
from careplan.hours.service.restating import settle, settle_all
from careplan.kernel.minutes import NO_MINUTES, Minutes

RESERVE = Flow(Kind.RESERVE, Account.BANK, Account.RESERVED)
RELEASE = Flow(Kind.RELEASE, Account.RESERVED, Account.BANK)


@dataclass(frozen=True, slots=True)
class Reserved:
    """How a planned visit's minutes stand: set aside, or beyond what is free."""

    reserved: Minutes
    unreserved: Minutes


def reserve_visit(
    *,
    visit_id: UUID,
    plan_id: UUID,
    person_id: UUID,
    funder: Funder | None,
    starts_on: date,
    minutes: Minutes,
    actor: Actor,
    now: datetime,
) -> Reserved:
    """Sets a planned visit's minutes aside as far as the bank holds free ones; all its workers' minutes together.

    The same again changes nothing; another day or length gives back what was set aside and sets it aside anew. A visit
    of which something was already delivered is past planning and keeps nothing.
    """
    by = By(actor.account_id, now)
    bank = bank_at(Where(plan_id, person_id, funder, starts_on), by)
    kept = _planned(visit_id)
    before = queries.get_bank_by_id(bank_id=kept.bank_id) if kept else bank
    lock({bank.id, before.id})
    kept = _planned(visit_id)
    if kept and (kept.bank_id, kept.starts_on, kept.minutes) == (bank.id, starts_on, minutes):
        return Reserved(Minutes(kept.reserved), Minutes(kept.minutes - kept.reserved))
    if kept:
        give_back(before, visit_id, by)
    if queries.has_deliveries(group_id=visit_id):
        return Reserved(NO_MINUTES, NO_MINUTES)
    move = next_part(bank, move_of(bank, RESERVE, visit_id, starts_on))
    reserved = post_up_to(bank, move, minutes, by)
    values = {
        "bank_id": bank.id, "person_id": person_id, "starts_on": starts_on, "minutes": minutes, "reserved": reserved,
    }  # fmt: skip
    db.session.execute(
        insert(HourReservation)
        .values(visit_id=visit_id, **values)
        .on_conflict_do_update(index_elements=["visit_id"], set_=values)
    )
    if before.id != bank.id:
        settle(before, by)
    return Reserved(reserved, Minutes(minutes - reserved))


def release_visit(*, visit_id: UUID, actor: Actor, now: datetime) -> Minutes:
    """Gives a planned visit's minutes back; says how many had been set aside. A visit not planned here gives none."""
    kept = _planned(visit_id)
    if kept is None:
        return NO_MINUTES
    by = By(actor.account_id, now)
    bank = queries.get_bank_by_id(bank_id=kept.bank_id)
    lock([bank.id])
    released = give_back(bank, visit_id, by)
    settle(bank, by)
    return released


def release_visits(*, visit_ids: Iterable[UUID], actor: Actor, now: datetime) -> None:
    """The same for many visits at once: each bank is locked once, and pays once for what stood unfunded."""
    by = By(actor.account_id, now)
    planned = HourReservation.minutes > 0
    found = db.session.execute(
        select(HourReservation.visit_id, HourReservation.bank_id)
        .where(HourReservation.visit_id.in_(list(visit_ids)), planned)
        .order_by(HourReservation.visit_id)
    ).all()
    banks = {row.bank_id: queries.get_bank_by_id(bank_id=row.bank_id) for row in found}
    lock(banks)
    for row in found:
        give_back(banks[row.bank_id], row.visit_id, by)
    settle_all(list(banks.values()), by)


def give_back(bank: Bank, visit_id: UUID, by: By) -> Minutes:
    """Moves a planned visit's reserved minutes back to its bank, which must be locked."""
    kept = _planned(visit_id)
    if kept is None:
        return NO_MINUTES
    released = Minutes(kept.reserved)
    if released:
        post(bank, next_part(bank, move_of(bank, RELEASE, visit_id, kept.starts_on)), released, by)
    db.session.execute(
        update(HourReservation).where(HourReservation.visit_id == visit_id).values(minutes=0, reserved=0)
    )
    return released


def let_go(bank: Bank, visit_id: UUID, by: By) -> None:
    """What is set aside for a visit comes free; the visit stays planned, beyond what is free."""
    kept = _planned(visit_id)
    if kept is None or not kept.reserved:
        return
    post(bank, next_part(bank, move_of(bank, RELEASE, visit_id, kept.starts_on)), Minutes(kept.reserved), by)
    _hold(visit_id, 0)


def set_aside(bank: Bank, visit_id: UUID, by: By) -> None:
    """Sets aside what a planned visit still lacks, as far as the bank, which must be locked, holds free minutes."""
    kept = _planned(visit_id)
    if kept is None or kept.reserved == kept.minutes:
        return
    move = next_part(bank, move_of(bank, RESERVE, visit_id, kept.starts_on))
    more = post_up_to(bank, move, Minutes(kept.minutes - kept.reserved), by)
    _hold(visit_id, kept.reserved + more)


def _hold(visit_id: UUID, reserved: int) -> None:
    db.session.execute(update(HourReservation).where(HourReservation.visit_id == visit_id).values(reserved=reserved))


def bank_of_plan_for(visit_id: UUID | None) -> Bank | None:
    """The bank in which a visit's minutes are set aside, if they are."""
    kept = _planned(visit_id) if visit_id else None
    return queries.get_bank_by_id(bank_id=kept.bank_id) if kept else None


def _planned(visit_id: UUID) -> HourReservation | None:
    """What is set aside for a visit, read anew; a row with nothing left is history."""
    return db.session.scalar(
        select(HourReservation)
        .where(HourReservation.visit_id == visit_id, HourReservation.minutes > 0)
        .execution_options(populate_existing=True)
    )


def move_of(bank: Bank, flow: Flow, visit_id: UUID, day: date, *, part: int = 0) -> Move:
    """A move for a planned visit; `part` counts those of its kind that were posted before."""
    return Move(flow, Cause.VISIT, visit_id, part, week=bank.week_of(day), happened_on=day, visit_id=visit_id)
