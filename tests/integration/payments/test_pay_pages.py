"""Pages of pay: finance draws up, holds and releases; the provider reads its own lines; nobody reads another's."""

from datetime import timedelta

import pytest

from careplan.access.domain.actor import Role
from careplan.hours.domain.terms import Funder
from careplan.kernel.clock import local_date, utc_now
from careplan.kernel.errors import DomainError
from careplan.kernel.ids import new_id
from careplan.kernel.words import money, short_day
from careplan.payments import tasks
from careplan.payments.domain.calendar import last_pay_period
from careplan.payments.domain.pay_model import Model
from careplan.payments.domain.settled import Outcome
from careplan.payments.domain.terms import PaySettings
from careplan.payments.queries import contracts, facts, runs
from careplan.payments.service import paying
from tests.factories.organisations import make_account, make_organisation
from tests.factories.payments import (
    AFTER,
    SPAN,
    make_done,
    make_kept_contract,
    make_money_care,
    make_planned,
    make_record,
)
from tests.pages import submit


@pytest.fixture
def care(session):
    made = make_money_care()
    make_done(made, SPAN.starts_on, minutes=50)
    session.commit()
    return made


@pytest.fixture
def officer(session):
    made = make_account(Role.FINANCE_OFFICER)
    session.commit()
    return made


@pytest.fixture
def run_id(care, officer, session):
    make_kept_contract(care.around.provider.id, actor=officer)
    made = paying.draw_up_pay_run(span=SPAN, actor=officer, now=AFTER)
    session.commit()
    return made


TERMS = {
    "model": "actual", "pays_planned": ["no_reply", "refused"], "charges_planned": ["refused"], "retainer_days": 14,
    "retainer_percent": 50, "notice_hours": 48, "travel": 8, "higher_weeks": 9, "level_goes_on_weeks": 4,
    "rural": "nb7, NB8 1",
}  # fmt: skip


