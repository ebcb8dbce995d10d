"""Where a referral stands is told from what happened, in whatever order it was heard of."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from careplan.community.domain.referral import Event, Referral, ReferralOver, Step, check_made, check_step
from careplan.kernel.errors import Invalid

ASKED, NOON = date(2026, 11, 2), datetime(2026, 11, 2, 12, tzinfo=UTC)
TODAY = date(2026, 11, 27)
NONE = Referral(
    UUID(int=1), UUID(int=2), UUID(int=3), UUID(int=4), "Sing with me.", None, "Larch Hill choir", "I would love to.",
    ASKED, UUID(int=5), "Priya", NOON,
)  # fmt: skip


def after(*steps):
    """(event, days after the referral, when it was written down in days)."""
    made = tuple(
        Step(UUID(int=n), event, ASKED + timedelta(days=on), "Because.", "Priya", NOON + timedelta(days=at))
        for n, (event, on, at) in enumerate(steps)
    )
    return replace(NONE, steps=made)


@pytest.mark.parametrize(
    ("referral", "words", "over"),
    [
        (NONE, "Waits for their answer", False),
        (after((Event.WAITING, 1, 1)), "On the waiting list", False),
        (after((Event.WAITING, 1, 1), (Event.ACCEPTED, 9, 9)), "Accepted", False),
        (after((Event.DECLINED, 3, 3)), "Declined", True),
        (after((Event.ACCEPTED, 3, 3), (Event.STARTED, 5, 5), (Event.ATTENDED, 12, 12)), "Goes on", False),
        # The yes was heard of after it had begun.
        (after((Event.STARTED, 5, 5), (Event.ACCEPTED, 3, 8)), "Goes on", False),
        # Somebody remembers a visit after the end was written down: it stays over.
        (after((Event.ENDED, 10, 10), (Event.ATTENDED, 10, 11)), "Ended", True),
        (after((Event.ACCEPTED, 3, 3), (Event.WITHDRAWN, 4, 4)), "Not wanted any more", True),
    ],
)
def test_stands_by_what_happened_last(referral, words, over):
    assert (referral.words, referral.is_over) == (words, over)


def step(referral, event, *, on=TODAY, words="Because."):
    check_step(referral, event=event, on=on, words=words, today=TODAY)


@pytest.mark.parametrize("event", [Event.DECLINED, Event.ENDED, Event.WITHDRAWN])
def test_an_end_says_why_or_what_came_of_it(event):
    step(NONE, event)
    with pytest.raises(Invalid):
        step(NONE, event, words=" ")


def test_what_happened_is_refused_only_once_it_is_over_or_on_a_day_that_cannot_be():
    for event in (Event.STARTED, Event.ATTENDED, Event.ACCEPTED, Event.WAITING):
        step(NONE, event, words="")
    with pytest.raises(ReferralOver, match="Make a new referral"):
        step(after((Event.ENDED, 3, 3)), Event.ATTENDED)
    for day in (TODAY + timedelta(days=1), ASKED - timedelta(days=1)):
        with pytest.raises(Invalid):
            step(NONE, Event.ACCEPTED, on=day)


def test_nobody_is_asked_without_the_persons_yes():
    check_made(organisation="Choir", yes_words="Yes please.", made_on=TODAY, today=TODAY)
    with pytest.raises(Invalid) as refused:
        check_made(organisation=" ", yes_words="", made_on=TODAY + timedelta(days=1), today=TODAY)
    assert [p.field for p in refused.value.problems] == ["organisation", "yes_words", "made_on"]
