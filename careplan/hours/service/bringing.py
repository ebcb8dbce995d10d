"""Bringing a week of a bank to what a cause says it should have had from it: only the difference is posted."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select

from careplan.db import db
from careplan.hours import queries
from careplan.hours.domain.bank import Bank
from careplan.hours.domain.ledger import Account, Cause, Flow, Kind
from careplan.hours.models import HourEntry, ReductionNotTaken
from careplan.hours.service.posting import By, Move, cut_up_to, post
from careplan.kernel.minutes import Minutes

GIVE = Flow(Kind.ADJUST, Account.SOURCE, Account.BANK)
TAKE = Flow(Kind.ADJUST, Account.BANK, Account.SOURCE)
PARTS_OF_A_TURN = 10


@dataclass(frozen=True, slots=True)
class WeekStep:
    """Minutes that a week of a bank is to get (above nought) or to lose (below), and why."""

    cause: Cause
    cause_id: UUID
    week: int
    change: int


def change_of(*, target: int, posted: int, not_taken: int) -> int:
    """From what was posted to the target; what could not be taken before is not taken a second time."""
    change = target - posted
    return min(change + not_taken, 0) if change < 0 else change


def bring(bank: Bank, step: WeekStep, by: By) -> None:
    """Posts a step; the bank must be locked. A cut takes only what it still holds."""
    part = _turn(bank, step) * PARTS_OF_A_TURN + step.week
    if step.change > 0:
        post(bank, Move(GIVE, step.cause, step.cause_id, part, step.week), Minutes(step.change), by)
    else:
        cut_up_to(bank, Move(TAKE, step.cause, step.cause_id, part, step.week), Minutes(-step.change), by)


def posted_by_week(bank: Bank, cause: Cause, cause_id: UUID | None = None) -> dict[int, int]:
    """What a cause, or one thing of that kind, has given each week so far, less what it took."""
    return dict(queries.granted_by_week(bank_id=bank.id, causes=(cause,), cause_id=cause_id))


def not_taken_by_week(bank: Bank, cause: Cause, cause_id: UUID | None = None) -> dict[int, int]:
    """What it was to take and could not."""
    week = ReductionNotTaken.part % PARTS_OF_A_TURN
    query = (
        select(week, func.sum(ReductionNotTaken.minutes))
        .where(ReductionNotTaken.bank_id == bank.id, ReductionNotTaken.cause == cause.value)
        .group_by(week)
    )
    if cause_id is not None:
        query = query.where(ReductionNotTaken.cause_id == cause_id)
    return {number: int(minutes) for number, minutes in db.session.execute(query)}


def _turn(bank: Bank, step: WeekStep) -> int:
    """How often the same has posted here already, or would have."""
    return sum(
        db.session.scalar(
            select(func.count()).where(
                table.bank_id == bank.id, table.cause == step.cause.value, table.cause_id == step.cause_id
            )
        )
        or 0
        for table in (HourEntry, ReductionNotTaken)
    )
