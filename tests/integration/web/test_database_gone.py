"""With the database away, every page says so and nothing breaks."""

import logging
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from careplan.app import create_app
from careplan.config import Settings
from careplan.db import db
from careplan.demo.ports import any_free


@pytest.fixture(scope="module")
def orphan(settings: Settings) -> Iterator[Flask]:
    """The application over a database that is not there, answering as in production."""
    away = f"postgresql+psycopg://careplan_app@127.0.0.1:{any_free()}/nowhere"
    built = create_app(replace(settings, database_url=away))
    built.config["PROPAGATE_EXCEPTIONS"] = False
    yield built
    with built.app_context():
        db.engine.dispose()


@pytest.fixture
def browser(orphan: Flask, settings: Settings) -> FlaskClient:
    """A browser that has a session's cookie, so that each request asks the database first."""
    client = orphan.test_client()
    client.set_cookie(settings.cookie_name, "x" * 43, secure=True, path="/")
    client.environ_base["wsgi.url_scheme"] = "https"
    return client


class TestTheDatabaseGone:
    @pytest.mark.parametrize("address", ["/", "/help", "/people", "/settings/reading"])
    def test_is_a_page_that_says_to_come_back(self, browser: FlaskClient, address: str) -> None:
        answer = browser.get(address)

        assert answer.status_code == 503
        assert "Sorry, we are not here for a moment" in answer.text
        assert answer.headers["Retry-After"]
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Content-Security-Policy" in answer.headers

    def test_is_a_problem_for_programs(self, browser: FlaskClient) -> None:
        answer = browser.get("/api/v1/people")

        assert (answer.status_code, answer.json["code"]) == (503, "unavailable")

    def test_leaves_static_files_and_the_process_alone(self, browser: FlaskClient) -> None:
        assert browser.get("/static/css/careplan.css").status_code == 200
        assert browser.get("/healthz").status_code == 200
        assert browser.get("/readyz").status_code == 503

    def test_is_logged_without_the_path(self, browser: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
        with caplog.at_level(logging.ERROR):
            browser.get("/people/0190-secret")

        assert caplog.records
        assert "0190-secret" not in caplog.text
