"""Every gate is seen shut and open, each by a plan that lacks nothing else."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from uuid import uuid4

import pytest

from careplan.plans.domain import content as c
from careplan.plans.domain.gates import NotReady, Surroundings, check_ready, gates
from careplan.plans.domain.parsing import blank, content_from_json
from careplan.plans.domain.task_list import FULL_PAGES, INTERIM_PAGES
from tests.factories.gates import CASES, STANDING
from tests.factories.plans import full_sections, interim_sections

STARTS = date(2026, 11, 21)
AROUND = SimpleNamespace(provider=SimpleNamespace(id=uuid4(), name="Harbour Care"))
SURROUNDINGS = Surroundings(today=STARTS, standing=STANDING)
KINDS = tuple(c.PlanKind)


def plan(kind, without=()):
    whole = full_sections(AROUND, starts_on=STARTS) if kind is c.PlanKind.FULL else interim_sections(AROUND)
    return content_from_json({**c.as_json(blank(plan=uuid4(), kind=kind)), **whole, **dict(without)})


def around(kind, **said):
    today = plan(kind).starts_on or STARTS
    return replace(SURROUNDINGS, today=today, **said)


def gates_of(kind):
    return {g.code: g for g in gates(plan(kind), around(kind))}


@pytest.mark.parametrize("kind", KINDS)
def test_every_gate_has_a_case_that_shuts_it(kind):
    assert {case.code for case in CASES if case.kind is kind} == set(gates_of(kind)), "say in CASES what shuts it"


@pytest.mark.parametrize("kind", KINDS)
def test_every_gate_stands_open_for_a_plan_that_lacks_nothing(kind):
    assert [g.code for g in gates_of(kind).values() if not g.is_open] == []
    check_ready(plan(kind), around(kind))


@pytest.mark.parametrize("kind", KINDS)
def test_every_gate_leads_to_a_page_of_the_plan(kind):
    pages = INTERIM_PAGES if kind is c.PlanKind.INTERIM else FULL_PAGES

    assert {g.section for g in gates_of(kind).values()} <= set(pages)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_shut_it_says_what_is_missing_and_where(case):
    content, beside = plan(case.kind, case.without), around(case.kind, **case.around)
    gate = {g.code: g for g in gates(content, beside)}[case.code]

    assert any(case.says in words for words in gate.missing), gate.missing
    with pytest.raises(NotReady) as refused:
        check_ready(content, beside)
    assert (gate.section.value, gate.missing[0]) in {(p.field, p.message) for p in refused.value.problems}
