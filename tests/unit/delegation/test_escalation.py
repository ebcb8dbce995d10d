"""Who is told of a reading out of range, when; by day, by night, over the clock change, after a standstill."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from careplan.delegation.domain.escalation import EVERYBODY, next_at, told_by
from careplan.delegation.domain.ladder import EscalationStep, When

NURSE = EscalationStep(1, "Grace", "01632 960 401", 30, When.IN_HOURS, uuid4())
NIGHT = EscalationStep(2, "Night team", "01632 960 499", 20, When.OUT_OF_HOURS)
DOCTOR = EscalationStep(3, "Out of hours GP", "111", 60, When.ALWAYS)
LADDER = (NURSE, NIGHT, DOCTOR)
MONDAY_TEN = datetime(2026, 11, 23, 10, tzinfo=UTC)
SATURDAY_NIGHT = datetime(2026, 10, 24, 23, 50, tzinfo=UTC)  # 00:50 in summer time; an hour comes twice that night


def told(raised_at, minutes, answered=None, holidays=frozenset()):
    now = raised_at + timedelta(minutes=minutes)
    answered_at = raised_at + timedelta(minutes=answered) if answered is not None else None
    found = told_by(LADDER, raised_at=raised_at, now=now, holidays=holidays, answered_at=answered_at)
    return [(t.position, round((t.at - raised_at).total_seconds() / 60)) for t in found]


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [
        (0, [(1, 0)]),
        (29, [(1, 0)]),
        (30, [(1, 0), (3, 30)]),
        (59, [(1, 0), (3, 30)]),
        (60, [(1, 0), (3, 30), (EVERYBODY, 60)]),
        (10_000, [(1, 0), (3, 30), (EVERYBODY, 60)]),  # after a standstill: the same, at the same instants
    ],
)
def test_by_day_each_is_told_when_nobody_before_has_answered_in_time(minutes, expected):
    assert told(MONDAY_TEN, minutes) == expected


def test_an_answer_stops_it():
    assert told(MONDAY_TEN, 600, answered=30) == [(1, 0)]
    assert told(MONDAY_TEN, 600, answered=31) == [(1, 0), (3, 30)]


def test_by_night_and_on_a_bank_holiday_it_begins_with_who_is_there():
    assert told(SATURDAY_NIGHT, 5)[0] == (2, 0)
    assert told(MONDAY_TEN, 5, holidays={MONDAY_TEN.date()})[0] == (2, 0)


def test_the_hour_that_comes_twice_gives_nobody_an_hour_more():
    assert told(SATURDAY_NIGHT, 120) == [(2, 0), (3, 20), (EVERYBODY, 60)]


def test_what_is_raised_by_day_and_runs_into_the_evening_reaches_who_is_there_then():
    closing = datetime(2026, 11, 23, 18, 10, tzinfo=UTC)

    assert told(closing, 40) == [(1, 0), (2, 30), (3, 30)]


def test_a_ladder_that_reaches_nobody_tells_everybody_at_once():
    found = told_by((NURSE,), raised_at=SATURDAY_NIGHT, now=SATURDAY_NIGHT, holidays=())

    assert [t.position for t in found] == [EVERYBODY]


def test_the_next_is_told_at_a_known_instant_until_everybody_knows():
    first = told_by(LADDER, raised_at=MONDAY_TEN, now=MONDAY_TEN, holidays=())
    last = told_by(LADDER, raised_at=MONDAY_TEN, now=MONDAY_TEN + timedelta(hours=2), holidays=())

    assert next_at(LADDER, raised_at=MONDAY_TEN, told=first) == MONDAY_TEN + timedelta(minutes=30)
    assert next_at(LADDER, raised_at=MONDAY_TEN, told=last) is None
