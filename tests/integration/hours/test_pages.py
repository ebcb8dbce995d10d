"""The pages of hours: one's own, those of staff, asking for contingency, deciding."""

import pytest

from tests.integration.hours.test_api import Cast
from tests.pages import submit, token_on


@pytest.fixture
def cast(session, sign_in, commit):
    return Cast(sign_in, commit)


def asked(**said):
    return {
        "circumstance": "chest_infection", "service": "personal_care", "exceptional": "She could not stand",
        "minutes-hours": "0", "minutes-minutes": "30",
    } | said  # fmt: skip


class TestMine:
    def test_says_what_is_left_and_when_it_ends_in_words(self, cast):
        page = cast.browser("citizen").get("/me/hours")

        assert page.status_code == 200
        for words in ("No time left", "There are 60 hours for these four weeks", "They end on", "Kept aside: 4 hours",
                      "A chest infection", "50 minutes of care was more than the hours agreed"):  # fmt: skip
            assert words in page.text

    def test_shows_the_next_four_weeks_too(self, cast):
        page = cast.browser("citizen").get("/me/hours?period=1")

        assert "60 hours left" in page.text
        assert "The four weeks before" in page.text

    def test_before_anything_is_agreed_it_says_so(self, cast, sign_in, commit, session):
        page = cast.browser("citizen").get("/me/hours?period=77")

        assert page.status_code == 200
        assert "No hours have been agreed yet" in page.text


class TestPerson:
    @pytest.mark.parametrize("name", ["social_worker", "coordinator", "assessor", "citizen"])
    def test_every_line_leads_to_its_visit(self, cast, name):
        page = cast.browser(name).get(f"/people/{cast.person}/hours")

        assert f"/visits/{cast.visit}" in page.text
        assert "Delivered without funding" in page.text

    @pytest.mark.parametrize("name", ["social_worker", "coordinator", "assessor"])
    def test_leads_from_minutes_that_nobody_paid_for_to_contingency_for_their_visit(self, cast, name):
        browser = cast.browser(name)
        page = browser.get(f"/people/{cast.person}/hours")
        unpaid = page.text.split('id="unpaid"')[1].split("</section>")[0]
        address = f"/people/{cast.person}/contingency/new?visit={cast.visit}"

        assert "50 min" in unpaid
        assert f'href="{address}"' in unpaid
        assert str(cast.visit) in browser.get(address).text

    def test_who_may_not_draw_is_told_who_can(self, cast):
        page = cast.browser("citizen").get(f"/people/{cast.person}/hours")

        assert "50 min" in page.text
        assert "contingency/new" not in page.text
        assert "can ask for contingency" in page.text

    def test_contingency_that_waits_is_not_asked_for_again(self, cast):
        cast.ask("assessor", minutes=50, visit=str(cast.visit))
        page = cast.browser("assessor").get(f"/people/{cast.person}/hours")

        assert "asked for and waits for an answer" in page.text
        assert f"contingency/new?visit={cast.visit}" not in page.text

    def test_a_visit_that_contingency_paid_for_is_gone_from_the_list(self, cast):
        cast.ask("social_worker", minutes=50, visit=str(cast.visit))

        assert 'id="unpaid"' not in cast.browser("social_worker").get(f"/people/{cast.person}/hours").text

    def test_is_not_there_for_others(self, cast):
        assert cast.browser("stranger").get(f"/people/{cast.person}/hours").status_code == 404


class TestContingency:
    def test_draws_and_leads_back_to_the_hours(self, cast):
        browser, address = cast.browser("social_worker"), f"/people/{cast.person}/contingency/new"
        done = submit(browser, address, asked(id=_form_id(browser, address)))

        assert (done.status_code, done.location) == (303, f"/people/{cast.person}/hours")
        assert "3 hours 30 minutes of contingency is left" in browser.get(done.location).text

    def test_a_refusal_says_what_would_be_accepted_and_keeps_what_was_typed(self, cast):
        browser, address = cast.browser("coordinator"), f"/people/{cast.person}/contingency/new"
        refused = submit(browser, address, asked(id=_form_id(browser, address), circumstance="something-else"))

        assert refused.status_code == 422
        assert "Error:" in refused.text
        assert "Choose “A chest infection” or “Jean cannot come”." in refused.text
        assert "She could not stand" in refused.text

    def test_without_a_time_nothing_is_sent(self, cast):
        browser, address = cast.browser("coordinator"), f"/people/{cast.person}/contingency/new"
        refused = submit(browser, address, asked(**{"minutes-hours": "", "minutes-minutes": ""}))

        assert refused.status_code == 422
        assert "Say how much time was needed" in refused.text

    def test_the_same_form_sent_twice_counts_once(self, cast):
        browser, address = cast.browser("social_worker"), f"/people/{cast.person}/contingency/new"
        page = browser.get(address)
        data = asked(id=_form_id(browser, address), csrf_token=token_on(page))
        for _ in range(2):
            browser.post(address, data=data)

        assert browser.get(cast.url("bank")).json["contingency"]["left"] == 210


class TestRequests:
    def test_the_social_worker_approves_what_waits(self, cast):
        draw = cast.ask("coordinator", minutes=90).json["id"]
        browser = cast.browser("social_worker")
        page = browser.get("/requests")
        assert "1 hour 30 minutes of contingency for Margaret Ellis" in page.text
        done = browser.post(f"/requests/{draw}/approve", data={"csrf_token": token_on(page)})

        assert done.location == "/requests"
        after = browser.get("/requests").text
        assert "Approved: 1 hour 30 minutes of contingency" in after
        assert "Nothing waits for an answer" in after

    def test_a_refusal_without_a_reason_is_not_taken(self, cast):
        draw = cast.ask("coordinator", minutes=90).json["id"]
        browser = cast.browser("social_worker")
        browser.post(f"/requests/{draw}/refuse", data={"csrf_token": token_on(browser.get("/requests"))})

        assert "Say why" in browser.get("/requests").text

    def test_who_asked_reads_why_it_was_refused(self, cast):
        draw = cast.ask("coordinator", minutes=90).json["id"]
        browser = cast.browser("social_worker")
        token = token_on(browser.get("/requests"))
        browser.post(f"/requests/{draw}/refuse", data={"csrf_token": token, "reason": "Jean was there"})

        assert "Jean was there" in cast.browser("coordinator").get(f"/people/{cast.person}/hours").text

    def test_an_assessor_sees_it_and_cannot_decide(self, cast):
        draw = cast.ask("assessor", minutes=20).json["id"]
        browser = cast.browser("assessor")
        page = browser.get("/requests")

        assert "20 minutes of contingency" in page.text
        assert "Approve" not in page.text
        token = token_on(page)
        assert browser.post(f"/requests/{draw}/approve", data={"csrf_token": token}).status_code == 404

    def test_another_social_worker_sees_and_decides_nothing(self, cast):
        draw = cast.ask("coordinator", minutes=90).json["id"]
        browser = cast.browser("stranger")
        page = browser.get("/requests")

        assert "Nothing waits for an answer" in page.text
        token = token_on(page)
        assert browser.post(f"/requests/{draw}/approve", data={"csrf_token": token}).status_code == 404

    def test_is_not_for_citizens(self, cast):
        assert cast.browser("citizen").get("/requests").status_code == 403


def _form_id(browser, address):
    return browser.get(address).text.split('name="id"')[1].split('value="')[1].split('"')[0]
