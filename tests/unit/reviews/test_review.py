"""What a review has to say: a planned one judges the outcomes and names the next, an unplanned one has a reason."""

from datetime import date, timedelta

import pytest

from careplan.kernel.minutes import Minutes
from careplan.reviews.domain.review import Figures, Kind, Met, Reason, ReviewIncomplete, check_said
from tests.factories.reviews import planned, unplanned

BEGAN, TODAY = date(2026, 10, 1), date(2026, 11, 27)
HELD = date(2026, 11, 20)


def check(said):
    check_said(said, began_on=BEGAN, today=TODAY)


@pytest.mark.parametrize(
    "said",
    [
        planned(held_on=HELD),
        planned(held_on=BEGAN, met=Met.NOT),
        planned(held_on=HELD, next_on=HELD + timedelta(days=365)),
        *(unplanned(held_on=HELD, reason=reason) for reason in Reason),
        unplanned(held_on=TODAY, after=Figures(None, Minutes(0))),
    ],
)
def test_is_whole(said):
    check(said)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        (planned(held_on=TODAY + timedelta(days=1)), "held_on"),
        (planned(held_on=BEGAN - timedelta(days=1)), "held_on"),
        (planned(held_on=HELD, took_part=" "), "took_part"),
        (planned(held_on=HELD, words=""), "words"),
        (planned(held_on=HELD, met=None), "met"),
        (planned(held_on=HELD, reason=Reason.CARER), "reason"),
        (planned(held_on=HELD, next_on=None), "next_on"),
        (planned(held_on=HELD, next_on=HELD), "next_on"),
        (planned(held_on=HELD, next_on=HELD + timedelta(days=366)), "next_on"),
        (unplanned(held_on=HELD, reason=None), "reason"),
        (unplanned(held_on=HELD, met=Met.FULLY), "met"),
        (unplanned(held_on=HELD, after=Figures(None, Minutes(-1))), "after"),
    ],
)
def test_is_to_be_mended(said, field):
    with pytest.raises(ReviewIncomplete) as refused:
        check(said)

    assert [p.field for p in refused.value.problems] == [field]


def test_every_kind_and_reason_and_judgement_has_words():
    assert all(member.words for members in (Kind, Reason, Met) for member in members)
