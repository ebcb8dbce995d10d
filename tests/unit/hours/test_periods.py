"""Periods of 28 local days, and nights in which the clocks change."""

from datetime import date, time, timedelta
from itertools import pairwise

import pytest

from careplan.kernel.clock import at_local, end_of_day, start_of_day
from careplan.kernel.minutes import elapsed
from careplan.kernel.period import BeforeService, period_number, period_of


class TestPeriods:
    @pytest.mark.parametrize("start", [date(2024, 1, 31), date(2024, 2, 29), date(2026, 3, 28), date(2026, 10, 24)])
    def test_four_hundred_follow_each_other_without_gap_or_overlap(self, start):
        periods = [period_number(start, k) for k in range(400)]

        assert [p.starts_on for p in periods] == [start + timedelta(days=28 * k) for k in range(400)]
        for one, following in pairwise(periods):
            assert following.starts_on == one.ends_on + timedelta(days=1)
            assert end_of_day(one.ends_on) == start_of_day(following.starts_on)

    def test_every_day_belongs_to_exactly_one_week_of_one_period(self):
        start = date(2024, 2, 1)
        for k in range(28 * 400):
            day = start + timedelta(days=k)
            period = period_of(start, day)
            assert period.number == k // 28
            assert sum(w.holds(day) for w in period.weeks) == 1
            assert period.week_of(day).number == k % 28 // 7 + 1

    def test_before_the_service_there_is_none(self):
        with pytest.raises(BeforeService):
            period_of(date(2026, 1, 5), date(2026, 1, 4))


class TestNightsWhenTheClocksChange:
    @pytest.mark.parametrize(
        ("evening", "minutes"),
        [(date(2026, 10, 24), 600), (date(2026, 3, 28), 480), (date(2026, 6, 1), 540), (date(2027, 10, 30), 600)],
    )
    def test_a_visit_from_ten_to_seven_counts_what_really_passed(self, evening, minutes):
        start = at_local(evening, time(22, 0))
        end = at_local(evening + timedelta(days=1), time(7, 0))

        assert elapsed(start, end) == minutes
