"""What a version binds the council to: the budget, the heaviest week that the council pays for, two at once."""

from dataclasses import replace
from uuid import uuid4

import pytest

from careplan.hours.domain.terms import Funder
from careplan.kernel.minutes import Minutes
from careplan.kernel.money import Pence
from careplan.organisations.domain.limit import SigningLimit
from careplan.plans.domain.authority import beyond, commitment_of
from careplan.plans.domain.content import Budget, Grant, PlanContent, PlanHours, PlanKind

WEEKS = (Minutes(1200), Minutes(600), Minutes(1200), Minutes(600))


def content(*grants, **said):
    hours = PlanHours(grants=grants or (Grant(uuid4(), Funder.COUNCIL, WEEKS),), double_handed=said.pop("two", False))
    return replace(PlanContent(plan=uuid4(), version=1, hours=hours), **said)


def test_the_heaviest_week_counts():
    assert commitment_of(content()).weekly_minutes == 1_200


@pytest.mark.parametrize(
    ("funder", "minutes"),
    [
        (Funder.JOINT, 1_800),
        (Funder.SECTION_117, 1_800),
        (Funder.NHS_DELEGATED, 1_200),
        (Funder.NHS_CONTINUING_HEALTHCARE, 1_200),
        (Funder.PERSON, 1_200),
    ],
)
def test_minutes_that_others_pay_for_bind_the_council_to_nothing(funder, minutes):
    both = content(Grant(uuid4(), Funder.COUNCIL, WEEKS), Grant(uuid4(), funder, (Minutes(600),) * 4))

    assert commitment_of(both).weekly_minutes == minutes


def test_the_whole_budget_counts_whoever_pays_a_part_of_it():
    budget = Budget(Pence(33_600), Pence(4_200), Pence(29_400))

    assert commitment_of(content(budget=budget)).weekly_pence == 33_600
    assert commitment_of(content()).weekly_pence is None


def test_an_interim_plan_waits_for_no_manager():
    tight = SigningLimit(Pence(0), Minutes(0), double_handed=False)

    assert beyond(content(two=True), tight) != ()
    assert beyond(content(two=True, kind=PlanKind.INTERIM), tight) == ()
