"""The pages of concerns: who raises one, where it lands, what each step asks, and what is kept of a bad answer."""

from datetime import timedelta

import pytest

from careplan.concerns import queries
from careplan.concerns.domain.concern import AllegedKind
from careplan.concerns.domain.step import StepKind
from careplan.kernel.clock import local_date, utc_now
from tests.factories.concerns import make_concern
from tests.pages import submit


@pytest.fixture
def concern_id(circle, kept):
    made = make_concern(person_id=circle.person_id, actor=circle["social worker"])
    kept()
    return made


class TestRaising:
    def test_is_for_those_who_work_with_the_person_and_lands_with_the_lead(self, circle, browser):
        typed = {"category": "financial", "words": "Her purse was empty again", "immediate_danger": "y"}
        answer = submit(browser("coordinator"), f"/people/{circle.person_id}/concerns/new", typed)

        assert answer.status_code == 303, answer.text
        for name in ("lead", "social worker", "manager"):
            page = browser(name).get("/concerns").text
            assert "Margaret Ellis: Money or belongings" in page, name
            assert "left to take it up" in page, name

    @pytest.mark.parametrize("name", ["citizen", "representative", "carer"])
    def test_is_for_the_person_and_family_in_their_own_words(self, session, circle, browser, name):
        typed = {"words": "They shout at me", "danger": "no", "alleged": f"organisation:{circle.around.provider.id}"}
        answer = submit(browser(name), "/me/concerns/new", typed)
        session.rollback()

        assert answer.status_code == 303, answer.text
        assert "We have your message" in browser(name).get(answer.location).text
        (concern,) = queries.list_concerns(person_id=circle.person_id)
        assert concern.words == "They shout at me"
        assert concern.alleged[0].kind is AllegedKind.ORGANISATION
        assert "They shout at me" in browser("lead").get(f"/concerns/{concern.id}").text
        assert browser("coordinator").get(f"/concerns/{concern.id}").status_code == 404

    def test_offers_family_no_list_of_a_provider_s_workers(self, circle, browser):
        page = browser("citizen").get("/me/concerns/new").text

        assert "Somebody at Harbour Care" in page
        assert circle["coordinator"].name not in page

    def test_says_whom_to_ring_when_it_cannot_wait(self, browser):
        page = browser("citizen").get("/me/concerns/new").text

        assert "999" in page
        assert "01632 960 155" in page

    def test_keeps_what_was_typed_and_says_what_to_mend(self, circle, browser):
        address, typed = "/me/concerns/new", {"words": "", "persons_wishes": "No fuss", "danger": ""}
        answer = submit(browser("citizen"), address, typed)

        assert answer.status_code == 422
        assert "Choose yes or no" in answer.text
        assert "No fuss" in answer.text
        again = submit(browser("citizen"), address, {**typed, "danger": "no"})
        assert "Say what you saw or heard" in again.text

    def test_goes_back_to_the_person_where_it_names_whoever_raises_it(self, circle, browser):
        typed = {
            "category": "neglect", "words": "We missed two visits",
            "alleged": f"organisation:{circle.around.provider.id}",
        }  # fmt: skip
        answer = submit(browser("coordinator"), f"/people/{circle.person_id}/concerns/new", typed)

        assert answer.location == f"/people/{circle.person_id}/details"


class TestSteps:
    def test_lead_takes_up_decides_acts_and_closes(self, session, circle, browser, concern_id):
        lead, base = browser("lead"), f"/concerns/{concern_id}"
        day = local_date(utc_now()) + timedelta(days=7)
        days = {"due_on-day": day.day, "due_on-month": day.month, "due_on-year": day.year}
        submit(lead, base, to=f"{base}/acknowledge")
        submit(lead, f"{base}/decision", {"enquiry": "yes", "reasons": "She is at risk."})
        submit(lead, f"{base}/actions/new", {"words": "Ask the bank", "who": "Priya Nair", **days})
        session.rollback()
        (action,) = queries.get_concern(concern_id=concern_id).open_steps(StepKind.ACTION)
        submit(lead, f"{base}/actions/{action.id}/done", {"words": "The card is stopped"})
        answer = submit(lead, f"{base}/closing", {"outcome": "risk_removed", "words": "The card is stopped"})

        assert answer.status_code == 303, answer.text
        page = lead.get(base).text
        for said in ("Taken up", "yes, an enquiry under section 42", "Ask the bank", "The risk is gone"):
            assert said in page, said
        assert "No concern is open" in lead.get("/concerns").text

    def test_closing_too_early_says_why_and_keeps_what_was_typed(self, browser, concern_id):
        answer = submit(
            browser("lead"), f"/concerns/{concern_id}/closing", {"outcome": "not_founded", "words": "All is well"}
        )

        assert answer.status_code == 422
        assert "Decide first whether there is to be an enquiry" in answer.text
        assert "All is well" in answer.text

    @pytest.mark.parametrize("step", ["decision", "closing", "withholdings/new"])
    def test_what_the_lead_decides_is_not_the_social_worker_s_to_decide(self, browser, concern_id, step):
        assert browser("social worker").get(f"/concerns/{concern_id}/{step}").status_code == 404

    def test_a_provider_is_told_how_far_it_has_come_and_not_what_the_council_weighs(self, browser, concern_id):
        submit(browser("lead"), f"/concerns/{concern_id}/notes/new", {"words": "The brother has form"})
        submit(browser("lead"), f"/concerns/{concern_id}/decision", {"enquiry": "no", "reasons": "He is abroad"})
        page = browser("coordinator").get(f"/concerns/{concern_id}").text

        assert "Taken up" in page
        assert "The brother has form" not in page
        assert "He is abroad" not in page

    def test_a_step_that_is_another_concern_s_is_not_there(self, circle, browser, concern_id):
        answer = browser("lead").get(f"/concerns/{concern_id}/actions/{circle.person_id}/done")

        assert answer.status_code == 404
