"""What pauses withhold from a bank, week by week: posted as far as it differs from what was withheld before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from careplan.db import db
from careplan.hours import queries
from careplan.hours.domain.bank import Bank
from careplan.hours.domain.ledger import Account, Cause, Flow, Kind
from careplan.hours.domain.pausing import Pause, paused_days, withheld
from careplan.hours.models import HourEntry, ReductionNotTaken
from careplan.hours.service.posting import By, Move, cut_up_to, post
from careplan.kernel.minutes import NO_MINUTES, Minutes

WITHHOLD = Flow(Kind.ADJUST, Account.BANK, Account.SOURCE)
GIVE_BACK = Flow(Kind.ADJUST, Account.SOURCE, Account.BANK)
PARTS_OF_A_TURN = 10


@dataclass(frozen=True, slots=True)
class WithholdingStep:
    """A week from which more is to be withheld (above nought), or to which minutes go back (below)."""

    pause_id: UUID
    week: int
    change: int


def withhold(bank: Bank, by: By) -> None:
    """Posts what pauses withhold now and did not before; the bank must be locked. Cuts take only what it holds."""
    for step in steps_of(bank):
        part = _turn(bank, step.pause_id) * PARTS_OF_A_TURN + step.week
        if step.change > 0:
            cut_up_to(bank, Move(WITHHOLD, Cause.PAUSE, step.pause_id, part, step.week), Minutes(step.change), by)
        else:
            post(bank, Move(GIVE_BACK, Cause.PAUSE, step.pause_id, part, step.week), Minutes(-step.change), by)


def steps_of(bank: Bank) -> list[WithholdingStep]:
    """What pauses change in a bank as things stand; none where it is as it should be."""
    if bank.period is None:
        return []
    pauses = queries.list_pauses(plan_id=bank.plan_id)
    if not pauses:
        return []
    visited = queries.list_funded_days(plan_id=bank.plan_id, since=bank.period.starts_on, until=bank.period.ends_on)
    wanted = _wanted(bank, pauses, visited)
    taken, not_taken = _taken(bank), _not_taken(bank)
    steps = []
    for week in bank.period.weeks:
        minutes, had = wanted[week.number], taken.get(week.number, 0)
        more, less = minutes - had - not_taken.get(week.number, 0), had - minutes
        if more > 0 or less > 0:
            rests_on = next((p for p in pauses if p.touches(week)), pauses[-1])
            steps.append(WithholdingStep(rests_on.id, week.number, more if more > 0 else -less))
    return steps


def _wanted(bank: Bank, pauses: list[Pause], visited: frozenset[date]) -> Mapping[int, Minutes]:
    assert bank.period is not None  # noqa: S101  asked before
    granted = queries.granted_by_week(bank_id=bank.id, causes=(Cause.TERMS, Cause.ADJUSTMENT))
    return {
        week.number: withheld(
            granted.get(week.number, NO_MINUTES), paused_days(week, pauses=pauses, visited=visited)
        )
        for week in bank.period.weeks
    }


def _taken(bank: Bank) -> dict[int, int]:
    """By week, what pauses have taken from the bank, less what they gave back."""
    taken = queries.granted_by_week(bank_id=bank.id, causes=(Cause.PAUSE,))
    return {week: -minutes for week, minutes in taken.items()}


def _not_taken(bank: Bank) -> dict[int, int]:
    week = ReductionNotTaken.part % PARTS_OF_A_TURN
    found = db.session.execute(
        select(week, func.sum(ReductionNotTaken.minutes))
        .where(ReductionNotTaken.bank_id == bank.id, ReductionNotTaken.cause == Cause.PAUSE.value)
        .group_by(week)
    )
    return {number: int(minutes) for number, minutes in found}


def _turn(bank: Bank, pause_id: UUID) -> int:
    """How often a pause has posted here already, or would have."""
    return sum(
        db.session.scalar(
            select(func.count()).where(
                table.bank_id == bank.id, table.cause == Cause.PAUSE.value, table.cause_id == pause_id
            )
        )
        or 0
        for table in (HourEntry, ReductionNotTaken)
    )
