"""The form for one visit, the provider's today, one's own visits."""

from datetime import timedelta

from sqlalchemy import func, select

from careplan.delegation.models import OccasionRow, ReadingRow
from careplan.kernel.clock import local_time
from careplan.outcomes.models import RatingRow
from careplan.visits import service
from careplan.visits.domain.visit import CancelledBy
from careplan.visits.forms import recording as forms
from careplan.visits.models import VisitFlagRow, VisitRecordRow
from tests.factories.delegation import make_active, make_nurse
from tests.factories.visits import make_visit, visit_body
from tests.integration.visits.conftest import look_again
from tests.pages import send_json, submit, token_on

RECORD = 'name="record" type="hidden" value="'


def hidden_record(page):
    return page.text.split(RECORD)[1].split('"')[0]


def typed(visit, **said):
    start = local_time(visit.planned_start)
    usual = {
        "result": "completed",
        "started": f"{start:%H:%M}",
        "ended": f"{start + timedelta(minutes=40):%H:%M}",
        "note": "Ate well.",
    }
    return {**usual, **said}


def fill_in(browser, visit, **said):
    page = browser.get(f"/visits/{visit.id}")
    assert page.status_code == 200, page.text[:500]
    fields = {"csrf_token": token_on(page), "record": hidden_record(page), **typed(visit, **said)}
    return fields, browser.post(f"/visits/{visit.id}", data=fields)


class TestRecordVisit:
    def test_takes_the_visit_progress_and_a_delegated_activity(self, session, care, sign_in, noon, commit):
        nurse = make_nurse()
        given = make_active(
            person_id=care.person_id, provider_id=care.around.provider.id, nurse=nurse,
            coordinator=care.around.coordinator, worker=care.joy, now=noon - timedelta(days=2),
        )  # fmt: skip
        visit = make_visit(care, start=noon)
        commit()

        _, answer = fill_in(
            sign_in(care.joy), visit,
            **{
                forms.level_name(care.outcome_id): "1",
                forms.done_name(given.id): "done",
                forms.reading_name(given.id, 0): "91.5",
            },
        )  # fmt: skip

        look_again(session)
        assert (answer.status_code, answer.location) == (303, f"/visits/{visit.id}")
        assert session.scalar(select(VisitRecordRow.note)) == "Ate well."
        assert session.scalar(select(RatingRow.level)) == 1
        assert session.scalar(select(OccasionRow.authorised)) is True
        assert session.scalar(select(ReadingRow.in_range)) is False

    def test_sent_twice_counts_once(self, session, care, sign_in, noon, commit):
        visit = make_visit(care, start=noon)
        commit()
        browser = sign_in(care.joy)
        fields, first = fill_in(browser, visit)

        second = browser.post(f"/visits/{visit.id}", data=fields)

        look_again(session)
        assert (first.status_code, second.status_code) == (303, 303)
        assert session.scalar(select(func.count()).select_from(VisitRecordRow)) == 1

    def test_corrects_what_was_saved(self, session, care, sign_in, noon, commit):
        visit = make_visit(care, start=noon)
        commit()
        browser = sign_in(care.joy)
        fields, _ = fill_in(browser, visit)
        address = f"/visits/{visit.id}?correct={fields['record']}"
        page = browser.get(address)

        answer = browser.post(
            address,
            data={
                "csrf_token": token_on(page), "record": hidden_record(page), "corrects": fields["record"],
                **typed(visit, note="Ate little."),
            },
        )  # fmt: skip

        look_again(session)
        assert answer.status_code == 303
        assert sorted(session.scalars(select(VisitRecordRow.note))) == ["Ate little.", "Ate well."]

    def test_says_that_an_end_lies_before_the_start_and_keeps_what_was_typed(
        self, session, care, sign_in, noon, commit
    ):
        visit = make_visit(care, start=noon)
        commit()
        start = local_time(visit.planned_start)

        _, answer = fill_in(sign_in(care.joy), visit, ended=f"{start - timedelta(hours=1):%H:%M}")

        look_again(session)
        assert answer.status_code == 422
        assert "The end lies before the start." in answer.text
        assert "Ate well." in answer.text
        assert session.scalar(select(func.count()).select_from(VisitRecordRow)) == 0

    def test_refuses_an_unknown_level_with_what_would_be_accepted(self, session, care, sign_in, noon, commit):
        visit = make_visit(care, start=noon)
        commit()

        _, answer = fill_in(sign_in(care.joy), visit, **{forms.level_name(care.outcome_id): "7"})

        look_again(session)
        assert (answer.status_code, "one of −2, −1, 0, 1 and 2" in answer.text) == (422, True)
        assert session.scalar(select(func.count()).select_from(VisitRecordRow)) == 0

    def test_is_not_there_for_a_worker_who_does_not_go(self, care, sign_in, noon, commit):
        visit = make_visit(care, start=noon)
        commit()

        assert sign_in(care.sam).get(f"/visits/{visit.id}").status_code == 404

    def test_tells_a_worker_without_competence_before_they_begin(self, care, sign_in, noon, commit):
        nurse = make_nurse()
        make_active(
            person_id=care.person_id, provider_id=care.around.provider.id, nurse=nurse,
            coordinator=care.around.coordinator, worker=care.joy, now=noon - timedelta(days=2),
        )  # fmt: skip
        visit = make_visit(care, start=noon, worker=care.sam)
        commit()

        assert "the worker had not been found competent" in sign_in(care.sam).get(f"/visits/{visit.id}").text


class TestRound:
    def test_leads_a_worker_to_the_form_of_each_visit(self, care, sign_in, noon, commit):
        visit = make_visit(care, start=noon)
        commit()

        assert f'href="/visits/{visit.id}"' in sign_in(care.joy).get("/round").text
        assert "no visits today" in sign_in(care.sam).get("/round").text


