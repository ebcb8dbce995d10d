"""Complaints about anything: made, answered by a day, overdue in plain sight, and read by the person alone."""

from datetime import timedelta

import pytest
import time_machine

from careplan.complaints import queries, service
from careplan.complaints.domain.complaint import About, FollowUp
from careplan.complaints.service import AlreadyAnswered
from careplan.kernel.clock import local_date, utc_now
from careplan.kernel.errors import Invalid
from careplan.kernel.holidays import bank_holidays
from careplan.kernel.words import day
from careplan.kernel.working_days import working_days_after
from careplan.notices import queries as notices
from tests.pages import submit


@pytest.fixture
def complain(care, kept):
    def made(about=About.CARE, **said):
        usual = {
            "person_id": care.person_id, "words": "They wear their shoes on my carpet.", "wanted": None, "days": 10,
            "actor": care.around.citizen, "now": utc_now(),
        }  # fmt: skip
        complaint = service.complain(about=about, **{**usual, **said})
        kept()
        return complaint

    return made


class TestComplain:
    def test_is_answered_within_so_many_working_days(self, complain):
        complaint = complain(days=10)

        assert complaint.answer_by == working_days_after(local_date(utc_now()), 10, holidays=bank_holidays())

    def test_says_what_went_wrong(self, complain):
        with pytest.raises(Invalid):
            complain(words="  ")

    def test_tells_whoever_answers(self, care, complain):
        complain(About.CARE)
        complain(About.MONEY)
        told = {
            a.name: len(notices.list_notices(actor=a, now=utc_now()))
            for a in (care.around.social_worker, care.around.coordinator)
        }

        assert told == {care.around.social_worker.name: 2, care.around.coordinator.name: 1}


class TestAnswerComplaint:
    def answer(self, care, complaint, **said):
        usual = {"words": "We are sorry.", "follow_up": FollowUp.APOLOGY, "now": utc_now()}
        service.answer_complaint(complaint_id=complaint.id, actor=care.around.coordinator, **{**usual, **said})

    def test_tells_the_person(self, care, complain, kept):
        complaint = complain()
        self.answer(care, complaint)
        kept()
        (notice,) = [
            n for n in notices.list_notices(actor=care.around.citizen, now=utc_now())
            if n.address == "/me/complaints"
        ]  # fmt: skip

        assert complaint.reference in notice.words

    def test_is_given_once(self, care, complain):
        complaint = complain()
        self.answer(care, complaint)
        with pytest.raises(AlreadyAnswered):
            self.answer(care, complaint)

    def test_says_something(self, care, complain):
        with pytest.raises(Invalid):
            self.answer(care, complain(), words=" ")


class TestPages:
    def test_from_the_person_to_the_answer_and_back(self, session, care, sign_in):
        own, worker = sign_in(care.around.citizen), sign_in(care.around.social_worker)
        typed = {"about": "plan", "words": "Nobody asked me", "wanted": "Ask me first"}
        answer = submit(own, "/me/complaints/new", typed)
        session.rollback()
        assert answer.status_code == 303, answer.text
        (complaint,) = queries.list_of_person(person_id=care.person_id)
        assert complaint.reference in own.get("/me/complaints").text
        assert "Margaret Ellis" in worker.get("/complaints").text
        said = {"follow_up": "no_change", "words": "We rang you on Monday and you agreed"}
        sent = submit(worker, f"/complaints/{complaint.id}", said)

        assert sent.status_code == 303, sent.text
        page = own.get("/me/complaints").text
        for part in ("Nothing changes", "We rang you on Monday and you agreed", "ombudsman", "0300 061 0614"):
            assert part in page, part

    def test_what_is_overdue_stands_out_for_both_sides(self, care, complain, sign_in):
        complaint = complain()
        with time_machine.travel(complaint.made_at + timedelta(days=40), tick=False):
            staff = sign_in(care.around.social_worker).get("/complaints").text
            own = sign_in(care.around.citizen).get("/me/complaints").text

        assert "late: due" in staff
        assert "We are late with our answer" in own

    def test_a_complaint_about_the_council_is_not_the_provider_s_to_see(self, care, complain, sign_in):
        theirs, ours = complain(About.CARE), complain(About.MONEY)
        coordinator = sign_in(care.around.coordinator)

        assert [coordinator.get(f"/complaints/{c.id}").status_code for c in (theirs, ours)] == [200, 404]
        page = coordinator.get("/complaints").text
        assert (theirs.reference in page, ours.reference in page) == (True, False)

    def test_keeps_what_was_typed_and_says_what_to_mend(self, care, complain, sign_in):
        own = submit(sign_in(care.around.citizen), "/me/complaints/new", {"about": "", "words": "The carpet"})
        staff = submit(
            sign_in(care.around.coordinator), f"/complaints/{complain().id}",
            {"follow_up": "corrected", "words": "She has put it right"},
        )  # fmt: skip

        assert (own.status_code, staff.status_code) == (422, 422)
        assert "Choose what it is about" in own.text
        assert "The carpet" in own.text
        assert "No new record of this visit has come since" in staff.text
        assert "She has put it right" in staff.text

    def test_says_by_when_it_is_answered(self, session, care, sign_in):
        browser = sign_in(care.around.citizen)
        submit(browser, "/me/complaints/new", {"about": "care", "words": "The carpet"})
        session.rollback()
        (complaint,) = queries.list_of_person(person_id=care.person_id)

        assert f"We will answer by {day(complaint.answer_by)}" in browser.get("/me/complaints").text

    def test_the_trail_says_who_looked_at_it(self, care, complain, sign_in):
        sign_in(care.around.social_worker).get(f"/complaints/{complain().id}")

        assert "something that you told us was wrong" in sign_in(care.around.citizen).get("/me/seen").text
