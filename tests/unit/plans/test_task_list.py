"""The pages of a plan: what is done, what is to do, what is not needed, and where one goes on."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from uuid import uuid4

import pytest

from careplan.plans.domain import content as c
from careplan.plans.domain.gates import Surroundings
from careplan.plans.domain.parsing import blank, content_from_json
from careplan.plans.domain.task_list import Beside, TaskState, next_page, task_list
from tests.factories.gates import STANDING
from tests.factories.plans import full_sections

STARTS = date(2026, 11, 21)
AROUND = SimpleNamespace(provider=SimpleNamespace(id=uuid4(), name="Harbour Care"))
TODAY = Surroundings(today=STARTS, standing=STANDING)
EMPTY = blank(plan=uuid4())
ALONE = Beside()
WHOLE = content_from_json({**c.as_json(EMPTY), **full_sections(AROUND, starts_on=STARTS)})

UNMET = replace(WHOLE, needs=(replace(WHOLE.needs[0], unmet_because="Her son does it."),), outcomes=(), actions=())


def states(content, beside=ALONE):
    return {t.page: t.state for t in task_list(content, TODAY, beside)}


def test_a_whole_plan_has_nothing_to_do():
    assert TaskState.TO_DO not in states(WHOLE).values()


def test_the_pages_stand_in_the_order_in_which_a_plan_is_written():
    assert list(states(EMPTY)) == [
        "about", "assessment", "advocacy", "start", "door", "needs", "outcomes", "support", "hours", "contingency",
        "delegations", "risks", "budget", "review", "capacity",
    ]  # fmt: skip


def test_an_interim_plan_has_the_few_pages_that_it_needs():
    interim = blank(plan=uuid4(), kind=c.PlanKind.INTERIM)

    assert list(states(interim)) == ["start", "interim", "hours", "risks", "review", "capacity"]


@pytest.mark.parametrize(
    ("content", "page", "state"),
    [
        (EMPTY, "needs", TaskState.TO_DO),
        (WHOLE, "needs", TaskState.DONE),
        (EMPTY, "outcomes", TaskState.TO_DO),
        (replace(WHOLE, outcomes=(), actions=()), "outcomes", TaskState.TO_DO),
        (UNMET, "outcomes", TaskState.NOT_NEEDED),
        (WHOLE, "contingency", TaskState.DONE),
        (replace(WHOLE, contingency=None), "contingency", TaskState.NOT_NEEDED),
        (replace(WHOLE, contingency=c.Contingency(c.Minutes(0))), "contingency", TaskState.TO_DO),
        (WHOLE, "delegations", TaskState.NOT_NEEDED),
        (WHOLE, "about", TaskState.NOT_NEEDED),
        (WHOLE, "capacity", TaskState.NOT_NEEDED),
    ],
)
def test_each_page_says_how_it_stands(content, page, state):
    assert states(content)[page] is state


def test_what_stands_beside_the_plan_is_said_too():
    beside = Beside(about_written=True, activities_handed_over=1, representatives=1, findings=1)
    notes = {t.page: t.note for t in task_list(WHOLE, TODAY, beside)}

    assert states(WHOLE, beside)["about"] is states(WHOLE, beside)["capacity"] is TaskState.DONE
    assert "Handed over already" in notes["delegations"]


@pytest.mark.parametrize(
    ("after", "goes_on"),
    [("start", "needs"), ("hours", "risks"), ("review", "start"), ("support/x", "start")],
)
def test_saving_leads_to_the_next_page_with_something_to_do(after, goes_on):
    """What is not needed is passed over; after the last page the first that was left comes."""
    assert next_page(task_list(EMPTY, TODAY, Beside()), after=after) == goes_on


def test_what_is_kept_with_the_person_is_no_page_of_the_way():
    silent = replace(TODAY, missing_at_the_door=("Medicines, or that nobody has asked.",))

    assert next_page(task_list(EMPTY, silent, Beside()), after="start") == "needs"
    assert next_page(task_list(WHOLE, silent, Beside()), after="budget") == "check"


def test_when_nothing_is_to_do_it_leads_to_the_check():
    assert next_page(task_list(WHOLE, TODAY, Beside()), after="budget") == "check"


def test_a_page_that_still_lacks_something_is_not_come_back_to_at_once():
    some = replace(WHOLE, how_met="")

    assert next_page(task_list(some, TODAY, Beside()), after="support") == "check"