class TestProviderDay:
    def test_shows_visits_and_flags_and_settles_one(self, session, care, send, sign_in, noon, earlier, commit):
        make_visit(care, start=noon)
        commit()
        send(care.sam, visit_body(care, start=earlier))
        flag_id = session.scalar(select(VisitFlagRow.id))
        browser = sign_in(care.around.coordinator)

        page = browser.get("/provider")
        answer = submit(browser, "/provider", {"words": "She swapped.", "flag": str(flag_id)}, to="/provider/flags")

        look_again(session)
        assert "The person was not on this worker" in page.text
        assert answer.status_code == 303
        assert session.scalar(select(VisitFlagRow.settled_words)) == "She swapped."

    def test_is_for_coordinators(self, care, sign_in):
        assert sign_in(care.joy).get("/provider").status_code == 403


class TestOwnVisits:
    def test_shows_what_comes_and_what_was(self, care, send, sign_in, now, earlier, commit):
        make_visit(care, start=now + timedelta(hours=3))
        commit()
        send(care.joy, visit_body(care, start=earlier))

        page = sign_in(care.around.citizen).get("/me/visits")

        assert page.status_code == 200
        assert page.text.count("Joy Mensah") == 2

    def test_is_not_for_a_care_worker(self, care, sign_in):
        assert sign_in(care.joy).get("/me/visits").status_code == 404


class TestVisitsApi:
    def test_lists_visits_with_the_records_they_came_from_page_by_page(self, care, send, sign_in, earlier, commit):
        visit = make_visit(care, start=earlier)
        commit()
        body, loose = visit_body(care, start=earlier, visit=visit), visit_body(care, start=earlier + timedelta(hours=1))
        send(care.joy, body, loose)
        browser = sign_in(care.around.social_worker)
        address = f"/api/v1/people/{care.person_id}/visits"

        first = browser.get(f"{address}?limit=1").json
        second = browser.get(address, query_string={"limit": 1, "since": first["next"]}).json
        later = browser.get(address, query_string={"since": (earlier + timedelta(minutes=30)).isoformat()}).json

        assert [i["records"] for i in first["items"] + second["items"]] == [[body["id"]], [loose["id"]]]
        assert (first["items"][0]["id"], first["items"][0]["actual_minutes"]) == (str(visit.id), 60)
        assert [i["id"] for i in later["items"]] == [loose["id"]]
        assert browser.get(f"{address}?since=yesterday").status_code == 422

    def test_is_absent_for_somebody_elses_person(self, care, sign_in, session, commit):
        from tests.factories.organisations import make_social_worker

        other = make_social_worker()
        commit()

        assert sign_in(other).get(f"/api/v1/people/{care.person_id}/visits").status_code == 404

    def test_plans_a_visit_once_and_refuses_a_worker_in_two_places(self, care, sign_in, now):
        from careplan.kernel.ids import new_id

        browser = sign_in(care.around.coordinator)
        address = f"/api/v1/people/{care.person_id}/visits"
        start = now + timedelta(days=1)
        body = {
            "id": str(new_id()), "planned_start": start.isoformat(),
            "planned_end": (start + timedelta(minutes=45)).isoformat(), "workers": [str(care.joy.account_id)],
        }  # fmt: skip

        answers = [send_json(browser, address, body) for _ in range(2)]
        busy = send_json(browser, address, {**body, "id": str(new_id())})
        other = send_json(browser, address, {**body, "workers_needed": 2})

        assert [a.status_code for a in answers] == [201, 201]
        assert answers[0].json == answers[1].json
        assert (busy.status_code, busy.json["code"]) == (409, "worker_busy")
        assert (other.status_code, other.json["code"]) == (409, "other_content")

    def test_asks_of_a_short_visit_what_the_page_asks(self, care, sign_in, now):
        from careplan.kernel.ids import new_id

        start = now + timedelta(days=2)
        body = {
            "id": str(new_id()), "planned_start": start.isoformat(),
            "planned_end": (start + timedelta(minutes=29)).isoformat(), "short_task": "Give the tablets.",
        }  # fmt: skip
        refused = send_json(
            sign_in(care.around.coordinator), f"/api/v1/people/{care.person_id}/visits", body
        )

        assert (refused.status_code, refused.json["code"]) == (422, "too_short")
        assert {e["field"] for e in refused.json["errors"]} == {"minutes", "short_agreed_on", "workers"}

    def test_does_not_let_a_social_worker_plan(self, care, sign_in):
        answer = send_json(sign_in(care.around.social_worker), f"/api/v1/people/{care.person_id}/visits", {})

        assert answer.status_code == 404

    def test_gives_a_worker_their_round_and_no_key_safe_code(self, care, sign_in, noon, commit):
        visit = make_visit(care, start=noon)
        commit()

        found = sign_in(care.joy).get("/api/v1/round").json

        assert [v["id"] for v in found["visits"]] == [str(visit.id)]
        assert found["people"][0]["allergies"]["status"] == "not_asked"
        assert len(found["people"][0]["plan"]["outcomes"][0]["levels"]) == 5
        assert sign_in(care.sam).get("/api/v1/round").json["visits"] == []


class TestCancelVisit:
    def test_gives_the_minutes_back_and_closes_the_person_to_the_worker(self, session, care, sign_in, noon, commit):
        visit = make_visit(care, start=noon)
        service.cancel_visit(
            visit_id=visit.id, by=CancelledBy.PROVIDER, reason="Snow.", actor=care.around.coordinator,
            now=noon - timedelta(hours=3),
        )  # fmt: skip
        commit()

        assert sign_in(care.joy).get("/api/v1/round").json["visits"] == []
