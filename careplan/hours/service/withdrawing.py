"""Withdrawing terms that have not begun to count: what they granted goes back to what the other versions grant."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import update

from careplan.access.domain.actor import Actor
from careplan.db import db
from careplan.hours import queries
from careplan.hours.domain import granting
from careplan.hours.domain.bank import Bank
from careplan.hours.domain.ledger import Cause
from careplan.hours.domain.terms import Terms
from careplan.hours.models import HourTerms
from careplan.hours.service.opening import GIVE, KEEP_ASIDE, TAKE, TAKE_ASIDE, one_at_a_time, open_numbers
from careplan.hours.service.posting import By, Move, cut_up_to, lock, post
from careplan.hours.service.restating import settle
from careplan.kernel.minutes import NO_MINUTES, Minutes


def withdraw_terms(*, plan_id: UUID, plan_version_id: UUID, actor: Actor, now: datetime) -> None:
    """Takes a version's terms out of count, in periods already open too; not known or withdrawn before: nothing.

    A cut takes only what the bank still holds; what was reserved meanwhile is a reduction not taken.
    """
    one_at_a_time(plan_id)
    gone = next((t for t in queries.list_terms(plan_id=plan_id) if t.plan_version_id == plan_version_id), None)
    if gone is None:
        return
    db.session.execute(
        update(HourTerms)
        .where(HourTerms.plan_version_id == plan_version_id)
        .values(withdrawn_at=now, turn=HourTerms.turn + 1)
    )
    left = queries.list_terms(plan_id=plan_id)
    banks = [bank for n in open_numbers(plan_id) for bank in queries.list_banks(plan_id=plan_id, number=n)]
    lock(bank.id for bank in banks)
    by = By(actor.account_id, now)
    for bank in banks:
        _back_to(bank, left, gone, by)
        settle(bank, by)


def _back_to(bank: Bank, left: Sequence[Terms], gone: Terms, by: By) -> None:
    """Brings a bank's weeks, and what it keeps aside, to what the terms that are left say."""
    assert bank.period is not None  # noqa: S101  an open period has its dates
    wanted = {g.week: g.minutes for g in granting.wanted(left, funder=bank.funder, period=bank.period)}
    for week, granted in queries.granted_by_week(bank_id=bank.id).items():
        change = wanted.get(week, NO_MINUTES) - granted
        part = granting.part_taken_away(gone, week)
        if change > 0:
            post(bank, Move(GIVE, Cause.TERMS, gone.plan_version_id, part, week=week), Minutes(change), by)
        elif change < 0:
            cut_up_to(bank, Move(TAKE, Cause.TERMS, gone.plan_version_id, part, week=week), Minutes(-change), by)
    _aside_back_to(bank, left, gone, by)


def _aside_back_to(bank: Bank, left: Sequence[Terms], gone: Terms, by: By) -> None:
    kept = queries.contingency_granted(bank_id=bank.id)
    assert bank.period is not None  # noqa: S101  as above
    found = granting.contingency_wanted(left, bank.period)
    home = queries.find_contingency_bank(plan_id=bank.plan_id, number=bank.number)
    if home is None or home.id != bank.id:
        return
    change = (found[1] if found else NO_MINUTES) - kept
    part = granting.part_taken_away(gone)
    if change > 0:
        post(bank, Move(KEEP_ASIDE, Cause.TERMS, gone.plan_version_id, part), Minutes(change), by)
    elif change < 0:
        cut_up_to(bank, Move(TAKE_ASIDE, Cause.TERMS, gone.plan_version_id, part), Minutes(-change), by)
