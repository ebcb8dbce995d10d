"""What a visit draws."""

from datetime import date, datetime, time, timedelta

import pytest

from careplan.hours.domain.terms import Basis
from careplan.kernel.clock import at_local
from careplan.kernel.minutes import Minutes, elapsed
from careplan.visits.domain.drawing import (
    DEFAULTS,
    Drawing,
    Draws,
    Outcome,
    countable_minutes,
    drawing_of_cancellation,
)
from careplan.visits.domain.visit import Cancellation, CancelledBy, Result

NOON = at_local(date(2026, 11, 21), time(12))


class TestCountableMinutes:
    @pytest.mark.parametrize(
        ("result", "basis", "tolerance", "planned", "actual", "counts"),
        [
            ("completed", "actual", 0, 60, 42, 42),
            ("completed", "planned", 0, 60, 42, 60),
            ("completed", "tolerance", 5, 60, 42, 47),
            ("completed", "planned", 0, None, 42, 42),
            ("no_reply", "actual", 0, 60, 10, 60),
            ("refused", "tolerance", 5, 60, 10, 60),
            ("no_reply", "actual", 0, None, 10, 0),
            ("in_hospital", "planned", 0, 60, 10, 0),
        ],
    )
    def test_follows_the_outcome_and_the_plans_basis(self, result, basis, tolerance, planned, actual, counts):
        found = countable_minutes(
            result=Result(result), basis=Basis(basis), tolerance=Minutes(tolerance), planned=planned, actual=actual
        )

        assert found == counts

    @pytest.mark.parametrize(
        ("evening", "minutes"), [(date(2026, 10, 24), 600), (date(2026, 3, 28), 480), (date(2026, 6, 1), 540)]
    )
    def test_of_a_night_are_the_minutes_that_really_passed(self, evening, minutes):
        night = elapsed(at_local(evening, time(22)), at_local(evening + timedelta(days=1), time(7)))

        assert night == minutes


class TestDrawingOfCancellation:
    @pytest.mark.parametrize(
        ("by", "notice", "drawing"),
        [
            (CancelledBy.PERSON, timedelta(hours=24), Drawing.RELEASED),
            (CancelledBy.PERSON, timedelta(hours=23, minutes=59), Drawing.PLANNED),
            (CancelledBy.PERSON, timedelta(0), Drawing.PLANNED),
            (CancelledBy.PROVIDER, timedelta(0), Drawing.RELEASED),
            (CancelledBy.HOSPITAL, timedelta(0), Drawing.RELEASED),
        ],
    )
    def test_depends_on_who_called_it_off_and_how_early(self, by, notice, drawing):
        cancelled_at: datetime = NOON - notice

        assert drawing_of_cancellation(Cancellation(cancelled_at, by, "away", notice)) is drawing


class TestDraws:
    @pytest.mark.parametrize(
        ("outcome", "drawing"),
        [
            (Outcome.COMPLETED, Drawing.BY_BASIS),
            (Outcome.CANCELLED_IN_TIME, Drawing.RELEASED),
            (Outcome.CANCELLED_LATE, Drawing.PLANNED),
            (Outcome.CANCELLED_BY_PROVIDER, Drawing.RELEASED),
            (Outcome.MISSED, Drawing.RELEASED),
            (Outcome.NO_REPLY, Drawing.PLANNED),
            (Outcome.REFUSED, Drawing.PLANNED),
            (Outcome.IN_HOSPITAL, Drawing.RELEASED),
            (Outcome.ONE_OF_TWO, Drawing.BY_BASIS),
        ],
    )
    def test_each_outcome_draws_this_where_nothing_is_set(self, outcome, drawing):
        assert Draws().of(outcome) is drawing
        assert DEFAULTS.keys() == set(Outcome)

    @pytest.mark.parametrize(
        ("outcome", "drawing"),
        [
            (Outcome.REFUSED, Drawing.RELEASED),
            (Outcome.IN_HOSPITAL, Drawing.PLANNED),
            (Outcome.MISSED, Drawing.RELEASED),
            (Outcome.CANCELLED_BY_PROVIDER, Drawing.RELEASED),
        ],
    )
    def test_a_council_sets_some_and_never_what_was_missed(self, outcome, drawing):
        everything_else = Drawing.RELEASED if DEFAULTS[outcome] is Drawing.PLANNED else Drawing.PLANNED

        assert Draws({outcome: everything_else}).of(outcome) is drawing
