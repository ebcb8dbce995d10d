"""What waits for a coordinator: one line for each person and reason, settled together."""

import re
from datetime import timedelta

from sqlalchemy import func, select

from careplan.access.domain.actor import Role
from careplan.access.models import AuditEvent
from careplan.people import service as people
from careplan.people.domain.sharing import SharingDecision
from careplan.visits.domain.flag import Flag
from careplan.visits.models import VisitFlagRow
from tests.factories.organisations import make_account, make_organisation
from tests.factories.visits import make_visit, visit_body
from tests.integration.visits.conftest import look_again
from tests.pages import submit, token_on

FLAG = re.compile(r'name="flag" value="([^"]+)"')
OBJECTED = VisitFlagRow.code == Flag.PERSON_OBJECTED.value


def choose(care, decision, now):
    return people.choose_sharing(person_id=care.person_id, decision=decision, actor=care.around.citizen, now=now)


def objections(session):
    return session.scalar(select(func.count()).select_from(VisitFlagRow).where(OBJECTED))


def settle(browser, words="She swapped.", flags=None):
    page = browser.get("/provider")
    named = FLAG.findall(page.text) if flags is None else flags
    fields = {"csrf_token": token_on(page), "words": words, "flag": named}
    return browser.post("/provider/flags", data=fields)


class TestGroups:
    def test_one_line_for_a_person_and_reason_says_how_many_and_the_latest(self, care, send, sign_in, earlier):
        send(care.sam, *(visit_body(care, start=earlier - timedelta(minutes=70 * k)) for k in range(3)))

        page = sign_in(care.around.coordinator).get("/provider")

        assert page.text.count("<p>The person was not on this worker") == 1
        assert "3 times, the last on" in page.text
        assert len(FLAG.findall(page.text)) == 3

    def test_one_answer_settles_them_all_and_the_trail_names_the_person(self, session, care, send, sign_in, earlier):
        send(care.sam, *(visit_body(care, start=earlier - timedelta(minutes=70 * k)) for k in range(3)))
        browser = sign_in(care.around.coordinator)

        answer = settle(browser)

        look_again(session)
        assert (answer.status_code, answer.location) == (303, "/provider")
        assert set(session.scalars(select(VisitFlagRow.settled_words))) == {"She swapped."}
        assert "Nothing to look at" in browser.get("/provider").text
        trail = session.execute(
            select(AuditEvent.subjects, AuditEvent.reason).where(AuditEvent.route == "POST /provider/flags")
        ).all()
        assert trail == [([care.person_id], "She swapped.")]

    def test_without_words_nothing_is_settled(self, session, care, send, sign_in, earlier):
        send(care.sam, visit_body(care, start=earlier))
        browser = sign_in(care.around.coordinator)

        settle(browser, words="  ")

        look_again(session)
        assert "Say what you found or did." in browser.get("/provider").text
        assert session.scalar(select(VisitFlagRow.settled_at)) is None

    def test_another_providers_flags_are_not_there(self, session, care, send, sign_in, earlier, commit):
        send(care.sam, visit_body(care, start=earlier))
        flag_id = session.scalar(select(VisitFlagRow.id))
        other = make_account(Role.PROVIDER_COORDINATOR, organisation=make_organisation())
        commit()
        browser = sign_in(other)

        answers = [submit(browser, "/provider", {"words": "x", "flag": f}, to="/provider/flags") for f in (flag_id, "")]

        look_again(session)
        assert [a.status_code for a in answers] == [404, 404]
        assert session.scalar(select(VisitFlagRow.settled_at)) is None


class TestObjection:
    def test_waits_once_however_many_records_come(self, session, care, send, noon, earlier, now, commit):
        make_visit(care, start=noon)
        choose(care, SharingDecision.OBJECTS, now)
        commit()

        verdicts = send(care.joy, *(visit_body(care, start=earlier - timedelta(minutes=70 * k)) for k in range(3)))

        assert objections(session) == 1
        assert all("person_objected" in v["flags"] for v in verdicts)

    def test_settled_it_does_not_come_back_with_the_next_visit(
        self, session, care, send, sign_in, noon, earlier, now, commit
    ):
        make_visit(care, start=noon)
        choose(care, SharingDecision.OBJECTS, now)
        commit()
        send(care.joy, visit_body(care, start=earlier))
        settle(sign_in(care.around.coordinator))

        send(care.joy, visit_body(care, start=earlier - timedelta(minutes=70)))

        assert objections(session) == 1
        assert session.scalar(select(VisitFlagRow.settled_words).where(OBJECTED)) == "She swapped."

    def test_a_new_objection_is_told_anew(self, session, care, send, noon, earlier, now, commit):
        make_visit(care, start=noon)
        for k, decision in enumerate((SharingDecision.OBJECTS, SharingDecision.SHARES, SharingDecision.OBJECTS)):
            choose(care, decision, now + timedelta(seconds=k))
            commit()
            send(care.joy, visit_body(care, start=earlier - timedelta(minutes=70 * k)))

        assert objections(session) == 2
