"""A plan's content reads from JSON and writes back to the same; every problem is told by its path."""

import hashlib
import json
from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from careplan.kernel.canonical import canonical_bytes, content_hash
from careplan.kernel.errors import Invalid
from careplan.plans.domain import content as c
from careplan.plans.domain.parsing import blank, content_from_json, with_sections

PLAN = UUID("01900000-0000-7000-8000-000000000001")
TEXTS = st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=30)
DAYS = st.dates(min_value=date(2026, 1, 1), max_value=date(2027, 1, 1))


def needs(need_id):
    return st.builds(c.Need, id=st.just(need_id), care_act=st.sampled_from(c.CareActOutcome), words=TEXTS)


@st.composite
def contents(draw):
    ids = [draw(st.uuids()) for _ in range(4)]
    outcome = st.builds(
        c.Outcome,
        id=st.just(ids[1]),
        need=st.sampled_from([None, ids[0]]),
        words=TEXTS,
        importance=st.none() | st.integers(1, 10),
        levels=st.tuples(TEXTS, TEXTS, TEXTS, TEXTS, TEXTS),
        baseline=st.integers(-2, 2),
        weight=st.integers(0, 9),
    )
    weeks = st.tuples(*[st.integers(0, 6000)] * 4)
    together = st.integers(1, 99).map(lambda percent: c.Parts(percent, 100 - percent))
    grant = st.one_of(
        st.builds(c.Grant, id=st.just(ids[2]), funder=st.sampled_from(c.Funder), weeks=weeks),
        st.builds(c.Grant, id=st.just(ids[2]), funder=st.just(c.Funder.JOINT), weeks=weeks, parts=together),
    )
    missed = st.none() | st.builds(c.MissedVisit, rank=st.sampled_from(c.Rank), contact=TEXTS, response=TEXTS)
    return c.PlanContent(
        plan=PLAN,
        version=draw(st.integers(1, 99)),
        starts_on=draw(st.none() | DAYS),
        needs=tuple(draw(st.lists(needs(ids[0]), max_size=1))),
        outcomes=tuple(draw(st.lists(outcome, max_size=1))),
        hours=c.PlanHours(grants=tuple(draw(st.lists(grant, max_size=1)))),
        missed_visit=draw(missed),
        how_met=draw(TEXTS),
    )


@given(contents())
def test_what_is_written_reads_back_the_same(content):
    assert content_from_json(json.loads(json.dumps(c.as_json(content)))) == content


@given(contents(), st.randoms())
def test_the_hash_does_not_depend_on_the_order_of_keys(content, random):
    assert content_hash(_shuffled(c.as_json(content), random)) == content_hash(c.as_json(content))


@given(contents())
def test_the_hash_is_sha256_of_the_canonical_form(content):
    plain = json.loads(json.dumps(c.as_json(content)))

    assert content_hash(plain) == hashlib.sha256(rfc8785.dumps(plain)).hexdigest()
    assert canonical_bytes(json.loads(canonical_bytes(plain))) == canonical_bytes(plain)


@given(contents())
def test_another_word_gives_another_hash(content):
    other = {**c.as_json(content), "how_met": content.how_met + "."}

    assert content_hash(other) != content_hash(c.as_json(content))


def problems_of(**said):
    with pytest.raises(Invalid) as refused:
        content_from_json({**c.as_json(blank(plan=PLAN)), **said})
    return {p.field: p.message for p in refused.value.problems}


def an(outcome=None, **said):
    return {"id": str(uuid4()), "words": "x", **said}


