"""Doses taken when needed: the gap in real hours, the most in any 24, and records that come late."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid4

import pytest

from careplan.kernel.clock import at_local
from careplan.kernel.minutes import Minutes
from careplan.medicines.domain.alert import AlertKind, kinds_of, words_of
from careplan.medicines.domain.dose import Dose, DoseResult, Warned, room_at, standing
from careplan.people.domain.medicine import AsNeeded, Medicine
from tests.factories.people import some_medicine

FOUR_HOURS_FOUR_A_DAY = AsNeeded(Minutes(240), 4)
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def hours(*numbers):
    return [NOON + timedelta(hours=n) for n in numbers]


def a_dose(result=DoseResult.GIVEN, at=NOON, corrects=None, **said):
    return Dose(uuid4(), UUID(int=1), UUID(int=2), UUID(int=3), None, at, at, result, corrects=corrects, **said)


def a_medicine(**said):
    return Medicine(UUID(int=2), UUID(int=1), some_medicine(**said), NOON, UUID(int=3))


@pytest.mark.parametrize(
    ("others", "at", "expected"),
    [
        ([], 0, ()),
        ([-4], 0, ()),  # exactly the gap
        ([-3.99], 0, (Warned.TOO_EARLY,)),
        ([3.99], 0, (Warned.TOO_EARLY,)),  # another came after: this record was late
        ([-20, -16, -12, -8], 0, (Warned.OVER_MAXIMUM,)),
        ([-24, -16, -12, -8], 0, ()),  # the first is exactly 24 hours old
        ([-12, -8, 8, 11.9], 0, (Warned.OVER_MAXIMUM,)),  # too many in 24 hours around it
        ([-12, -8, 8, 12], 0, ()),
        ([-13, -9, -5, -1], 0, (Warned.TOO_EARLY, Warned.OVER_MAXIMUM)),
    ],
)
def test_a_dose_fits_the_gap_and_the_most_in_any_24_hours(others, at, expected):
    assert room_at(FOUR_HOURS_FOUR_A_DAY, others=hours(*others), at=NOON + timedelta(hours=at)).warnings == expected


def test_the_next_dose_waits_for_the_gap_and_for_the_day_to_have_room():
    soon = room_at(FOUR_HOURS_FOUR_A_DAY, others=hours(-1), at=NOON)
    full = room_at(FOUR_HOURS_FOUR_A_DAY, others=hours(-20, -16, -12, -8), at=NOON)

    assert (soon.last_at, soon.given, soon.next_at) == (hours(-1)[0], 1, hours(3)[0])
    assert (full.given, full.next_at) == (4, hours(4)[0])


def test_four_hours_stay_four_hours_when_the_clocks_change():
    night = datetime(2026, 10, 24, 23, 30, tzinfo=UTC)  # 00:30 by the clock; at 02:00 it becomes 01:00 again
    by_the_clock = at_local(date(2026, 10, 25), time(3, 30))

    found = room_at(FOUR_HOURS_FOUR_A_DAY, others=[night], at=by_the_clock)

    assert by_the_clock - night == timedelta(hours=4)
    assert found.fits


def test_what_was_corrected_counts_no_more():
    first = a_dose()
    assert standing([first, a_dose(DoseResult.DECLINED, corrects=first.id)])[0].result is DoseResult.DECLINED


@pytest.mark.parametrize(
    ("medicine", "result", "warnings", "holds", "expected"),
    [
        (None, DoseResult.GIVEN, (), True, [AlertKind.UNKNOWN_MEDICINE]),
        (a_medicine(), DoseResult.GIVEN, (), True, []),
        (a_medicine(), DoseResult.OMITTED, (), True, []),
        (a_medicine(), DoseResult.GIVEN, (), False, [AlertKind.NOT_PRESCRIBED]),
        (a_medicine(on_time=True), DoseResult.NOT_AVAILABLE, (), True, [AlertKind.NOT_GIVEN]),
        (a_medicine(), DoseResult.GIVEN, (Warned.TOO_EARLY,), True, [AlertKind.TOO_EARLY]),
        (a_medicine(), DoseResult.DECLINED, (Warned.TOO_EARLY,), True, []),
    ],
)
def test_somebody_is_told_of_what_should_not_have_been(medicine, result, warnings, holds, expected):
    assert kinds_of(a_dose(result), medicine, warnings, holds=holds) == expected


def test_an_early_dose_says_who_was_rung_or_that_nobody_was():
    medicine = a_medicine(name="Paracetamol", strength="500 mg")

    assert "Rung: 111" in words_of(AlertKind.TOO_EARLY, medicine, a_dose(rang="111"))
    assert "Nobody was rung" in words_of(AlertKind.TOO_EARLY, medicine, a_dose())
