"""The migrations and the tables that the program declares are one and the same."""

from collections.abc import Iterator

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from careplan.db import embedded, migrate
from careplan.db.head import EXPECTED_HEAD
from careplan.tables import METADATA


@pytest.fixture
def empty_database(server: embedded.EmbeddedServer, worker_id: str) -> Iterator[str]:
    name = f"test_migrations_{worker_id}"
    administrator = server.url(role=embedded.SUPERUSER, database="postgres")
    embedded.ensure_database(server, name)
    yield server.url(role=embedded.OWNER_ROLE, database=name).replace("postgresql://", "postgresql+psycopg://", 1)
    with psycopg.connect(administrator, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def test_each_goes_up_down_and_up_again(empty_database: str) -> None:
    migrate.upgrade(empty_database)
    migrate.downgrade(empty_database)
    migrate.upgrade(empty_database)

    assert _differences(empty_database) == []


def test_the_program_expects_the_last_one() -> None:
    scripts = ScriptDirectory.from_config(migrate.alembic_config("postgresql://nowhere"))

    assert scripts.get_current_head() == EXPECTED_HEAD


def _differences(url: str) -> list[object]:
    engine = create_engine(url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found = compare_metadata(context, METADATA)
    engine.dispose()
    return list(found)
