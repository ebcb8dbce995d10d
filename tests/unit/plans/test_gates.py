"""Nothing is sent round while something is missing, and each gate says what and where."""

from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest

from careplan.assessments.domain.advocacy import Ability, Circumstances
from careplan.assessments.domain.content import Answer
from careplan.assessments.domain.eligibility import Kind
from careplan.assessments.domain.standing import Standing
from careplan.plans.domain import content as c
from careplan.plans.domain.gates import DelegationStanding, NotReady, Surroundings, check_ready, gates
from careplan.plans.domain.items import Section
from careplan.plans.domain.parsing import blank, content_from_json
from tests.factories.gates import DETERMINED, STANDING, TAKES_PART
from tests.factories.plans import full_sections, interim_sections

STARTS = date(2026, 11, 21)
AROUND = SimpleNamespace(provider=SimpleNamespace(id=uuid4(), name="Harbour Care"))
TODAY = Surroundings(today=STARTS, standing=STANDING)
DELEGATION = uuid4()
EYE_DROPS = c.PlanDelegation(DELEGATION, "Eye drops", 2, "The community nurse")


@pytest.fixture
def whole():
    empty = c.as_json(blank(plan=uuid4()))
    return content_from_json({**empty, **full_sections(AROUND, starts_on=STARTS)})


@pytest.fixture
def interim():
    empty = c.as_json(blank(plan=uuid4(), kind=c.PlanKind.INTERIM))
    return content_from_json({**empty, **interim_sections(AROUND)})


def shut(content, around=TODAY):
    return {g.code for g in gates(content, around) if not g.is_open}


def test_a_whole_plan_passes(whole):
    assert shut(whole) == set()
    check_ready(whole, TODAY)


def test_an_empty_plan_names_every_missing_piece_and_its_page():
    with pytest.raises(NotReady) as refused:
        check_ready(blank(plan=uuid4()), TODAY)

    assert {p.field for p in refused.value.problems} >= {"start", "needs", "support", "hours", "risks", "budget"}


def without(**said):
    return lambda content: replace(content, **said)


def first(name, **said):
    return lambda content: replace(content, **{name: (replace(getattr(content, name)[0], **said),)})


@pytest.mark.parametrize(
    ("break_", "code"),
    [
        (without(starts_on=None), "start"),
        (without(provider=None), "provider"),
        (without(review_on=None), "review"),
        (without(review_on=STARTS + timedelta(weeks=6, days=-1)), "review"),
        (without(review_on=STARTS + timedelta(weeks=8, days=1)), "review"),
        (without(needs=(), outcomes=(), actions=()), "needs"),
        (without(outcomes=(), actions=()), "needs_answered"),
        (first("needs", words=" "), "needs"),
        (first("outcomes", words=""), "outcomes"),
        (first("outcomes", levels=("a", "b", "", "d", "e")), "outcomes"),
        (first("actions", outcome=uuid4()), "support"),
        (without(actions=()), "support"),
        (without(how_met=""), "how_met"),
        (without(prevention_advice=" "), "prevention"),
        (without(hours=c.PlanHours()), "hours"),
        (without(contingency=c.Contingency(c.Minutes(0))), "contingency"),
        (without(contingency=c.Contingency(c.Minutes(60), (), (c.Named("a", "A"),))), "contingency"),
        (without(contingency=c.Contingency(c.Minutes(60), (c.Named("a", "A"),), ())), "contingency"),
        (without(delegations=(EYE_DROPS,)), "delegations"),
        (without(missed_visit=None), "missed_visit"),
        (without(missed_visit=c.MissedVisit(c.Rank.HIGH, "", "Ring")), "missed_visit"),
        (without(no_reply=()), "no_reply"),
        (without(emergency_plan=c.EmergencyPlan("a", "b", "c", "")), "emergency_plan"),
        (without(budget=None), "budget"),
        (without(budget=c.Budget(c.Pence(1), c.Pence(0), c.Pence(1),
                                 c.DirectPayment((), c.Pence(1), c.Frequency.WEEKLY))), "budget"),
    ],
)  # fmt: skip
def test_a_gate_shuts_for_what_it_guards_and_for_nothing_else(whole, break_, code):
    assert shut(break_(whole)) == {code}


def test_an_outcome_of_no_need_leaves_both_wanting(whole):
    assert shut(first("outcomes", need=uuid4())(whole)) == {"needs_answered", "outcomes"}


@pytest.mark.parametrize("weeks", [6, 7, 8])
def test_a_first_review_falls_six_to_eight_weeks_after_the_start(whole, weeks):
    assert shut(replace(whole, review_on=STARTS + timedelta(weeks=weeks))) == set()


