"""Filling an empty database with a council of any size."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import psycopg

from careplan.kernel.clock import end_of_day, local_date, start_of_day
from careplan.seeding import living, people
from careplan.seeding.loading import bare, copy_rows
from careplan.seeding.size import DAYS_PLANNED_AHEAD, Size

SINCE = timedelta(days=30)
# Enough to build an index of millions of rows in memory.
MEMORY = "SET maintenance_work_mem = '512MB'"
TABLES = (
    "organisation", "account", "worker", "relationship", "person", "person_address", "partnership_member",
    "support_plan", "plan_version", "plan_agreement", "hour_terms", "hour_bank", "hour_balance", "hour_entry",
    "seed_call",
)  # fmt: skip


class NotEmpty(RuntimeError):
    """Somebody's record is in the database already."""


def seed(*, url: str, size: Size, now: datetime, say: Callable[[str], None]) -> int:
    """Makes the council in one transaction, as the owner of the tables; says how many visits it has.

    `url` is the owner's, for psycopg. Raises NotEmpty.
    """
    today = local_date(now)
    with psycopg.connect(url) as connection:
        if connection.execute("SELECT EXISTS (SELECT FROM person)").fetchone() != (False,):
            raise NotEmpty("There are people in this database. A council is only made in an empty one.")
        connection.execute(MEMORY)
        connection.execute(living.CREATE_CALLS)
        rows = _made(size, now)
        say(f"{size.people:,} people, {size.providers:,} providers, {len(rows.of['account']):,} accounts.")
        with bare(connection, living.LARGE):
            for table in TABLES:
                copy_rows(connection, table, rows.of.pop(table))
            visits = _live(connection, size, now)
            say(f"{visits:,} visits; now the indexes.")
        connection.execute(living.BALANCES)
    with psycopg.connect(url, autocommit=True) as connection:
        # What is known of a table's contents decides how every page reads it.
        connection.execute("ANALYZE")
    say(f"Made up to {today + timedelta(days=DAYS_PLANNED_AHEAD)}.")
    return visits


def _made(size: Size, now: datetime) -> people.Rows:
    today, rows = local_date(now), people.Rows()
    since = start_of_day(today - timedelta(weeks=size.weeks)) - SINCE
    council = people.make_council(rows, size, since=since)
    people.make_people(rows, council, size, today=today, since=since)
    return rows


def _live(connection: psycopg.Connection[Any], size: Size, now: datetime) -> int:
    today = local_date(now)
    first, last = today - timedelta(weeks=size.weeks), today + timedelta(days=DAYS_PLANNED_AHEAD)
    since, until = start_of_day(first), end_of_day(last + timedelta(days=1))
    connection.execute("ANALYZE seed_call")
    connection.execute("ANALYZE hour_bank")
    values = {"seed": size.seed, "now": now, "since": since, "until": until}
    connection.execute(living.OPEN_ROUNDS, values)
    return living.live(connection, first=first, last=last, values=values)
