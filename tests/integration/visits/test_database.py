"""What the database itself refuses and hides."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from careplan.access.domain.actor import Role
from careplan.db.scope import set_actor
from tests.factories.organisations import make_account, make_organisation
from tests.factories.visits import make_visit, rating_body, visit_body
from tests.integration.visits.conftest import look_again


@pytest.fixture
def recorded(session, care, send, earlier, commit):
    visit = make_visit(care, start=earlier)
    commit()
    send(care.joy, visit_body(care, start=earlier, visit=visit), rating_body(care, at=earlier))
    send(
        care.joy,
        {"id": visit_body(care, start=earlier)["id"], "kind": "downtime", "occurred_at": earlier.isoformat(),
         "minutes": 5, "use": "meeting"},
    )  # fmt: skip
    return care


@pytest.mark.parametrize("table", ["visit_record", "sync_receipt", "rating", "downtime"])
def test_refuses_to_change_what_was_recorded(session, recorded, table):
    for change in (f"DELETE FROM {table}", f"UPDATE {table} SET id = id", f"TRUNCATE {table} CASCADE"):
        with pytest.raises(DBAPIError, match=r"permission denied|is refused"):
            session.execute(text(change))
        look_again(session)


@pytest.mark.parametrize("table", ["visit_record", "sync_receipt", "rating", "downtime"])
def test_refuses_it_to_the_owner_of_the_tables_too(recorded, settings, table):
    import psycopg

    url = settings.owner_database_url.replace("postgresql+psycopg://", "postgresql://")
    with psycopg.connect(url, autocommit=True) as owner:
        for change in (f"DELETE FROM {table}", f"UPDATE {table} SET id = id", f"TRUNCATE {table} CASCADE"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege, match="is refused"):
                owner.execute(change)


@pytest.mark.parametrize("table", ["visit", "visit_worker", "visit_record", "visit_flag", "rating", "held_record"])
def test_shows_nobody_elses_rows_though_nothing_filters(session, recorded, table, commit):
    stranger = make_account(Role.CARE_WORKER, organisation=make_organisation())
    commit()

    set_actor(session, account_id=stranger.account_id, organisation_id=stranger.organisation_id)

    assert session.scalar(text(f"SELECT count(*) FROM {table}")) == 0
