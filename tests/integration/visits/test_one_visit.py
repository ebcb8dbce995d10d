"""The page of one visit for those who read it: what was planned, what happened, and who paid."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from careplan.access.domain.actor import Role
from careplan.access.models import AuditEvent
from careplan.visits.forms import recording as forms
from tests.factories.delegation import make_active, make_nurse
from tests.factories.organisations import make_account, make_social_worker
from tests.factories.visits import make_visit, rating_body, visit_body
from tests.integration.visits.conftest import look_again
from tests.integration.visits.test_pages import fill_in
from tests.pages import submit


@pytest.fixture
def cast(care, session, commit):
    """Those around Margaret by name; the nurse has delegated an activity."""
    nurse, assessor = make_nurse(), make_account(Role.TRUSTED_ASSESSOR, organisation=care.around.provider)
    stranger = make_social_worker()
    commit()
    return SimpleNamespace(
        social_worker=care.around.social_worker, coordinator=care.around.coordinator, citizen=care.around.citizen,
        nurse=nurse, assessor=assessor, stranger=stranger, worker=care.joy,
    )  # fmt: skip


def sent_to(address, care, browser):
    """Sends a visit's result with the token of another page's form."""
    return submit(browser, f"/people/{care.person_id}/contingency/new", {"result": "completed"}, to=address)


class TestPlanned:
    def test_tells_who_came_when_what_was_noted_and_who_paid(self, care, cast, sign_in, noon, commit):
        given = make_active(
            person_id=care.person_id, provider_id=care.around.provider.id, nurse=cast.nurse,
            coordinator=cast.coordinator, worker=care.joy, now=noon - timedelta(days=2),
        )  # fmt: skip
        visit = make_visit(care, start=noon)
        commit()
        fill_in(
            sign_in(care.joy), visit,
            **{
                forms.level_name(care.outcome_id): "1", forms.words_name(care.outcome_id): "Walked to the door.",
                forms.done_name(given.id): "done", forms.reading_name(given.id, 0): "91.5",
            },
        )  # fmt: skip

        page = sign_in(cast.social_worker).get(f"/visits/{visit.id}")

        assert page.status_code == 200
        for words in (
            "12:00 to 13:00, 1 hour", "12:00 to 12:40, 40 minutes", "Joy Mensah", "Ate well.", "Walked to the door.",
            "91.5", "outside its range", "The hours agreed", "Not funded yet",
        ):  # fmt: skip
            assert words in page.text, words
        assert "<form" not in page.text.split("<main")[1].split("</main>")[0]

    @pytest.mark.parametrize("name", ["social_worker", "assessor", "citizen"])
    def test_is_there_for_those_who_read_visits_and_do_not_record(self, care, cast, sign_in, noon, commit, name):
        visit = make_visit(care, start=noon)
        commit()

        page = sign_in(getattr(cast, name)).get(f"/visits/{visit.id}")

        assert page.status_code == 200
        assert "Nothing has been recorded of this visit." in page.text

    @pytest.mark.parametrize("name", ["worker", "coordinator"])
    def test_stays_a_form_for_those_who_record(self, care, cast, sign_in, noon, commit, name):
        visit = make_visit(care, start=noon)
        commit()

        assert "Save the visit" in sign_in(getattr(cast, name)).get(f"/visits/{visit.id}").text

    def test_is_not_there_for_a_stranger_and_cannot_be_recorded_by_a_reader(self, care, cast, sign_in, noon, commit):
        visit = make_visit(care, start=noon)
        commit()
        address = f"/visits/{visit.id}"

        assert sign_in(cast.stranger).get(address).status_code == 404
        assert sent_to(address, care, sign_in(cast.social_worker)).status_code == 404

    def test_the_trail_says_that_it_was_read(self, session, care, cast, sign_in, noon, commit):
        visit = make_visit(care, start=noon)
        commit()
        sign_in(cast.social_worker).get(f"/visits/{visit.id}")

        look_again(session)
        found = session.execute(
            select(AuditEvent.action, AuditEvent.person_id).where(AuditEvent.route == "GET /visits/<uuid:visit_id>")
        ).all()
        assert found == [("read", care.person_id)]

    def test_a_nurse_reads_the_visit_and_nothing_of_hours(self, care, cast, send, sign_in, noon, earlier, commit):
        make_active(
            person_id=care.person_id, provider_id=care.around.provider.id, nurse=cast.nurse,
            coordinator=cast.coordinator, worker=care.joy, now=noon - timedelta(days=2),
        )  # fmt: skip
        visit = make_visit(care, start=earlier)
        commit()
        send(care.joy, visit_body(care, start=earlier, visit=visit), rating_body(care, at=earlier, visit=str(visit.id)))

        page = sign_in(cast.nurse).get(f"/visits/{visit.id}")

        assert page.status_code == 200
        assert "How it went" in page.text
        assert "Who paid" not in page.text


class TestUnplanned:
    @pytest.mark.parametrize("name", ["social_worker", "coordinator", "citizen"])
    def test_goes_by_the_id_of_its_record(self, care, cast, send, sign_in, earlier, name):
        body = visit_body(care, start=earlier, note="She rang for help.")
        send(care.joy, body)

        page = sign_in(getattr(cast, name)).get(f"/visits/{body['id']}")

        assert page.status_code == 200
        for words in ("Nobody had planned this visit.", "She rang for help.", "Joy Mensah", "Who paid for the time"):
            assert words in page.text

    def test_a_corrected_record_leads_to_what_holds(self, care, cast, send, sign_in, earlier):
        first = visit_body(care, start=earlier, note="Wrong.")
        second = visit_body(care, start=earlier, minutes=30, note="Right.", corrects=first["id"])
        send(care.joy, first, second)
        browser = sign_in(cast.social_worker)

        pages = [browser.get(f"/visits/{body['id']}") for body in (first, second)]

        assert ["Right." in p.text and "Wrong." not in p.text for p in pages] == [True, True]
        assert all("30 minutes" in p.text.split('id="paid"')[1] for p in pages)

    def test_a_record_of_a_planned_visit_leads_to_that_visit(self, care, cast, send, sign_in, earlier, commit):
        visit = make_visit(care, start=earlier)
        commit()
        body = visit_body(care, start=earlier, visit=visit)
        send(care.joy, body)

        for account in (cast.social_worker, cast.coordinator):
            assert sign_in(account).get(f"/visits/{body['id']}").location == f"/visits/{visit.id}"

    def test_is_not_there_for_strangers_and_takes_no_form(self, care, cast, send, sign_in, earlier):
        body = visit_body(care, start=earlier)
        send(care.joy, body)
        address = f"/visits/{body['id']}"

        assert sign_in(cast.stranger).get(address).status_code == 404
        assert sent_to(address, care, sign_in(cast.coordinator)).status_code == 404


class TestFromTheHours:
    def test_every_visit_that_the_ledger_names_opens(self, care, cast, send, sign_in, earlier, commit):
        visit = make_visit(care, start=earlier)
        commit()
        loose = visit_body(care, start=earlier - timedelta(hours=2))
        send(care.joy, visit_body(care, start=earlier, visit=visit), loose)
        browser = sign_in(cast.social_worker)
        ledger = browser.get(f"/people/{care.person_id}/hours").text

        for visit_id in (str(visit.id), loose["id"]):
            assert f"/visits/{visit_id}" in ledger
            assert browser.get(f"/visits/{visit_id}").status_code == 200
