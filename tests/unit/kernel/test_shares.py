"""Parts by weights add up to the whole, whatever was cut off."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careplan.kernel.shares import apportion


@pytest.mark.parametrize(
    ("whole", "weights", "parts"),
    [
        (3600, (60, 40), (2160, 1440)),
        (45, (60, 40), (27, 18)),
        (50, (33, 67), (17, 33)),  # 16.5 and 33.5: a half falls to the first named
        (1, (60, 40), (1, 0)),
        (3063, (60, 40), (1838, 1225)),  # 1837.8 and 1225.2
        (-3063, (60, 40), (-1838, -1225)),
        (17, (25, 20, 5), (8, 7, 2)),
        (0, (0, 0), (0, 0)),
    ],
)
def test_what_is_left_over_goes_to_those_that_lost_most(whole, weights, parts) -> None:
    assert apportion(whole, weights) == parts


@given(st.integers(-10_000, 10_000), st.lists(st.integers(1, 99), min_size=1, max_size=6))
def test_the_parts_are_the_whole_and_none_is_off_by_one(whole, weights) -> None:
    parts = apportion(whole, weights)

    assert sum(parts) == whole
    assert all(abs(p * sum(weights) - whole * w) < sum(weights) for p, w in zip(parts, weights, strict=True))


def test_without_weights_nothing_can_be_divided() -> None:
    with pytest.raises(ValueError, match="who gets what"):
        apportion(1, (0, 0))
