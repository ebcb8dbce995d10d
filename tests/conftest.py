"""What all tests share: real settings and a real PostgreSQL, a database a test process, emptied after each test."""

import os
from collections.abc import Callable, Iterator
from contextvars import Context
from pathlib import Path
from typing import Any

import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from careplan.access.domain.actor import Actor
from careplan.app import create_app
from careplan.config import Settings, load_settings
from careplan.db import db, embedded, migrate
from careplan.db.scope import see_everything
from careplan.kernel.clock import utc_now
from tests.keeping import KEEPER

pytest_plugins = ["tests.strict"]
ROOT = Path(__file__).resolve().parents[1]
FAST = "ALTER SYSTEM SET {} = '{}'"
SLOWEST_FIRST = ("tests/browser/council", "test_every_route", "tests/browser", "tests/integration")
# A crash of the tests' server may lose the tests' data, so it need not wait for the disk.
HASTE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class SeparateClient(FlaskClient):
    """A browser whose requests share nothing with the test: else two browsers would share one form token."""

    def open(self, *args: Any, **kwargs: Any) -> Any:
        return Context().run(super().open, *args, **kwargs)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest begins first, lest one test process work on alone when all others have ended."""
    items.sort(key=lambda item: next((n for n, part in enumerate(SLOWEST_FIRST) if part in str(item.path)), 9))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """When all test processes have ended, the one that started them stops the tests' PostgreSQL."""
    data = _data_folder()
    if not hasattr(session.config, "workerinput") and (data / "postmaster.pid").exists():
        embedded.start(data).stop()


@pytest.fixture(scope="session")
def server() -> embedded.EmbeddedServer:
    """The tests' PostgreSQL, started by whichever process comes first."""
    return _started_once(_data_folder())


