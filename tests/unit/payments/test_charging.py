"""What a person is charged for a week: the least of three, and everything that is never charged."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careplan.hours.domain.terms import Funder, Parts
from careplan.kernel.ids import new_id
from careplan.kernel.money import Pence
from careplan.payments.domain.calendar import week_of
from careplan.payments.domain.charging import Bound, Circle, NotCharged, charge_week
from careplan.payments.domain.contribution import (
    Contribution,
    ContributionKind,
    ContributionStatus,
    Exemption,
    ExemptionKind,
    in_force,
)
from careplan.payments.domain.pay_model import Model, RateName
from careplan.payments.domain.settled import Outcome
from tests.factories.money import HAROLD, MARGARET, make_contract, make_visit

WEEK = week_of(date(2026, 4, 15))
DAY = timedelta(days=1)
THEN = datetime(2026, 1, 1, tzinfo=UTC)


def contribution(weekly=0, *, kind=ContributionKind.AMOUNT, since=date(2026, 1, 1), **said):
    usual = {
        "id": new_id(), "person_id": MARGARET, "kind": kind, "weekly": Pence(weekly), "since": since,
        "status": ContributionStatus.ASSESSED, "source": "Letter", "told_on": date(2026, 1, 2), "recorded_at": THEN,
        "recorded_by": new_id(),
    }  # fmt: skip
    return Contribution(**{**usual, **said})


FULL = contribution(kind=ContributionKind.FULL_COST)


def charges(visits, *contributions, contract=None, **said):
    circle = Circle(MARGARET, contributions or (FULL,), **said)
    # Paid at 24.50 an hour, charged at 20.64.
    return charge_week(circle, visits, week=WEEK, contracts=[contract or make_contract()], holidays=frozenset())


def charge(visits, *contributions, **said):
    (only,) = charges(visits, *contributions, **said)
    return only


def hour(**said):
    return make_visit(day=said.pop("day", WEEK.starts_on), **said)


class TestTheLeastOfThree:
    def test_is_the_contribution_where_the_care_cost_more(self):
        found = charge([hour(), hour()], contribution(3000))

        assert (found.pence, found.bound) == (3000, Bound.CONTRIBUTION)

    def test_is_the_care_at_the_charging_rate_where_that_is_less(self):
        found = charge([hour()], contribution(3000))

        assert (found.pence, found.bound, found.by_cost) == (2064, Bound.RATE, 2450)

    def test_is_what_the_council_pays_where_that_is_the_least(self):
        cheap = make_contract(rates={RateName.PILOT: 1800})
        found = charge([hour()], contribution(3000), contract=cheap)

        assert (found.pence, found.bound) == (1800, Bound.COST)

    def test_has_no_contribution_to_be_less_than_at_full_cost(self):
        found = charge([hour(), hour()], FULL)

        assert (found.pence, found.by_contribution) == (4128, None)

    def test_is_nothing_at_nil(self):
        assert charge([hour()], contribution(kind=ContributionKind.NIL)).pence == 0

    def test_is_nothing_where_no_contribution_was_ever_recorded(self):
        assert charge([hour()], contribution(500, since=WEEK.ends_on + DAY)).pence == 0

    def test_leaves_the_councils_cost_out_where_it_pays_a_block(self):
        found = charge([hour()], FULL, contract=make_contract(Model.BLOCK))

        assert (found.pence, found.by_cost) == (2064, None)

    @given(st.integers(0, 20_000), st.lists(st.integers(1, 300), max_size=8))
    def test_is_never_more_than_any_of_them(self, weekly, minutes):
        found = charge([hour(planned=m) for m in minutes], contribution(weekly))

        assert found.pence == min(found.by_contribution, found.by_rate, found.by_cost)


class TestWeeks:
    def test_are_never_averaged(self):
        """Ten hours in one week and none in the next cost more than the contribution once, and nothing the next."""
        assert charge([hour(planned=600)], contribution(5000)).pence == 5000
        assert charge([], contribution(5000)).pence == 0

    def test_leave_other_peoples_visits_out(self):
        assert charge([hour(person_id=HAROLD)], contribution(5000)).minutes == 0

    def test_are_cut_where_the_contribution_changes(self):
        """Three sevenths of 70.00 and four sevenths of 35.00; the care costs more in both parts."""
        visits = [hour(planned=600), hour(planned=600, day=WEEK.ends_on)]
        first, second = charges(visits, contribution(7000), contribution(3500, since=WEEK.starts_on + 3 * DAY))

        assert (first.pence, second.pence) == (3000, 2000)
        assert (first.span.days, second.span.days) == (3, 4)

    def test_round_the_share_of_some_days_once_half_a_penny_up(self):
        first, _ = charges(
            [hour(planned=600)], contribution(7), contribution(0, since=WEEK.starts_on + 3 * DAY)
        )

        assert first.by_contribution == 3


class TestPending:
    def test_invoices_nothing(self):
        pending = contribution(3000, status=ContributionStatus.PENDING, told_on=None)
        found = charge([hour()], pending)

        assert (found.pence, found.bound, found.minutes) == (0, Bound.PENDING, 60)

    def test_invoices_nothing_before_the_person_was_told(self):
        assert charge([hour()], contribution(3000, told_on=None)).bound is Bound.PENDING

    def test_ends_with_what_was_recorded_last_for_the_same_day(self):
        pending = contribution(0, status=ContributionStatus.PENDING, told_on=None)
        assessed = contribution(3000, recorded_at=THEN + DAY)

        assert in_force([assessed, pending], WEEK.starts_on) == assessed

    def test_charges_the_full_cost_to_whoever_refused_to_be_assessed(self):
        refused = contribution(kind=ContributionKind.FULL_COST, status=ContributionStatus.REFUSED)

        assert charge([hour()], refused).pence == 2064


def why(visit, **said):
    found = charge([visit], FULL, **said)
    assert (found.pence, found.minutes) == (0, 0)
    return found.visits[0].why_not


def exempt(kind, since=WEEK.starts_on, until=None):
    return Exemption(kind, since, until, "Panel")


class TestNeverCharged:
    @pytest.mark.parametrize("kind", [ExemptionKind.REABLEMENT, ExemptionKind.INTERMEDIATE_CARE])
    def test_is_what_is_free_for_up_to_six_weeks(self, kind):
        last = WEEK.starts_on - 41 * DAY
        assert why(hour(), exemptions=[exempt(kind, since=last)]) is NotCharged(kind.value)

        assert charge([hour()], FULL, exemptions=[exempt(kind, since=last - DAY)]).pence == 2064

    def test_is_free_no_longer_once_it_has_ended_sooner(self):
        ended = exempt(ExemptionKind.REABLEMENT, since=WEEK.starts_on - 10 * DAY, until=WEEK.starts_on - DAY)

        assert charge([hour()], FULL, exemptions=[ended]).pence == 2064

    @pytest.mark.parametrize(
        "kind", [ExemptionKind.AIDS, ExemptionKind.SECTION_117, ExemptionKind.CJD, ExemptionKind.CARER_SUPPORT]
    )
    def test_is_what_is_free_without_an_end(self, kind):
        assert why(hour(), exemptions=[exempt(kind, since=date(2020, 1, 1))]) is NotCharged(kind.value)

    @pytest.mark.parametrize(
        ("funder", "reason"),
        [
            (Funder.NHS_DELEGATED, NotCharged.NHS), (Funder.NHS_CONTINUING_HEALTHCARE, NotCharged.NHS),
            (Funder.SECTION_117, NotCharged.SECTION_117), (Funder.JOINT, NotCharged.OTHER_FUNDER),
            (Funder.PERSON, NotCharged.OTHER_FUNDER),
        ],
    )  # fmt: skip
    def test_is_what_another_funder_pays(self, funder, reason):
        assert why(hour(funder=funder)) is reason

    def test_is_the_nhs_s_part_of_what_two_fund_together(self):
        parts = Parts(33, 67)
        visits = [hour(funder=Funder.JOINT, parts=parts, actual=minutes) for minutes in (25, 20, 5)]
        only = charge(visits, FULL)

        # Of 50 minutes 17 are the council's, laid on the visits by their length; of 20.42 paid the NHS gives 13.68.
        assert [v.minutes for v in only.visits] == [8, 7, 2]
        assert (only.minutes, only.by_rate, only.by_cost, only.pence) == (17, 585, 674, 585)

    @pytest.mark.parametrize(
        ("outcome", "reason"),
        [
            (Outcome.MISSED, NotCharged.NOT_DONE), (Outcome.CANCELLED_BY_PROVIDER, NotCharged.NOT_DONE),
            (Outcome.CANCELLED_BY_PERSON, NotCharged.NOT_DONE), (Outcome.NO_REPLY, NotCharged.NOT_DONE),
            (Outcome.REFUSED, NotCharged.NOT_DONE), (Outcome.IN_HOSPITAL, NotCharged.IN_HOSPITAL),
        ],
    )  # fmt: skip
    def test_is_a_visit_that_was_not_done(self, outcome, reason):
        assert why(hour(outcome=outcome)) is reason

    def test_is_anything_after_death(self):
        assert why(hour(is_after_death=True)) is NotCharged.AFTER_DEATH

    def test_is_what_no_contract_prices(self):
        contract = make_contract(starts_on=WEEK.ends_on + DAY)

        assert why(hour(), contract=contract) is NotCharged.NO_CONTRACT


class TestMinutes:
    def test_of_the_nhs_take_nothing_from_those_of_the_council(self):
        council, nhs = hour(), hour(funder=Funder.NHS_DELEGATED)
        found = charge([council, nhs], FULL)

        assert (found.minutes, found.pence) == (60, 2064)
        assert {v.visit_id: v.minutes for v in found.visits} == {council.id: 60, nhs.id: 0}

    def test_are_those_given_whatever_was_planned(self):
        assert charge([replace(hour(planned=60), actual=45)], FULL).minutes == 45
