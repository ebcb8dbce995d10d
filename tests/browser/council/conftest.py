"""The demo council, built once for these tests and served over a database of its own that no test wipes."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, BrowserContext, Page
from werkzeug.serving import make_server

from careplan.access import queries, sessions
from careplan.app import create_app
from careplan.config import Settings
from careplan.db import db, embedded
from careplan.db.scope import see_everything
from careplan.demo import council
from careplan.demo.personas import ISSUER
from careplan.demo.ports import any_free
from careplan.kernel.clock import utc_now
from tests.browser.conftest import PATIENCE


@dataclass(frozen=True)
class Council:
    """A served council: where it answers, its ids, and a way to sign somebody in without walking there."""

    address: str
    ids: dict[str, dict[str, str]]
    app: Flask
    cookie: str

    def token(self, slug: str) -> str:
        """A new session of a persona."""
        with self.app.app_context():
            actor = queries.find_account_by_subject(issuer=ISSUER, subject=slug, now=utc_now())
            assert actor is not None, slug
            return sessions.open_for_script(actor=actor, now=utc_now())

    def browser(self, slug: str) -> FlaskClient:
        """Where a persona is signed in, for reading pages without looking at them."""
        browser = self.app.test_client()
        browser.set_cookie(self.cookie, self.token(slug), secure=True, path="/")
        browser.environ_base["wsgi.url_scheme"] = "https"
        return browser


@pytest.fixture(scope="session")
def served_council(server: embedded.EmbeddedServer, settings: Settings, worker_id: str) -> Iterator[Council]:
    name, port = f"council_{worker_id}", any_free()
    with psycopg.connect(server.url(role=embedded.SUPERUSER, database="postgres"), autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE test_template OWNER careplan_owner')
    ids = _built(replace(settings, database_url=_sqlalchemy(server.url(role=embedded.OWNER_ROLE, database=name))))
    address = f"http://127.0.0.1:{port}"
    url = _sqlalchemy(server.url(role=embedded.APP_ROLE, database=name))
    application = create_app(replace(settings, database_url=url, port=port, public_url=address))
    listening = make_server("127.0.0.1", port, application, threaded=True)
    thread = threading.Thread(target=listening.serve_forever, daemon=True)
    thread.start()
    yield Council(address, ids, application, settings.cookie_name)
    listening.shutdown()
    thread.join(10)
    listening.server_close()
    with application.app_context():
        db.engine.dispose()


@pytest.fixture
def page_for(served_council: Council, chromium: Browser) -> Iterator[Callable[..., Page]]:
    """A page in which a persona of the council is signed in; no request may leave the site."""
    opened: list[BrowserContext] = []
    asked: list[str] = []

    def open_page(slug: str, *, width: int = 1280, scripts: bool = True, **options: object) -> Page:
        context = chromium.new_context(
            base_url=served_council.address,
            viewport={"width": width, "height": 900},
            java_script_enabled=scripts,
            **options,
        )
        context.set_default_timeout(PATIENCE)
        context.on("request", lambda request: asked.append(request.url))
        secure = served_council.address.replace("http://", "https://")
        context.add_cookies(
            [{"name": served_council.cookie, "value": served_council.token(slug), "url": secure, "secure": True}]
        )
        opened.append(context)
        return context.new_page()

    yield open_page
    for context in opened:
        context.close()
    assert [u for u in asked if u.startswith("http") and not u.startswith(f"{served_council.address}/")] == []


def _built(settings: Settings) -> dict[str, dict[str, str]]:
    application = create_app(settings)
    with application.app_context():
        council.build(now=utc_now())
        db.session.commit()
        see_everything(db.session, as_="test")
        found = council.ids(now=utc_now())
        db.session.rollback()
        db.engine.dispose()
    return found


def _sqlalchemy(url: str) -> str:
    return url.replace("postgresql://", "postgresql+psycopg://", 1)
