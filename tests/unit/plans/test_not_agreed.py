"""Going on without a person's yes takes what was tried, their words, the way to complain, a review within 28 days."""

from datetime import date, timedelta

import pytest

from careplan.plans.domain.not_agreed import Cause, NotAgreedIncomplete, Step, WithoutYes, check_without_yes

TODAY = date(2026, 11, 27)
WHOLE = {
    "cause": Cause.DISAGREES,
    "steps": (Step(date(2026, 11, 21), "Went to see her with her sister."),),
    "words": "I do not want two people in my bathroom.",
    "complaint_route": "The leaflet, and read out to her.",
    "review_by": TODAY + timedelta(days=28),
    "decided_on": TODAY,
}


def check(**said):
    check_without_yes(WithoutYes(**{**WHOLE, **said}), today=TODAY)


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"cause": Cause.NOT_REACHED, "words": ""},
        {"review_by": TODAY + timedelta(days=1)},
        {"decided_on": TODAY - timedelta(days=3), "review_by": TODAY + timedelta(days=25)},
    ],
)
def test_is_whole(said):
    check(**said)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"steps": ()}, "steps"),
        ({"steps": (Step(TODAY, " "),)}, "steps"),
        ({"steps": (Step(TODAY + timedelta(days=1), "Rang."),)}, "steps"),
        ({"words": "  "}, "words"),
        ({"complaint_route": ""}, "complaint_route"),
        ({"review_by": TODAY + timedelta(days=29)}, "review_by"),
        ({"review_by": TODAY}, "review_by"),
        ({"decided_on": TODAY - timedelta(days=3), "review_by": TODAY + timedelta(days=26)}, "review_by"),
        ({"decided_on": TODAY + timedelta(days=1)}, "decided_on"),
    ],
)
def test_lacks_something(said, field):
    with pytest.raises(NotAgreedIncomplete) as refused:
        check(**said)

    assert [p.field for p in refused.value.problems] == [field]


def test_names_all_that_is_missing_at_once():
    with pytest.raises(NotAgreedIncomplete) as refused:
        check(steps=(), words="", complaint_route="", review_by=TODAY)

    assert {p.field for p in refused.value.problems} == {"steps", "words", "complaint_route", "review_by"}
