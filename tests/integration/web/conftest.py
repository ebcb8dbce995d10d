"""A second application with views that fail in every way, and one that shows what fails as in production."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Blueprint, Flask, abort
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import RequestEntityTooLarge, TooManyRequests

from careplan import app as application_module
from careplan.access import guard
from careplan.app import create_app
from careplan.config import Settings
from careplan.db import db
from careplan.kernel.errors import Conflict, DomainError, Forbidden, Invalid, NotFound, Problem, Stale
from careplan.web import json_body, page

SECRET_TEXT = "Margaret Ellis 999 123 4567"  # what somebody typed, which no error may repeat


class NotAssessed(DomainError):
    """A circumstance that the plan does not name."""

    code = "not_assessed"


RAISED: dict[str, Any] = {
    "not-assessed": lambda: NotAssessed("That was not assessed.", accepted=["chest_infection"], status="mine"),
    "invalid": lambda: Invalid("Two things.", problems=(Problem("a", "Say when."), Problem("b.0", "Say who."))),
    "not-found": NotFound,
    "forbidden": lambda: Forbidden("Your role does not open this page."),
    "conflict": lambda: Conflict("This id was used for something else."),
    "stale": lambda: Stale("Somebody saved first."),
    "too-many": TooManyRequests,
    "too-large": RequestEntityTooLarge,
    "database": lambda: OperationalError(f"SELECT '{SECRET_TEXT}'", {}, Exception("gone")),
    "unforeseen": lambda: RuntimeError(SECRET_TEXT),
}
failing = Blueprint("failing", __name__)


@failing.get("/fail/<kind>")
@failing.get("/api/v1/fail/<kind>", endpoint="api_fail")
@guard.public
def fail(kind: str) -> str:
    raise RAISED[kind]()


@failing.get("/fail/status/<int:status>")
@failing.get("/api/v1/fail/status/<int:status>", endpoint="api_status")
@guard.public
def fail_status(status: int) -> str:
    abort(status)


@failing.post("/echo")
@failing.post("/api/v1/echo", endpoint="api_echo")
@guard.public
def echo() -> Any:
    return json_body(max_bytes=1000)


@failing.post("/form")
@guard.public
def form() -> str:
    return page("public/help.html")


@pytest.fixture(scope="session")
def failing_app(settings: Settings) -> Iterator[Flask]:
    """The application with those views, answering failures as production does instead of raising them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(application_module, "BLUEPRINTS", (*application_module.BLUEPRINTS, failing))
        built = create_app(settings)
    built.config["PROPAGATE_EXCEPTIONS"] = False
    yield built
    with built.app_context():
        db.engine.dispose()


@pytest.fixture
def browser(failing_app: Flask, app: Flask) -> FlaskClient:
    """A signed-out browser at that application, over an empty database."""
    return failing_app.test_client()
