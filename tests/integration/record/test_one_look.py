"""The list, one look at a person, one's own home, and who has looked."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from careplan.access.domain.actor import Role
from careplan.access.models import AuditEvent
from careplan.kernel.clock import local_date, utc_now
from tests.factories.organisations import make_account, make_organisation, make_social_worker
from tests.factories.plans import make_agreed, make_around, make_proposed

YESTERDAY = timedelta(days=1)


@pytest.fixture
def around(session):
    """Margaret with a plan in force since yesterday."""
    found = make_around(now=utc_now() - YESTERDAY)
    make_agreed(found, now=utc_now() - YESTERDAY, starts_on=local_date(utc_now()) - YESTERDAY)
    session.commit()
    return found


@pytest.fixture
def stranger(session):
    worker = make_social_worker()
    session.commit()
    return worker


class TestThePeopleList:
    def test_shows_whom_one_looks_after_and_how_far_the_plan_is(self, around, sign_in):
        shown = sign_in(around.social_worker).get("/people").text

        assert "Margaret Ellis" in shown
        assert "In force" in shown

    def test_shows_nobody_else(self, around, stranger, sign_in):
        shown = sign_in(stranger).get("/people").text

        assert "Margaret Ellis" not in shown
        assert "There is nobody on your list yet" in shown

    def test_says_what_to_try_when_nobody_is_found(self, around, sign_in):
        shown = sign_in(around.social_worker).get("/people?name=Zachariah").text

        assert "Nobody here has a name like “Zachariah”" in shown
        assert 'value="Zachariah"' in shown

    def test_writes_down_whom_it_showed(self, around, sign_in, session):
        sign_in(around.social_worker).get("/people")

        event = session.scalar(select(AuditEvent).where(AuditEvent.route == "GET /people"))
        assert event.subjects == [around.person_id]

    def test_a_place_in_the_list_that_we_did_not_give_is_refused(self, around, sign_in):
        assert sign_in(around.social_worker).get("/people?after=made-up").status_code == 400


class TestOneLook:
    def test_shows_the_plan_in_force_and_the_hours(self, around, sign_in):
        shown = sign_in(around.social_worker).get(f"/people/{around.person_id}").text

        assert "Plan in force: version 1" in shown
        assert "Hours: 60 h left" in shown
        assert "I want to walk to the garden and back on my own." in shown

    def test_of_somebody_one_does_not_look_after_is_as_if_absent(self, around, stranger, sign_in):
        browser = sign_in(stranger)
        theirs = browser.get(f"/people/{around.person_id}")
        nobodys = browser.get(f"/people/{stranger.account_id}")

        assert theirs.status_code == nobodys.status_code == 404

    def test_hides_hours_from_a_care_role_that_may_not_see_them(self, around, sign_in, session):
        from careplan.people import service as people
        from careplan.people.domain.partnership import MemberKind

        trust = make_organisation(name="Trust")
        nurse = make_account(Role.NURSE, organisation=trust, name="Grace Thornton")
        people.join_partnership(
            person_id=around.person_id, kind=MemberKind.NURSE, account_id=nurse.account_id,
            actor=around.social_worker, now=utc_now(),
        )  # fmt: skip
        session.commit()

        shown = sign_in(nurse).get(f"/people/{around.person_id}").text

        assert "Plan in force: version 1" in shown
        assert "Hours:" not in shown


class TestMyHome:
    def test_shows_the_hours_left_in_words(self, around, sign_in):
        shown = sign_in(around.citizen).get("/me").text

        assert "60 hours left" in shown
        assert "Nothing has been written here yet" in shown

    def test_asks_for_agreement_where_a_version_waits(self, session, sign_in):
        found = make_around()
        make_proposed(found)
        session.commit()

        assert "Your plan has changed. Do you agree?" in sign_in(found.citizen).get("/me").text

    def test_is_nobodys_without_a_person(self, session, sign_in):
        lonely = make_account(Role.CITIZEN, name="Nobody Yet")
        session.commit()

        assert sign_in(lonely).get("/me").status_code == 404

    def test_counts_who_has_looked(self, around, sign_in):
        sign_in(around.social_worker).get(f"/people/{around.person_id}")

        assert "One person has looked at your record this week" in sign_in(around.citizen).get("/me").text


class TestWhoHasLooked:
    def test_names_each_look(self, around, sign_in):
        sign_in(around.social_worker).get(f"/people/{around.person_id}")

        shown = sign_in(around.citizen).get("/me/seen").text

        assert around.social_worker.name in shown
        assert "looked at your details" in shown

    def test_names_a_stranger_who_was_not_let_in(self, around, stranger, sign_in):
        sign_in(stranger).get(f"/people/{around.person_id}")

        assert "was not let in to your details" in sign_in(around.citizen).get("/me/seen").text


class TestTheTrail:
    def test_is_open_to_an_auditor_and_holds_no_names_of_people(self, around, sign_in, session):
        auditor = make_account(Role.AUDITOR, name="Peter Lund")
        session.commit()
        sign_in(around.social_worker).get(f"/people/{around.person_id}")

        shown = sign_in(auditor).get("/admin/audit").text

        assert "read person" in shown
        assert "Margaret" not in shown

    def test_is_closed_to_a_social_worker(self, around, sign_in):
        assert sign_in(around.social_worker).get("/admin/audit").status_code == 403


class TestTheJson:
    def test_lists_people_with_their_plans(self, around, sign_in):
        answer = sign_in(around.social_worker).get("/api/v1/people").json

        assert [i["name"] for i in answer["items"]] == ["Margaret Ellis"]
        assert answer["items"][0]["plan"]["in_force"] == 1
        assert answer["next"] is None

    def test_goes_on_where_a_page_ended(self, around, sign_in, session):
        from tests.factories.people import make_person

        make_person(social_worker=around.social_worker, family_name="Zuckerman")
        session.commit()
        browser = sign_in(around.social_worker)

        first = browser.get("/api/v1/people?limit=1").json
        second = browser.get(f"/api/v1/people?limit=1&after={first['next']}").json

        assert [first["items"][0]["name"], second["items"][0]["name"]] == ["Margaret Ellis", "Margaret Zuckerman"]

    def test_shows_the_access_log_to_the_person(self, around, sign_in):
        sign_in(around.social_worker).get(f"/api/v1/people/{around.person_id}")

        log = sign_in(around.citizen).get(f"/api/v1/people/{around.person_id}/access-log").json

        assert [(i["who"], i["part"]) for i in log["items"]] == [(around.social_worker.name, "person")]

    def test_answers_a_stranger_as_if_there_were_nobody(self, around, stranger, sign_in):
        answer = sign_in(stranger).get(f"/api/v1/people/{around.person_id}")

        assert (answer.status_code, answer.json["code"]) == (404, "not_found")
