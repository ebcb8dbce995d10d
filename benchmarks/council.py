"""A seeded council over an embedded, durable PostgreSQL, and browsers of those who use it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from careplan.access import queries as access
from careplan.access import sessions
from careplan.app import create_app
from careplan.config import Settings, load_settings
from careplan.db import db, embedded, migrate
from careplan.db.scope import see_everything
from careplan.kernel.clock import utc_now
from careplan.seeding.service import seed
from careplan.seeding.size import Size

# As the council stands two days ago: yesterday's visits are planned and nobody has recorded them.
BEHIND = timedelta(days=2)
NAME = "bench"


@dataclass(frozen=True, slots=True)
class Council:
    """The application over the council, as the application's own role."""

    app: Flask
    settings: Settings
    owner_url: str

    def rows(self, statement: str, **values: Any) -> list[Any]:
        """What a statement finds, whoever may see it."""
        with self.app.app_context():
            see_everything(db.session, as_="bench")
            found = list(db.session.execute(text(statement), values).all())
            db.session.rollback()
        return found

    def browser(self, account_id: UUID) -> FlaskClient:
        """A browser in which somebody is signed in."""
        with self.app.app_context():
            see_everything(db.session, as_="bench")
            actor = access.get_account(account_id=account_id)
            token = sessions.open_for_script(actor=actor, now=utc_now())
            db.session.commit()
        browser = self.app.test_client()
        browser.set_cookie(self.settings.cookie_name, token, secure=True, path="/")
        browser.environ_base["wsgi.url_scheme"] = "https"
        return browser


@contextmanager
def made(size: Size, *, now: datetime) -> Iterator[Council]:
    """The council, made anew; its server ends with the block."""
    server = embedded.start(Path(os.environ.get("CAREPLAN_BENCH_DATA", "var/bench-pg")).resolve())
    try:
        with psycopg.connect(server.url(role=embedded.SUPERUSER, database="postgres"), autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")
        embedded.prepare_roles(server)
        embedded.ensure_database(server, NAME)
        owner = server.url(role=embedded.OWNER_ROLE, database=NAME)
        migrate.upgrade(owner.replace("postgresql://", "postgresql+psycopg://", 1))
        seed(url=owner, size=size, now=now - BEHIND, say=print)
        settings = load_settings(
            {
                "CAREPLAN_ENV": "test",
                "CAREPLAN_DATABASE_URL": server.url(role=embedded.APP_ROLE, database=NAME),
                "CAREPLAN_OWNER_DATABASE_URL": owner,
                "CAREPLAN_LOG_LEVEL": "warning",
            }
        )
        app = create_app(settings)
        yield Council(app, settings, owner)
        with app.app_context():
            db.engine.dispose()
    finally:
        server.stop()
