"""By when a worry must be taken up, and how often the lead is reminded."""

from datetime import UTC, datetime, timedelta

import pytest

from careplan.concerns.domain.deadline import due_by, reminders_due


def at(hour: int, minute: int = 0, *, day: int = 14) -> datetime:
    """An instant of a day in July, when London is an hour ahead."""
    return datetime(2026, 7, day, hour, minute, tzinfo=UTC)


class TestDueBy:
    @pytest.mark.parametrize(
        ("raised", "danger", "due"),
        [
            (at(9), True, at(10)),
            (at(22, 50), True, at(23, 50)),
            (at(9), False, at(23)),  # midnight in London
            (at(21, 59), False, at(23)),
            (at(22, 30), False, at(23, 30)),  # so late that the day has less than an hour left
            (at(23, 10), False, at(23, day=15)),  # the next day by London's clocks
        ],
    )
    def test_is_within_the_hour_or_the_same_london_day(self, raised, danger, due):
        assert due_by(raised_at=raised, immediate_danger=danger) == due


class TestRemindersDue:
    @pytest.mark.parametrize(
        ("after", "danger", "number"),
        [
            (timedelta(minutes=59), True, 0),
            (timedelta(minutes=60), True, 1),
            (timedelta(minutes=74), True, 1),
            (timedelta(minutes=75), True, 2),
            (timedelta(hours=3), True, 9),
            (timedelta(hours=13, minutes=59), False, 0),
            (timedelta(hours=14), False, 1),
            (timedelta(hours=16), False, 2),
            (timedelta(hours=20), False, 4),
        ],
    )
    def test_comes_when_it_is_due_and_again_until_it_is_taken_up(self, after, danger, number):
        raised = at(9)

        assert reminders_due(raised_at=raised, immediate_danger=danger, now=raised + after) == number
