"""Who may do an activity until when, and what a new instruction changes."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from careplan.delegation.domain.changes import Change, compare, said
from careplan.delegation.domain.delegation import Event, NormalRange, Reach
from careplan.delegation.domain.ladder import EscalationStep, When
from careplan.delegation.domain.stopping import Cause, contact_at, has_other_equipment, sentence
from careplan.delegation.domain.workers import (
    Preparation,
    PreparationKind,
    is_uncovered,
    last_day,
    ready_workers,
    standings_of,
    warning_due,
)
from careplan.kernel.ids import new_id
from tests.unit.delegation.test_authority import (
    ACTIVE,
    NURSE,
    OTHER_WORKER,
    WORKER,
    competence,
    delegation,
    instruction,
    step,
)

NOON = datetime(2026, 6, 10, 11, tzinfo=UTC)
TRAINED, OBSERVED = PreparationKind.TRAINED, PreparationKind.OBSERVED


def standing(**changes):
    (found,) = standings_of(delegation(competences=(competence(**changes),)), NOON)
    return found


@pytest.mark.parametrize(
    ("ends_on", "stands", "days_left", "soon"),
    [
        (date(2026, 6, 9), False, None, False),
        (date(2026, 6, 10), True, 0, True),
        (date(2026, 7, 8), True, 28, True),
        (date(2026, 7, 9), True, 29, False),
    ],
)
def test_a_worker_stands_to_the_last_day(ends_on, stands, days_left, soon):
    found = standing(ends_on=ends_on)

    assert (found.stands, found.days_left, found.ends_soon) == (stands, days_left, soon)


@pytest.mark.parametrize(
    ("changes", "suspended", "waits"),
    [
        ({"suspended_at": NOON - timedelta(hours=1)}, True, False),
        ({"suspended_at": NOON + timedelta(hours=1)}, False, False),
        ({"accepted_at": None}, False, True),
        ({"declined_at": NOON}, False, False),
    ],
)
def test_what_a_worker_waits_for(changes, suspended, waits):
    found = standing(**changes)

    assert (found.is_suspended, found.waits_for_worker) == (suspended, waits)


def test_a_worker_confirmed_again_stands_by_the_newer_competence():
    old = competence(suspended_at=NOON - timedelta(days=2))
    new = replace(
        competence(), id=new_id(), confirms=old.id, assessed_at=NOON - timedelta(days=1), ends_on=date(2026, 12, 31)
    )

    (found,) = standings_of(delegation(competences=(old, new)), NOON)

    assert (found.stands, found.competence.id) == (True, new.id)


def test_an_activity_that_nobody_may_do_is_uncovered_once_the_provider_has_accepted():
    taken_on = delegation(competences=())
    assert is_uncovered(taken_on, NOON)
    assert is_uncovered(delegation(instructions=(instruction(1), instruction(2, days=5))), NOON)
    assert not is_uncovered(delegation(), NOON)
    assert not is_uncovered(replace(taken_on, steps=()), NOON)
    assert not is_uncovered(replace(taken_on, steps=(*ACTIVE, step(Event.WITHDRAW, days=3))), NOON)


@pytest.mark.parametrize(
    ("left", "due"), [(29, None), (28, 28), (15, 28), (14, 14), (8, 14), (7, 7), (0, 7), (-1, None)]
)
def test_it_is_told_28_14_and_7_days_ahead(left, due):
    assert warning_due(left) == due


def test_the_last_day_is_the_earliest_that_stops_it():
    given, own = delegation(ends_on=date(2026, 8, 1)), competence(ends_on=date(2026, 9, 1))

    assert last_day(given, own) == date(2026, 8, 1)
    assert last_day(given, replace(own, declined_at=NOON)) == date(2026, 6, 10)


def prepared(kind, day, *, worker=WORKER, version=1):
    return Preparation(new_id(), worker, kind, version, day, "Ann Lee", "", NURSE, NOON)


@pytest.mark.parametrize(
    ("rows", "ready"),
    [
        ([prepared(TRAINED, date(2026, 6, 1)), prepared(OBSERVED, date(2026, 6, 1))], True),
        ([prepared(TRAINED, date(2026, 6, 2)), prepared(OBSERVED, date(2026, 6, 1))], False),
        ([prepared(TRAINED, date(2026, 6, 1))], False),
        ([prepared(OBSERVED, date(2026, 6, 1))], False),
        ([prepared(TRAINED, date(2026, 6, 1)), prepared(OBSERVED, date(2026, 6, 1), worker=OTHER_WORKER)], False),
        ([prepared(TRAINED, date(2026, 6, 1)), prepared(OBSERVED, date(2026, 6, 1), version=2)], False),
    ],
)
def test_a_worker_is_trained_and_then_observed_in_the_same_version(rows, ready):
    assert (WORKER in ready_workers(rows, 1)) is ready


def test_what_changed_stands_side_by_side():
    before = instruction(1)
    after = replace(before, steps=("Warm her hand.", *before.steps), equipment="A new meter")

    steps, ranges, record, equipment = compare(before, after)

    assert steps.lines[0] == Change(None, "Warm her hand.")
    assert [line.is_other for line in steps.lines[1:]] == [False] * len(before.steps)
    assert (ranges.is_other, record.is_other, equipment.is_other) == (False, False, True)


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (Decimal(92), Decimal(100), "Oxygen: 92 to 100 %"),
        (Decimal(92), None, "Oxygen: at least 92 %"),
        (None, Decimal(100), "Oxygen: at most 100 %"),
        (None, None, "Oxygen: any, in %"),
    ],
)
def test_a_range_is_said_in_words(low, high, words):
    assert said(NormalRange("oxygen", "%", low, high)) == words


@pytest.mark.parametrize(("typed", "other"), [("The  METER ", False), ("the meter", False), ("Another meter", True)])
def test_other_equipment_is_more_than_other_spaces(typed, other):
    assert has_other_equipment(replace(instruction(1), equipment="The meter"), typed) is other


def test_the_contact_is_that_of_the_hour():
    night = NOON.replace(hour=22)
    given = replace(delegation(), reach=Reach(in_hours="Grace, 300", out_of_hours="Night nurses, 301"))
    ladder = (EscalationStep(1, "111", "111", 30, When.ALWAYS),)

    assert [contact_at(given, at, holidays=()) for at in (NOON, night)] == ["Grace, 300", "Night nurses, 301"]
    assert contact_at(replace(delegation(), ladder=ladder), night, holidays=()) == "111, 111"
    assert contact_at(delegation(), night, holidays=()) == ""


def test_every_cause_is_a_sentence():
    assert all(sentence(cause, "Joy Mensah").endswith(".") for cause in Cause)
    assert sentence(Cause.WORKER_LEFT, None) == "A worker has left."
