"""The pages and the JSON of pauses, decisions, changes and statements; and that all see the same figures."""

import csv
import io
from dataclasses import replace
from datetime import timedelta

import pytest

from careplan.access.domain.actor import Role
from careplan.hours import queries
from careplan.hours.domain.terms import AdjustmentTerms, Direction, NamedOutcome
from careplan.kernel.clock import local_date, utc_now
from careplan.kernel.ids import new_id
from careplan.kernel.minutes import Minutes
from careplan.kernel.words import duration
from tests.factories.hours import Story, make_terms, next_version
from tests.factories.organisations import make_account, make_social_worker
from tests.factories.people import make_person
from tests.integration.hours.test_api import Cast
from tests.pages import send_json, submit, token_on

GARDEN = NamedOutcome(new_id(), "I want to walk to the garden")


@pytest.fixture
def cast(session, sign_in, commit):
    found = Cast(sign_in, commit)
    start = found.story.terms.counts_from
    found.story.open(
        next_version(
            found.story.terms, counts_from=start, outcomes=(GARDEN,), weekly_floor=Minutes(300),
            adjustment=AdjustmentTerms(Direction.BOTH, 10, Minutes(240)),
        )
    )  # fmt: skip
    commit()
    return found


def change(minutes, **said):
    return {
        "id": str(new_id()), "minutes": minutes, "outcome": str(GARDEN.id), "reason": "She walks further",
        "person_said": "She said yes",
    } | said  # fmt: skip


class TestAdjustments:
    def test_inside_201_outside_202_and_the_same_again_the_same(self, cast):
        body = change(60)
        assessor = cast.browser("assessor")
        answers = [send_json(assessor, cast.url("adjustments"), b) for b in (body, body, change(500), change(0))]

        assert [a.status_code for a in answers] == [201, 201, 202, 422]
        assert (answers[0].json, answers[2].json["state"]) == (answers[1].json, "requested")
        assert answers[3].json["errors"][0]["field"] == "minutes"

    def test_a_request_is_decided_on_a_page_of_its_own(self, cast):
        asked = send_json(cast.browser("assessor"), cast.url("adjustments"), change(500)).json
        worker = cast.browser("social_worker")
        address = f"/requests/adjustments/{asked['id']}"

        assert address in worker.get("/requests").text
        assert "may still add 4 hours" in worker.get(address).text
        refused = submit(worker, address, {"answer": "refuse", "words": ""})
        assert (refused.status_code, "Say why" in refused.text) == (422, True)
        assert submit(worker, address, {"answer": "approve"}).status_code == 303
        assert queries.get_adjustment(adjustment_id=asked["id"]).standing == "in_force"

    def test_the_person_says_yes_to_less_time_and_takes_it_back(self, cast):
        page = "/me/hours/changes"
        asked = send_json(cast.browser("assessor"), cast.url("adjustments"), change(-60)).json
        citizen = cast.browser("citizen")

        assert "Less time: 1 hour in four weeks?" in citizen.get("/me").text
        assert "1 hour less" in citizen.get(page).text
        submit(citizen, page, {"answer": "yes"}, to=f"{page}/{asked['id']}/answers")
        assert "Take my yes back" in citizen.get(page).text
        submit(citizen, page, {"answer": "back"}, to=f"{page}/{asked['id']}/answers")
        assert queries.get_adjustment(adjustment_id=asked["id"]).standing == "taken_back"

    def test_the_form_keeps_what_was_typed_and_says_what_to_mend(self, cast):
        typed = {
            "way": "more", "minutes-hours": "1", "minutes-minutes": "0", "lasting": "this_period", "reason": "Walks",
            "id": str(new_id()),
        }  # fmt: skip
        page = submit(cast.browser("assessor"), f"/people/{cast.person}/hours/changes/new", typed)

        assert page.status_code == 422
        for words in ("Choose an outcome of the plan", "Say how the person said yes", "Walks"):
            assert words in page.text


