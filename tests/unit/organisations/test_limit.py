"""At the limit a social worker signs; one penny, one minute or one care worker above it a manager does."""

import pytest

from careplan.access.domain.actor import Role
from careplan.kernel.minutes import Minutes
from careplan.kernel.money import Pence
from careplan.organisations.domain.limit import (
    NO_LIMIT,
    Commitment,
    Measure,
    NotALimit,
    SigningLimit,
    check_limit,
    excesses,
)

LIMIT = SigningLimit(Pence(60_000), Minutes(1_440), double_handed=False)


def asked(pence=60_000, minutes=1_440, double_handed=False):
    return Commitment(None if pence is None else Pence(pence), Minutes(minutes), double_handed)


@pytest.mark.parametrize(
    ("commitment", "beyond"),
    [
        (asked(), []),
        (asked(60_001), [(Measure.WEEKLY_PENCE, 60_001, 60_000)]),
        (asked(minutes=1_441), [(Measure.WEEKLY_MINUTES, 1_441, 1_440)]),
        (asked(double_handed=True), [(Measure.DOUBLE_HANDED, 2, 1)]),
        (asked(None), []),
        (asked(0, 0), []),
        (
            asked(99_999, 2_400, True),
            [
                (Measure.WEEKLY_PENCE, 99_999, 60_000),
                (Measure.WEEKLY_MINUTES, 2_400, 1_440),
                (Measure.DOUBLE_HANDED, 2, 1),
            ],
        ),
    ],
)
def test_at_the_limit_and_above(commitment, beyond):
    assert [(e.measure, e.asked, e.limit) for e in excesses(commitment=commitment, limit=LIMIT)] == beyond


def test_where_the_council_has_said_nothing_there_is_no_limit():
    assert excesses(commitment=asked(9_999_999, 99_999, True), limit=NO_LIMIT) == ()


def test_a_limit_of_nought_lets_nothing_through():
    nought = SigningLimit(Pence(0), Minutes(0), double_handed=False)

    assert len(excesses(commitment=asked(1, 1), limit=nought)) == 2


def test_says_it_in_words():
    said = [e.words for e in excesses(commitment=asked(60_001, 1_441, True), limit=LIMIT)]

    assert said == [
        "It costs £600.01 a week. The limit is £600.00.",
        "Its heaviest week has 24 hours 1 minute. The limit is 24 hours.",
        "Two care workers come at once. The limit is one.",
    ]


@pytest.mark.parametrize(
    ("role", "limit", "field"),
    [
        (Role.PROVIDER_COORDINATOR, LIMIT, "role"),
        (Role.SOCIAL_WORKER, SigningLimit(weekly_pence=Pence(-1)), "weekly_pence"),
        (Role.TEAM_MANAGER, SigningLimit(weekly_minutes=Minutes(-1)), "weekly_minutes"),
    ],
)
def test_refuses_what_is_no_limit(role, limit, field):
    with pytest.raises(NotALimit) as refused:
        check_limit(role=role, limit=limit)

    assert [p.field for p in refused.value.problems] == [field]
