"""Who is told when something is wrong, by day, by night and on holidays."""

from datetime import date, datetime

import pytest

from careplan.delegation.domain.ladder import EscalationStep, When, is_in_hours, problems_of, steps_at
from careplan.kernel.clock import LONDON

NURSE = EscalationStep(1, "Community nurses", "01632 960 300", 30, When.IN_HOURS)
NIGHT = EscalationStep(2, "Night nurses", "01632 960 301", 60, When.OUT_OF_HOURS)
DOCTOR = EscalationStep(3, "111", "111", 120, When.ALWAYS)
LADDER = (NURSE, NIGHT, DOCTOR)
CHRISTMAS = date(2026, 12, 25)


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2026-11-27 07:59:59", False),
        ("2026-11-27 08:00:00", True),
        ("2026-11-27 18:29:59", True),
        ("2026-11-27 18:30:00", False),
        ("2026-11-28 12:00:00", False),  # a Saturday
        ("2026-12-25 12:00:00", False),  # a Friday and a holiday
        ("2026-03-30 08:00:00", True),  # the Monday after the clocks went forward
        ("2026-10-26 08:00:00", True),  # and back
    ],
)
def test_hours_are_londons_working_hours(at, expected):
    instant = datetime.fromisoformat(at).replace(tzinfo=LONDON)

    assert is_in_hours(instant, holidays={CHRISTMAS}) is expected
    names = [s.name for s in steps_at(reversed(LADDER), instant, holidays={CHRISTMAS})]
    assert names == ["Community nurses" if expected else "Night nurses", "111"]


@pytest.mark.parametrize(
    ("ladder", "said"),
    [
        (LADDER, ""),
        ((NURSE,), "out of hours"),
        ((NIGHT,), "in hours"),
        ((EscalationStep(1, " ", "01632 960 300", 5, When.ALWAYS),), "who is rung in place 1"),
        ((EscalationStep(1, "Nurse", "1", 5, When.ALWAYS),), "telephone number of place 1"),
        ((EscalationStep(1, "Nurse", "111", -1, When.ALWAYS),), "from 0 to"),
        ((DOCTOR, EscalationStep(4, "999", "999", 5, When.ALWAYS)), "at least as many minutes"),
    ],
)
def test_a_ladder_says_what_is_wrong_with_it(ladder, said):
    words = " ".join(p.message for p in problems_of(ladder))

    assert said in words
    assert bool(words) == bool(said)
