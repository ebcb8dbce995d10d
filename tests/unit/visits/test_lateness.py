"""When a start is in time: worked examples to the second."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from careplan.kernel.clock import at_local
from careplan.visits.domain.lateness import (
    Timing,
    Windows,
    is_in_window,
    missed_from,
    timing_of_start,
    timing_without_start,
)

EIGHT = datetime(2026, 11, 21, 8, tzinfo=UTC)


def at(clock):
    return datetime.fromisoformat(f"2026-11-21T{clock}+00:00")


class TestIsInWindow:
    @pytest.mark.parametrize(
        ("started", "passes"),
        [("07:30:00", True), ("08:30:00", True), ("08:30:01", False), ("07:29:59", False), ("08:00:00", True)],
    )
    def test_takes_thirty_minutes_on_either_side_to_the_second(self, started, passes):
        assert is_in_window(planned=EIGHT, started=at(started)) is passes

    def test_takes_a_narrower_window_where_an_instruction_sets_one(self):
        assert not is_in_window(planned=EIGHT, started=at("08:16:00"), window=timedelta(minutes=15))


class TestTimingOfStart:
    @pytest.mark.parametrize(
        ("started", "critical", "timing"),
        [
            ("08:45:00", False, Timing.IN_TIME),
            ("08:45:01", False, Timing.LATE),
            ("06:00:00", False, Timing.IN_TIME),
            ("08:30:01", True, Timing.LATE),
            ("07:29:59", True, Timing.EARLY),
        ],
    )
    def test_is_late_after_forty_five_minutes_or_outside_the_window(self, started, critical, timing):
        assert timing_of_start(planned=EIGHT, started=at(started), time_critical=critical) is timing


class TestTimingWithoutStart:
    @pytest.mark.parametrize(
        ("now", "critical", "timing"),
        [("08:45:00", False, Timing.NOT_DUE), ("08:45:01", False, Timing.LATE), ("08:30:01", True, Timing.LATE)],
    )
    def test_waits_as_long_as_a_start_would_be_in_time(self, now, critical, timing):
        assert timing_without_start(planned=EIGHT, now=at(now), time_critical=critical) is timing

    def test_waits_as_the_council_sets_it(self):
        windows = Windows(late_after=timedelta(minutes=20))

        found = timing_without_start(planned=EIGHT, now=at("08:20:01"), time_critical=False, windows=windows)

        assert found is Timing.LATE

    def test_a_visits_own_window_counts_only_where_it_is_narrower(self):
        found = [
            timing_of_start(planned=EIGHT, started=at("08:16:00"), time_critical=True, own=timedelta(minutes=minutes))
            for minutes in (15, 40)
        ]

        assert found == [Timing.LATE, Timing.IN_TIME]


DAY = date(2026, 11, 21)


def clock(hours, minutes=0, *, day=DAY):
    return at_local(day, time(hours, minutes))


class TestMissedFrom:
    @pytest.mark.parametrize(
        ("planned", "following", "expected"),
        [
            (clock(8), None, clock(23)),
            (clock(8), clock(12, 30), clock(12, 30)),
            (clock(20, 59), None, clock(23)),
            (clock(21), None, clock(23)),
            (clock(21, 30), None, clock(23, 30)),
            (clock(23, 30), None, clock(1, 30, day=date(2026, 11, 22))),
            (clock(21, 30), clock(22), clock(22)),
            (clock(8), clock(8, day=date(2026, 11, 22)), clock(23)),
        ],
    )
    def test_is_the_next_visit_or_eleven_at_night_or_two_hours_for_late_evenings(self, planned, following, expected):
        assert missed_from(planned=planned, next_planned=following) == expected
