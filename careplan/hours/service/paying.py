"""Paying for a delivery that has just been written down: what was set aside comes back, then its minutes are drawn."""

from careplan.hours import queries
from careplan.hours.domain.bank import Bank
from careplan.hours.domain.delivery import Delivery
from careplan.hours.domain.funding import draws_of
from careplan.hours.domain.ledger import Flow
from careplan.hours.service.funding import DRAW, DRAW_UNFUNDED, fund, move_for
from careplan.hours.service.mass_posting import post_together
from careplan.hours.service.noting import Noted, Released
from careplan.hours.service.planning import RELEASE, move_of
from careplan.hours.service.posting import By, Move, lock, post
from careplan.hours.service.restating import settle, settle_all
from careplan.kernel.minutes import NO_MINUTES, Minutes


def pay(bank: Bank, delivery: Delivery, noted: Noted, by: By) -> None:
    """Draws what a delivery needs from its bank, which must be locked, and leaves the bank settled."""
    released = noted.released
    came_back = released.minutes if released is not None and released.bank_id == bank.id else NO_MINUTES
    free = Minutes(noted.free + came_back)
    if (released is not None and not came_back) or not noted.is_last or noted.standing.is_overdrawn:
        _pay_step_by_step(bank, delivery, noted, by)
        return
    draws = draws_of(noted.standing, free=free)
    moves = [_releasing(bank, delivery, released)] if released is not None else []
    moves += [_drawing(bank, DRAW, delivery, noted, draws.bank)]
    moves += [_drawing(bank, DRAW_UNFUNDED, delivery, noted, draws.unfunded)]
    post_together(bank, moves, by)
    owes = noted.unfunded != draws.unfunded
    if not noted.is_quiet or (owes and draws.bank < free):
        settle(bank, by)


def _releasing(bank: Bank, delivery: Delivery, released: Released) -> tuple[Move, Minutes]:
    return _release(bank, delivery, released), released.minutes


def _release(bank: Bank, delivery: Delivery, released: Released) -> Move:
    assert delivery.visit_id is not None  # noqa: S101  only a visit's minutes are set aside
    return move_of(bank, RELEASE, delivery.visit_id, released.starts_on, part=released.part)


def _drawing(bank: Bank, flow: Flow, delivery: Delivery, noted: Noted, minutes: Minutes) -> tuple[Move, Minutes]:
    return move_for(bank, flow, delivery, part=noted.parts[flow.kind]), minutes


def _pay_step_by_step(bank: Bank, delivery: Delivery, noted: Noted, by: By) -> None:
    """The same where it touches another bank, or what was drawn for the visit before."""
    planned_in = bank
    if noted.released is not None:
        planned_in = queries.get_bank_by_id(bank_id=noted.released.bank_id)
        lock([planned_in.id])
        post(planned_in, _release(planned_in, delivery, noted.released), noted.released.minutes, by)
    fund(bank, delivery.group_id, by)
    settle_all([bank, planned_in], by)