def test_a_later_review_falls_within_twelve_months(whole):
    later = replace(TODAY, first_version=False)

    assert shut(replace(whole, review_on=STARTS + timedelta(days=365)), later) == set()
    assert shut(replace(whole, review_on=STARTS + timedelta(days=366)), later) == {"review"}


def test_a_need_may_stay_without_an_outcome_when_it_says_why(whole):
    content = first("needs", unmet_because="My son does this and wants to.")(whole)

    assert shut(replace(content, outcomes=(), actions=())) == set()


@pytest.mark.parametrize(
    ("standing", "planned", "is_open"),
    [
        (DelegationStanding(True, 2), EYE_DROPS, True),
        (DelegationStanding(False, 2), EYE_DROPS, False),
        (DelegationStanding(True, 3), EYE_DROPS, False),
        (DelegationStanding(True, 2), replace(EYE_DROPS, until_competent=""), False),
    ],
)
def test_a_delegated_activity_is_accepted_and_covered(whole, standing, planned, is_open):
    around = replace(TODAY, delegations={DELEGATION: standing})

    assert (shut(replace(whole, delegations=(planned,)), around) == set()) is is_open


def test_what_a_worker_needs_at_the_door_is_said_before_a_full_plan_goes_round(whole):
    silent = replace(TODAY, missing_at_the_door=("Medicines, or that nobody has asked.",))

    (gate,) = [g for g in gates(whole, silent) if not g.is_open]
    assert (gate.code, gate.section, gate.missing) == ("door", Section.DOOR, silent.missing_at_the_door)


def test_an_interim_plan_goes_round_without_it(interim):
    silent = Surroundings(today=interim.starts_on, missing_at_the_door=("Medicines, or that nobody has asked.",))

    assert shut(interim, silent) == set()


@pytest.mark.parametrize(("review_in", "is_open"), [(None, False), (30, True), (365, True), (366, False)])
def test_what_is_carried_over_says_when_it_is_next_reviewed(interim, review_in, is_open):
    known = replace(interim.interim, reason=c.InterimReason.CARRIED_OVER)
    review_on = interim.starts_on + timedelta(days=review_in) if review_in else None
    content = replace(interim, interim=known, review_on=review_on)

    assert (shut(content, Surroundings(today=interim.starts_on)) == set()) is is_open


@pytest.mark.parametrize("first_version", [True, False])
@pytest.mark.parametrize(
    ("standing", "codes"),
    [
        (Standing(), {"determination", "advocacy"}),
        (replace(STANDING, determination=None), {"determination"}),
        (replace(STANDING, determination=replace(DETERMINED, kind=Kind.NOT_ELIGIBLE)), {"determination"}),
        (replace(STANDING, determination=replace(DETERMINED, kind=Kind.SECTION_117)), set()),
        (replace(STANDING, advocacy=None), {"advocacy"}),
        (replace(STANDING, advocacy=replace(TAKES_PART, circumstances=Circumstances({Ability.WEIGHING: Answer.YES}))),
         {"advocacy"}),
    ],
)  # fmt: skip
def test_a_full_plan_rests_on_a_determination_and_on_the_duty_to_an_advocate(whole, first_version, standing, codes):
    assert shut(whole, replace(TODAY, first_version=first_version, standing=standing)) == codes


def test_contingency_may_be_left_out(whole):
    assert shut(replace(whole, contingency=None)) == set()


def test_an_interim_plan_needs_only_the_little_that_must_be_known(interim):
    today = Surroundings(today=interim.starts_on)

    assert shut(interim, today) == set()


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"needs_as_known": ""}, "interim"), ({"allergies": ""}, "interim"), ({"access": " "}, "interim"),
        ({"told_on": None}, "interim"), ({"told_on": date(2200, 1, 1)}, "interim"),
    ],
)  # fmt: skip
def test_an_interim_plan_lacks_what_must_be_known(interim, said, code):
    content = replace(interim, interim=replace(interim.interim, **said))

    assert shut(content, Surroundings(today=interim.starts_on)) == {code}


@pytest.mark.parametrize(
    ("break_", "code"),
    [
        (without(risks=()), "risks"), (without(missed_visit=None), "missed_visit"),
        (without(hours=c.PlanHours()), "hours"), (without(provider=None), "provider"),
    ],
)  # fmt: skip
def test_an_interim_plan_lacks_a_part(interim, break_, code):
    assert shut(break_(interim), Surroundings(today=interim.starts_on)) == {code}
