"""What each model pays for the worked period of the paper, and how a line is rounded."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careplan.kernel.minutes import Minutes
from careplan.kernel.money import Pence, rounded
from careplan.payments.domain.pay_model import (
    COMPONENTS,
    QUOTED,
    RATES,
    Model,
    RateName,
    Totals,
    fee,
    pay,
    quote,
)

# 14 hours commissioned, 13.5 invoiced, 13.75 on the rota, 11 given, in 28 visits.
WORKED = Totals(Minutes(840), Minutes(810), Minutes(825), Minutes(660), visits=28)


class TestQuote:
    @pytest.mark.parametrize(
        ("model", "pence"),
        [
            ("invoiced", 301_73),
            ("pilot", 330_75),
            ("split_fee", 330_70),
            ("split_fee_2", 328_10),
            ("tolerance", 326_67),
            ("rota", 336_88),
            ("commissioned", 343_00),
            ("actual", 269_50),
        ],
    )
    def test_agrees_with_the_worked_period_to_the_penny(self, model, pence):
        assert quote(totals=WORKED)[Model(model)] == pence

    def test_prices_every_model(self):
        assert set(quote(totals=WORKED)) == set(QUOTED)
        assert set(COMPONENTS) == set(Model)

    def test_has_a_rate_for_every_line(self):
        by_the_hour = {r for lines in COMPONENTS.values() for c in lines for r in c.rates}

        assert by_the_hour | {RateName.BLOCK, RateName.CHARGING} == set(RATES) == set(RateName)

    def test_keeps_the_rates_of_the_split_fee_as_printed(self):
        whole = [RATES[c.rates[0]] for c in COMPONENTS[Model.SPLIT_FEE]]
        second = [RATES[c.rates[0]] for c in COMPONENTS[Model.SPLIT_FEE_2]]

        assert (sum(whole), sum(second)) == (2455, 2450)


class TestFee:
    @pytest.mark.parametrize(
        ("minutes", "hourly", "pence"),
        [(0, 2450, 0), (1, 29, 0), (1, 30, 1), (1, 31, 1), (60, 2235, 2235), (810, 2235, 30173)],
    )
    def test_rounds_half_a_penny_up(self, minutes, hourly, pence):
        assert fee(minutes=Minutes(minutes), hourly=Pence(hourly)) == pence

    @given(st.integers(0, 10**9), st.integers(0, 10**6))
    def test_is_the_exact_amount_rounded_once(self, minutes, hourly):
        from decimal import Decimal

        exact = Decimal(minutes) * Decimal(hourly) / Decimal(60)

        assert fee(minutes=Minutes(minutes), hourly=Pence(hourly)) == rounded(exact)


class TestPay:
    @given(st.lists(st.tuples(*[st.integers(0, 600)] * 4), max_size=40))
    def test_sums_minutes_before_it_rounds(self, visits):
        sums = [Minutes(sum(column)) for column in zip(*visits, strict=True)] or [Minutes(0)] * 4
        totals = Totals(*sums, visits=len(visits))

        assert pay(model=Model.ACTUAL, totals=totals) == fee(minutes=sums[3], hourly=RATES[RateName.PILOT])
