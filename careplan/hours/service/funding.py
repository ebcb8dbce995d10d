"""Paying for what was delivered, visit by visit, so that no minute is unfunded while the bank holds free ones."""

from uuid import UUID

from careplan.hours import queries
from careplan.hours.domain.bank import Bank
from careplan.hours.domain.delivery import Delivery
from careplan.hours.domain.funding import share_of
from careplan.hours.domain.ledger import Account, Cause, Flow, Kind
from careplan.hours.service.posting import By, Move, next_part, post, post_up_to, reverse
from careplan.kernel.minutes import Minutes

DRAW = Flow(Kind.DRAW, Account.BANK, Account.DELIVERED)
DRAW_UNFUNDED = Flow(Kind.DRAW_UNFUNDED, Account.UNFUNDED, Account.DELIVERED)


def fund(bank: Bank, group_id: UUID, by: By) -> None:
    """Brings what a visit's records have drawn from a bank to what they delivered, less contingency gone ahead.

    The bank must be locked. A visit is named by the group that its records share.
    """
    standing = queries.standing_of(bank_id=bank.id, group_id=group_id)
    if standing.bank + standing.unfunded > standing.to_fund:
        reverse(bank, queries.live_draws(bank_id=bank.id, group_id=group_id), by)
        standing = queries.standing_of(bank_id=bank.id, group_id=group_id)
    share = share_of(standing)
    if share.covered + share.from_bank == 0:
        return
    record = queries.last_delivery(bank_id=bank.id, group_id=group_id)
    drawn = post_up_to(bank, _move(bank, DRAW, record), share.from_bank, by)
    post(bank, _move(bank, DRAW_UNFUNDED, record), Minutes(share.covered + share.from_bank - drawn), by)


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


def _move(bank: Bank, flow: Flow, record: Delivery) -> Move:
    return next_part(
        bank,
        Move(
            flow,
            Cause.RECORD,
            record.record_id,
            week=bank.week_of(record.starts_on),
            happened_on=record.starts_on,
            visit_id=record.visit_id,
            record_id=record.record_id,
        ),
    )