@pytest.fixture(scope="session")
def database_name(server: embedded.EmbeddedServer, worker_id: str) -> str:
    """A database of this process's own, copied from one that the migrations built."""
    name = f"test_{worker_id}"
    with psycopg.connect(_super(server), autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE test_template OWNER careplan_owner')
    return name


@pytest.fixture(scope="session")
def settings(server: embedded.EmbeddedServer, database_name: str) -> Settings:
    """The settings of a test process: the application role, as in production."""
    return load_settings(
        {
            "CAREPLAN_ENV": "test",
            "CAREPLAN_DATABASE_URL": server.url(role=embedded.APP_ROLE, database=database_name),
            "CAREPLAN_OWNER_DATABASE_URL": server.url(role=embedded.OWNER_ROLE, database=database_name),
            "CAREPLAN_LOG_LEVEL": "warning",
        }
    )


@pytest.fixture(scope="session")
def application(settings: Settings) -> Iterator[Flask]:
    """The application, built once a process."""
    built = create_app(settings)
    built.test_client_class = SeparateClient
    yield built
    with built.app_context():
        db.engine.dispose()


@pytest.fixture
def app(application: Flask, wiper: "Wiper") -> Iterator[Flask]:
    """The application over an empty database; what the test leaves behind is wiped after it."""
    yield application
    with application.app_context():
        db.session.remove()
    wiper.wipe()


@pytest.fixture(scope="session")
def wiper(superuser_url: str) -> Iterator["Wiper"]:
    """What empties the database between tests."""
    wiper = Wiper(superuser_url)
    KEEPER.open(wiper.connection, wiper.written_to)
    yield wiper
    wiper.connection.close()


@pytest.fixture(scope="session")
def superuser_url(server: embedded.EmbeddedServer, database_name: str) -> str:
    """For what only a database administrator can do, such as wiping tables that refuse it."""
    return server.url(role=embedded.SUPERUSER, database=database_name)


@pytest.fixture
def session(app: Flask) -> Iterator[object]:
    """A database session that sees everything, for arranging and checking; commit what the application is to see."""
    with app.app_context():
        event.listen(db.session(), "after_begin", _see_everything)
        KEEPER.begin()
        yield db.session
        KEEPER.end()
        db.session.rollback()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without JavaScript, signed out."""
    return app.test_client()


@pytest.fixture
def sign_in(app: Flask, settings: Settings) -> Callable[[Actor], FlaskClient]:
    """Gives a browser in which this account is signed in."""
    from careplan.access import sessions

    def signed_in(actor: Actor) -> FlaskClient:
        with app.app_context():
            token = sessions.open_for_script(actor=actor, now=utc_now())
        browser = app.test_client()
        browser.set_cookie(settings.cookie_name, token, secure=True, path="/")
        browser.environ_base["wsgi.url_scheme"] = "https"
        return browser

    return signed_in


def _see_everything(_session: object, transaction: Any, connection: Any) -> None:
    """Each transaction that a test begins sees everything, also those after a commit."""
    if not transaction.nested:
        see_everything(connection, as_="test")


def _data_folder() -> Path:
    return Path(os.environ.get("CAREPLAN_TEST_DATA", ROOT / "var" / "test-pg"))


def _started_once(data: Path) -> embedded.EmbeddedServer:
    """Under a lock: start the server, make roles and the template database of today's migrations."""
    import fasteners

    data.parent.mkdir(parents=True, exist_ok=True)
    with fasteners.InterProcessLock(data.parent / f"{data.name}.lock"):
        server = embedded.start(data)
        with psycopg.connect(server.url(role=embedded.SUPERUSER, database="postgres"), autocommit=True) as connection:
            if connection.execute("SHOW fsync").fetchone() == ("on",):
                for name, value in HASTE.items():
                    connection.execute(FAST.format(name, value))
                connection.execute("SELECT pg_reload_conf()")
        embedded.prepare_roles(server)
        _refresh_template(server)
    return server


def _refresh_template(server: embedded.EmbeddedServer) -> None:
    """Builds the template anew unless it was built from exactly these migrations."""
    stamp = _digest_of_migrations()
    with psycopg.connect(_super(server), autocommit=True) as connection:
        comment = connection.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = 'test_template'"
        ).fetchone()
        if comment == (stamp,):
            return
        connection.execute("DROP DATABASE IF EXISTS test_template WITH (FORCE)")
    embedded.ensure_database(server, "test_template")
    url = server.url(role=embedded.OWNER_ROLE, database="test_template")
    migrate.upgrade(url.replace("postgresql://", "postgresql+psycopg://", 1))
    with psycopg.connect(_super(server), autocommit=True) as connection:
        connection.execute(f"COMMENT ON DATABASE test_template IS '{stamp}'")


def _digest_of_migrations() -> str:
    import hashlib

    files = [*sorted((ROOT / "migrations").rglob("*.py")), *sorted((ROOT / "careplan").rglob("*.sql"))]
    files += [ROOT / "careplan" / "db" / "guards.py"]
    return hashlib.sha256(b"".join(f.read_bytes() for f in files)).hexdigest()


def _super(server: embedded.EmbeddedServer) -> str:
    return server.url(role=embedded.SUPERUSER, database="postgres")


class Wiper:
    """Empties the tables that a test has written to, over a connection of its own."""

    def __init__(self, superuser_url: str) -> None:
        self.connection = psycopg.connect(superuser_url, autocommit=True)
        # The tables' refusal of DELETE is switched off for this session.
        self.connection.execute("SET session_replication_role = replica")
        tables = self.connection.execute(
            "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables"
            " WHERE schemaname IN ('public', 'procrastinate') AND tablename <> 'alembic_version'"
        ).fetchall()
        self.written_to = " UNION ALL ".join(f"SELECT '{t}' WHERE EXISTS (SELECT FROM {t})" for (t,) in tables)

    def wipe(self) -> None:
        """Most tests write to a quarter of the tables; to ask which costs less than to empty them all."""
        names = self.connection.execute(self.written_to, prepare=True).fetchall()
        self.connection.execute(";".join(f"DELETE FROM {name}" for (name,) in names) or "SELECT")
