"""By when a complaint is answered: working days, with the bank holidays of England left out."""

from datetime import date

import pytest

from careplan.kernel.holidays import bank_holidays
from careplan.kernel.working_days import is_working_day, working_days_after

CHRISTMAS = {date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1)}  # the 26th is a Saturday, kept on Monday


class TestWorkingDaysAfter:
    @pytest.mark.parametrize(
        ("day", "number", "found"),
        [
            (date(2026, 6, 1), 1, date(2026, 6, 2)),  # Monday to Tuesday
            (date(2026, 6, 1), 10, date(2026, 6, 15)),  # two weeks on
            (date(2026, 6, 5), 1, date(2026, 6, 8)),  # over a weekend
            (date(2026, 6, 6), 1, date(2026, 6, 8)),  # from a Saturday
            (date(2026, 12, 24), 1, date(2026, 12, 29)),  # over Christmas
            (date(2026, 12, 18), 10, date(2027, 1, 6)),
            (date(2026, 6, 3), 0, date(2026, 6, 3)),
        ],
    )
    def test_leaves_out_weekends_and_bank_holidays(self, day, number, found):
        assert working_days_after(day, number, holidays=CHRISTMAS) == found

    def test_always_ends_on_a_working_day(self):
        starts = [date(2026, 12, n) for n in range(1, 32)]

        ends = [working_days_after(day, 10, holidays=CHRISTMAS) for day in starts]

        assert all(is_working_day(end, holidays=CHRISTMAS) for end in ends)
        assert ends == sorted(ends)


class TestBankHolidays:
    def test_are_those_of_england(self):
        known = bank_holidays()

        assert {date(2026, 12, 25), date(2026, 12, 28)} <= known
        assert date(2026, 1, 2) not in known  # Scotland's
        assert date(2026, 3, 17) not in known  # Northern Ireland's
