"""Lines: minutes summed first and rounded once, by rate and component, under every model."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careplan.hours.domain.terms import Funder, Parts
from careplan.kernel.minutes import Minutes
from careplan.kernel.money import Pence
from careplan.payments.domain.calendar import Span
from careplan.payments.domain.corrections import differences
from careplan.payments.domain.level import AgreedLevel
from careplan.payments.domain.lines import Recharge, pay_lines, total
from careplan.payments.domain.pay_model import RATES, Counted, Model, RateName
from careplan.payments.domain.settled import Outcome
from careplan.payments.domain.terms import PaySettings, Rate, RateMissing
from tests.factories.money import HAROLD, MARGARET, PERIOD, days_after, make_contract, make_visit

NO_HOLIDAYS = frozenset()
HOUR = 60


def worked_period():
    """14 hours commissioned, 13.5 invoiced, 13.75 on the rota, 11 given, in 28 visits."""
    return [
        make_visit(
            planned=30,
            day=days_after(PERIOD.starts_on, k),
            actual=24 if k < 16 else 23,
            invoiced=29 if k < 26 else 28,
        )
        for k in range(28)
    ]


def pay(contract, visits, span=PERIOD, holidays=NO_HOLIDAYS, levels=None):
    return pay_lines(contract, visits, span=span, holidays=holidays, levels=levels)


def pence(model, visits, **said):
    return total(pay(make_contract(model, **said), visits))


class TestTheWorkedPeriod:
    @pytest.mark.parametrize(
        ("model", "expected"),
        [
            (Model.INVOICED, 301_73), (Model.PILOT, 330_75), (Model.SPLIT_FEE, 330_70), (Model.SPLIT_FEE_2, 328_10),
            (Model.TOLERANCE, 326_67), (Model.COMMISSIONED, 343_00), (Model.ACTUAL, 269_50),
        ],
    )  # fmt: skip
    def test_comes_to_the_same_by_visits_as_by_totals(self, model, expected):
        visits = worked_period()
        assert (sum(v.invoiced for v in visits), sum(v.actual for v in visits)) == (810, 660)

        assert pence(model, visits) == expected

    @pytest.mark.parametrize(("base", "expected"), [(2282, 336_88), (2450, 359_98)])
    def test_pays_the_shift_allowance_on_either_base(self, base, expected):
        on_rota = [make_visit(planned=825)]

        assert pence(Model.ROTA_SHIFT, on_rota, rates={RateName.ROTA_BASE: base}) == expected

    def test_pays_the_rota_at_the_pilot_rate(self):
        assert pence(Model.ROTA, [make_visit(planned=825)]) == 336_88


class TestSteppedUnitCost:
    def test_is_higher_for_the_first_weeks_and_lower_after(self):
        visits = [make_visit(service_week=6), make_visit(service_week=7)]

        assert pence(Model.STEPPED, visits) == RATES[RateName.FIRST_WEEKS] + RATES[RateName.LATER_WEEKS]

    def test_counts_as_many_weeks_as_the_contract_says(self):
        contract = make_contract(Model.STEPPED, settings=PaySettings(higher_weeks=2))

        assert [line.key.counts for line in pay(contract, [make_visit(service_week=3)])] == [Counted.LATER_WEEKS]


class TestOutcomeIncentive:
    START = PERIOD.starts_on
    LEVEL = AgreedLevel(MARGARET, START - timedelta(weeks=20), Minutes(10 * HOUR))

    def minutes(self, level, visits=(), **said):
        contract = make_contract(Model.INCENTIVE, settings=PaySettings(level_goes_on_weeks=6), **said)
        return sum(line.minutes for line in pay(contract, visits, levels={MARGARET: (level,)}))

    def test_pays_the_agreed_level_each_week_whatever_was_delivered(self):
        assert self.minutes(self.LEVEL, [make_visit(planned=600, actual=10)]) == 4 * 10 * HOUR

    def test_goes_on_for_some_weeks_once_the_outcomes_are_achieved_then_pays_the_new_level(self):
        achieved = replace(self.LEVEL, achieved_on=self.START - timedelta(weeks=4), then=Minutes(3 * HOUR))

        assert self.minutes(achieved) == 2 * 10 * HOUR + 2 * 3 * HOUR

    def test_may_fall_to_nothing(self):
        assert self.minutes(replace(self.LEVEL, achieved_on=self.START - timedelta(weeks=6))) == 0

    def test_does_not_pay_for_a_missed_visit(self):
        assert self.minutes(self.LEVEL, [make_visit(planned=60, outcome=Outcome.MISSED)]) == 4 * 10 * HOUR - 60

    def test_is_what_was_commissioned_where_no_level_is_agreed(self):
        assert pence(Model.INCENTIVE, [make_visit(planned=60, actual=10)]) == RATES[RateName.LEVEL]


class TestDelivered:
    def test_adds_for_bank_holidays_and_rural_places(self):
        good_friday = date(2026, 4, 3)
        contract = make_contract(Model.DELIVERED)
        lines = pay(contract, [make_visit(day=good_friday, is_rural=True)], span=Span(good_friday, good_friday),
                    holidays={good_friday})

        assert {line.key.counts: line.pence for line in lines} == {
            Counted.ACTUAL: 20_64, Counted.BANK_HOLIDAY: 10_32, Counted.RURAL: 1_50,
        }  # fmt: skip


class TestBlockLine:
    def test_pays_a_part_of_the_year_whatever_the_hours(self):
        contract = make_contract(Model.BLOCK, starts_on=PERIOD.starts_on)

        assert [line.pence for line in pay(contract, [], span=PERIOD)] == [153_425]
        assert pay(contract, [make_visit()], span=PERIOD)[0].visits == ()

    @given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(1, 60), st.integers(1, 9_999_999))
    def test_comes_to_the_whole_sum_over_a_year_however_it_is_cut(self, starts_on, step, yearly):
        contract = make_contract(Model.BLOCK, starts_on=starts_on, rates={RateName.BLOCK: yearly})
        try:
            last = starts_on.replace(year=starts_on.year + 1) - timedelta(days=1)
        except ValueError:
            last = date(starts_on.year + 1, 2, 28)
        paid, day = 0, starts_on
        while day <= last:
            until = min(day + timedelta(days=step - 1), last)
            paid += total(pay(contract, [], span=Span(day, until)))
            day = until + timedelta(days=1)

        assert paid == yearly

    def test_pays_nothing_before_the_contract_or_after_it(self):
        contract = make_contract(Model.BLOCK, starts_on=date(2027, 1, 1))

        assert pay(contract, [], span=PERIOD) == []


class TestRates:
    MIDDLE = days_after(PERIOD.starts_on, 10)

    def changing(self):
        rates = (Rate(RateName.PILOT, Pence(2400), date(2020, 1, 1)), Rate(RateName.PILOT, Pence(2520), self.MIDDLE))
        return make_contract(Model.ACTUAL, all_rates=rates)

    def test_change_in_mid_period_from_their_day_on(self):
        visits = [make_visit(day=self.MIDDLE - timedelta(days=1)), make_visit(day=self.MIDDLE)]
        lines = pay(self.changing(), visits)

        assert [(line.key.rate, line.minutes, line.pence) for line in lines] == [(2400, 60, 2400), (2520, 60, 2520)]

    def test_that_have_not_begun_are_said_precisely(self):
        contract = make_contract(Model.ACTUAL, all_rates=(Rate(RateName.PILOT, Pence(2400), self.MIDDLE),))
        with pytest.raises(RateMissing) as refused:
            pay(contract, [make_visit(day=PERIOD.starts_on)])

        assert "Contract HC-1 has no rate “pilot” on" in refused.value.message
        assert "the first begins on" in refused.value.message
        assert refused.value.facts["day"] == PERIOD.starts_on.isoformat()

    def test_that_were_never_recorded_are_said_too(self):
        contract = make_contract(Model.ACTUAL, all_rates=(Rate(RateName.INVOICED, Pence(1), date(2020, 1, 1)),))
        with pytest.raises(RateMissing, match="none was ever recorded"):
            pay(contract, [make_visit()])


class TestLines:
    def test_sum_minutes_before_they_round(self):
        visits = [make_visit(planned=1, actual=1) for _ in range(7)]

        assert [line.pence for line in pay(make_contract(Model.ACTUAL), visits)] == [286]

    def test_are_each_persons_own(self):
        lines = pay(make_contract(), [make_visit(), make_visit(person_id=HAROLD)])

        assert {line.key.person_id for line in lines} == {MARGARET, HAROLD}

    def test_carry_the_minutes_of_their_visits(self):
        visits = [make_visit(actual=20), make_visit(actual=25)]
        (line,) = pay(make_contract(), visits)

        assert dict(line.visits) == {visits[0].id: 20, visits[1].id: 25}

    def test_leave_out_what_no_contract_holds(self):
        contract = make_contract(starts_on=days_after(PERIOD.starts_on, 1), ends_on=days_after(PERIOD.starts_on, 2))
        visits = [make_visit(day=days_after(PERIOD.starts_on, k)) for k in range(4)]

        assert pay(contract, visits)[0].minutes == 120

    def test_say_what_the_nhs_pays_back(self):
        visits = [make_visit(), make_visit(funder=Funder.NHS_DELEGATED, actual=30)]
        (line,) = pay(make_contract(), visits)

        assert (line.minutes, line.pence) == (90, 3675)
        assert [(r.funder, r.minutes, r.pence) for r in line.recharges] == [(Funder.NHS_DELEGATED, 30, 1225)]

    def test_say_the_nhs_s_part_of_what_two_fund_together_to_the_minute_and_the_penny(self):
        parts = Parts(60, 40)
        together = [make_visit(funder=Funder.JOINT, parts=parts, actual=25) for _ in range(3)]
        (line,) = pay(make_contract(), [make_visit(), *together])

        # 75 minutes at 24.50 are 30.63; two fifths of them 12.25, and the council is left with 18.38 and its own hour.
        assert (line.minutes, line.pence) == (135, 5513)
        assert line.recharges == (Recharge(Funder.JOINT, 30, 1225),)

    @given(st.lists(st.tuples(st.integers(1, 99), st.integers(1, 120)), max_size=20))
    def test_never_let_the_nhs_pay_more_than_the_line(self, said):
        visits = [make_visit(funder=Funder.JOINT, parts=Parts(p, 100 - p), actual=a) for p, a in said]
        for line in pay(make_contract(), visits):
            (nhs,) = line.recharges
            assert 0 <= nhs.minutes <= line.minutes
            assert 0 <= nhs.pence <= line.pence + len(said)

    @given(st.lists(st.tuples(st.integers(0, 600), st.integers(0, 600), st.integers(0, 27)), max_size=40), st.randoms())
    def test_do_not_depend_on_the_order_of_visits(self, said, chance):
        visits = [make_visit(planned=p, actual=a, day=days_after(PERIOD.starts_on, d)) for p, a, d in said]
        contract = make_contract(Model.SPLIT_FEE)
        before = [(line.key, line.pence) for line in pay(contract, visits)]
        chance.shuffle(visits)

        assert [(line.key, line.pence) for line in pay(contract, visits)] == before


class TestDifferences:
    def test_are_nothing_where_nothing_has_changed(self):
        contract, visits = make_contract(), [make_visit()]

        assert differences(paid=pay(contract, visits), now=pay(contract, visits)) == []

    def test_are_further_lines_with_the_visits_that_changed(self):
        contract, kept, short = make_contract(), make_visit(), make_visit(actual=30)
        paid = pay(contract, [kept, replace(short, actual=Minutes(60))])
        (line,) = differences(paid=paid, now=pay(contract, [kept, short]))

        assert (line.minutes, line.pence, line.visits) == (-30, -1225, ((short.id, -30),))

    @given(st.lists(st.integers(0, 120), min_size=1, max_size=8), st.lists(st.integers(0, 120), min_size=1, max_size=8))
    def test_with_what_was_paid_come_to_what_is_owed(self, before, after):
        contract = make_contract(Model.SPLIT_FEE)
        ids = [make_visit() for _ in range(8)]
        old = pay(contract, [replace(v, actual=Minutes(m)) for v, m in zip(ids, before, strict=False)])
        new = pay(contract, [replace(v, actual=Minutes(m)) for v, m in zip(ids, after, strict=False)])

        assert total(old) + total(differences(paid=old, now=new)) == total(new)
