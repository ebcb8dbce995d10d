"""A version's state follows from what happened, and when."""

from datetime import UTC, date, datetime, timedelta

import pytest

from careplan.plans.domain.content import PlanKind
from careplan.plans.domain.state import Lapsed, Party, VersionFacts, in_force_from, states_at

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
ALL = dict.fromkeys(Party, NOON)


def facts(number=1, **said):
    usual = {"starts_on": date(2026, 11, 21), "proposed_at": NOON - DAY, "settled": ALL}
    return VersionFacts(number=number, **{**usual, **said})


@pytest.mark.parametrize(
    ("said", "at", "state"),
    [
        ({"proposed_at": None, "settled": {}}, NOON, "draft"),
        ({"settled": {}}, NOON, "proposed"),
        ({"settled": {Party.COUNCIL: NOON, Party.PROVIDER: NOON}}, NOON, "proposed"),
        ({}, NOON - HOUR, "proposed"),
        ({}, NOON, "in_force"),
        ({"starts_on": date(2026, 11, 22)}, NOON, "agreed"),
        ({"starts_on": date(2026, 11, 22)}, datetime(2026, 11, 22, tzinfo=UTC), "in_force"),
        ({"starts_on": date(2026, 6, 1)}, datetime(2026, 11, 21, 11, 59, tzinfo=UTC), "proposed"),
        ({"withdrawn_at": NOON, "settled": {}}, NOON, "withdrawn"),
        ({"withdrawn_at": NOON + HOUR, "settled": {}}, NOON, "proposed"),
        ({"kind": PlanKind.INTERIM, "settled": {Party.COUNCIL: NOON, Party.PROVIDER: NOON}}, NOON, "in_force"),
        ({"kind": PlanKind.INTERIM, "settled": {Party.COUNCIL: NOON, Party.PERSON: NOON}}, NOON, "proposed"),
    ],
)
def test_one_version(said, at, state):
    assert states_at([facts(**said)], at=at) == {1: state}


def test_it_counts_from_the_later_of_its_first_day_and_the_last_agreement():
    late = {**ALL, Party.PERSON: NOON + DAY}

    assert in_force_from(facts(settled=late)) == NOON + DAY
    assert in_force_from(facts(starts_on=date(2027, 6, 1))) == datetime(2027, 5, 31, 23, tzinfo=UTC)


def test_a_version_stays_in_force_while_the_next_is_written_and_signed():
    second = facts(2, settled={Party.COUNCIL: NOON, Party.PROVIDER: NOON})

    assert states_at([facts(), second], at=NOON) == {1: "in_force", 2: "proposed"}


def test_the_next_version_replaces_it_on_its_own_day():
    second = facts(2, starts_on=date(2026, 12, 1))

    assert states_at([facts(), second], at=NOON) == {1: "in_force", 2: "agreed"}
    assert states_at([facts(), second], at=NOON + 20 * DAY) == {1: "superseded", 2: "in_force"}


def test_a_later_version_that_starts_sooner_leaves_no_room_for_the_one_before():
    second, third = facts(2, starts_on=date(2026, 12, 1)), facts(3, starts_on=date(2026, 11, 25))

    assert states_at([facts(), second, third], at=NOON + 30 * DAY) == {
        1: "superseded",
        2: "superseded",
        3: "in_force",
    }


def test_an_ending_ends_what_was_in_force():
    assert states_at([facts()], at=NOON + HOUR, ended_at=NOON + HOUR) == {1: "ended"}
    assert states_at([facts()], at=NOON, ended_at=NOON + HOUR) == {1: "in_force"}


TAKEN_BACK = (Lapsed(Party.PERSON, NOON, NOON + HOUR),)
OTHERS = {Party.COUNCIL: NOON - HOUR, Party.PROVIDER: NOON - HOUR}


class TestYesThatWasTakenBack:
    """It stood until it was taken back, and not from then on."""

    @pytest.mark.parametrize(
        ("at", "state"),
        [
            (NOON - timedelta(seconds=1), "proposed"),
            (NOON, "agreed"),
            (NOON + HOUR - timedelta(seconds=1), "agreed"),
            (NOON + HOUR, "proposed"),
        ],
    )
    def test_counts_while_it_stood(self, at, state):
        one = facts(starts_on=date(2026, 11, 30), settled=OTHERS, lapsed=TAKEN_BACK)

        assert states_at([one], at=at) == {1: state}

    def test_leaves_room_for_a_later_one(self):
        again = {**OTHERS, Party.PERSON: NOON + 2 * HOUR}
        one = facts(settled=again, lapsed=TAKEN_BACK)

        assert states_at([one], at=NOON + 90 * timedelta(minutes=1)) == {1: "proposed"}
        assert states_at([one], at=NOON + 2 * HOUR) == {1: "in_force"}
        assert in_force_from(one) == NOON + 2 * HOUR


@pytest.mark.parametrize(
    "said",
    [
        {"starts_on": date(2026, 12, 1)},
        {"settled": {Party.COUNCIL: NOON, Party.PROVIDER: NOON}},
        {"proposed_at": None, "settled": {}},
        {"settled": {**ALL, Party.PERSON: NOON + 2 * HOUR}},
    ],
)
def test_what_had_not_come_into_force_when_the_plan_ended_never_does(said):
    second = facts(2, **said)

    for later in (HOUR, 3 * HOUR, 30 * DAY):
        assert states_at([facts(), second], at=NOON + later, ended_at=NOON + HOUR) == {1: "ended", 2: "never_began"}


def test_a_version_replaced_before_the_end_stays_replaced():
    ended = {"at": NOON + 30 * DAY, "ended_at": NOON + DAY}

    assert states_at([facts(), facts(2)], **ended) == {1: "superseded", 2: "ended"}
    assert states_at([facts(starts_on=date(2027, 1, 1))], **ended) == {1: "never_began"}
