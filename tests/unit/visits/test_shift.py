"""How a shift is spent."""

from datetime import UTC, datetime, timedelta

import pytest

from careplan.kernel.errors import Invalid
from careplan.kernel.ids import new_id
from careplan.kernel.minutes import Minutes
from careplan.visits.domain.incoming import DowntimeUse
from careplan.visits.domain.shift import Shift, account_of, check_shift, down_time_in

SEVEN = datetime(2026, 11, 21, 7, tzinfo=UTC)
HOUR = timedelta(hours=1)
SHIFT = Shift(new_id(), new_id(), SEVEN, SEVEN + timedelta(hours=7, minutes=30), Minutes(45))


@pytest.mark.parametrize(("minutes", "down"), [(450, 45), (225, 22), (600, 60), (0, 0)])
def test_down_time_is_forty_five_minutes_in_seven_and_a_half_hours(minutes, down):
    assert down_time_in(minutes) == down


def test_contact_is_what_remains():
    assert SHIFT.contact_planned == 405


def test_an_account_counts_what_lies_within_the_shift_by_its_use():
    found = account_of(
        SHIFT,
        visits=[(SEVEN, Minutes(45)), (SEVEN + 3 * HOUR, Minutes(60)), (SEVEN + 8 * HOUR, Minutes(30))],
        down=[
            (SEVEN + HOUR, Minutes(15), DowntimeUse.TRAINING), (SEVEN + 2 * HOUR, Minutes(20), DowntimeUse.PEOPLE),
            (SEVEN + 4 * HOUR, Minutes(5), DowntimeUse.TRAINING), (SEVEN - HOUR, Minutes(9), DowntimeUse.MEETING),
        ],
    )  # fmt: skip

    assert found.contact == 105
    assert found.down == {DowntimeUse.TRAINING: 20, DowntimeUse.PEOPLE: 20}
    assert (found.logged, found.rest) == (40, 450 - 105 - 40)


@pytest.mark.parametrize("length", [timedelta(0), timedelta(hours=-1), timedelta(hours=24, minutes=1)])
def test_a_shift_ends_after_it_begins_and_lasts_a_day_at_most(length):
    with pytest.raises(Invalid):
        check_shift(SEVEN, SEVEN + length)
