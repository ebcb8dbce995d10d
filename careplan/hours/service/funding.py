"""Paying for what was delivered, visit by visit, so that no minute is unfunded while the bank holds free ones."""

from uuid import UUID

from careplan.hours import queries
from careplan.hours.domain.bank import Bank
from careplan.hours.domain.delivery import Delivery
from careplan.hours.domain.funding import draws_of
from careplan.hours.domain.ledger import Account, Cause, Flow, Kind
from careplan.hours.service.posting import By, Move, next_part, post, reverse

DRAW = Flow(Kind.DRAW, Account.BANK, Account.DELIVERED)
DRAW_UNFUNDED = Flow(Kind.DRAW_UNFUNDED, Account.UNFUNDED, Account.DELIVERED)


def fund(bank: Bank, group_id: UUID, by: By) -> None:
    """Brings what a visit's records have drawn from a bank to what they delivered, less contingency gone ahead.

    The bank must be locked. A visit is named by the group that its records share.
    """
    standing = queries.standing_of(bank_id=bank.id, group_id=group_id)
    if standing.is_overdrawn:
        reverse(bank, queries.live_draws(bank_id=bank.id, group_id=group_id), by)
        standing = queries.standing_of(bank_id=bank.id, group_id=group_id)
    draws = draws_of(standing, free=queries.balances(bank_id=bank.id)[Account.BANK])
    if draws.bank + draws.unfunded == 0:
        return
    record = queries.last_delivery(bank_id=bank.id, group_id=group_id)
    post(bank, next_part(bank, move_for(bank, DRAW, record)), draws.bank, by)
    post(bank, next_part(bank, move_for(bank, DRAW_UNFUNDED, record)), draws.unfunded, by)


def settle_unfunded(bank: Bank, by: By) -> None:
    """Minutes that came back to the bank pay for what stands unfunded, the earliest visit first.

    So the order in which records arrive does not alter what the bank pays in all. The bank must be locked.
    """
    held = queries.balances(bank_id=bank.id)
    if not held[Account.BANK] or not held[Account.UNFUNDED]:
        return
    for visit in queries.list_uncovered(bank_ids=[bank.id]):
        unfunded = queries.live_draws(bank_id=bank.id, group_id=visit.visit_id, kinds=(Kind.DRAW_UNFUNDED,))
        reverse(bank, unfunded, by)
        fund(bank, visit.visit_id, by)
        if not queries.balances(bank_id=bank.id)[Account.BANK]:
            return


def move_for(bank: Bank, flow: Flow, record: Delivery, *, part: int = 0) -> Move:
    """A move in the name of a record; `part` counts those of its kind that were posted before."""
    return Move(
        flow,
        Cause.RECORD,
        record.record_id,
        part,
        week=bank.week_of(record.starts_on),
        happened_on=record.starts_on,
        visit_id=record.visit_id,
        record_id=record.record_id,
    )
