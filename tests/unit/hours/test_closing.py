"""What is carried on at the end of a period, and what ends."""

import pytest

from careplan.hours.domain.closing import AtEnd, Ended, at_end, contingency_at_end
from careplan.hours.domain.terms import CarryOver, CarryOverRule
from careplan.kernel.minutes import Minutes

NONE, MINUTES, PERCENT = CarryOverRule.NONE, CarryOverRule.MINUTES, CarryOverRule.PERCENT


def bank(*, granted=3600, carried_in=0, earmarked_in=0, used=0, left=600, earmarked=0) -> AtEnd:
    return AtEnd(*(Minutes(m) for m in (granted, carried_in, earmarked_in, used, left, earmarked)))


@pytest.mark.parametrize(
    ("at", "rule", "cap", "ended"),
    [
        (bank(), NONE, 0, (0, 0, 600)),
        (bank(), MINUTES, 240, (240, 0, 360)),
        (bank(left=100), MINUTES, 240, (100, 0, 0)),
        (bank(granted=3605), PERCENT, 10, (360, 0, 240)),
        # 240 came in and 100 were used: 140 of them end, for they are not carried a second time.
        (bank(carried_in=240, used=100, left=500), MINUTES, 9999, (360, 0, 140)),
        (bank(carried_in=240, used=300, left=500), MINUTES, 9999, (500, 0, 0)),
        # What is kept for a need to come is carried whatever the plan says, and beyond the cap.
        (bank(earmarked=200), NONE, 0, (200, 200, 400)),
        (bank(earmarked=200), MINUTES, 240, (440, 200, 160)),
        (bank(left=150, earmarked=200), NONE, 0, (150, 150, 0)),
        # Kept minutes carried in before are no old ones: of 300, 200 were kept, and only 100 end.
        (bank(carried_in=300, earmarked_in=200, left=600, earmarked=200), MINUTES, 9999, (500, 200, 100)),
        # The need has come: they are old like any other now.
        (bank(carried_in=300, earmarked_in=0, left=600), MINUTES, 9999, (300, 0, 300)),
    ],
)
def test_carries_on_what_the_plan_lets_the_oldest_used_first(at, rule, cap, ended) -> None:
    assert at_end(at, CarryOver(rule, cap)) == Ended(*(Minutes(m) for m in ended))


def test_nothing_appears_or_vanishes_at_the_end() -> None:
    ended = at_end(bank(carried_in=300, used=50, left=1234, earmarked=77), CarryOver(PERCENT, 7))

    assert ended.carried + ended.expired == 1234


@pytest.mark.parametrize(("held", "asked", "ends"), [(240, 0, 240), (240, 100, 140), (240, 240, 0), (40, 150, 0)])
def test_contingency_ends_but_for_what_was_asked_for(held, asked, ends):
    assert contingency_at_end(Minutes(held), Minutes(asked)) == ends
