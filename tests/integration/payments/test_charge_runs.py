"""Charge runs over the database: a Monday week, pending and assessed, sent once, put right by a later week."""

from datetime import date, timedelta

import pytest
from sqlalchemy import text

from careplan.access.domain.actor import Role
from careplan.kernel.errors import Invalid
from careplan.kernel.money import Pence
from careplan.payments.domain.calendar import week_of
from careplan.payments.domain.charging import Bound, NotCharged
from careplan.payments.domain.contribution import ContributionKind, ContributionStatus, ExemptionKind
from careplan.payments.queries import charges
from careplan.payments.service import charging
from careplan.payments.service.contributing import NewContribution, make_free, record_contribution
from tests.factories.organisations import make_account
from tests.factories.payments import (
    BEGAN,
    SPAN,
    make_done,
    make_kept_contract,
    make_money_care,
    make_planned,
    make_record,
)

DAY = timedelta(days=1)
WEEK = week_of(SPAN.starts_on)
MONDAY_AFTER = BEGAN + 14 * DAY + timedelta(hours=1)


@pytest.fixture
def officer(session):
    return make_account(Role.FINANCE_OFFICER)


@pytest.fixture
def care(session, officer):
    made = make_money_care()
    make_kept_contract(made.around.provider.id, actor=officer)
    return made


def contribute(care, officer, weekly=None, *, now=BEGAN, **said):
    usual = {
        "kind": ContributionKind.AMOUNT, "weekly": Pence(weekly) if weekly is not None else None,
        "since": date(2026, 1, 1), "status": ContributionStatus.ASSESSED, "source": "Assessment of 2 January",
        "told_on": date(2026, 1, 5),
    }  # fmt: skip
    record_contribution(
        person_id=care.person_id, said=NewContribution(**{**usual, **said}), actor=officer, now=now
    )


def draw_up(officer, *, week=WEEK, now=MONDAY_AFTER):
    return charging.draw_up_charge_run(week=week, actor=officer, now=now)


def sent(officer, **said):
    run_id = draw_up(officer, **said)
    charging.send_run(run_id=run_id, actor=officer, now=said.get("now", MONDAY_AFTER))
    return run_id


def die(session, care, *, on):
    session.execute(text("UPDATE person SET died_on = :day WHERE id = :id"), {"day": on, "id": care.person_id})


def only(run_id):
    (kept,) = charges.list_charges(run_id=run_id)
    return kept


class TestDrawUp:
    def test_charges_the_least_with_the_reason_for_every_visit(self, care, officer):
        contribute(care, officer, 3000)
        done = make_done(care, WEEK.starts_on, minutes=60)
        missed = make_planned(care, WEEK.starts_on + DAY)
        charge = only(draw_up(officer)).charge

        assert (charge.pence, charge.bound, charge.minutes) == (2064, Bound.RATE, 60)
        assert {v.visit_id: v.why_not for v in charge.visits} == {done.id: None, missed.id: NotCharged.NOT_DONE}

    def test_charges_nothing_after_the_day_on_which_the_person_died(self, care, officer, session):
        contribute(care, officer, kind=ContributionKind.FULL_COST)
        for offset in (0, 2):
            make_done(care, WEEK.starts_on + offset * DAY)
        die(session, care, on=WEEK.starts_on)

        assert only(draw_up(officer)).charge.minutes == 60

    def test_charges_nothing_that_is_free(self, care, officer):
        contribute(care, officer, kind=ContributionKind.FULL_COST)
        make_done(care, WEEK.starts_on)
        make_free(
            person_id=care.person_id, kind=ExemptionKind.REABLEMENT, since=WEEK.starts_on, until=None,
            source="Discharge team", cost=None, actor=officer, now=BEGAN,
        )  # fmt: skip

        assert [v.why_not for v in only(draw_up(officer)).charge.visits] == [NotCharged.REABLEMENT]

    def test_waits_until_the_week_is_over_and_is_sent_once(self, care, officer):
        with pytest.raises(charging.WeekNotOver):
            draw_up(officer, now=MONDAY_AFTER - 2 * DAY)
        sent(officer)
        with pytest.raises(charging.AlreadySent):
            draw_up(officer)


class TestPending:
    def test_is_charged_with_a_later_week_once_it_is_assessed(self, care, officer):
        contribute(care, officer, status=ContributionStatus.PENDING, told_on=None)
        make_done(care, WEEK.starts_on)
        first = sent(officer)
        contribute(care, officer, 1000, now=MONDAY_AFTER + DAY)
        following = week_of(WEEK.ends_on + DAY)
        second = draw_up(officer, week=following, now=MONDAY_AFTER + 7 * DAY)

        assert (only(first).charge.pence, only(first).charge.bound) == (0, Bound.PENDING)
        assert (only(second).is_correction, only(second).charge.pence, only(second).charge.span) == (True, 1000, WEEK)


class TestCorrections:
    def test_give_back_what_a_later_record_shows_was_too_much(self, care, officer):
        contribute(care, officer, kind=ContributionKind.FULL_COST)
        visit = make_planned(care, WEEK.starts_on)
        first = make_record(care, visit, minutes=60)
        before = sent(officer)
        make_record(care, visit, minutes=30, corrects=first.id, now=MONDAY_AFTER + DAY)
        after = sent(officer, week=week_of(WEEK.ends_on + DAY), now=MONDAY_AFTER + 7 * DAY)

        assert (only(before).charge.pence, only(after).charge.pence) == (2064, -1032)
        third = draw_up(officer, week=week_of(WEEK.ends_on + 8 * DAY), now=MONDAY_AFTER + 14 * DAY)
        assert charges.list_charges(run_id=third) == []

    def test_leave_an_old_run_the_same_to_the_penny_when_it_is_worked_out_anew(self, care, officer, session):
        contribute(care, officer, 1500)
        visit = make_planned(care, WEEK.starts_on)
        first = make_record(care, visit, minutes=60)
        run_id = sent(officer)
        make_record(care, visit, minutes=1, corrects=first.id, now=MONDAY_AFTER + DAY)
        contribute(care, officer, 1, now=MONDAY_AFTER + DAY)
        die(session, care, on=WEEK.starts_on - DAY)

        assert charging.work_out_anew(run_id=run_id) == [k.charge for k in charges.list_charges(run_id=run_id)]


class TestRecordContribution:
    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"source": " "}, "source"),
            ({"weekly": None}, "weekly"),
            ({"kind": ContributionKind.NIL}, "weekly"),
            ({"status": ContributionStatus.REFUSED}, "kind"),
            ({"told_on": None}, "told_on"),
            ({"told_on": BEGAN.date() + 2 * DAY}, "told_on"),
        ],
    )
    def test_says_what_is_wrong_and_where(self, care, officer, wrong, field):
        with pytest.raises(Invalid) as refused:
            contribute(care, officer, **{"weekly": 100, **wrong})

        assert [p.field for p in refused.value.problems] == [field]

    def test_frees_aids_up_to_a_thousand_pounds_alone(self, care, officer):
        with pytest.raises(Invalid, match="free up to £1,000"):
            make_free(
                person_id=care.person_id, kind=ExemptionKind.AIDS, since=WEEK.starts_on, until=None, source="OT",
                cost=Pence(1_000_01), actor=officer, now=BEGAN,
            )  # fmt: skip
