"""What was delivered: drawn from the bank as far as it holds, the rest unfunded, in one go and once for each record."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import update

from careplan.access.domain.actor import Actor
from careplan.db import db
from careplan.hours import queries
from careplan.hours.domain.delivery import Delivery
from careplan.hours.domain.terms import Funder
from careplan.hours.models import HourDelivery
from careplan.hours.service.funding import fund
from careplan.hours.service.noting import note
from careplan.hours.service.opening import Where
from careplan.hours.service.paying import pay
from careplan.hours.service.placing import lock_place
from careplan.hours.service.posting import By, lock, reverse
from careplan.hours.service.restating import settle_all
from careplan.kernel.minutes import Minutes


@dataclass(frozen=True, slots=True)
class Drawn:
    """How a record's minutes stand: from the bank, from contingency agreed for its visit, and without funding."""

    bank: Minutes
    contingency: Minutes
    unfunded: Minutes


def draw_for_record(
    *,
    record_id: UUID,
    visit_id: UUID | None,
    plan_id: UUID,
    person_id: UUID,
    funder: Funder | None,
    starts_on: date,
    countable: Minutes,
    actor: Actor,
    now: datetime,
    releases: Minutes | None = None,
    starts_at: datetime | None = None,
) -> None:
    """Pays a delivered record from the bank as far as it holds; the rest stands unfunded. The same record draws once,
    and anew only after it was taken back.

    `starts_on` is the London date of its start, which says the period. `visit_id` is the visit it belongs to, planned
    or not, the same for its other workers and its corrections. Minutes set aside for the visit come back first:
    `releases` is this worker's share of them, all where it is None. `starts_at` is the instant of its start, by which
    visits of one day are put in order when the period closes.
    """
    by = By(actor.account_id, now)
    bank = lock_place(Where(plan_id, person_id, funder, starts_on), visit_id, by)
    delivery = Delivery(record_id, bank.id, person_id, visit_id, visit_id or record_id, starts_on, countable, now, None)
    noted = note(bank, delivery, starts_at=starts_at, releases=releases)
    if noted is not None:
        pay(bank, delivery, noted, by)


def reverse_record(*, record_id: UUID, actor: Actor, now: datetime) -> bool:
    """Takes a record's draw back; False where it never drew or was taken back before.

    Contingency that somebody agreed for its visit stands, and pays for the record that corrects this one.
    """
    delivery = queries.find_delivery(record_id=record_id)
    if delivery is None:
        return False
    by = By(actor.account_id, now)
    bank = queries.get_bank_by_id(bank_id=delivery.bank_id)
    lock([bank.id])
    taken_back = db.session.execute(
        update(HourDelivery)
        .where(HourDelivery.record_id == record_id, HourDelivery.reversed_at.is_(None))
        .values(reversed_at=now)
        .returning(HourDelivery.record_id)
        .execution_options(synchronize_session=False)
    ).scalar()
    if taken_back is None:
        return False
    reverse(bank, queries.live_draws(bank_id=bank.id, group_id=delivery.group_id, record_id=record_id), by)
    fund(bank, delivery.group_id, by)
    settle_all([bank], by)
    return True


def drawn_by(*, record_id: UUID) -> Drawn:
    """How a record's minutes stand now.  Raises NotFound for one that never drew."""
    delivery = queries.get_delivery(record_id=record_id)
    bank, unfunded = queries.drawn_minutes(record_id=record_id)
    live = 0 if delivery.reversed_at else delivery.minutes
    return Drawn(bank, Minutes(max(live - bank - unfunded, 0)), unfunded)