class TestFinance:
    def test_reads_why_a_run_could_not_be_drawn_up_and_tries_again(self, care, officer, session, sign_in, monkeypatch):
        browser, span = sign_in(officer), last_pay_period(local_date(utc_now()))
        said = {"starts_on": span.starts_on.isoformat(), "account_id": str(officer.account_id)}

        def refuse(**_):
            raise DomainError("Contract HC-1 has no rate.")

        def break_down(**_):
            raise RuntimeError

        with monkeypatch.context() as patched:
            patched.setattr(paying, "draw_up_pay_run", refuse)
            tasks.draw_up_pay_run(**said)
            shown = browser.get("/pay").text
            assert "Contract HC-1 has no rate." in shown
            assert "Try again" in shown
            patched.setattr(paying, "draw_up_pay_run", break_down)
            with pytest.raises(RuntimeError):
                tasks.draw_up_pay_run(**said)
            assert "on our side" in browser.get("/pay").text

        assert submit(browser, "/pay", {"starts_on": said["starts_on"]}).status_code == 303
        tasks.draw_up_pay_run(**said)
        session.commit()
        assert "could not be drawn up" not in browser.get("/pay").text

    def test_draws_a_run_up_from_the_page_by_the_worker(self, care, officer, session, sign_in):
        make_kept_contract(care.around.provider.id, actor=officer, model=Model.BLOCK)
        session.commit()
        browser, starts_on = sign_in(officer), last_pay_period(local_date(utc_now())).starts_on.isoformat()
        assert submit(browser, "/pay", {"starts_on": starts_on}).status_code == 303
        tasks.draw_up_pay_run(starts_on=starts_on, account_id=str(officer.account_id))
        session.commit()

        (run,) = runs.list_runs()
        assert f"{money(runs.sums_of_runs(run_ids=[run.id])[run.id].pence)} to pay" in browser.get("/pay").text

    def test_is_told_which_rate_lacks_a_start(self, care, officer, session, sign_in):
        typed = {"reference": "HC-8", "name": "Care", "provider": str(care.around.provider.id), **TERMS}
        browser = sign_in(officer)
        answer = submit(browser, "/pay/contracts/new", {**typed, **day("starts_on", SPAN.starts_on)})
        assert answer.status_code == 303
        submit(browser, "/pay", {"starts_on": last_pay_period(local_date(utc_now())).starts_on.isoformat()})

        assert "Contract HC-8 has no rate “pilot”" in browser.get("/pay").text

    def test_is_told_what_is_wrong_with_a_rate_and_nothing_typed_is_lost(self, care, officer, session, sign_in):
        contract_id = make_kept_contract(care.around.provider.id, actor=officer)
        session.commit()
        page = submit(
            sign_in(officer),
            f"/pay/contracts/{contract_id}",
            {"rate": "pilot", "pounds": "24.5"},
            to=f"/pay/contracts/{contract_id}/rates",
        )

        assert page.status_code == 422
        assert "Type an amount in pounds, such as 42 or 42.50" in page.text
        assert "Give the day from which the rate counts" in page.text
        assert 'value="24.5"' in page.text

    def test_records_other_terms_from_a_day_on(self, care, officer, session, sign_in):
        contract_id = make_kept_contract(care.around.provider.id, actor=officer)
        session.commit()
        page = f"/pay/contracts/{contract_id}/terms"
        browser, since = sign_in(officer), SPAN.starts_on + timedelta(days=10)
        assert submit(browser, page, TERMS).status_code == 422
        assert submit(browser, page, {**TERMS, "model": "rota", **day("since", since)}).status_code == 303

        before, after = contracts.get_contract(contract_id=contract_id, as_of=utc_now()).parts
        assert (before.model, before.ends_on) == (Model.ACTUAL, since - timedelta(days=1))
        assert (after.model, after.starts_on) == (Model.ROTA, since)
        assert after.settings.pays_planned == {Outcome.NO_REPLY, Outcome.REFUSED}
        assert (after.settings.retainer_days, after.settings.retainer_percent) == (14, 50)
        assert (after.settings.short_notice, after.settings.travel, after.settings.higher_weeks) == (48 * 60, 8, 9)
        assert (after.settings.level_goes_on_weeks, after.settings.rural_postcodes) == (4, ("NB7", "NB8 1"))

        form = browser.get(page).text
        assert 'value="NB7, NB8 1"' in form
        refused = submit(browser, page, {**TERMS, "rural": "NB7, hills", **day("since", since + timedelta(days=1))})
        assert (refused.status_code, "“HILLS” is not the beginning of a postcode" in refused.text) == (422, True)
        assert 'value="NB7, hills"' in refused.text
        again = {**TERMS, "model": "pilot", **day("since", since)}
        refused = submit(browser, page, again)
        assert "are recorded: Hours on the rota. Give another day" in refused.text
        assert submit(browser, page, {**again, "replaces": "y"}).status_code == 303
        session.expire_all()
        assert contracts.get_contract(contract_id=contract_id, as_of=utc_now()).parts[-1].model is Model.PILOT

    def test_records_a_level_and_that_its_outcomes_are_achieved(self, care, officer, run_id, session, sign_in):
        provider_id = care.around.provider.id
        contract_id = make_kept_contract(
            make_organisation().id, actor=officer, model=Model.INCENTIVE, settings=PaySettings(level_goes_on_weeks=2)
        )
        session.commit()
        reference = facts.list_names(person_ids=[care.person_id])[care.person_id].reference
        browser, page = sign_in(officer), f"/pay/contracts/{contract_id}/levels"
        weekly = {"weekly-hours": "10", "weekly-minutes": "0"}
        typed = {"reference": reference.lower(), **weekly, **day("since", SPAN.starts_on)}

        refused = submit(browser, page, {**typed, "reference": "F-NOBODY"})
        assert (refused.status_code, "Finance knows nobody by this reference" in refused.text) == (422, True)
        refused = submit(browser, page, {**typed, "then-hours": "2"})
        assert "Say when the outcomes were agreed as achieved" in refused.text
        assert submit(browser, page, typed).status_code == 303
        achieved = day("achieved_on", SPAN.starts_on + timedelta(days=1))
        assert submit(browser, page, {**typed, **achieved}).status_code == 303

        ((level,),) = contracts.list_levels(as_of=utc_now())[contract_id].values()
        assert (level.weekly, level.then, level.achieved_on) == (600, 0, SPAN.starts_on + timedelta(days=1))
        assert f"From {short_day(SPAN.starts_on + timedelta(days=15))}: nothing." in browser.get(page).text
        other = make_kept_contract(provider_id, actor=officer)
        session.commit()
        refused = submit(browser, f"/pay/contracts/{other}/levels", typed)
        assert "This contract pays by no agreed level" in refused.text

    def test_holds_a_line_with_a_reason_that_the_provider_reads(self, care, officer, run_id, session, sign_in):
        (line,) = runs.list_lines(run_id=run_id)
        finance = sign_in(officer)
        page = f"/pay/lines/{line.id}"
        assert submit(finance, page, {"reason": ""}, to=f"{page}/hold").status_code == 422
        assert submit(finance, page, {"reason": "The rota is disputed."}, to=f"{page}/hold").status_code == 303
        assert submit(finance, f"/pay/{run_id}", to=f"/pay/{run_id}/release").status_code == 303

        read = sign_in(care.around.coordinator).get(f"/provider/pay/lines/{line.id}").text
        assert "The rota is disputed." in read
        assert "Version 1, week 2: 10 hours. The council pays." in read
        assert submit(finance, page, to=f"{page}/let-go").status_code == 303

    def test_downloads_every_line(self, care, officer, run_id, sign_in):
        text = sign_in(officer).get(f"/pay/{run_id}/lines.csv").text

        assert "Margaret Ellis,Actual time,2450,50,2042,0,no," in text


