"""*This did not happen* and *this was short*: said in two taps, shown beside what was recorded, which never changes."""

from datetime import timedelta

import psycopg
import pytest
from sqlalchemy import text

from careplan.complaints import queries, service
from careplan.complaints.domain.complaint import FollowUp, State
from careplan.kernel.clock import local_date, utc_now
from careplan.kernel.errors import Invalid, NotFound
from careplan.kernel.ids import new_id
from careplan.visits import queries as visits
from careplan.visits.domain.dispute import DisputeKind, DisputeState
from careplan.visits.service.disputing import AlreadyDisputed, NotYetOver
from tests.factories.visits import make_care, make_visit, visit_body
from tests.pages import submit


@pytest.fixture
def dispute(care, now, kept):
    def made(visit_id, kind=DisputeKind.DID_NOT_HAPPEN, **said):
        usual = {"words": None, "days": 10, "actor": care.around.citizen, "now": now}
        complaint = service.dispute_visit(person_id=care.person_id, visit_id=visit_id, kind=kind, **{**usual, **said})
        kept()
        return complaint

    return made


class TestDisputeVisit:
    def test_leaves_what_was_recorded_and_drawn_as_it_was(self, session, care, visit, dispute):
        def recorded():
            tables = ("visit_record", "hour_entry", "hour_balance")
            return {t: sorted(map(str, session.execute(text(f"SELECT * FROM {t}")).all())) for t in tables}

        before = recorded()
        dispute(visit.id)

        assert recorded() == before
        found = visits.get_visit(visit_id=visit.id)
        assert (found.dispute, found.status) == (DisputeState.DISPUTED, visits.get_visit(visit_id=visit.id).status)

    def test_goes_to_the_council_and_to_the_provider_whose_visit_it_was(self, care, visit, dispute):
        complaint = dispute(visit.id, DisputeKind.SHORT, words="He left after ten minutes.")

        assert (complaint.provider_id, complaint.dispute) == (care.around.provider.id, DisputeKind.SHORT)
        assert complaint.is_for(care.around.coordinator)

    def test_is_about_a_visit_that_nobody_planned_too(self, care, now, record, dispute):
        body = visit_body(care, start=now - timedelta(hours=6))
        record(body, now)
        (loose,) = visits.list_past_visits(person_id=care.person_id, now=now)
        dispute(loose.id)

        (found,) = visits.list_past_visits(person_id=care.person_id, now=now)
        assert found.dispute is DisputeState.DISPUTED

    def test_stays_with_an_unplanned_visit_that_is_recorded_anew(self, care, now, record, dispute):
        body = visit_body(care, start=now - timedelta(hours=6))
        record(body, now)
        (loose,) = visits.list_past_visits(person_id=care.person_id, now=now)
        dispute(loose.id)
        record({**body, "id": str(new_id()), "corrects": body["id"]}, now + timedelta(minutes=1))

        (found,) = visits.list_past_visits(person_id=care.person_id, now=now)
        assert (found.id != loose.id, found.dispute) == (True, DisputeState.DISPUTED)

    def test_is_not_said_twice_while_it_waits_and_may_be_said_again_after_the_answer(self, care, visit, dispute, now):
        complaint = dispute(visit.id)
        with pytest.raises(AlreadyDisputed):
            dispute(visit.id)
        service.answer_complaint(
            complaint_id=complaint.id, words="We asked Joy.", follow_up=FollowUp.NO_CHANGE,
            actor=care.around.coordinator, now=now,
        )  # fmt: skip
        answered = visits.get_visit(visit_id=visit.id).dispute
        dispute(visit.id, now=now + timedelta(minutes=1))

        assert answered is DisputeState.ANSWERED
        assert visits.get_visit(visit_id=visit.id).dispute is DisputeState.DISPUTED

    def test_waits_until_the_visit_is_over(self, care, now, kept, dispute):
        coming = make_visit(care, start=now + timedelta(hours=2))
        kept()
        with pytest.raises(NotYetOver):
            dispute(coming.id)

    def test_is_not_about_another_s_visit(self, now, kept, dispute):
        other = make_care(now=now)
        theirs = make_visit(other, start=now - timedelta(hours=5))
        kept()
        with pytest.raises(NotFound):
            dispute(theirs.id)

    @pytest.mark.parametrize("table", ["visit_dispute", "complaint"])
    @pytest.mark.parametrize("change", ["DELETE FROM {}", "UPDATE {} SET recorded_at = now()", "TRUNCATE {} CASCADE"])
    def test_what_was_said_stays_as_it_was(self, session, visit, dispute, superuser_url, table, change):
        dispute(visit.id)
        session.commit()

        with (
            psycopg.connect(superuser_url) as connection,
            pytest.raises(psycopg.Error, match="what was recorded stays"),
        ):
            connection.execute(change.format(table))


