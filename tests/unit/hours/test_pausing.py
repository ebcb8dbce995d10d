"""What a pause withholds: a week's grant by the days on which nobody came."""

from datetime import date, timedelta

import pytest

from careplan.hours.domain.pausing import BadPause, Pause, PauseReason, checked_days, checked_end, paused_days, withheld
from careplan.kernel.ids import new_id
from careplan.kernel.minutes import Minutes
from careplan.kernel.period import period_number
from tests.factories.hours import FIRST_DAY, NOW

WEEK = period_number(FIRST_DAY, 0).weeks[1]


def pause(first: date, last: date | None) -> Pause:
    return Pause(new_id(), new_id(), new_id(), PauseReason.HOSPITAL, first, last, last, new_id(), NOW)


@pytest.mark.parametrize(
    ("grant", "days", "minutes"), [(600, 3, 257), (1200, 1, 171), (600, 7, 600), (600, 0, 0), (0, 7, 0)]
)
def test_withholds_the_grant_by_sevenths_rounded_down(grant: int, days: int, minutes: int) -> None:
    assert withheld(Minutes(grant), days) == minutes


def test_counts_the_days_of_the_week_that_lie_in_a_pause() -> None:
    first = WEEK.starts_on + timedelta(days=2)

    assert paused_days(WEEK, pauses=[pause(first, first + timedelta(days=2))], visited=()) == 3
    assert paused_days(WEEK, pauses=[pause(first, None)], visited=()) == 5


def test_a_day_with_a_funded_visit_is_not_paused() -> None:
    one = pause(WEEK.starts_on, WEEK.ends_on)

    assert paused_days(WEEK, pauses=[one], visited={WEEK.starts_on, WEEK.ends_on}) == 5


def test_days_of_two_pauses_count_once() -> None:
    assert paused_days(WEEK, pauses=[pause(WEEK.starts_on, None), pause(WEEK.starts_on, None)], visited=()) == 7


def test_refuses_a_pause_that_ends_before_it_begins() -> None:
    with pytest.raises(BadPause, match="before the first"):
        checked_days(starts_on=FIRST_DAY, ends_on=FIRST_DAY - timedelta(days=1), today=FIRST_DAY)


def test_refuses_an_end_long_before_the_beginning() -> None:
    one = pause(FIRST_DAY, None)
    checked_end(one, FIRST_DAY - timedelta(days=1))  # it never began

    with pytest.raises(BadPause, match="had not begun"):
        checked_end(one, FIRST_DAY - timedelta(days=2))
