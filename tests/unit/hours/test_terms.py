"""What a version grants, from when, and which terms hold on a day."""

from datetime import date, timedelta

import pytest

from careplan.hours.domain import granting
from careplan.hours.domain.terms import CarryOver, CarryOverRule, Funder, Grant, terms_on
from careplan.kernel.minutes import Minutes
from careplan.kernel.period import period_number
from tests.factories.hours import FIRST_DAY, make_terms, next_version, weekly


class TestGrant:
    def test_twenty_ten_twenty_ten_hours_are_3600_minutes(self):
        assert sum(make_terms().grants[0].weeks) == 3600

    @pytest.mark.parametrize("weeks", [(1, 2, 3), (1, 2, 3, -4), ()])
    def test_refuses_other_than_four_weeks_of_nought_or_more(self, weeks):
        with pytest.raises(ValueError, match="four weeks"):
            Grant(Funder.COUNCIL, weeks)


class TestTakesEffectOn:
    @pytest.mark.parametrize(("days", "boundary"), [(-3, 0), (0, 0), (1, 7), (6, 7), (7, 7), (8, 14), (27, 28)])
    def test_is_the_week_boundary_on_or_after_the_versions_date(self, days, boundary):
        later = next_version(make_terms(), counts_from=FIRST_DAY + timedelta(days=days))

        assert later.takes_effect_on == FIRST_DAY + timedelta(days=boundary)


class TestTermsOn:
    def test_before_any_takes_effect_there_are_none(self):
        assert terms_on([make_terms()], FIRST_DAY - timedelta(days=1)) is None

    def test_the_highest_number_that_has_taken_effect_holds(self):
        first = make_terms()
        second = next_version(first, counts_from=FIRST_DAY + timedelta(days=8))
        third = next_version(second, counts_from=FIRST_DAY + timedelta(days=9))

        assert terms_on([third, first, second], FIRST_DAY + timedelta(days=13)) is first
        assert terms_on([third, first, second], FIRST_DAY + timedelta(days=14)) is third


class TestMainFunder:
    def test_is_the_council_where_it_pays_anything(self):
        grants = weekly(1, 1, 1, 1, funder=Funder.NHS_DELEGATED) + weekly(1, 1, 1, 1)

        assert make_terms(grants=grants).main_funder is Funder.COUNCIL

    def test_is_else_the_first_named(self):
        assert make_terms(grants=weekly(1, 1, 1, 1, funder=Funder.SECTION_117)).main_funder is Funder.SECTION_117


class TestSteps:
    def test_only_weeks_that_change_have_a_step(self):
        first = make_terms()
        later = next_version(first, counts_from=FIRST_DAY + timedelta(days=14), grants=weekly(1, 1, 1300, 600))
        wanted = granting.wanted([first, later], funder=Funder.COUNCIL, period=period_number(FIRST_DAY, 0))
        granted = {1: Minutes(1200), 2: Minutes(600), 3: Minutes(1200), 4: Minutes(600)}

        assert [(s.grant.week, s.change) for s in granting.steps(wanted, granted)] == [(3, 100)]


class TestCarryOver:
    @pytest.mark.parametrize(
        ("rule", "cap", "most"),
        [
            (CarryOverRule.NONE, 999, 0),
            (CarryOverRule.MINUTES, 120, 120),
            (CarryOverRule.PERCENT, 10, 360),
            (CarryOverRule.PERCENT, 33, 1188),
        ],
    )
    def test_carries_at_most_its_cap(self, rule, cap, most):
        assert CarryOver(rule, cap).most(Minutes(3600)) == most


def test_a_terms_day_is_a_london_date():
    assert isinstance(make_terms().takes_effect_on, date)
