"""NHS numbers: which pass, and what is said of those that do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careplan.people.domain.nhs_number import NhsNumberStatus, WrongNhsNumber, checked_nhs_number, status_of

# From 4 on: the numbers below are Scotland's, which must begin with a real date as well.
FIRST_NINE = st.from_regex(r"\A[4-9][0-9]{8}\Z")


def _check_digit(nine: str) -> int | None:
    """Modulus 11, worked out here by itself: weights from ten down to two; None where no digit would fit."""
    rest = 11 - sum(int(digit) * weight for digit, weight in zip(nine, range(10, 1, -1), strict=True)) % 11
    return None if rest == 10 else rest % 11


@pytest.mark.parametrize(
    "typed",
    ["9434765919", "943 476 5919", " 943-476-5919 ", "943\u00a0476\u00a05919", "943.476.5919", "943–476–5919"],
)
def test_one_number_is_read_however_it_is_spaced(typed):
    assert checked_nhs_number(typed) == "9434765919"


@pytest.mark.parametrize("typed", [None, "", "   ", "-"])
def test_a_missing_one_holds_nothing_up(typed):
    assert checked_nhs_number(typed) is None


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("9434765918", "last digit does not fit"),
        ("9343765919", "two may be swapped"),
        ("943476591", "10 digits and this one has 9"),
        ("94347659190", "10 digits and this one has 11"),
        ("943476591X", "digits only"),
        ("٩٤٣٤٧٦٥٩١٩", "digits only"),
    ],
)
def test_a_wrong_one_says_what_to_mend(typed, said):
    with pytest.raises(WrongNhsNumber, match=said) as refused:
        checked_nhs_number(typed)

    assert [p.field for p in refused.value.problems] == ["nhs_number"]


@given(FIRST_NINE)
def test_of_ten_last_digits_at_most_one_passes_and_it_is_that_of_modulus_11(nine):
    passing = [last for last in range(10) if _passes(f"{nine}{last}")]

    assert passing == [d for d in [_check_digit(nine)] if d is not None]


@given(FIRST_NINE, st.integers(0, 8))
def test_two_digits_side_by_side_that_change_places_are_noticed(nine, place):
    check = _check_digit(nine)
    if check is None:
        return
    whole = f"{nine}{check}"
    swapped = whole[:place] + whole[place + 1] + whole[place] + whole[place + 2 :]

    assert swapped == whole or not _passes(swapped)


@given(st.text(max_size=20))
def test_anything_typed_is_read_or_refused_and_never_breaks(typed):
    try:
        number = checked_nhs_number(typed)
    except WrongNhsNumber:
        return
    assert number is None or len(number) == 10


@pytest.mark.parametrize(
    ("number", "traced", "status"),
    [
        ("9434765919", True, NhsNumberStatus.VERIFIED),
        ("9434765919", False, NhsNumberStatus.UNVERIFIED),
        (None, True, NhsNumberStatus.MISSING),
        (None, False, NhsNumberStatus.MISSING),
    ],
)
def test_status_says_how_far_it_can_be_relied_on(number, traced, status):
    assert status_of(number=number, traced=traced) is status


def _passes(digits: str) -> bool:
    try:
        return checked_nhs_number(digits) == digits
    except WrongNhsNumber:
        return False