class TestRecharges:
    def test_are_listed_by_line_for_the_trust(self, officer, session, sign_in):
        grants = [
            {"id": str(new_id()), "funder": funder, "weeks": [600] * 4} for funder in ("council", "nhs_delegated")
        ]
        care = make_money_care(hours={"grants": grants})
        make_kept_contract(care.around.provider.id, actor=officer)
        make_done(care, SPAN.starts_on)
        visit = make_planned(care, SPAN.starts_on + timedelta(days=1), funder=Funder.NHS_DELEGATED)
        make_record(care, visit, minutes=30)
        run_id = paying.draw_up_pay_run(span=SPAN, actor=officer, now=AFTER)
        session.commit()
        browser = sign_in(officer)

        assert ",nhs_delegated,2450,30,1225" in browser.get(f"/pay/{run_id}/recharges.csv").text
        assert "£12.25" in browser.get(f"/pay/{run_id}").text


class TestCommissioner:
    def test_reads_references_and_no_names(self, run_id, session, sign_in):
        commissioner = make_account(Role.COMMISSIONER)
        session.commit()
        shown = sign_in(commissioner).get(f"/pay/{run_id}").text

        assert "Margaret" not in shown
        assert ">F-" in shown


class TestProvider:
    def test_reads_nothing_of_a_draft(self, care, run_id, sign_in):
        browser = sign_in(care.around.coordinator)

        assert browser.get(f"/provider/pay/{run_id}").status_code == 404
        assert "Nothing has been paid yet." in browser.get("/provider/pay").text

    def test_reads_its_own_lines_alone(self, care, officer, run_id, session, sign_in):
        paying.release_run(run_id=run_id, actor=officer, now=AFTER)
        other = make_account(Role.PROVIDER_COORDINATOR, organisation=make_organisation())
        session.commit()
        (line,) = runs.list_lines(run_id=run_id)

        assert "£20.42" in sign_in(care.around.coordinator).get(f"/provider/pay/{run_id}").text
        for address in (f"/provider/pay/{run_id}", f"/provider/pay/lines/{line.id}"):
            assert sign_in(other).get(address).status_code == 404


def day(name, value):
    return {f"{name}-day": value.day, f"{name}-month": value.month, f"{name}-year": value.year}
