"""Settled visits and contracts for tests of money; nothing here touches a database."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid5

from careplan.kernel.ids import new_id
from careplan.kernel.minutes import Minutes
from careplan.kernel.money import Pence
from careplan.payments.domain.calendar import pay_period_of
from careplan.payments.domain.pay_model import RATES, Model, RateName
from careplan.payments.domain.settled import Outcome, SettledVisit
from careplan.payments.domain.terms import Contract, PaySettings, Rate

PERIOD = pay_period_of(date(2026, 4, 8))
MARGARET, HAROLD = (uuid5(UUID(int=0), name) for name in ("margaret", "harold"))
PROVIDER = uuid5(UUID(int=0), "harbour")


def make_visit(*, planned: int = 60, actual: int | None = None, day: date | None = None, **said: Any) -> SettledVisit:
    """A completed visit of an hour, or what the test says; nobody came to one that was not completed."""
    outcome = said.pop("outcome", Outcome.COMPLETED)
    came = said.pop("came", 1 if outcome is Outcome.COMPLETED else 0)
    done = (planned if actual is None else actual) if outcome is Outcome.COMPLETED else 0
    return SettledVisit(
        id=said.pop("id", None) or new_id(),
        person_id=said.pop("person_id", MARGARET),
        provider_id=said.pop("provider_id", PROVIDER),
        day=day or PERIOD.starts_on,
        outcome=outcome,
        planned=Minutes(planned),
        came=came,
        actual=Minutes(done),
        invoiced=Minutes(said.pop("invoiced", planned * came)),
        **said,
    )


def make_contract(model: Model = Model.ACTUAL, *, rates: dict[RateName, int] | None = None, **said: Any) -> Contract:
    """A contract by a model at the usual rates since long ago, with those that the test says instead."""
    known = {**RATES, **(rates or {})}
    since = date(2020, 1, 1)
    return Contract(
        id=said.pop("id", None) or new_id(),
        provider_id=said.pop("provider_id", PROVIDER),
        reference="HC-1",
        name="Care at home",
        model=model,
        starts_on=said.pop("starts_on", since),
        ends_on=said.pop("ends_on", None),
        settings=said.pop("settings", PaySettings()),
        rates=said.pop("all_rates", None) or tuple(Rate(n, Pence(p), since) for n, p in known.items()),
    )


def days_after(start: date, number: int) -> date:
    return start + timedelta(days=number)
