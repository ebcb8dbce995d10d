"""Messages say nothing of anyone, wait longer each time, and are given up for good reason only."""

from datetime import UTC, datetime, timedelta

import pytest

from careplan.kernel.errors import Invalid
from careplan.kernel.transitions import NotNow, advance
from careplan.notices.domain.message import (
    LOOKS,
    TRANSITIONS,
    WAITS,
    WORDS,
    Channel,
    MessageState,
    Step,
    checked_preference,
    is_final,
    next_look,
    next_try,
)

NOW = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)


def test_the_words_hold_an_address_and_nothing_else_that_differs():
    assert WORDS.replace("{address}", "") == "There is something new in a care plan. Sign in to read it: "


class TestNextTry:
    def test_waits_longer_each_time_and_then_gives_up(self):
        waits = [next_try(attempts=n, now=NOW) for n in range(1, len(WAITS) + 2)]

        assert [w - NOW for w in waits[:-1]] == [timedelta(minutes=m) for m in (1, 5, 15, 60, 240, 720)]
        assert waits[-1] is None


class TestNextLook:
    def test_asks_until_notify_has_given_up_itself_which_takes_three_days(self):
        looks = [next_look(looks=n, now=NOW) for n in range(len(LOOKS) + 1)]

        assert looks[-1] is None
        assert timedelta(days=3) < sum((w - NOW for w in looks[:-1]), timedelta()) < timedelta(days=4)


@pytest.mark.parametrize(
    ("status", "final"),
    [(400, True), (404, True), (401, False), (403, False), (408, False), (429, False), (500, False), (503, False)],
)
def test_only_an_answer_that_stays_as_it_is_is_final(status, final):
    assert is_final(status) is final


class TestTransitions:
    @pytest.mark.parametrize("state", [MessageState.KEPT, MessageState.DELIVERED])
    def test_nothing_happens_to_what_has_ended_or_is_only_kept(self, state):
        for step in Step:
            with pytest.raises(NotNow):
                advance(TRANSITIONS, state, step)

    def test_what_failed_can_only_be_sent_again(self):
        assert advance(TRANSITIONS, MessageState.FAILED, Step.AGAIN) is MessageState.WAITING
        for step in set(Step) - {Step.AGAIN}:
            with pytest.raises(NotNow):
                advance(TRANSITIONS, MessageState.FAILED, step)
        for state in set(MessageState) - {MessageState.FAILED}:
            with pytest.raises(NotNow):
                advance(TRANSITIONS, state, Step.AGAIN)

    def test_what_was_handed_over_is_not_claimed_again(self):
        with pytest.raises(NotNow):
            advance(TRANSITIONS, MessageState.SENT, Step.CLAIM)


class TestCheckedPreference:
    def test_keeps_what_is_known_whatever_was_chosen(self):
        kept = checked_preference(channel=None, email=" jean@example.org ", mobile="07700 900123")

        assert (kept.channel, kept.email, kept.mobile) == (None, "jean@example.org", "+447700900123")

    @pytest.mark.parametrize(
        ("channel", "email", "mobile", "field"),
        [
            (Channel.EMAIL, "", "07700 900123", "email"),
            (Channel.EMAIL, "jean at home", "", "email"),
            (Channel.TEXT, "jean@example.org", "", "mobile"),
            (Channel.TEXT, "", "01632 960001", "mobile"),
            (None, "jean", "", "email"),
        ],
    )
    def test_says_what_to_mend(self, channel, email, mobile, field):
        with pytest.raises(Invalid) as refused:
            checked_preference(channel=channel, email=email, mobile=mobile)

        assert [p.field for p in refused.value.problems] == [field]
