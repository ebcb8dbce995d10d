"""Errors as pages and as problem details: the right words, a reference, and nothing that was typed."""

import logging

import pytest
from flask.testing import FlaskClient

from careplan.web.error_words import BY_STATUS
from tests.integration.web.conftest import SECRET_TEXT

EXPECTED = {
    "not-assessed": (422, "not_assessed"),
    "invalid": (422, "invalid"),
    "not-found": (404, "not_found"),
    "forbidden": (403, "forbidden"),
    "conflict": (409, "conflict"),
    "stale": (412, "stale"),
    "too-many": (429, "too_many"),
    "too-large": (413, "too_large"),
    "database": (503, "unavailable"),
    "unforeseen": (500, "unforeseen"),
}
EVERY_KIND = pytest.mark.parametrize("kind", EXPECTED)


class TestProblems:
    @EVERY_KIND
    def test_have_the_members_of_the_standard_and_ours(self, browser: FlaskClient, kind: str) -> None:
        answer = browser.get(f"/api/v1/fail/{kind}")
        status, code = EXPECTED[kind]

        assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
        assert {"type", "title", "status", "detail", "code", "errors", "correlation_id"} <= set(answer.json)
        assert (answer.json["status"], answer.json["code"]) == (status, code)

    def test_carry_the_facts_beside_them(self, browser: FlaskClient) -> None:
        problem = browser.get("/api/v1/fail/not-assessed").json

        assert problem["accepted"] == ["chest_infection"]
        assert problem["status"] == 422

    def test_name_each_field(self, browser: FlaskClient) -> None:
        assert browser.get("/api/v1/fail/invalid").json["errors"] == [
            {"field": "a", "message": "Say when."},
            {"field": "b.0", "message": "Say who."},
        ]

    def test_say_which_methods_an_address_takes(self, browser: FlaskClient) -> None:
        answer = browser.put("/api/v1/fail/not-found", headers={"X-Requested-With": "tests"})

        assert (answer.status_code, answer.json["code"]) == (405, "method_not_allowed")
        assert "GET" in answer.headers["Allow"]

    def test_stand_for_an_address_that_does_not_exist(self, browser: FlaskClient) -> None:
        assert browser.get("/api/v1/nothing/here").json["code"] == "not_found"


class TestPages:
    @EVERY_KIND
    def test_say_what_happened_and_what_to_do(self, browser: FlaskClient, kind: str) -> None:
        answer = browser.get(f"/fail/{kind}")
        status, _ = EXPECTED[kind]

        assert (answer.status_code, answer.mimetype) == (status, "text/html")
        assert f"<h1>{BY_STATUS[status].title}</h1>" in answer.text
        assert "Reference" in answer.text

    @pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 406, 410, 413, 415, 418, 422, 428, 429, 500, 501, 503])
    def test_exist_for_every_answer_of_http(self, browser: FlaskClient, status: int) -> None:
        page, problem = browser.get(f"/fail/status/{status}"), browser.get(f"/api/v1/fail/status/{status}")

        assert (page.status_code, problem.status_code) == (status, status)
        assert page.text.count("<h1>") == 1
        assert problem.json["status"] == status

    def test_show_each_thing_to_mend(self, browser: FlaskClient) -> None:
        page = browser.get("/fail/invalid").text

        assert "Say when." in page
        assert "Say who." in page


class TestWhatNobodyForesaw:
    @pytest.mark.parametrize("address", ["/fail/{}", "/api/v1/fail/{}"])
    @pytest.mark.parametrize("kind", ["unforeseen", "database"])
    def test_is_logged_once_without_what_was_typed(
        self, browser: FlaskClient, caplog: pytest.LogCaptureFixture, address: str, kind: str
    ) -> None:
        with caplog.at_level(logging.ERROR):
            answer = browser.get(address.format(kind))

        assert len(caplog.records) == 1
        assert "in fail" in caplog.text or " fail" in caplog.text
        for text in (answer.text, caplog.text):
            assert SECRET_TEXT not in text
        assert "Traceback" not in answer.text

    def test_asks_to_try_again_where_that_may_help(self, browser: FlaskClient) -> None:
        assert browser.get("/fail/database").headers["Retry-After"]
