"""A closed period in which something arrived late: it is ended anew, and what it carried on is derived anew."""

from sqlalchemy import func, select

from careplan.db import db
from careplan.hours import queries
from careplan.hours.domain.bank import Bank
from careplan.hours.domain.closing import contingency_at_end
from careplan.hours.domain.ledger import Account, Cause, Flow, Kind
from careplan.hours.models import HourEntry, HourStatement, ReductionNotTaken
from careplan.hours.service import funding
from careplan.hours.service.adjusted import adjusting_steps
from careplan.hours.service.bringing import bring
from careplan.hours.service.ending_periods import end_periods, reopen_periods
from careplan.hours.service.posting import By, Move, cut_up_to, lock, post
from careplan.hours.service.withholding import withholding_steps
from careplan.kernel.minutes import Minutes

CARRY_IN = Flow(Kind.CARRY_IN, Account.SOURCE, Account.BANK)
TAKE_CARRIED = Flow(Kind.CARRY_IN, Account.BANK, Account.SOURCE)


def settle(bank: Bank, by: By) -> None:
    """Brings a bank, which must be locked, to what the facts about it say.

    Adjustments count from their day; paused days are withheld and given back; minutes that came back pay for what
    stands unfunded; a closed period is stated anew where anything moved in it.
    """
    if not queries.is_closed(bank_id=bank.id):
        _bring(bank, by)
        funding.settle_unfunded(bank, by)
        return
    if queries.count_entries(bank_id=bank.id) != _stated(bank).entries or _is_behind(bank):
        _restate(bank, by)


def settle_all(banks: list[Bank], by: By) -> None:
    """Settles each of these once."""
    for bank in {b.id: b for b in banks}.values():
        settle(bank, by)


def _bring(bank: Bank, by: By) -> None:
    """Adjustments before pauses, which withhold a part of what is granted then."""
    for steps_of in (adjusting_steps, withholding_steps):
        for step in steps_of(bank):
            bring(bank, step, by)


def _is_behind(bank: Bank) -> bool:
    return bool(adjusting_steps(bank) or withholding_steps(bank) or _keeps_too_much(bank))


def _keeps_too_much(bank: Bank) -> bool:
    """Whether contingency is still held for a request that was refused since."""
    held = queries.balances(bank_id=bank.id)[Account.CONTINGENCY]
    return bool(held and contingency_at_end(held, queries.contingency_asked(bank_id=bank.id)))


def _restate(bank: Bank, by: By) -> None:
    """Ends a closed period anew, and then each closed one after it as far as what was carried on differs."""
    after = queries.list_banks_after(bank=bank)
    lock([bank.id, *(b.id for b in after)])
    present = bank
    for following in [*after, None]:
        reopen_periods([present.id], by)
        _bring(present, by)
        end_periods([present.id], by)
        if following is None or not _carry_anew(present, following, by):
            return
        if not queries.is_closed(bank_id=following.id):
            settle(following, by)
            return
        present = following


def _carry_anew(bank: Bank, following: Bank, by: By) -> bool:
    """Brings what came into the next period to what this one now carries on; False where nothing differs.

    A cut takes only what the next one still holds; what was not taken before is not taken a second time.
    """
    stated, came = _stated(bank), _came_in(bank, following)
    cut = came - _not_taken(bank, following) - stated.carried_out
    more = stated.carried_out - came
    if cut <= 0 and more <= 0:
        return False
    if queries.is_closed(bank_id=following.id):
        reopen_periods([following.id], by)
    if more > 0:
        post(following, Move(CARRY_IN, Cause.PERIOD, bank.id, stated.version), Minutes(more), by)
    else:
        cut_up_to(following, Move(TAKE_CARRIED, Cause.PERIOD, bank.id, stated.version), Minutes(cut), by)
    return True


def _stated(bank: Bank) -> HourStatement:
    """The statement that holds."""
    return db.session.scalars(
        select(HourStatement)
        .where(HourStatement.bank_id == bank.id)
        .order_by(HourStatement.version.desc())
        .limit(1)
        .execution_options(populate_existing=True)
    ).one()


def _came_in(bank: Bank, following: Bank) -> int:
    signed = func.sum(HourEntry.minutes).filter(HourEntry.from_account == Account.SOURCE.value)
    back = func.sum(HourEntry.minutes).filter(HourEntry.from_account == Account.BANK.value)
    query = select(func.coalesce(signed, 0) - func.coalesce(back, 0)).where(
        HourEntry.bank_id == following.id,
        HourEntry.cause == Cause.PERIOD.value,
        HourEntry.cause_id == bank.id,
        HourEntry.kind == Kind.CARRY_IN.value,
    )
    return int(db.session.scalar(query) or 0)


def _not_taken(bank: Bank, following: Bank) -> int:
    query = select(func.coalesce(func.sum(ReductionNotTaken.minutes), 0)).where(
        ReductionNotTaken.bank_id == following.id,
        ReductionNotTaken.cause == Cause.PERIOD.value,
        ReductionNotTaken.cause_id == bank.id,
    )
    return int(db.session.scalar(query) or 0)
