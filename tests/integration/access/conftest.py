"""A town of one person and everyone around her, over a database that no test wipes."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient

from careplan.access import sessions
from careplan.app import create_app
from careplan.config import Settings
from careplan.db import db, embedded
from careplan.db.scope import see_everything
from careplan.kernel.clock import utc_now
from tests.factories.fhir import register_trust
from tests.factories.organisations import make_organisation
from tests.factories.town import Town, find_what_came, make_town, tablet_records
from tests.factories.visits import envelope
from tests.pages import send_json, token_on


@dataclass
class Served:
    """The town, and a browser for everyone in it."""

    app: Flask
    cookie: str
    town: Town
    browsers: dict[str, FlaskClient] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)

    def browser(self, persona: str | None) -> FlaskClient:
        """The browser in which somebody is signed in; None: in which nobody is."""
        if persona is None:
            return self._new_browser()
        if persona not in self.browsers:
            self.browsers[persona] = self.fresh_browser(persona)
        return self.browsers[persona]

    def fresh_browser(self, persona: str) -> FlaskClient:
        """Another browser for the same person."""
        browser = self._new_browser()
        with self.app.app_context():
            token = sessions.open_for_script(actor=self.town.actors[persona], now=utc_now())
        browser.set_cookie(self.cookie, token, secure=True, path="/")
        return browser

    def form_token(self, persona: str) -> str:
        """What every form of theirs carries."""
        if persona not in self.tokens:
            self.tokens[persona] = token_on(self.browser(persona).get("/accessibility"))
        return self.tokens[persona]

    def _new_browser(self) -> FlaskClient:
        browser = self.app.test_client()
        browser.environ_base["wsgi.url_scheme"] = "https"
        return browser


@pytest.fixture(scope="module")
def served(server: embedded.EmbeddedServer, settings: Settings, worker_id: str) -> Iterator[Served]:
    """The town, served as production serves it: by the application's own role."""
    name = f"town_{worker_id}"
    with psycopg.connect(server.url(role=embedded.SUPERUSER, database="postgres"), autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE test_template OWNER careplan_owner')
    url = server.url(role=embedded.APP_ROLE, database=name).replace("postgresql://", "postgresql+psycopg://", 1)
    application = create_app(replace(settings, database_url=url))
    with application.app_context():
        see_everything(db.session, as_="test")
        town = make_town(now=utc_now())
        register_trust(town.trust)
        register_trust(make_organisation(name="Another trust"), client_id="other-trust")
        db.session.commit()
    found = Served(application, settings.cookie_name, town)
    _let_things_come(found)
    yield found
    with application.app_context():
        db.engine.dispose()


def _let_things_come(served: Served) -> None:
    town = served.town
    for persona, records in tablet_records(town, now=utc_now()).items():
        body = envelope(town.actors[persona], records)
        answer = send_json(served.browser(persona), "/api/v1/sync", body)
        assert [r["status"] for r in answer.json["results"]] == ["accepted"] * len(records), answer.text
    with served.app.app_context():
        see_everything(db.session, as_="test")
        find_what_came(town)
        db.session.rollback()
