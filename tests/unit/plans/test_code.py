"""The code on a printed plan, read as people type it."""

import pytest

from careplan.plans.domain.code import digits_of, in_fours, short_code

HASH = "1a2b3c4d5e6f7a8b" + "0" * 48


def test_a_short_code_is_sixteen_digits_in_fours():
    assert short_code(HASH) == "1a2b-3c4d-5e6f-7a8b"


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("1a2b-3c4d-5e6f-7a8b", "1a2b3c4d5e6f7a8b"),
        (" 1A2B 3C4D 5E6F 7A8B ", "1a2b3c4d5e6f7a8b"),
        ("1a2b–3c4d—5e6f‑7a8b", "1a2b3c4d5e6f7a8b"),
        ("1a2b-3c4d", "1a2b3c4d"),
        (HASH, HASH),
        ("1a2b-3c4", None),
        ("1a2b-3c4d-5e6f-7a8b-9", None),
        ("1a2b-3c4g", None),
        ("１a2b3c4d", None),
        ("", None),
        ("' OR 1=1 --", None),
    ],
)
def test_a_code_is_read_as_people_type_it(typed, digits):
    assert digits_of(typed) == digits


def test_a_whole_hash_is_said_in_fours_too():
    assert in_fours(HASH).count("-") == 15
