"""Pages of charges: finance draws up and sends, the person reads what they pay in plain words and disputes a visit."""

import pytest

from careplan.access.domain.actor import Role
from careplan.kernel.clock import local_date, utc_now
from careplan.kernel.money import Pence
from careplan.payments import tasks
from careplan.payments.domain.calendar import last_week
from careplan.payments.domain.contribution import ContributionKind, ContributionStatus
from careplan.payments.queries import charges
from careplan.payments.service import charging
from careplan.payments.service.contributing import NewContribution, record_contribution
from tests.factories.organisations import make_account
from tests.factories.payments import BEGAN, SPAN, make_done, make_kept_contract, make_money_care
from tests.integration.payments.test_charge_runs import MONDAY_AFTER, WEEK
from tests.pages import submit


@pytest.fixture
def officer(session):
    return make_account(Role.FINANCE_OFFICER)


@pytest.fixture
def care(session, officer):
    made = make_money_care()
    make_kept_contract(made.around.provider.id, actor=officer)
    make_done(made, WEEK.starts_on, minutes=50)
    said = NewContribution(
        ContributionKind.AMOUNT, Pence(1000), SPAN.starts_on, ContributionStatus.ASSESSED, "Assessment", BEGAN.date()
    )
    record_contribution(person_id=made.person_id, said=said, actor=officer, now=BEGAN)
    session.commit()
    return made


@pytest.fixture
def run_id(care, officer, session):
    made = charging.draw_up_charge_run(week=WEEK, actor=officer, now=MONDAY_AFTER)
    session.commit()
    return made


class TestFinance:
    def test_draws_a_week_up_by_the_worker(self, care, officer, session, sign_in):
        starts_on = last_week(local_date(utc_now())).starts_on.isoformat()
        browser = sign_in(officer)
        assert submit(browser, "/charges", {"starts_on": starts_on}).status_code == 303
        tasks.draw_up_charge_run(starts_on=starts_on, account_id=str(officer.account_id))
        session.commit()

        assert [r.week.starts_on.isoformat() for r in charges.list_runs()] == [starts_on]
        assert "Look at the draft" in browser.get("/charges").text

    def test_is_told_which_day_a_week_begins_on(self, care, officer, sign_in):
        browser = sign_in(officer)
        submit(browser, "/charges", {"starts_on": "2026-11-18"})

        assert "The week begins on 16 November 2026" in browser.get("/charges").text

    def test_sees_the_three_and_sends_the_week(self, care, officer, run_id, sign_in):
        browser, page = sign_in(officer), f"/charges/{run_id}"
        shown = browser.get(page).text
        assert all(sum_ in shown for sum_ in ("£10.00", "£17.20", "£20.42"))
        assert submit(browser, page, to=f"{page}/send").status_code == 303

        assert "Margaret Ellis,50,1000,1720,2042,1000,contribution,no" in browser.get(f"{page}/lines.csv").text
        assert browser.get(f"{page}/{care.person_id}.pdf").data.startswith(b"%PDF")

    def test_records_a_contribution_and_reads_its_history(self, care, officer, run_id, sign_in):
        browser, page = sign_in(officer), f"/contributions/{care.person_id}"
        typed = {"status": "assessed", "kind": "amount", "weekly": "12.50", "source": "Review",
                 "since-day": 1, "since-month": 11, "since-year": 2026}
        refused = submit(browser, page, typed)
        assert refused.status_code == 422
        assert "Give the day on which the person was told." in refused.text
        assert 'value="12.50"' in refused.text
        typed |= {"told_on-day": 2, "told_on-month": 11, "told_on-year": 2026}
        assert submit(browser, page, typed).status_code == 303

        shown = browser.get(page).text
        assert "From 1 November 2026: £12.50 a week" in shown
        assert "£10.00 a week" in shown
        assert "Margaret Ellis" in browser.get("/contributions?words=marg").text

    def test_records_that_care_is_free(self, care, officer, run_id, sign_in):
        browser, page = sign_in(officer), f"/contributions/{care.person_id}"
        typed = {"free": "reablement", "decided": "Discharge team", "free_since-day": 2, "free_since-month": 11,
                 "free_since-year": 2026}
        assert submit(browser, page, typed, to=f"{page}/free").status_code == 303

        assert "From 2 November 2026 to 13 December 2026" in browser.get(page).text


class TestThePerson:
    def test_reads_what_they_pay_and_why_once_it_is_sent(self, care, officer, run_id, session, sign_in):
        citizen = sign_in(care.around.citizen)
        assert "You have not been asked to pay" in citizen.get("/me/charges").text
        assert citizen.get(f"/me/charges/{run_id}.pdf").status_code == 404
        charging.send_run(run_id=run_id, actor=officer, now=MONDAY_AFTER)
        session.commit()

        shown = citizen.get("/me/charges").text
        assert "You pay £10.00 a week at most" in shown
        assert "This is your share. The care cost more." in shown
        assert citizen.get(f"/me/charges/{run_id}.pdf").data.startswith(b"%PDF")

    def test_disputes_a_visit_of_the_week(self, care, officer, run_id, session, sign_in):
        charging.send_run(run_id=run_id, actor=officer, now=MONDAY_AFTER)
        session.commit()
        citizen = sign_in(care.around.citizen)
        (kept,) = charges.list_charges(run_id=run_id)
        page = f"/me/visits/{kept.charge.visits[0].visit_id}/wrong"
        assert page in citizen.get("/me/charges").text

        assert submit(citizen, page, {"kind": "did_not_happen"}).status_code == 303