class TestPauses:
    def test_is_made_by_json_and_ended_early_on_the_page(self, cast):
        first = local_date(utc_now()) + timedelta(days=10)
        body = {"id": str(new_id()), "reason": "hospital", "starts_on": first.isoformat(), "ends_on": None}
        worker = cast.browser("social_worker")
        made = send_json(worker, cast.url("pauses"), body)
        assert (made.status_code, made.json["ends_on"]) == (201, None)
        address = f"/people/{cast.person}/pauses"
        day = {"last_day-day": str(first.day), "last_day-month": str(first.month), "last_day-year": str(first.year)}
        submit(worker, address, day, to=f"{address}/{body['id']}/end")

        assert worker.get(cast.url("pauses")).json["items"][0]["ends_on"] == first.isoformat()

    def test_bad_input_says_what_would_be_accepted(self, cast):
        bad = {"id": str(new_id()), "reason": "holiday", "starts_on": "2026-02-30"}
        answer = send_json(cast.browser("social_worker"), cast.url("pauses"), bad)

        assert answer.status_code == 422
        assert {e["field"] for e in answer.json["errors"]} == {"reason", "starts_on"}


class TestDeciding:
    def test_the_social_worker_adds_hours_and_the_provider_takes_time_on(self, cast):
        typed = {"minutes-hours": "0", "minutes-minutes": "20", "reason": "Her sister is ill", "visit": str(cast.visit)}
        for name, page in (("coordinator", "absorb"), ("social_worker", "top-up")):
            address = f"/people/{cast.person}/{page}"
            browser = cast.browser(name)
            form = browser.get(address).text
            id_ = form.split('name="id"')[1].split('value="')[1].split('"')[0]
            sent = browser.post(address, data={"csrf_token": token_on(browser.get(address)), "id": id_, **typed})
            assert sent.status_code == 303

        paid = queries.find_paid(person_id=cast.person, group_ids=[cast.visit])
        assert (paid.bank, paid.provider, paid.unfunded) == (3620, 20, 10)


class TestSameFigures:
    def test_person_coordinator_social_worker_and_commissioner_see_the_same(self, cast, session, commit, sign_in):
        bank = cast.browser("citizen").get(cast.url("bank")).json
        for name in ("citizen", "coordinator", "social_worker"):
            browser = cast.browser(name)
            assert browser.get(cast.url("bank")).json == bank
            page = browser.get(f"/people/{cast.person}/hours").text
            for figure in ("granted", "delivered", "planned", "unfunded"):
                assert duration(bank[figure]) in page
        rows = list(csv.reader(io.StringIO(cast.browser("citizen").get("/me/hours/statement.csv").text)))
        said = {row[2]: row for row in rows if row[0] == "All"}
        assert [int(said[name][3]) for name in ("Granted", "Care given", "Planned", "Left")] == [
            bank["granted"], bank["delivered"], bank["planned"], bank["left"]
        ]  # fmt: skip
        assert sum(int(row[7]) for row in rows if row[2] == "Visit") == bank["unfunded"]
        office = make_account(Role.COMMISSIONER)
        commit()
        commissioner = sign_in(office)
        assert "Fewer than 5" in commissioner.get("/commissioning/hours").text

        views = [queries.get_bank_view(person_id=cast.person, today=local_date(utc_now()))]
        for _ in range(4):
            person = make_person(social_worker=make_social_worker())
            terms = replace(
                make_terms(person_id=person), provider_id=cast.story.terms.provider_id,
                service_starts_on=cast.story.terms.service_starts_on, counts_from=cast.story.terms.counts_from,
            )  # fmt: skip
            story = Story(terms, now=utc_now()).open()
            story.plan(45, on=local_date(utc_now()))
            views.append(story.view())
        commit()
        row = list(csv.reader(io.StringIO(commissioner.get("/commissioning/hours.csv").text)))[1]
        assert [int(cell) for cell in row[1:]] == [
            5, *(sum(getattr(v, name) for v in views) for name in ("granted", "planned", "delivered", "left")),
            sum(v.contingency.left for v in views), sum(v.unfunded for v in views),
        ]  # fmt: skip

    def test_the_statement_is_a_pdf_too(self, cast):
        answer = cast.browser("citizen").get("/me/hours/statement.pdf")

        assert (answer.status_code, answer.data[:5]) == (200, b"%PDF-")

    def test_the_coordinators_list_shows_each_of_their_people(self, cast):
        page = cast.browser("coordinator").get("/provider/hours").text

        assert f"/people/{cast.person}/hours" in page
        assert "50 min" in page


def test_another_provider_has_no_such_person_in_its_list(cast, sign_in, commit):
    stranger = make_account(Role.PROVIDER_COORDINATOR)
    commit()

    assert "No hours have been agreed yet" in sign_in(stranger).get("/provider/hours").text


