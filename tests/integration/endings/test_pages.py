"""The pages of an ending, and how it shows elsewhere: the lists, one look, the pages of the person and the family."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from careplan.access.domain.actor import Role
from careplan.access.models import AuditEvent
from careplan.endings import queries
from careplan.endings.domain.ending import EndingKind
from careplan.kernel.clock import local_time
from careplan.kernel.words import short_day
from careplan.organisations.queries import get_organisation
from careplan.people import service as people
from tests.factories.endings import end_care, take_back
from tests.factories.organisations import make_account
from tests.factories.people import make_contact
from tests.factories.plans import make_representative
from tests.integration.visits.conftest import look_again
from tests.pages import submit

DAY = timedelta(days=1)


def typed(at, **said):
    local = local_time(at)
    usual = {
        "kind": "died", "day-day": str(local.day), "day-month": str(local.month), "day-year": str(local.year),
        "time": f"{local:%H:%M}", "told_by": "Helen Ellis-Ward, her daughter", "moved_to": "", "capacity": "",
        "equipment": "A hospital bed\nA key safe",
    }  # fmt: skip
    return {**usual, **said}


@pytest.fixture
def address(whole):
    return f"/people/{whole.person_id}/ending"


@pytest.fixture
def attorney(session, care, commit):
    found = make_representative(care.around)
    commit()
    return found


class TestTheForm:
    def test_ends_care_and_says_what_it_ended(self, whole, address, sign_in, session, earlier):
        browser = sign_in(whole.around.social_worker)

        answer = submit(browser, address, typed(earlier))

        look_again(session)
        assert (answer.status_code, answer.location) == (303, address)
        shown = browser.get(address).text
        assert (
            "Saved. This ended the plan, 3 planned visits, 1 delegated activity and the access of 5 parties." in shown
        )
        assert "Helen Ellis-Ward, her daughter" in shown
        assert "A hospital bed" in shown
        assert "The last four weeks of hours" in shown
        event = session.scalar(
            select(AuditEvent).where(AuditEvent.route.startswith("POST /people/<uuid:person_id>/en"))
        )
        assert (event.section, event.action, event.person_id) == ("ending", "record", whole.person_id)

    @pytest.mark.parametrize(
        ("said", "words"),
        [
            ({"told_by": ""}, "Say who told you."),
            ({"kind": "care_home"}, "Say where they move to."),
            ({"kind": "withdrawn"}, "a best-interests decision is needed instead"),
            ({"day-year": "2031"}, "This lies in the future. Check the date and the time."),
            ({"day-month": "13"}, "Type a real date"),
            ({"time": "25:00"}, "Type a time by the 24 hour clock"),
            ({"kind": ""}, "Choose what happened"),
        ],
    )
    def test_says_what_to_mend_and_keeps_what_was_typed(self, whole, address, sign_in, session, earlier, said, words):
        browser = sign_in(whole.around.social_worker)

        answer = submit(browser, address, typed(earlier, **said))

        look_again(session)
        assert (answer.status_code, words in answer.text) == (422, True), answer.text[:3000]
        assert "A hospital bed" in answer.text
        assert queries.list_endings(person_id=whole.person_id) == []

    def test_is_the_team_managers_too(self, whole, address, sign_in, session, earlier, commit):
        worker = whole.around.social_worker
        manager = make_account(Role.TEAM_MANAGER, team=get_organisation(organisation_id=worker.team_id))
        commit()

        assert submit(sign_in(manager), address, typed(earlier)).status_code == 303

    def test_is_nobody_elses(self, whole, address, sign_in, attorney):
        for actor in (whole.around.coordinator, whole.around.citizen, whole.joy, attorney):
            assert sign_in(actor).get(address).status_code == 404, actor.role


class TestAMistake:
    def test_is_set_right_on_a_page_of_its_own(self, whole, address, sign_in, session, earlier):
        browser = sign_in(whole.around.social_worker)
        submit(browser, address, typed(earlier))
        look_again(session)
        (ending,) = queries.list_endings(person_id=whole.person_id)

        refused = submit(browser, f"{address}/{ending.id}/in-error", {"reason": " "})
        answer = submit(browser, f"{address}/{ending.id}/in-error", {"reason": "It was another Margaret Ellis."})

        look_again(session)
        assert (refused.status_code, answer.status_code) == (422, 303)
        shown = browser.get(address).text
        assert "As before: the plan, 3 planned visits" in shown
        assert "Entered in error" in shown
        assert "It was another Margaret Ellis." in shown
        assert "End this care" in shown

    def test_of_another_person_is_not_there(self, whole, address, sign_in):
        missing = f"{address}/{whole.person_id}/in-error"

        assert sign_in(whole.around.social_worker).get(missing).status_code == 404


class TestLists:
    def test_leave_out_whose_care_has_ended_and_show_them_when_asked(self, whole, sign_in, now, commit):
        end_care(whole, now=now)
        commit()
        browser = sign_in(whole.around.social_worker)

        everyone, ended = browser.get("/people").text, browser.get("/people?show=ended").text

        assert "Margaret Ellis" not in everyone
        assert "People whose care has ended" in everyone
        assert "Margaret Ellis" in ended
        assert f"Ended on {short_day(now)}" in ended

    def test_show_whose_care_will_end_until_it_does(self, whole, sign_in, now, commit):
        end_care(whole, kind=EndingKind.CARE_HOME, ends_at=now + 2 * DAY, now=now)
        commit()
        browser = sign_in(whole.around.social_worker)

        assert "Margaret Ellis" in browser.get("/people").text
        assert "Margaret Ellis" not in browser.get("/people?show=ended").text
        assert "Moves into a care home" not in browser.get(f"/people/{whole.person_id}").text
        assert "Ends on" in browser.get(f"/people/{whole.person_id}").text


class TestOneLook:
    def test_says_that_it_ended_and_asks_for_nothing_more(self, whole, sign_in, now, commit):
        end_care(whole, now=now)
        commit()

        shown = sign_in(whole.around.social_worker).get(f"/people/{whole.person_id}").text

        assert "Ended on" in shown
        assert "A hospital bed" in shown
        assert "The plan that ended: version 1" in shown
        for gone in ("Draw contingency", "Record that care ends", "Waiting for an answer", "Start a plan"):
            assert gone not in shown

    def test_is_closed_to_the_provider_the_day_after(self, whole, sign_in, now, commit, session):
        end_care(whole, ends_at=now - 2 * DAY, now=now - DAY)
        commit()

        assert sign_in(whole.around.coordinator).get(f"/people/{whole.person_id}").status_code == 404
        assert sign_in(whole.around.social_worker).get(f"/people/{whole.person_id}").status_code == 200


class TestThePersonsPages:
    def test_say_plainly_to_a_representative_that_the_plan_has_ended(self, whole, attorney, sign_in, now, commit):
        end_care(whole, ends_at=now - 2 * DAY, now=now - 2 * DAY)
        commit()
        browser = sign_in(attorney)

        shown = browser.get("/me").text

        assert "This plan has ended" in shown
        assert "Margaret died on" in shown
        assert "A hospital bed" in shown
        for cheerful in ("Good morning", "Good afternoon", "Good evening", "Your next visit", "The next visit"):
            assert cheerful not in shown
        assert "This plan has ended" in browser.get("/me/plan").text
        assert browser.get("/me/visits").status_code == 200
        assert browser.get("/me/hours").status_code == 200
        assert browser.get("/me/plan/ask").status_code == 303

    def test_say_it_to_an_unpaid_carer(self, whole, sign_in, now, commit, session):
        account = make_account(Role.UNPAID_CARER)
        worker = whole.around.social_worker
        contact_id = make_contact(person_id=whole.person_id, actor=worker, account=account, name="Ann Hall")
        people.add_unpaid_carer(
            person_id=whole.person_id, contact_id=contact_id, starts_on=(now - 9 * DAY).date(), actor=worker,
            now=now - 9 * DAY, agreed_words="Ann may see who comes.",
        )  # fmt: skip
        end_care(whole, ends_at=now - 2 * DAY, now=now - 2 * DAY)
        commit()

        assert "This plan has ended" in sign_in(account).get("/me").text

    def test_say_it_to_somebody_who_moved(self, whole, sign_in, now, commit):
        end_care(whole, kind=EndingKind.CARE_HOME, ends_at=now - 2 * DAY, now=now - 2 * DAY)
        commit()
        browser = sign_in(whole.around.citizen)

        assert "Your plan has ended" in browser.get("/me").text
        assert "You can still read your plan here" in browser.get("/me").text
        assert "I want to walk to the garden" in browser.get("/me/plan").text
        assert "Ask for a change" not in browser.get("/me/plan").text

    def test_go_on_as_before_where_it_was_a_mistake(self, whole, attorney, sign_in, now, commit):
        take_back(whole, end_care(whole, now=now), now=now)
        commit()

        assert "ended" not in sign_in(attorney).get("/me").text
