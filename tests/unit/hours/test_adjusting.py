"""What the provider may change by itself: two limits, the smaller binds, ups and downs each for themselves."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from careplan.hours.domain.adjusting import (
    Adjustment,
    AnsweredAs,
    Answerer,
    CannotAdjust,
    LacksCapacity,
    Lasting,
    Limit,
    Room,
    Standing,
    Wanted,
    answers_as,
    counts_from,
    judge,
    room_left,
)
from careplan.hours.domain.deciding import NotYours
from careplan.hours.domain.terms import AdjustmentTerms, Direction, Funder, NamedOutcome
from careplan.kernel.ids import new_id
from careplan.kernel.minutes import Minutes
from tests.factories.hours import FIRST_DAY, NOW, make_terms

GARDEN = NamedOutcome(new_id(), "I want to walk to the garden")
TODAY = date(2026, 11, 18)  # a Wednesday in week 2
TERMS = make_terms(
    adjustment=AdjustmentTerms(Direction.BOTH, 10, Minutes(240)), outcomes=(GARDEN,), weekly_floor=Minutes(300)
)


def wanted(minutes: int, **said: object) -> Wanted:
    usual = Wanted(new_id(), minutes, GARDEN.id, "She walks with help", Lasting.THIS_PERIOD, "She said yes on the day")
    return replace(usual, **said)  # type: ignore[arg-type]  # any field may be said otherwise


def made(minutes: int, standing: Standing = Standing.IN_FORCE, outside: Limit | None = None) -> Adjustment:
    return Adjustment(
        new_id(), TERMS.person_id, TERMS.plan_id, TERMS.plan_version_id, Funder.COUNCIL, minutes, Lasting.THIS_PERIOD,
        GARDEN.words, "Why", outside, standing, "", new_id(), NOW, new_id(), NOW, "", FIRST_DAY,
    )  # fmt: skip


def limit_of(minutes: int, *, terms=TERMS, before=(), **said: object) -> Limit | None:
    return judge(wanted(minutes, **said), terms=terms, adjustments=before, today=TODAY)


class TestRoomLeft:
    @pytest.mark.parametrize(
        ("direction", "percent", "minutes", "room"),
        [
            (Direction.BOTH, 10, 240, (240, 240)),  # 10% of 3,600 is 360: the minutes bind
            (Direction.BOTH, 5, 240, (180, 180)),  # 5% is 180: the percentage binds
            (Direction.DOWN, 10, 240, (0, 240)),
            (Direction.NONE, 10, 240, (0, 0)),
        ],
    )
    def test_the_smaller_of_the_two_limits_binds(self, direction, percent, minutes, room):
        terms = replace(TERMS, adjustment=AdjustmentTerms(direction, percent, Minutes(minutes)))

        assert room_left(terms, []) == Room(*(Minutes(m) for m in room))

    def test_120_up_and_then_120_down_uses_120_of_each(self):
        assert room_left(TERMS, [made(120), made(-120)]) == Room(Minutes(120), Minutes(120))

    def test_requests_and_what_was_declined_or_taken_back_use_none(self):
        before = [
            made(120, outside=Limit.TOO_MUCH), made(-60, Standing.DECLINED), made(-60, Standing.TAKEN_BACK),
            replace(made(100), plan_version_id=new_id()),
        ]  # fmt: skip

        assert room_left(TERMS, before) == Room(Minutes(240), Minutes(240))

    def test_a_decrease_that_waits_for_the_person_uses_its_room(self):
        assert room_left(TERMS, [made(-100, Standing.WAITS_FOR_PERSON)]).down == 140


class TestJudge:
    def test_inside_is_inside_to_the_minute(self):
        assert (limit_of(240), limit_of(241)) == (None, Limit.TOO_MUCH)
        assert (limit_of(120, before=[made(120)]), limit_of(121, before=[made(120)])) == (None, Limit.TOO_MUCH)

    def test_outside_the_direction_becomes_a_request(self):
        down = replace(TERMS, adjustment=AdjustmentTerms(Direction.DOWN, 10, Minutes(240)))

        assert (limit_of(10, terms=down), limit_of(-10, terms=down)) == (Limit.DIRECTION, None)

    def test_a_week_never_falls_below_what_is_tied_to_needs(self):
        # It would count from week 3, of 1,200 minutes.
        tight = replace(TERMS, weekly_floor=Minutes(1100))

        assert (limit_of(-100, terms=tight), limit_of(-101, terms=tight)) == (None, Limit.BELOW_FLOOR)
        in_week_three = replace(made(-60), starts_on=FIRST_DAY + timedelta(days=14))
        assert limit_of(-41, terms=tight, before=[in_week_three]) is Limit.BELOW_FLOOR

    def test_a_plan_that_does_not_say_what_is_tied_to_needs_lets_nobody_cut(self):
        assert limit_of(-10, terms=replace(TERMS, weekly_floor=None)) is Limit.FLOOR_UNKNOWN

    def test_hours_are_never_made_fewer_for_somebody_who_cannot_decide(self):
        theirs = replace(TERMS, person_decides=False)

        assert limit_of(60, terms=theirs) is None
        with pytest.raises(LacksCapacity):
            limit_of(-60, terms=theirs)

    @pytest.mark.parametrize(
        ("field", "said"),
        [
            ("minutes", {"minutes": 0}),
            ("reason", {"reason": " "}),
            ("outcome", {"outcome_id": new_id()}),
            ("person_said", {"person_said": ""}),
        ],
    )
    def test_says_what_is_missing(self, field, said):
        with pytest.raises(CannotAdjust) as refused:
            judge(replace(wanted(60), **said), terms=TERMS, adjustments=(), today=TODAY)

        assert [p.field for p in refused.value.problems] == [field]


class TestCountsFrom:
    def test_an_increase_is_funded_from_tomorrow_a_decrease_from_the_next_week_boundary(self):
        assert counts_from(60, terms=TERMS, agreed_on=TODAY) == date(2026, 11, 19)
        assert counts_from(-60, terms=TERMS, agreed_on=TODAY) == date(2026, 11, 23)
        # Said on the last day of a week, it counts from the day after, which begins the next.
        assert counts_from(-60, terms=TERMS, agreed_on=date(2026, 11, 22)) == date(2026, 11, 23)


PERSON, COUNCIL = Answerer(is_person=True), Answerer(is_council=True)
ATTORNEY = Answerer(has_authority=True, others_have_authority=True)
COUNCIL_BESIDE_ATTORNEY = Answerer(is_council=True, others_have_authority=True)


@pytest.mark.parametrize(
    ("who", "decided_for", "answered_as"),
    [
        (PERSON, False, AnsweredAs.PERSON),
        (COUNCIL, False, AnsweredAs.PERSON),
        (ATTORNEY, False, None),
        (PERSON, True, None),
        (ATTORNEY, True, AnsweredAs.REPRESENTATIVE),
        (COUNCIL, True, AnsweredAs.BEST_INTERESTS),
        (COUNCIL_BESIDE_ATTORNEY, True, None),
    ],
)
def test_less_time_is_answered_by_the_person_or_by_whoever_may_decide_for_them(who, decided_for, answered_as):
    if answered_as is None:
        with pytest.raises(NotYours):
            answers_as(who, decided_for=decided_for)
    else:
        assert answers_as(who, decided_for=decided_for) is answered_as
