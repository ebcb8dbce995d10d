"""From when rules for visits hold."""

from datetime import UTC, date, datetime

import pytest

from careplan.kernel.errors import Invalid
from careplan.visits.domain.drawing import DEFAULTS, SETTABLE, Drawing, Draws, Outcome
from careplan.visits.domain.rules import Rules, start_of_rules

# Half past midnight in London, on the day before by the clock of Greenwich.
NOW = datetime(2026, 6, 9, 23, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("since", "begins"),
    [
        (None, NOW), (date(2026, 6, 10), NOW), (date(2026, 6, 11), datetime(2026, 6, 10, 23, tzinfo=UTC)),
        (date(2026, 10, 26), datetime(2026, 10, 26, 0, tzinfo=UTC)),
    ],
)  # fmt: skip
def test_they_begin_now_or_with_a_later_day_in_london(since, begins):
    assert start_of_rules(since=since, now=NOW) == begins


def test_they_never_begin_on_a_day_that_is_over():
    with pytest.raises(Invalid, match="Give today, 10 June 2026, or a later day"):
        start_of_rules(since=date(2026, 6, 9), now=NOW)


def test_they_say_what_draws_the_planned_time():
    usual = tuple(o for o in SETTABLE if DEFAULTS[o] is Drawing.PLANNED)
    assert Rules().draws_planned == usual
    assert Rules(draws=Draws({Outcome.REFUSED: Drawing.RELEASED})).draws_planned == tuple(
        o for o in usual if o is not Outcome.REFUSED
    )
