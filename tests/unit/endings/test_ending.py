"""What an ending needs, and until when each relationship stands once care has ended."""

from datetime import UTC, datetime, timedelta

import pytest

from careplan.access.domain.policy import Kind
from careplan.endings.domain.effect import Effect, Outcome, What, said, said_after
from careplan.endings.domain.ending import (
    STAYS,
    EndingKind,
    NewEnding,
    WrongEnding,
    access_until,
    check_new,
)
from careplan.kernel.ids import new_id

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
MIDNIGHT = datetime(2026, 11, 22, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
BEGUN = NOON - 100 * DAY


def an_ending(kind: EndingKind = EndingKind.DIED, **said: object) -> NewEnding:
    usual = {"kind": kind, "ends_at": NOON - HOUR, "told_by": "Helen, her daughter"}
    return NewEnding(**{**usual, **said})  # type: ignore[arg-type]  # a test names fields as it likes


class TestCheckNew:
    @pytest.mark.parametrize(
        "said",
        [
            an_ending(),
            an_ending(EndingKind.CARE_HOME, moved_to="The Limes, Northbridge", ends_at=NOON + 14 * DAY),
            an_ending(EndingKind.MOVED_AWAY, moved_to="Her son's in Leeds"),
            an_ending(EndingKind.WITHDRAWN, capacity="She told me why, and what she will do instead."),
        ],
    )
    def test_takes_what_is_whole(self, said):
        check_new(said, now=NOON, known_since=BEGUN)

    @pytest.mark.parametrize(
        ("said", "field"),
        [
            (an_ending(ends_at=NOON + HOUR), "day"),
            (an_ending(ends_at=BEGUN - DAY), "day"),
            (an_ending(EndingKind.MOVED_AWAY, moved_to="Leeds", ends_at=NOON + 85 * DAY), "day"),
            (an_ending(told_by="  "), "told_by"),
            (an_ending(EndingKind.CARE_HOME), "moved_to"),
            (an_ending(EndingKind.MOVED_AWAY), "moved_to"),
            (an_ending(EndingKind.WITHDRAWN), "capacity"),
        ],
    )
    def test_says_which_part_to_mend(self, said, field):
        with pytest.raises(WrongEnding) as refused:
            check_new(said, now=NOON, known_since=BEGUN)

        assert [p.field for p in refused.value.problems] == [field]

    def test_says_everything_at_once(self):
        with pytest.raises(WrongEnding) as refused:
            check_new(an_ending(EndingKind.CARE_HOME, told_by="", ends_at=BEGUN - DAY), now=NOON, known_since=BEGUN)

        assert {p.field for p in refused.value.problems} == {"day", "told_by", "moved_to"}


class TestAccessUntil:
    def test_has_an_answer_for_every_kind_of_relationship(self):
        assert set(STAYS) == set(Kind)

    @pytest.mark.parametrize("kind", [Kind.PACKAGE, Kind.ROUND, Kind.DELEGATION, Kind.REFERRAL, Kind.SHARING])
    @pytest.mark.parametrize("ending", list(EndingKind))
    def test_ends_the_same_day_for_whoever_gave_care(self, ending, kind):
        assert access_until(kind=ending, ends_at=NOON - HOUR, now=NOON)[kind] == MIDNIGHT

    @pytest.mark.parametrize("ending", list(EndingKind))
    def test_leaves_the_council_what_it_needs_to_close_the_case(self, ending):
        assert not {Kind.CASELOAD, Kind.TEAM} & set(access_until(kind=ending, ends_at=NOON, now=NOON))

    @pytest.mark.parametrize(
        ("ending", "kind", "until"),
        [
            (EndingKind.CARE_HOME, Kind.SELF, None),
            (EndingKind.CARE_HOME, Kind.AUTHORITY, None),
            (EndingKind.CARE_HOME, Kind.CARER, MIDNIGHT + 56 * DAY),
            (EndingKind.DIED, Kind.SELF, MIDNIGHT),
            (EndingKind.DIED, Kind.AUTHORITY, MIDNIGHT + 56 * DAY),
            (EndingKind.DIED, Kind.CARER, MIDNIGHT + 56 * DAY),
        ],
    )
    def test_lets_the_family_read_how_it_ended(self, ending, kind, until):
        assert access_until(kind=ending, ends_at=NOON, now=NOON).get(kind) == until

    @pytest.mark.parametrize(
        ("ends_at", "day_after"),
        [
            (NOON - 3 * DAY, MIDNIGHT),
            (NOON + 10 * DAY, MIDNIGHT + 10 * DAY),
            (datetime(2026, 11, 21, 23, 59, 59, tzinfo=UTC), MIDNIGHT),
        ],
    )
    def test_counts_the_day_of_the_ending_or_of_its_recording_if_later(self, ends_at, day_after):
        found = access_until(kind=EndingKind.MOVED_AWAY, ends_at=ends_at, now=NOON)

        assert found[Kind.PACKAGE] == day_after

    def test_counts_days_by_londons_clocks(self):
        late_in_june = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)  # half past midnight in London

        found = access_until(kind=EndingKind.DIED, ends_at=late_in_june, now=late_in_june)

        assert found[Kind.PACKAGE] == datetime(2026, 7, 1, 23, tzinfo=UTC)


class TestWords:
    def test_say_what_ended(self):
        effects = [Effect(What.PLAN, new_id()), *(Effect(What.VISIT, new_id()) for _ in range(12))]

        assert said(effects) == ["the plan", "12 planned visits"]

    def test_say_what_became_of_it(self):
        effects = [
            Effect(What.PLAN, new_id(), outcome=Outcome.BACK),
            Effect(What.VISIT, new_id(), outcome=Outcome.BACK),
            Effect(What.VISIT, new_id(), outcome=Outcome.TOO_LATE),
            Effect(What.MEMBER, new_id(), outcome=Outcome.BACK),
        ]

        assert said_after(effects) == [
            "As before: the plan and 1 planned visit.",
            "Called off for good, for the time has passed: 1 planned visit.",
        ]
