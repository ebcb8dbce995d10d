"""Contracts, and visits that were recorded, for tests of money over the database."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from careplan.access.domain.actor import Actor
from careplan.db import db
from careplan.kernel.clock import at_local, local_date
from careplan.kernel.ids import new_id
from careplan.kernel.money import Pence
from careplan.payments.domain.calendar import last_week, pay_period_of
from careplan.payments.domain.pay_model import RATES, Model
from careplan.payments.domain.terms import PaySettings, Rate
from careplan.payments.models import ChargeLineRow, ChargeRunRow
from careplan.payments.service import contracting
from careplan.payments.service.freezing import know
from careplan.visits.domain.incoming import IncomingVisit, Sender
from careplan.visits.domain.visit import Result, Visit
from careplan.visits.service.recording import keep
from tests.factories.visits import Care, make_care, make_visit

SPAN = pay_period_of(date(2026, 9, 16))
BEGAN = at_local(SPAN.starts_on - timedelta(days=7), time(9, 0))
AFTER = at_local(SPAN.ends_on + timedelta(days=2), time(9, 0))
LONG_AGO = date(2020, 1, 1)


def make_money_care(**said: Any) -> Care:
    """Margaret, whose service began on the Monday before the pay period that tests look at."""
    return make_care(now=BEGAN + timedelta(days=7), starts_on=BEGAN.date(), **said)


def make_kept_contract(provider_id: UUID, *, actor: Actor, model: Model = Model.ACTUAL, **said: Any) -> UUID:
    """A contract since long ago with every usual rate."""
    now = said.pop("now", BEGAN)
    contract_id = contracting.record_contract(
        provider_id=provider_id,
        reference=said.pop("reference", f"HC-{str(new_id())[-6:]}"),
        name="Care at home",
        model=model,
        starts_on=said.pop("starts_on", LONG_AGO),
        settings=said.pop("settings", PaySettings()),
        actor=actor,
        now=now,
    )
    for name, pence in {**RATES, **said.pop("rates", {})}.items():
        contracting.set_rate(contract_id=contract_id, rate=Rate(name, Pence(pence), LONG_AGO), actor=actor, now=now)
    return contract_id


def make_sent_charge(person_id: UUID, *, freeze_id: UUID, actor: Actor, now: datetime) -> UUID:
    """Last week's run with a line that charges a person nothing."""
    week, run_id = last_week(local_date(now)), new_id()
    know(person_ids=[person_id], now=now)
    db.session.add(
        ChargeRunRow(
            id=run_id, freeze_id=freeze_id, starts_on=week.starts_on, ends_on=week.ends_on, drawn_up_at=now,
            drawn_up_by=actor.account_id, sent_at=now, sent_by=actor.account_id,
        )
    )  # fmt: skip
    db.session.flush()
    db.session.add(
        ChargeLineRow(
            run_id=run_id, person_id=person_id, freeze_id=freeze_id, starts_on=week.starts_on, ends_on=week.ends_on,
            is_correction=False, minutes=0, by_contribution=0, by_rate=0, by_cost=0, pence=0, bound="none",
        )
    )  # fmt: skip
    db.session.flush()
    return run_id


def make_planned(care: Care, day: date, *, minutes: int = 60, at: time = time(9, 0), **said: Any) -> Visit:
    """A visit that was planned the day before."""
    return make_visit(care, start=at_local(day, at), minutes=minutes, **said)


def make_record(
    care: Care, visit: Visit, *, minutes: int = 60, result: Result = Result.COMPLETED, **said: Any
) -> IncomingVisit:
    """What the worker recorded of a visit, received a little later, or when the test says."""
    assert visit.planned_start is not None
    ended = visit.planned_start + timedelta(minutes=minutes)
    record = IncomingVisit(
        id=new_id(), occurred_at=ended, plan_version=care.version.number, person=care.person_id, visit=visit.id,
        corrects=said.pop("corrects", None), started_at=visit.planned_start, ended_at=ended, result=result,
    )  # fmt: skip
    keep(record=record, sender=Sender(said.pop("worker", care.joy)), now=said.pop("now", ended + timedelta(minutes=5)))
    return record


def make_done(care: Care, day: date, *, minutes: int = 60, planned: int = 60, at: time = time(9, 0)) -> Visit:
    """A visit that was planned and done; its record came on the same day."""
    visit = make_planned(care, day, minutes=planned, at=at)
    make_record(care, visit, minutes=minutes)
    return visit
