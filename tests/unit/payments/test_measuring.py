"""What a visit counts by its outcome, the same under every model; and what of it may be charged."""

from dataclasses import replace
from datetime import date

import pytest

from careplan.payments.domain.lines import pay_lines, total
from careplan.payments.domain.measuring import measure
from careplan.payments.domain.pay_model import COMPONENTS, Counted, Model, RateName
from careplan.payments.domain.settled import Outcome
from careplan.payments.domain.terms import PaySettings, chargeable_minutes
from tests.factories.money import PERIOD, make_contract, make_visit

BY_VISITS = [m for m in Model if COMPONENTS[m]]
DAY, LESS = 24 * 60, 24 * 60 - 1
# What became of it, the notice, and the minutes that count of an hour that was planned.
TABLE = [
    (Outcome.CANCELLED_BY_PERSON, DAY, 0, 0),
    (Outcome.CANCELLED_BY_PERSON, LESS, 60, 0),
    (Outcome.CANCELLED_BY_COUNCIL, LESS, 60, 0),
    (Outcome.CANCELLED_BY_PROVIDER, 0, 0, 0),
    (Outcome.MISSED, 0, 0, 0),
    (Outcome.NO_REPLY, 0, 60, 0),
    (Outcome.REFUSED, 0, 60, 0),
    (Outcome.IN_HOSPITAL, LESS, 60, 0),
    (Outcome.IN_HOSPITAL, DAY, 0, 0),
]


def paid(model, *visits, **said):
    """Pence by a contract in which every rate is a pound a minute and no addition is made."""
    flat = {r: 6000 for c in COMPONENTS[model] for r in c.rates[:1]} | {
        r: 0 for c in COMPONENTS[model] for r in c.rates[1:]
    }
    contract = make_contract(model, rates=flat | {RateName.BANK_HOLIDAY: 0, RateName.RURAL: 0}, **said)
    return total(pay_lines(contract, visits, span=PERIOD, holidays=frozenset()))


class TestEveryRowUnderEveryModel:
    @pytest.mark.parametrize("model", BY_VISITS)
    @pytest.mark.parametrize(("outcome", "notice", "minutes", "_"), TABLE)
    def test_pays_the_planned_time_or_nothing(self, model, outcome, notice, minutes, _):
        lines = 2 if model in (Model.SPLIT_FEE, Model.SPLIT_FEE_2) else 1

        assert paid(model, make_visit(outcome=outcome, notice=notice)) == minutes * 100 * lines

    @pytest.mark.parametrize("model", BY_VISITS)
    def test_pays_nothing_for_a_missed_visit_even_on_rotad_time(self, model):
        missed = make_visit(outcome=Outcome.MISSED, on_rota=2, needed=2, invoiced=120)

        assert paid(model, missed) == 0

    @pytest.mark.parametrize("model", BY_VISITS)
    def test_pays_the_worker_who_came_of_two(self, model):
        alone = make_visit(actual=60, came=1, needed=1, on_rota=1)
        one_of_two = make_visit(actual=60, came=1, needed=2, on_rota=2)

        assert paid(model, one_of_two) == paid(model, alone) > 0

    @pytest.mark.parametrize(("outcome", "notice", "_", "minutes"), TABLE)
    def test_charges_nothing_where_the_contract_says_nothing_else(self, outcome, notice, _, minutes):
        assert chargeable_minutes(make_visit(outcome=outcome, notice=notice), PaySettings()) == minutes

    @pytest.mark.parametrize("outcome", [Outcome.CANCELLED_BY_PERSON, Outcome.NO_REPLY, Outcome.REFUSED])
    def test_charges_the_planned_time_where_the_contract_says_so(self, outcome):
        settings = PaySettings(charges_planned=frozenset({outcome}))

        assert chargeable_minutes(make_visit(outcome=outcome), settings) == 60

    def test_charges_a_completed_visit_by_the_time_that_was_given(self):
        assert chargeable_minutes(make_visit(planned=60, actual=40), PaySettings()) == 40

    @pytest.mark.parametrize("outcome", [Outcome.MISSED, Outcome.CANCELLED_BY_PROVIDER])
    def test_no_contract_can_say_that_a_missed_visit_is_paid_or_charged(self, outcome):
        with pytest.raises(ValueError, match="never paid"):
            PaySettings(pays_planned=frozenset({outcome}))
        with pytest.raises(ValueError, match="never paid"):
            PaySettings(charges_planned=frozenset({outcome}))


class TestRetainer:
    SETTINGS = PaySettings(retainer_days=14, retainer_percent=50)

    @pytest.mark.parametrize(("day", "minutes"), [(1, 30), (14, 30), (15, 0)])
    def test_is_a_part_of_the_planned_time_for_some_days(self, day, minutes):
        visit = make_visit(outcome=Outcome.IN_HOSPITAL, notice=3 * DAY, hospital_day=day)

        assert measure(visit, settings=self.SETTINGS, holidays=()).rota == minutes

    def test_is_nothing_by_default(self):
        visit = make_visit(outcome=Outcome.IN_HOSPITAL, notice=3 * DAY, hospital_day=1)

        assert measure(visit, settings=PaySettings(), holidays=()).rota == 0


class TestTolerance:
    def test_is_five_minutes_on_each_visit(self):
        visits = [make_visit(planned=30, actual=25), make_visit(planned=30, actual=10)]

        assert sum(measure(v, settings=PaySettings(), holidays=()).actual_and_travel for v in visits) == 45

    @pytest.mark.parametrize(("actual", "counted"), [(10, 15), (25, 30), (27, 30), (40, 30)])
    def test_stops_at_the_commissioned_time_of_each_visit_where_the_contract_says_so(self, actual, counted):
        settings = PaySettings(tolerance_is_capped=True)
        measured = measure(make_visit(planned=30, actual=actual), settings=settings, holidays=())

        assert measured.actual_and_travel == counted

    def test_of_one_visit_is_not_spent_on_another(self):
        settings = PaySettings(tolerance_is_capped=True)
        visits = [make_visit(planned=30, actual=40), make_visit(planned=30, actual=10)]

        assert sum(measure(v, settings=settings, holidays=()).actual_and_travel for v in visits) == 30 + 15


class TestAdditions:
    def test_count_the_actual_time_on_bank_holidays_and_in_rural_places(self):
        good_friday = date(2026, 4, 3)
        visit = make_visit(actual=50, day=good_friday, is_rural=True)
        measured = measure(visit, settings=PaySettings(), holidays={good_friday})

        assert (measured.bank_holiday, measured.rural) == (50, 50)
        visit = replace(visit, day=date(2026, 4, 2), is_rural=False)
        plain = measure(visit, settings=PaySettings(), holidays={good_friday})
        assert (plain.bank_holiday, plain.rural) == (0, 0)


class TestMeasured:
    def test_has_a_field_for_every_kind_in_the_same_order(self):
        assert [c.value for c in Counted] == list(measure(make_visit(), settings=PaySettings(), holidays=())._fields)
