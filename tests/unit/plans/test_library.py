"""Sentences to start from: for every area of life, in the first person, and pointed out while they stand unchanged."""

from dataclasses import replace
from uuid import uuid4

import pytest

from careplan.plans.domain import content as c
from careplan.plans.domain import library
from careplan.plans.domain.parsing import blank

AREAS = (*c.CareActOutcome, *c.Wellbeing)
EXAMPLE = library.EXAMPLES[c.CareActOutcome.NUTRITION][0]
OWN = c.Outcome(uuid4(), None, "I want to dance.", levels=("a", "b", "c", "d", "e"))


@pytest.mark.parametrize("area", AREAS, ids=str)
def test_every_area_of_life_has_some(area):
    assert len(library.EXAMPLES[area]) >= 3
    for example in library.EXAMPLES[area]:
        assert example.words.startswith("I want ")
        assert len(example.steps) >= 2


def test_no_sentence_stands_twice():
    words = [e.words for examples in library.EXAMPLES.values() for e in examples]

    assert len(words) == len(set(words))


@pytest.mark.parametrize("pattern", library.PATTERNS, ids=lambda p: p.key)
def test_every_pattern_says_five_different_levels(pattern):
    assert len(set(pattern.levels)) == 5


def test_what_is_done_begins_with_what_belongs_to_the_example():
    outcome = c.Outcome(uuid4(), None, EXAMPLE.words, care_act=(c.CareActOutcome.NUTRITION,))

    assert library.steps_for(outcome)[:2] == EXAMPLE.steps


def test_words_of_ones_own_are_not_pointed_out():
    content = replace(blank(plan=uuid4()), outcomes=(OWN,))

    assert list(library.hints(content)) == []


@pytest.mark.parametrize(
    "content",
    [
        replace(blank(plan=uuid4()), outcomes=(replace(OWN, words=EXAMPLE.words),)),
        replace(blank(plan=uuid4()), outcomes=(replace(OWN, levels=library.PATTERNS[0].levels),)),
        replace(blank(plan=uuid4()), actions=(c.Action(uuid4(), OWN.id, EXAMPLE.steps[0].words),)),
    ],
    ids=["an outcome", "its levels", "an action"],
)
def test_what_stands_as_it_stood_in_the_library_is_pointed_out(content):
    assert len(list(library.hints(content))) == 1
