"""Goal attainment, by worked examples."""

from decimal import Decimal
from uuid import UUID

import pytest

from careplan.outcomes.domain.attainment import NothingWeighs, attained, goal_attainment
from careplan.outcomes.domain.level import Level

EXAMPLES = [
    ([1], [1], "60.00"),
    ([1, 1, 1], [1, 1, 1], "63.69"),
    ([1, 1, 1, 1], [-1, 0, 1, 2], "57.25"),
    ([9, 4, 1], [1, 0, -1], "57.09"),
    ([6, 2, 3], [-1, 1, 2], "52.38"),
]


class TestGoalAttainment:
    @pytest.mark.parametrize(("weights", "levels", "expected"), EXAMPLES)
    def test_follows_the_worked_examples(self, weights, levels, expected):
        assert goal_attainment(list(zip(weights, levels, strict=True))) == Decimal(expected)

    def test_is_fifty_where_all_stands_as_hoped_for(self):
        assert goal_attainment([(3, 0), (1, 0)]) == Decimal("50.00")

    @pytest.mark.parametrize("rated", [[], [(0, 2), (0, -1)]])
    def test_refuses_to_measure_what_weighs_nothing(self, rated):
        with pytest.raises(NothingWeighs):
            goal_attainment(rated)


class TestAttained:
    def test_leaves_an_outcome_that_the_rater_did_not_review_out_of_both_figures(self):
        first, second = UUID(int=1), UUID(int=2)

        found = attained(
            weights={first: 1, second: 9},
            baselines={first: Level.LESS, second: Level.MUCH_LESS},
            reviews={first: Level.MORE},
        )

        assert (found.baseline, found.achieved, found.change) == (Decimal("40.00"), Decimal("60.00"), Decimal("20.00"))
