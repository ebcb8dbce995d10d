"""Two people's changes to one draft: both kept, asked only where both changed one thing."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careplan.plans.domain import content as c
from careplan.plans.domain.merging import Side, Typed, merge
from careplan.plans.domain.parsing import blank, content_from_json
from tests.factories.plans import full_sections

AROUND = SimpleNamespace(provider=SimpleNamespace(id=uuid4(), name="Harbour Care"))


@pytest.fixture
def base():
    sections = full_sections(AROUND, starts_on=date(2026, 11, 21))
    return content_from_json({**c.as_json(blank(plan=uuid4())), **sections})


def merged(base, mine, theirs, choices=None):
    found = merge(base=c.as_json(base), mine=c.as_json(mine), theirs=c.as_json(theirs), choices=choices)
    return content_from_json(found.content), found.clashes


def need(words):
    return c.Need(uuid4(), c.CareActOutcome.NUTRITION, words)


def test_two_people_who_each_add_a_need_add_two(base):
    mine, theirs = need("I forget to drink."), need("I cannot lift the kettle.")
    both, clashes = merged(
        base, replace(base, needs=(*base.needs, mine)), replace(base, needs=(*base.needs, theirs))
    )

    assert clashes == ()
    assert both.needs == (*base.needs, theirs, mine)


def test_two_fields_of_one_item_are_both_kept(base):
    action = base.actions[0]
    both, clashes = merged(
        base,
        replace(base, actions=(replace(action, when="On Mondays"),)),
        replace(base, actions=(replace(action, who="Joy"),)),
    )

    assert clashes == ()
    assert both.actions == (replace(action, when="On Mondays", who="Joy"),)


def test_one_field_changed_by_both_is_asked_about(base):
    action = base.actions[0]
    mine = replace(base, actions=(replace(action, when="On Mondays"),))
    theirs = replace(base, actions=(replace(action, when="On Fridays"),))
    held, (clash,) = merged(base, mine, theirs)

    assert (clash.item, clash.field) == (str(action.id), "when")
    assert (clash.mine, clash.theirs, clash.is_text) == ("On Mondays", "On Fridays", True)
    assert held == theirs


@pytest.mark.parametrize(
    ("choice", "left"),
    [(Side.MINE, "Mine."), (Side.THEIRS, "Theirs."), (Typed("Both of ours."), "Both of ours.")],
)
def test_a_choice_settles_a_clash(base, choice, left):
    both, clashes = merged(
        base, replace(base, how_met="Mine."), replace(base, how_met="Theirs."), {"how_met": choice}
    )

    assert (clashes, both.how_met) == ((), left)


def test_words_cannot_take_the_place_of_a_number(base):
    grant = base.hours.grants[0]

    def weeks(*minutes):
        return replace(base, hours=replace(base.hours, grants=(replace(grant, weeks=minutes),)))

    _, (clash,) = merged(base, weeks(60, 60, 60, 60), weeks(90, 90, 90, 90))
    both, again = merged(base, weeks(60, 60, 60, 60), weeks(90, 90, 90, 90), {clash.name: Typed("sixty")})

    assert (clash.item, clash.field, clash.is_text) == (str(grant.id), "weeks", False)
    assert (len(again), both.hours.weeks) == (1, (90, 90, 90, 90))


def test_both_saying_the_same_is_no_clash(base):
    said = replace(base, how_met="The same.")

    assert merged(base, said, said) == (said, ())


def test_what_one_takes_out_and_nobody_else_touched_is_gone(base):
    both, clashes = merged(base, replace(base, risks=()), replace(base, how_met="Theirs."))

    assert (clashes, both.risks, both.how_met) == ((), (), "Theirs.")


def test_what_one_takes_out_and_the_other_changed_is_asked_about(base):
    risk = replace(base.risks[0], response="Two rails.")
    _, (clash,) = merged(base, replace(base, risks=()), replace(base, risks=(risk,)))
    both, none = merged(base, replace(base, risks=()), replace(base, risks=(risk,)), {clash.name: Side.MINE})

    assert (clash.item, clash.field, clash.is_text) == (str(risk.id), "", False)
    assert (none, both.risks) == ((), ())


def test_a_budget_is_one_thing(base):
    """Else one side's part and the other side's total would no longer add up."""
    mine = replace(base, budget=c.Budget(c.Pence(300), c.Pence(100), c.Pence(200)))
    theirs = replace(base, budget=c.Budget(c.Pence(500), c.Pence(100), c.Pence(400)))
    _, (clash,) = merged(base, mine, theirs)

    assert clash.name == "budget"


def test_a_level_is_a_field_of_its_own(base):
    outcome = base.outcomes[0]
    mine = replace(base, outcomes=(replace(outcome, levels=("a", *outcome.levels[1:])),))
    theirs = replace(base, outcomes=(replace(outcome, levels=("b", *outcome.levels[1:])),))
    _, (clash,) = merged(base, mine, theirs)

    assert (clash.item, clash.field) == (str(outcome.id), "levels.-2")


def test_two_circumstances_for_time_kept_aside_are_both_kept(base):
    kept = base.contingency
    mine, theirs = (c.Named("falls", "A fall"), c.Named("heat", "A heatwave"))
    both, clashes = merged(
        base,
        replace(base, contingency=replace(kept, circumstances=(*kept.circumstances, mine))),
        replace(base, contingency=replace(kept, circumstances=(*kept.circumstances, theirs))),
    )

    assert clashes == ()
    assert {n.slug for n in both.contingency.circumstances} == {"chest_infection", "falls", "heat"}


WORDS = st.dictionaries(st.sampled_from(["how_met", "prevention_advice", "starts_on"]), st.sampled_from("abc"))


@given(WORDS, WORDS, WORDS)
def test_nothing_that_either_changed_is_lost_without_asking(base_words, mine_words, theirs_words):
    start = {"how_met": "", "prevention_advice": "", "starts_on": None, **base_words}
    mine, theirs = start | mine_words, start | theirs_words
    found = merge(base=start, mine=mine, theirs=theirs)
    asked = {clash.name for clash in found.clashes}

    for key in start:
        if key not in asked:
            changed = {side[key] for side in (mine, theirs) if side[key] != start[key]}
            assert found.content[key] in (changed or {start[key]})
            assert len(changed) < 2
