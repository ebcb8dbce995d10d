"""Who is told of what, and in which order."""

from datetime import UTC, datetime, timedelta

import pytest

from careplan.kernel.ids import new_id
from careplan.plans.domain.content import Rank
from careplan.visits.domain.alert import Alert, AlertKind, by_urgency, is_doubtful, tells_contact

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("kind", "rank", "told"),
    [
        (AlertKind.MISSED, Rank.LOW, True),
        (AlertKind.MISSED, Rank.HIGH, True),
        (AlertKind.NO_START, Rank.HIGH, True),
        (AlertKind.NO_START, Rank.MEDIUM, False),
        (AlertKind.NO_REPLY, Rank.HIGH, True),
        (AlertKind.NO_REPLY, Rank.LOW, False),
        (AlertKind.LATE, Rank.HIGH, False),
    ],
)
def test_the_contact_is_told_of_what_was_missed_and_at_once_where_it_is_dangerous(kind, rank, told):
    assert tells_contact(kind=kind, rank=rank) is told


@pytest.mark.parametrize(
    ("minutes", "doubtful"), [([0], False), ([5], False), ([5.1], True), ([-6], True), ([0, 7], True), ([], False)]
)
def test_a_clock_leaves_doubt_beyond_five_minutes(minutes, doubtful):
    assert is_doubtful(timedelta(minutes=m) for m in minutes) is doubtful


def test_the_most_dangerous_comes_first_then_the_oldest():
    def alert(rank, minutes):
        at = NOON + timedelta(minutes=minutes)
        return Alert(new_id(), new_id(), new_id(), new_id(), AlertKind.NO_START, rank, "", "", False, False, at)

    low, old, young, medium = alert(Rank.LOW, 0), alert(Rank.HIGH, 1), alert(Rank.HIGH, 2), alert(Rank.MEDIUM, 0)

    assert by_urgency([low, young, medium, old]) == [old, young, medium, low]
