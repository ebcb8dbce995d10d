"""Writes that other sites forge are refused; JSON that cannot be kept is refused with what to mend."""

import pytest
from flask.testing import FlaskClient

from tests.pages import SCRIPT_HEADERS, send_json, submit, token_on

FOREIGN = [
    {"Origin": "https://elsewhere.example"},
    {"Origin": "null"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Origin": "http://localhost", "Sec-Fetch-Site": "cross-site"},
]


class TestForms:
    def test_are_refused_without_their_token(self, browser: FlaskClient) -> None:
        answer = browser.post("/form", data={"note": "what I typed"})

        assert answer.status_code == 400
        assert "open for too long" in answer.text
        assert "what I typed" not in answer.text

    @pytest.mark.parametrize("token", ["", "x", "IjEi.x.y"])
    def test_are_refused_with_a_token_that_we_did_not_give(self, browser: FlaskClient, token: str) -> None:
        assert browser.post("/form", data={"csrf_token": token}).status_code == 400

    def test_are_refused_with_the_token_of_another_session(self, failing_app, browser: FlaskClient) -> None:
        theirs = token_on(failing_app.test_client().get("/settings/reading", base_url="https://localhost"))

        assert browser.post("/form", data={"csrf_token": theirs}, base_url="https://localhost").status_code == 400

    def test_are_taken_with_their_token(self, browser: FlaskClient) -> None:
        browser.environ_base["wsgi.url_scheme"] = "https"

        assert submit(browser, "/settings/reading", to="/form").status_code == 200

    @pytest.mark.parametrize("headers", FOREIGN)
    def test_are_refused_from_another_site(self, browser: FlaskClient, headers: dict[str, str]) -> None:
        browser.environ_base["wsgi.url_scheme"] = "https"
        token = token_on(browser.get("/settings/reading"))

        answer = browser.post("/form", data={"csrf_token": token}, headers=headers)

        assert answer.status_code == 403

    def test_that_sign_out_need_the_token_too(self, browser: FlaskClient) -> None:
        assert browser.post("/sign-out").status_code == 400


class TestJson:
    def test_is_taken_from_our_own_script(self, browser: FlaskClient) -> None:
        assert send_json(browser, "/api/v1/echo", {"a": [1, "é"]}).json == {"a": [1, "é"]}

    def test_is_taken_with_a_bearer_token_alone(self, browser: FlaskClient) -> None:
        answer = browser.post("/api/v1/echo", json={"a": 1}, headers={"Authorization": "Bearer x"})

        assert answer.json == {"a": 1}

    def test_is_refused_without_the_header_of_a_script(self, browser: FlaskClient) -> None:
        answer = browser.post("/api/v1/echo", json={})

        assert (answer.status_code, answer.json["code"]) == (403, "requested_with_missing")

    @pytest.mark.parametrize("headers", FOREIGN)
    def test_is_refused_from_another_site(self, browser: FlaskClient, headers: dict[str, str]) -> None:
        answer = browser.post("/api/v1/echo", json={}, headers={**SCRIPT_HEADERS, **headers})

        assert (answer.status_code, answer.json["code"]) == (403, "foreign_request")

    @pytest.mark.parametrize(
        ("body", "media", "status", "code"),
        [
            (b"{", "application/json", 400, "malformed"),
            (b"", "application/json", 400, "malformed"),
            (b'{"a": NaN}', "application/json", 400, "malformed"),
            (b'{"a": "\\u0000"}', "application/json", 400, "malformed"),
            (b'{"a":' * 100, "application/json", 400, "malformed"),
            (b"a=1", "application/x-www-form-urlencoded", 415, "wrong_media_type"),
            (b"{}", "text/plain", 415, "wrong_media_type"),
            (b"{}", "", 415, "wrong_media_type"),
            (b'{"a": "' + b"x" * 1000 + b'"}', "application/json", 413, "too_large"),
            (b"x" * 3_000_000, "application/json", 413, "too_large"),
        ],
    )
    def test_is_refused_with_what_to_mend(
        self, browser: FlaskClient, body: bytes, media: str, status: int, code: str
    ) -> None:
        answer = browser.post("/api/v1/echo", data=body, content_type=media, headers=SCRIPT_HEADERS)

        assert (answer.status_code, answer.json["code"]) == (status, code)
        assert answer.json["detail"]

    @pytest.mark.parametrize("media", ["application/json; charset=utf-8", "application/merge-patch+json"])
    def test_is_taken_under_its_other_names(self, browser: FlaskClient, media: str) -> None:
        answer = browser.post("/api/v1/echo", data=b'{"a": 1}', content_type=media, headers=SCRIPT_HEADERS)

        assert answer.status_code == 200
