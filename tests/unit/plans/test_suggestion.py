"""Taking a suggestion changes exactly one value."""

from datetime import date
from types import SimpleNamespace
from uuid import uuid4

import pytest

from careplan.kernel.errors import Invalid
from careplan.plans.domain import content as c
from careplan.plans.domain.comparing import compare
from careplan.plans.domain.parsing import blank, content_from_json
from careplan.plans.domain.suggestion import NoSuchItem, NothingNew, check_new, value_at, with_value
from tests.factories.plans import full_sections

NOBODYS_ITEM = "01a20188-0ee8-71a3-bb33-a749334eb304"
AROUND = SimpleNamespace(provider=SimpleNamespace(id=uuid4(), name="Harbour Care"))


@pytest.fixture
def whole():
    sections = full_sections(AROUND, starts_on=date(2026, 11, 21))
    return content_from_json({**c.as_json(blank(plan=uuid4())), **sections})


def places(whole):
    return {
        "words of an action": (str(whole.actions[0].id), "when", "Every day"),
        "a level": (str(whole.outcomes[0].id), "levels.-1", "I go with a frame."),
        "hours": (str(whole.hours.grants[0].id), "weeks", [1200, 600, 1200, 900]),
        "a part of which there is one": ("contingency", "minutes", 300),
        "a date of the plan": ("plan", "review_on", "2027-01-05"),
        "words of the plan": ("how_met", "how_met", "Otherwise."),
    }


@pytest.mark.parametrize("name", list(places(SimpleNamespace(
    actions=[SimpleNamespace(id=1)], outcomes=[SimpleNamespace(id=1)],
    hours=SimpleNamespace(grants=[SimpleNamespace(id=1)])))))  # fmt: skip
def test_exactly_that_value_changes(whole, name):
    item, field, value = places(whole)[name]
    changed = with_value(whole, item=item, field=field, value=value)

    assert value_at(changed, item=item, field=field) == value
    (change,) = compare(whole, changed)
    assert len(change.fields) == 1


@pytest.mark.parametrize(
    ("item", "field"),
    [
        ("plan", "version"), ("plan", "plan"), ("plan", "kind"), ("plan", "needs"), ("hours", "grants"),
        ("contingency", "luck"), ("luck", "words"), (NOBODYS_ITEM, "words"), ("contingency", "minutes.x"),
    ],
)  # fmt: skip
def test_what_is_not_a_value_of_the_plan_cannot_be_suggested(whole, item, field):
    with pytest.raises(NoSuchItem):
        check_new(whole, item=item, field=field, value=1)


def test_an_id_cannot_be_suggested(whole):
    with pytest.raises(NoSuchItem):
        check_new(whole, item=str(whole.needs[0].id), field="id", value=str(uuid4()))


def test_an_impossible_value_is_refused_with_its_place(whole):
    with pytest.raises(Invalid) as refused:
        check_new(whole, item=str(whole.hours.grants[0].id), field="weeks", value=[1, 2])

    assert [p.field for p in refused.value.problems] == ["hours.grants.0.weeks"]


def test_what_the_plan_says_already_is_no_suggestion(whole):
    with pytest.raises(NothingNew):
        check_new(whole, item="contingency", field="minutes", value=240)
