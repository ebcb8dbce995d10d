"""Figures for commissioners: the same formula as for one person, by groups, and never of a few."""

import csv
import io
from datetime import timedelta

import pytest
from sqlalchemy import text

from careplan.access.domain.actor import Role
from careplan.kernel.clock import utc_now
from careplan.outcomes import service as outcomes
from careplan.outcomes.domain.rating import RatingKind
from careplan.outcomes.domain.result import Result
from careplan.progress import queries
from careplan.progress.domain.cohort import GroupKind, View
from tests.factories.organisations import make_account
from tests.factories.outcomes import make_rating
from tests.factories.visits import make_care
from tests.unit.outcomes.test_attainment import EXAMPLES


def test_the_database_counts_as_the_domain_does(session):
    for weights, levels, expected in EXAMPLES:
        sums = {
            "x": sum(w * x for w, x in zip(weights, levels, strict=True)), "w": sum(weights),
            "s": sum(w * w for w in weights),
        }  # fmt: skip
        assert str(session.scalar(text("SELECT goal_attainment(:x, :w, :s)"), sums)) == expected
    assert session.scalar(text("SELECT goal_attainment(0, 0, 0)")) is None


@pytest.fixture
def people(session):
    """Seven people with a plan in force; five say that it goes better, two that it goes as hoped for."""
    found = []
    for turn in range(7):
        care = make_care()
        make_rating(
            person_id=care.person_id, outcome_id=care.outcome_id, actor=care.around.citizen, now=utc_now(),
            level=1 if turn < 5 else 0,
        )  # fmt: skip
        found.append(care)
    session.commit()
    return found


def lines(view=View.PERSON):
    return {(line.kind, line.label): line for line in queries.list_commissioned(view=view, at=utc_now())}


def test_by_group_each_raters_latest_review_and_nothing_else(people, session):
    first = people[0]
    # A note in between, a care worker's entry, what was taken back: none of them moves a figure.
    make_rating(
        person_id=first.person_id, outcome_id=first.outcome_id, actor=first.around.citizen, now=utc_now(), level=-2,
        kind=RatingKind.NOTE,
    )  # fmt: skip
    slip = make_rating(
        person_id=first.person_id, outcome_id=first.outcome_id, actor=first.around.citizen, now=utc_now(), level=-2
    )
    outcomes.take_back(rating_id=slip.id, actor=first.around.citizen, now=utc_now())
    found = lines()

    whole = found[GroupKind.ALL, ""]
    # 40 at the start for all; now (5 × 60 + 2 × 50) ÷ 7.
    assert (whole.people, str(whole.baseline), str(whole.achieved)) == (7, "40.00", "57.14")
    assert found[GroupKind.WELLBEING, "independence"].people == 7
    assert lines(View.PROFESSIONAL) == {}


def test_few_people_are_hidden_and_what_would_give_them_away(people, session):
    by_provider = [line for (kind, _), line in lines().items() if kind is GroupKind.PROVIDER]
    # All seven have a provider of the same name.
    assert [line.people for line in by_provider] == [7]

    # Two move to a quarter of their own: 5 and 2, so that both are hidden, for 7 less 5 is 2.
    quarters = text("UPDATE support_plan SET service_starts_on = '2020-01-06' WHERE person_id = ANY(:few)")
    session.execute(quarters, {"few": [care.person_id for care in people[:2]]})
    found = [line for (kind, _), line in lines().items() if kind is GroupKind.START]

    assert [(line.people, line.achieved, line.rated) for line in found] == [(None, None, None)] * 2
    assert lines()[GroupKind.ALL, ""].people == 7


def test_what_is_reached_counts_as_both_agreed_and_hides_a_few(people, session):
    for care in people:
        for actor in (care.around.citizen, care.around.social_worker):
            outcomes.give_verdict(
                person_id=care.person_id, outcome_id=care.outcome_id, result=Result.ACHIEVED, words="", actor=actor,
                now=utc_now(),
            )  # fmt: skip
    assert (lines()[GroupKind.ALL, ""].rated, lines()[GroupKind.ALL, ""].reached) == (7, 7)
    for care in people[:3]:
        outcomes.give_verdict(
            person_id=care.person_id, outcome_id=care.outcome_id, result=Result.NOT_YET, words="",
            actor=care.around.citizen, now=utc_now() + timedelta(seconds=1),
        )  # fmt: skip
    assert lines()[GroupKind.ALL, ""].reached is None


def test_the_page_and_its_table_name_nobody(people, session, sign_in):
    commissioner = make_account(Role.COMMISSIONER)
    session.commit()
    browser = sign_in(commissioner)
    page = browser.get("/commissioning/outcomes").text
    assert "57.14" in page
    assert "Margaret" not in page

    rows = list(csv.reader(io.StringIO(browser.get("/commissioning/outcomes.csv?view=person").text.lstrip("\ufeff"))))
    assert rows[1][:5] == ["Everybody", "Everybody", "7", "40.00", "57.14"]
    assert "Nobody has rated" in browser.get("/commissioning/outcomes?view=professional").text
