"""On which days a pattern brings a visit."""

from datetime import date, time, timedelta

import pytest

from careplan.kernel.errors import Invalid
from careplan.kernel.minutes import Minutes, elapsed
from careplan.visits.domain.pattern import Wanted, check_wanted, days_of, days_words, horizon, span_on, weeks_words

# The service begins on a Monday: its bank weeks and those of the calendar are the same.
BEGAN = date(2026, 11, 2)


def wanted(**said):
    usual = {"days": frozenset({0, 3}), "at": time(8), "minutes": Minutes(45), "from_day": BEGAN, "until": None}
    return Wanted(**{**usual, **said})


def days(pattern, *, first=BEGAN, last=date(2026, 11, 29), began=BEGAN):
    return [d.day for d in days_of(pattern, service_starts_on=began, first=first, last=last)]


class TestDaysOf:
    @pytest.mark.parametrize(
        ("said", "expected"),
        [
            ({}, [2, 5, 9, 12, 16, 19, 23, 26]),
            ({"weeks": frozenset({1, 3})}, [2, 5, 16, 19]),
            ({"weeks": frozenset({4}), "days": frozenset({6})}, [29]),
            ({"until": date(2026, 11, 12)}, [2, 5, 9, 12]),
            ({"from_day": date(2026, 11, 10)}, [12, 16, 19, 23, 26]),
        ],
    )
    def test_are_those_chosen_in_the_weeks_chosen(self, said, expected):
        assert days(wanted(**said)) == expected

    def test_none_lies_before_the_service_began(self):
        assert days(wanted(), began=date(2026, 11, 5)) == [5, 9, 12, 16, 19, 23, 26]

    def test_weeks_are_those_of_the_bank_not_of_the_calendar(self):
        assert days(wanted(weeks=frozenset({1})), began=date(2026, 11, 5)) == [5, 9]

    def test_go_on_into_the_next_period_from_its_first_week(self):
        found = days(wanted(weeks=frozenset({1})), first=date(2026, 11, 30), last=date(2026, 12, 27))

        assert found == [30, 3]


class TestHorizon:
    @pytest.mark.parametrize(
        ("today", "last"),
        [
            (date(2026, 11, 2), date(2026, 12, 27)),
            (date(2026, 11, 29), date(2026, 12, 27)),
            (date(2026, 11, 30), date(2027, 1, 24)),
            (date(2026, 10, 1), date(2026, 12, 27)),
        ],
    )
    def test_is_the_last_day_of_the_period_after_this(self, today, last):
        assert horizon(service_starts_on=BEGAN, today=today) == last


@pytest.mark.parametrize(("evening", "minutes"), [(date(2026, 10, 24), 540), (date(2026, 3, 28), 540)])
def test_a_night_lasts_as_long_as_planned_though_the_clocks_change(evening, minutes):
    span = span_on(wanted(at=time(22), minutes=Minutes(540)), evening)

    assert elapsed(span.start, span.end) == minutes


def test_one_visit_may_begin_when_the_other_ends():
    first, second = span_on(wanted(), BEGAN), span_on(wanted(at=time(8, 45)), BEGAN)

    assert not first.overlaps(second)
    assert first.overlaps(span_on(wanted(at=time(8, 44)), BEGAN))


class TestCheckWanted:
    @pytest.mark.parametrize(
        ("said", "field"),
        [
            ({"days": frozenset()}, "days"),
            ({"weeks": frozenset()}, "weeks"),
            ({"minutes": Minutes(0)}, "minutes"),
            ({"minutes": Minutes(1441)}, "minutes"),
            ({"workers_needed": 5}, "workers_needed"),
            ({"window": Minutes(46)}, "window"),
            ({"until": BEGAN - timedelta(days=1)}, "until"),
        ],
    )
    def test_names_the_field(self, said, field):
        with pytest.raises(Invalid) as refused:
            check_wanted(wanted(**said))

        assert [p.field for p in refused.value.problems] == [field]


@pytest.mark.parametrize(
    ("chosen", "words"),
    [(range(7), "every day"), (range(5), "Monday to Friday"), ({0, 3}, "Monday and Thursday"), ({5}, "Saturday")],
)
def test_days_are_said_as_people_say_them(chosen, words):
    assert days_words(chosen) == words


@pytest.mark.parametrize(("chosen", "words"), [({1, 2, 3, 4}, ""), ({2}, "in week 2"), ({1, 3}, "in weeks 1 and 3")])
def test_weeks_are_said_only_where_they_differ(chosen, words):
    assert weeks_words(chosen) == words
