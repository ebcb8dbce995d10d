"""The bank that a visit's minutes belong to, found and locked at once where its period is open."""

from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, and_, bindparam, exists, or_, select
from sqlalchemy.orm import aliased
from sqlalchemy.types import Date

from careplan.db import db
from careplan.hours import rows
from careplan.hours.domain.bank import Bank
from careplan.hours.domain.terms import Funder, main_of
from careplan.hours.models import HourBalance, HourBank, HourReservation, HourTerms
from careplan.hours.service.opening import Where, bank_at, bank_of
from careplan.hours.service.planning import bank_of_plan_for
from careplan.hours.service.posting import By, lock

_PLAN, _VISIT, _DAY = bindparam("plan", type_=Uuid()), bindparam("visit", type_=Uuid()), bindparam("day", type_=Date())
_OTHER = aliased(HourBank)
_HELD = (
    select(HourTerms.terms["grants"])
    .where(HourTerms.plan_id == _PLAN, HourTerms.withdrawn_at.is_(None), HourTerms.takes_effect_on <= _DAY)
    .order_by(HourTerms.version_number.desc())
    .limit(1)
)
_PLANNED_IN = select(HourReservation.bank_id).where(HourReservation.visit_id == _VISIT, HourReservation.minutes > 0)
# Nothing is locked where a period has yet to be opened: whoever opens one locks its banks after the plan.
_AROUND = (
    select(
        HourBank.id,
        HourBank.plan_id,
        HourBank.person_id,
        HourBank.funder,
        HourBank.period_number,
        HourBank.starts_on,
        HourBank.ends_on,
        _HELD.scalar_subquery().label("grants"),
    )
    .join(HourBalance, HourBalance.bank_id == HourBank.id)
    .where(
        or_(
            and_(HourBank.plan_id == _PLAN, HourBank.starts_on <= _DAY, HourBank.ends_on >= _DAY),
            HourBank.id == _PLANNED_IN.scalar_subquery(),
        ),
        exists().where(_OTHER.plan_id == _PLAN, _OTHER.starts_on <= _DAY, _OTHER.ends_on >= _DAY),
        _HELD.exists(),
    )
    .order_by(HourBalance.bank_id)
    .with_for_update(of=HourBalance)
)


def lock_place(where: Where, visit_id: UUID | None, by: By) -> Bank:
    """The bank that a day's minutes belong to, opened if need be; it is locked, and so is the one in which the visit's
    minutes were set aside.
    """
    found: list[Any] = list(db.session.execute(_AROUND, {"plan": where.plan_id, "visit": visit_id, "day": where.day}))
    if not found:
        return _lock_opened(where, visit_id, by)
    banks: list[Bank] = [rows.bank(row) for row in found]
    funder = where.funder or main_of([Funder(g["funder"]) for g in found[0].grants])
    here = [b for b in banks if b.plan_id == where.plan_id and b.week_of(where.day) is not None]
    bank = next((b for b in here if b.funder is funder), None)
    if bank is None:
        bank = bank_of(where, funder, here[0].period, by)
        lock([bank.id])
    return bank


def _lock_opened(where: Where, visit_id: UUID | None, by: By) -> Bank:
    bank = bank_at(where, by)
    planned_in = bank_of_plan_for(visit_id) or bank
    lock({bank.id, planned_in.id})
    return bank
