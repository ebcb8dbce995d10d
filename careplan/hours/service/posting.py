"""The only place that moves minutes: a guarded statement on the balance, then the entry that says so."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import cast
from uuid import UUID

from sqlalchemy import ColumnElement, Table, func, insert, literal, literal_column, select, update

from careplan.access.domain.actor import Actor, Role
from careplan.db import db
from careplan.hours.domain.bank import Bank
from careplan.hours.domain.ledger import HELD, Cause, Entry, Flow, checked, mirrored
from careplan.hours.models import HourBalance, HourEntry, ReductionNotTaken
from careplan.kernel.ids import new_id
from careplan.kernel.minutes import Minutes
from careplan.kernel.words import duration
from careplan.notices.domain.notice import Audience, NoticeKind
from careplan.notices.service import tell

BALANCE = cast(Table, HourBalance.__table__)


class Overspent(RuntimeError):
    """An exact move asked for more than a held account has: the caller did not look first."""


@dataclass(frozen=True, slots=True)
class By:
    """Who posts, and when."""

    account_id: UUID
    now: datetime


@dataclass(frozen=True, slots=True)
class Move:
    """Why minutes are to move, and what they belong to. The same cause, kind and part is posted once in a bank."""

    flow: Flow
    cause: Cause
    cause_id: UUID
    part: int = 0
    week: int | None = None
    happened_on: date | None = None
    visit_id: UUID | None = None
    record_id: UUID | None = None
    reverses: UUID | None = None


def lock(bank_ids: Iterable[UUID]) -> None:
    """Until the transaction ends nobody else moves minutes of these banks. One order for all: none waits in a ring."""
    ids = sorted(set(bank_ids))
    db.session.execute(
        select(HourBalance.bank_id).where(HourBalance.bank_id.in_(ids)).order_by(HourBalance.bank_id).with_for_update()
    )


def post_up_to(bank: Bank, move: Move, most: Minutes, by: By) -> Minutes:
    """Moves as many minutes as the account they come from holds, at most these; says how many."""
    if most <= 0:
        return Minutes(0)
    moved = _transfer(bank.id, move.flow, most)
    if moved:
        _write(bank, move, moved, by)
    return moved


def post(bank: Bank, move: Move, minutes: Minutes, by: By) -> None:
    """Moves exactly these minutes.  Raises Overspent where a held account has fewer."""
    if post_up_to(bank, move, minutes, by) != minutes:
        raise Overspent(f"{move.flow.source} of bank {bank.id} holds fewer than {minutes} minutes")


def cut_up_to(bank: Bank, move: Move, most: Minutes, by: By) -> Minutes:
    """Takes back what the account still holds; the rest is written down as a reduction not taken."""
    taken = post_up_to(bank, move, most, by)
    if rest := most - taken:
        db.session.execute(
            insert(ReductionNotTaken).values(
                id=new_id(), bank_id=bank.id, person_id=bank.person_id, account=move.flow.source.value, minutes=rest,
                cause=move.cause.value, cause_id=move.cause_id, part=move.part, noted_at=by.now,
            )
        )  # fmt: skip
        _tell_not_taken(bank, Minutes(rest), by)
    return taken


def _tell_not_taken(bank: Bank, rest: Minutes, by: By) -> None:
    teller = Actor(by.account_id, "", Role.SYSTEM)  # whoever moves minutes lets it be told, whatever their role
    words = f"{duration(rest)} could not be taken back from the hours, because the time has been used."
    tell(
        person_id=bank.person_id, audience={Audience.COUNCIL}, words=words.capitalize(),
        address=f"/people/{bank.person_id}/hours?period={max(bank.number, 0)}", actor=teller, now=by.now,
        kind=NoticeKind.HOURS,
    )  # fmt: skip


def reverse(bank: Bank, entries: Iterable[Entry], by: By) -> None:
    """Takes entries back, each by one that mirrors and names it."""
    for e in entries:
        move = Move(mirrored(e.flow), Cause.ENTRY, e.id, 0, e.week, e.happened_on, e.visit_id, e.record_id, e.id)
        post(bank, move, e.minutes, by)


def next_part(bank: Bank, move: Move) -> Move:
    """The same move as the next part of its cause, where one cause posts more than once."""
    posted = db.session.scalar(
        select(func.count()).where(
            HourEntry.bank_id == bank.id,
            HourEntry.cause == move.cause.value,
            HourEntry.cause_id == move.cause_id,
            HourEntry.kind == move.flow.kind.value,
        )
    )
    return replace(move, part=posted or 0)


def _transfer(bank_id: UUID, flow: Flow, most: Minutes) -> Minutes:
    checked(flow)
    source, target = BALANCE.c[flow.source.value], BALANCE.c[flow.target.value]
    amount: ColumnElement[int] = func.least(source, most) if flow.source in HELD else literal(int(most))
    moved: int = db.session.execute(
        update(BALANCE)
        .where(BALANCE.c.bank_id == bank_id)
        .values({source: source - amount, target: target + amount})
        .returning(literal_column(f"old.{source.name} - new.{source.name}"))
    ).scalar_one()
    return Minutes(moved)


def _write(bank: Bank, move: Move, minutes: Minutes, by: By) -> None:
    db.session.execute(
        insert(HourEntry).values(
            id=new_id(), bank_id=bank.id, person_id=bank.person_id, kind=move.flow.kind.value,
            from_account=move.flow.source.value, to_account=move.flow.target.value, minutes=minutes,
            cause=move.cause.value, cause_id=move.cause_id, part=move.part, week=move.week,
            happened_on=move.happened_on, visit_id=move.visit_id, record_id=move.record_id, reverses=move.reverses,
            posted_at=by.now, posted_by=by.account_id,
        )
    )  # fmt: skip