@pytest.mark.parametrize(
    ("said", "path"),
    [
        ({"outcomes": [an(levels={"3": "Flies"})]}, "outcomes.0.levels.3"),
        ({"outcomes": [an(baseline=3)]}, "outcomes.0.baseline"),
        ({"outcomes": [an(weight=10)]}, "outcomes.0.weight"),
        ({"outcomes": [an(weight=True)]}, "outcomes.0.weight"),
        ({"outcomes": [an(importance=0)]}, "outcomes.0.importance"),
        ({"outcomes": [an(target_date="2026-02-30")]}, "outcomes.0.target_date"),
        ({"outcomes": [an(wellbeing=["luck"])]}, "outcomes.0.wellbeing.0"),
        ({"outcomes": [an(colour="red")]}, "outcomes.0.colour"),
        ({"needs": [an(care_act="luck")]}, "needs.0.care_act"),
        ({"needs": "many"}, "needs"),
        ({"needs": [{"words": "no id", "care_act": "nutrition"}]}, "needs.0.id"),
        ({"hours": {"grants": [an(funder="council", weeks=[1, 2, 3])]}}, "hours.grants.0.weeks"),
        ({"hours": {"grants": [{"id": str(uuid4()), "funder": "council", "weeks": [1, 2, 3, 1.5]}]}},
         "hours.grants.0.weeks.3"),
        ({"hours": {"grants": [{"id": str(uuid4()), "funder": "council", "weeks": [-1, 2, 3, 4]}]}},
         "hours.grants.0.weeks.0"),
        ({"hours": {"weekly_floor": 600, "weekly_ceiling": 300}}, "hours.weekly_ceiling"),
        ({"hours": {"carry_over": {"rule": "percent", "cap": 101}}}, "hours.carry_over.cap"),
        ({"contingency": {"circumstances": [{"slug": "Chest infection", "words": "x"}]}},
         "contingency.circumstances.0.slug"),
        ({"budget": {"total_weekly_pence": 3, "person_weekly_pence": 1, "council_weekly_pence": 1}},
         "budget.total_weekly_pence"),
        ({"starts_on": "2026-11-21", "review_on": "2026-11-20"}, "review_on"),
        ({"starts_on": "2026-11-21", "outcomes": [an(target_date="2026-11-01")]}, "outcomes.0.target_date"),
        ({"starts_on": "21/11/2026"}, "starts_on"),
        ({"how_met": "a\x00b"}, "how_met"),
        ({"how_met": 7}, "how_met"),
        ({"interim": {"reason": "urgent_need"}}, "interim"),
        ({"missed_visit": {"rank": "purple"}}, "missed_visit.rank"),
        ({"emergency_plan": []}, "emergency_plan"),
        ({"luck": 1}, "luck"),
    ],
)  # fmt: skip
def test_a_problem_names_the_place_to_mend(said, path):
    assert path in problems_of(**said)


def test_every_problem_is_told_at_once():
    found = problems_of(starts_on="soon", outcomes=[an(baseline=9, weight=-1)], luck=1)

    assert set(found) == {"starts_on", "outcomes.0.baseline", "outcomes.0.weight", "luck"}


def test_two_items_cannot_share_an_id():
    need = an(care_act="nutrition")

    assert "needs.1.id" in problems_of(needs=[need, need])


def blank_with(grant):
    return replace(blank(plan=uuid4()), hours=c.PlanHours(grants=(grant,)))


@pytest.mark.parametrize(
    ("grant", "path"),
    [
        ({"funder": "joint", "parts": {"council": 60, "nhs": 41}}, "hours.grants.0.parts.nhs"),
        ({"funder": "joint", "parts": {"council": 0, "nhs": 100}}, "hours.grants.0.parts.council"),
        ({"funder": "council", "parts": {"council": 60, "nhs": 40}}, "hours.grants.0.parts"),
    ],
)
def test_joint_hours_name_two_parts_that_make_up_a_hundred(grant, path):
    said = {"id": str(uuid4()), "weeks": [1, 1, 1, 1], **grant}
    assert path in problems_of(hours={"grants": [said]})


def test_hours_without_parts_keep_the_content_that_was_signed_before_there_were_any():
    assert "parts" not in json.dumps(c.as_json(blank_with(c.Grant(uuid4()))), default=str)
    held = c.as_json(blank_with(c.Grant(uuid4(), c.Funder.JOINT, parts=c.Parts(60, 40))))
    assert held["hours"]["grants"][0]["parts"] == {"council": 60, "nhs": 40}


def test_two_grants_cannot_come_from_one_funder():
    grants = [{"id": str(uuid4()), "funder": "council", "weeks": [1, 1, 1, 1]} for _ in range(2)]

    assert "hours.grants.1.funder" in problems_of(hours={"grants": grants})


@pytest.mark.parametrize("key", ["plan", "version", "kind", "schema"])
def test_a_draft_stays_the_version_that_it_is(key):
    with pytest.raises(Invalid) as refused:
        with_sections(c.as_json(blank(plan=PLAN)), {key: "another"})

    assert [p.field for p in refused.value.problems] == [key]


def _shuffled(value, random):
    if isinstance(value, dict):
        keys = list(value)
        random.shuffle(keys)
        return {key: _shuffled(value[key], random) for key in keys}
    return [_shuffled(v, random) for v in value] if isinstance(value, list) else value
