"""A council of any size: its ledger adds up, and the tables are as they were but for the rows."""

import psycopg
import pytest
from sqlalchemy import text

from careplan.db import embedded
from careplan.hours.service import check_ledger
from careplan.kernel.clock import utc_now
from careplan.seeding.service import NotEmpty, seed
from careplan.seeding.size import Size

SMALL = Size(people=30, weeks=5, seed=7)
SHAPE = """
    SELECT 'index', indexdef FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL SELECT 'constraint', conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT 'trigger', tgrelid::regclass || ' ' || tgname || ' ' || tgenabled::text FROM pg_trigger
    WHERE NOT tgisinternal
    ORDER BY 1, 2
"""
IN_TWO_PLACES = """
    SELECT count(*) FROM visit a JOIN visit_worker x ON x.visit_id = a.id
    JOIN visit_worker y ON y.worker_id = x.worker_id AND y.visit_id > x.visit_id
    JOIN visit b ON b.id = y.visit_id
    WHERE b.planned_start < a.planned_end AND a.planned_start < b.planned_end
"""


@pytest.fixture
def owner_url(server, database_name):
    return server.url(role=embedded.OWNER_ROLE, database=database_name)


def shape(superuser_url):
    with psycopg.connect(superuser_url) as connection:
        return connection.execute(SHAPE).fetchall()


def test_a_council_adds_up_and_leaves_the_tables_as_it_found_them(session, owner_url, superuser_url):
    before, said = shape(superuser_url), []

    visits = seed(url=owner_url, size=SMALL, now=utc_now(), say=said.append)

    assert shape(superuser_url) == before
    assert check_ledger() == []
    assert session.scalar(text("SELECT count(*) FROM visit")) == visits
    marked = "SELECT count(DISTINCT subject_id) FROM fhir_mark WHERE kind = 'person'"
    assert session.scalar(text(marked)) == session.scalar(text("SELECT count(*) FROM support_plan")) == 30
    assert session.scalar(text("SELECT count(*) FROM visit_record")) > visits / 2
    assert session.scalar(text(IN_TWO_PLACES)) == 0
    assert session.scalar(text("SELECT min(bank) FROM hour_balance")) >= 0


def test_people_who_are_there_are_never_mixed_with_invented_ones(session, owner_url):
    seed(url=owner_url, size=Size(1, 1, 1), now=utc_now(), say=str)

    with pytest.raises(NotEmpty):
        seed(url=owner_url, size=Size(1, 1, 1), now=utc_now(), say=str)
