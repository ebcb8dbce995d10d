"""People who do not exist, and how many of everything serve them."""

from datetime import date
from itertools import islice

import pytest

from careplan.people.domain.nhs_number import checked_nhs_number
from careplan.seeding import invented
from careplan.seeding.agreed import weekly_minutes
from careplan.seeding.size import Size, TooMany

TODAY = date(2026, 11, 27)


def test_nhs_numbers_are_of_the_range_for_tests_and_pass_their_check():
    some = list(islice(invented.nhs_numbers(), 2_000))

    assert len(set(some)) == 2_000
    assert all(n.startswith("999") and checked_nhs_number(n) == n for n in some)


def test_the_same_seed_makes_the_same_people_and_another_makes_others():
    first, again, other = (list(invented.people(40, seed=s, today=TODAY)) for s in (1, 1, 2))

    assert first == again
    assert first != other


def test_a_county_of_2471_people_draws_about_39_000_hours_a_week():
    daily = sum(p.daily_minutes for p in invented.people(2471, seed=1, today=TODAY))

    assert 37_000 < daily * 7 / 60 < 41_000
    assert (Size(2471, 52, 1).providers, Size(2471, 52, 1).social_workers) == (142, 99)


@pytest.mark.parametrize(("daily", "weekly"), [(30, 240), (135, 1_050), (0, 0)])
def test_a_plan_grants_a_tenth_more_than_is_planned_up_to_the_quarter_of_an_hour(daily, weekly):
    assert weekly_minutes(daily) == weekly


@pytest.mark.parametrize(("people", "weeks"), [(0, 1), (900_001, 1), (1, 0), (1, 521)])
def test_a_council_of_nobody_or_of_a_nation_is_refused(people, weeks):
    with pytest.raises(TooMany):
        Size(people, weeks, 1)
