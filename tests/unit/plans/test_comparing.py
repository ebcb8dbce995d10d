"""Two versions are read side by side, item by item, in words."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careplan.plans.domain import content as c
from careplan.plans.domain.comparing import Difference, compare, compare_words
from careplan.plans.domain.parsing import blank, content_from_json
from careplan.plans.domain.wording import FIELDS, PART_FIELDS, choice_words, say
from tests.factories.plans import full_sections

AROUND = SimpleNamespace(provider=SimpleNamespace(id=uuid4(), name="Harbour Care"))


@pytest.fixture
def whole():
    sections = full_sections(AROUND, starts_on=date(2026, 11, 21))
    return content_from_json({**c.as_json(blank(plan=uuid4())), **sections})


def test_a_version_differs_from_itself_in_nothing(whole):
    assert compare(whole, replace(whole, version=2)) == ()


def test_changed_hours_are_said_as_they_were_and_are(whole):
    grant = replace(whole.hours.grants[0], weeks=(1200, 600, 1200, 900))
    (change,) = compare(whole, replace(whole, hours=replace(whole.hours, grants=(grant,))))

    assert change.difference is Difference.CHANGED
    assert [(f.label, f.was, f.now) for f in change.fields] == [
        ("Hours in each of four weeks", "20 hours, 10 hours, 20 hours, 10 hours",
         "20 hours, 10 hours, 20 hours, 15 hours"),
    ]  # fmt: skip


def test_words_added_and_removed_are_told_apart(whole):
    action = replace(whole.actions[0], when="Every day, after lunch")
    (change,) = compare(whole, replace(whole, actions=(action,)))

    assert [(p.difference.value, p.words) for p in change.fields[0].pieces] == [
        ("removed", "On dry days,"), ("added", "Every day,"), ("same", "after lunch"),
    ]  # fmt: skip


def test_an_item_that_is_new_is_added(whole):
    risk = c.Risk(uuid4(), "The rug slips.", "Take the rug up.")
    (change,) = compare(whole, replace(whole, risks=(*whole.risks, risk)))

    assert (change.difference, change.title) == (Difference.ADDED, "The rug slips.")


def test_an_item_that_went_is_removed(whole):
    (change,) = compare(whole, replace(whole, contingency=None))

    assert (change.difference, change.title) == (Difference.REMOVED, "Kept aside for bad days")


def test_moving_an_item_changes_nothing(whole):
    other = c.Risk(uuid4(), "Stairs", "Rail")
    there, back = (*whole.risks, other), (other, *whole.risks)

    assert compare(replace(whole, risks=there), replace(whole, risks=back)) == ()


def test_an_item_pointing_at_another_says_which(whole):
    other = c.Outcome(uuid4(), whole.needs[0].id, "I want to have Jean round for tea.")
    before = replace(whole, outcomes=(*whole.outcomes, other))
    after = replace(before, actions=(replace(whole.actions[0], outcome=other.id),))

    assert compare(before, after)[0].fields[0].now == "I want to have Jean round for tea."


@given(st.text("ab ", max_size=30), st.text("ab ", max_size=30))
def test_without_what_went_the_new_text_is_left(was, now):
    left = " ".join(p.words for p in compare_words(was, now) if p.difference is not Difference.REMOVED)

    assert left.split() == now.split()


KINDS = (
    c.CareActOutcome, c.Wellbeing, c.Aim, c.DoneBy, c.Funder, c.Basis, c.CarryOverRule, c.Direction, c.Rank,
    c.Frequency, c.InterimReason, c.PlanKind,
)  # fmt: skip


@pytest.mark.parametrize("member", [m for kind in KINDS for m in kind], ids=repr)
def test_every_choice_is_said_in_words(member):
    assert choice_words(member)


def test_choices_that_are_equal_as_words_are_said_by_their_kind():
    assert say("direction", c.Direction.NONE) == "No"
    assert say("rule", c.CarryOverRule.NONE) == "Nothing is carried over"


def test_every_field_of_a_plan_has_a_name(whole):
    paid = c.DirectPayment((whole.needs[0].id,), c.Pence(100), c.Frequency.WEEKLY)
    full = replace(whole, budget=replace(whole.budget, direct_payment=paid))
    names = set(FIELDS.values()) | set(PART_FIELDS.values())

    assert {f.label for change in compare(blank(plan=uuid4()), full) for f in change.fields} <= names


def test_each_level_is_compared_by_itself(whole):
    outcome = replace(whole.outcomes[0], levels=("a", *whole.outcomes[0].levels[1:]))
    (change,) = compare(whole, replace(whole, outcomes=(outcome,)))

    assert [(f.label, f.was, f.now) for f in change.fields] == [
        ("Much worse than we hope", "I stay in my chair.", "a"),
    ]  # fmt: skip