class TestCorrected:
    def test_takes_a_record_that_came_since(self, care, visit, dispute, record, now):
        complaint = dispute(visit.id, DisputeKind.SHORT)
        answer = {
            "complaint_id": complaint.id, "words": "Joy has put her times right.",
            "follow_up": FollowUp.CORRECTED, "actor": care.around.coordinator,
        }  # fmt: skip
        with pytest.raises(Invalid, match="No new record"):
            service.answer_complaint(now=now, **answer)
        old = visits.get_visit(visit_id=visit.id).standing[0]
        later = now + timedelta(minutes=5)
        new = visit_body(care, start=now - timedelta(hours=3), minutes=20, visit=visit, corrects=str(old.id))
        record(new, later)
        service.answer_complaint(now=later, **answer)

        found = queries.get_complaint(complaint_id=complaint.id)
        assert str(found.answer.record_id) == new["id"]
        assert found.state(local_date(later)) is State.ANSWERED
        whole = visits.get_visit(visit_id=visit.id)
        assert [str(r.id) for r in whole.standing] == [new["id"]]
        assert old.id in [r.id for r in whole.records]


class TestPages:
    def test_two_taps_from_the_list_of_visits(self, session, care, visit, sign_in):
        browser = sign_in(care.around.citizen)
        page = browser.get("/me/visits").text
        address = f"/me/visits/{visit.id}/wrong"
        assert address in page
        answer = submit(browser, address, {"kind": "did_not_happen"})
        session.rollback()

        assert answer.status_code == 303, answer.text
        after = browser.get("/me/visits").text
        assert "We will answer by" in after
        assert "disputed" in after
        assert address not in after
        assert "disputed" in browser.get(f"/visits/{visit.id}").text

    def test_staff_see_the_visit_as_disputed_and_the_records_beside_it(self, care, visit, dispute, kept, sign_in):
        dispute(visit.id)
        kept()
        worker = sign_in(care.around.social_worker)

        assert "disputed" in worker.get(f"/visits/{visit.id}").text
        items = worker.get(f"/api/v1/people/{care.person_id}/visits").json["items"]
        assert [(i["dispute"], i["status"]) for i in items] == [("disputed", "completed")]

    def test_asks_for_one_of_the_two_and_keeps_the_words(self, care, visit, sign_in):
        answer = submit(sign_in(care.around.citizen), f"/me/visits/{visit.id}/wrong", {"words": "I was at my sister’s"})

        assert answer.status_code == 422
        assert "Choose one of the two buttons" in answer.text
        assert "I was at my sister’s" in answer.text

    def test_a_representative_says_it_for_the_person(self, session, care, visit, representative, sign_in):
        typed = {"kind": "short", "words": "Ten minutes"}
        answer = submit(sign_in(representative), f"/me/visits/{visit.id}/wrong", typed)
        session.rollback()

        assert answer.status_code == 303, answer.text
        (complaint,) = queries.list_of_person(person_id=care.person_id)
        assert (complaint.made_by, complaint.words) == (representative.account_id, "Ten minutes")
        assert complaint.made_at <= utc_now()
