"""The database's own lock: whoever is not related to a person sees and writes nothing of theirs.

Whatever the program asks, that is: these tests go past the program.
Each table is tried for itself, in a transaction that takes its constraints away, writes one row of an invented person,
looks through the application role's eyes, and undoes everything. So no table needs a story to be tried.
"""

from collections.abc import Iterator
from uuid import UUID

import psycopg
import pytest
from psycopg import sql

from careplan.db import embedded
from careplan.kernel.ids import new_id

EYES = ("account", "organisation", "team")
OWN_COLUMN = {"person": "id"}
# Tables that speak of a person, and lie open to the application role, each for its reason.
OPEN_THOUGH_OF_A_PERSON = {
    "relationship": "the lock itself reads it to know who is related; it holds identifiers and dates only",
    "audit_event": "who looked at a record is written also where somebody was refused; identifiers only",
}
# Tables that hold nothing of a person: whatever else lies open.
OF_NO_PERSON = {
    "account": "who works here and who may sign in",
    "web_session": "looked up by the hash of a secret",
    "audit_head": "the last link of each chain: hashes",
    "organisation": "a directory",
    "worker": "a directory",
    "visit_rule": "when a provider's visits are late, and what their outcomes draw",
    "zone": "who serves which part of the town",
    "zone_share": "the same",
    "device": "a worker's tablet",
    "downtime": "a worker's own time",
    "sync_receipt": "that a record arrived, as a hash",
    "discard": "that a record was thrown away unread",
    "fhir_client": "a system that may ask",
    "fhir_jti": "a proof that was spent",
    "fhir_access_token": "a hash of a token",
    "fhir_mark": "whose stored resources are behind: an identifier",
    "rate_count": "how often somebody asked lately: counted before anyone knows who asks",
    "signing_limit": "up to which plan a role signs for a council",
    "settlement_freeze": "from when until when visits were frozen",
    "run_failure": "why a run could not be drawn up",
    "pay_run": "for which weeks providers are paid",
    "charge_run": "for which weeks people are charged",
    "alembic_version": "which migrations ran",
}
# Tables whose rows show to one related person only, to whom they are addressed; their own tests say so.
ADDRESSED = {"notice": "recipient_id"}
# A kind that opens concerns too, which family may raise and not read.
KIND_THAT_OPENS = "caseload"


@pytest.fixture(scope="module")
def administrator(server: embedded.EmbeddedServer, database_name: str) -> Iterator[psycopg.Connection]:
    """A database administrator, none of whose work is kept."""
    with psycopg.connect(server.url(role=embedded.SUPERUSER, database=database_name)) as connection:
        yield connection
        connection.rollback()


@pytest.fixture
def undone(administrator: psycopg.Connection) -> Iterator[psycopg.Connection]:
    yield administrator
    administrator.rollback()


def columns_of_people(connection: psycopg.Connection) -> dict[str, str]:
    """Every table that says whom its rows concern, with the column that does."""
    found = connection.execute(
        "SELECT c.table_name FROM information_schema.columns c JOIN information_schema.tables t"
        " USING (table_schema, table_name)"
        " WHERE c.table_schema = 'public' AND c.column_name = 'person_id' AND t.table_type = 'BASE TABLE'"
    ).fetchall()
    return {name: "person_id" for (name,) in found} | OWN_COLUMN


def locked_tables(connection: psycopg.Connection) -> set[str]:
    return _names(connection, "AND c.relrowsecurity")


def every_table(connection: psycopg.Connection) -> set[str]:
    return _names(connection, "")


def test_every_table_is_locked_or_lies_open_for_a_reason(undone):
    lies_open = every_table(undone) - locked_tables(undone)

    assert lies_open - set(OPEN_THOUGH_OF_A_PERSON) - set(OF_NO_PERSON) == set(), "say why these lie open, or lock them"
    assert (set(OPEN_THOUGH_OF_A_PERSON) | set(OF_NO_PERSON)) - lies_open == set(), "these are locked, or gone"


def test_what_lies_open_for_holding_nothing_of_a_person_names_none(undone):
    assert set(OF_NO_PERSON) & set(columns_of_people(undone)) == set()


def test_the_application_owns_nothing_and_passes_no_lock_by(undone):
    owned = undone.execute(
        "SELECT count(*) FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner WHERE r.rolname = 'careplan_app'"
    ).fetchone()
    powers = undone.execute(
        "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = 'careplan_app'"
    ).fetchone()

    assert (owned, powers) == ((0,), (False, False, False, False))


def test_nobody_reads_without_saying_who_they_are(undone):
    for table, column in _tables_to_try(undone).items():
        person = _with_one_row(undone, table, column)
        _look_as(undone, None)
        assert _seen(undone, table, column, person) == 0, table
        undone.rollback()


def test_the_unrelated_see_no_row_of_any_table(undone):
    seen = {}
    for table, column in _tables_to_try(undone).items():
        person = _with_one_row(undone, table, column)
        _look_as(undone, new_id())
        seen[table] = _seen(undone, table, column, person)
        undone.rollback()

    assert {t for t, n in seen.items() if n} == set()
    assert len(seen) > 20


@pytest.mark.parametrize("eyes", EYES)
def test_the_related_see_what_the_unrelated_do_not(undone, eyes):
    """Else the test above would pass over tables that show nothing to anyone."""
    hidden = set()
    for table, column in _tables_to_try(undone).items():
        if table in ADDRESSED:
            continue
        person, holder = _with_one_row(undone, table, column), new_id()
        _relate(undone, person, holder, eyes)
        _look_as(undone, holder, eyes=eyes)
        if _seen(undone, table, column, person) != 1:
            hidden.add(table)
        undone.rollback()

    assert hidden == set()


@pytest.mark.parametrize(("table", "addressee"), ADDRESSED.items())
def test_what_is_addressed_to_one_shows_to_them_alone_and_only_while_they_are_related(undone, table, addressee):
    seen = []
    for is_mine, is_related in ((True, True), (True, False), (False, True)):
        person, holder = _with_one_row(undone, table, "person_id"), new_id()
        mine = sql.SQL("UPDATE {} SET {} = %s, by_office = false WHERE person_id = %s")
        undone.execute(
            mine.format(sql.Identifier(table), sql.Identifier(addressee)), [holder if is_mine else new_id(), person]
        )
        if is_related:
            _relate(undone, person, holder, "account")
        _look_as(undone, holder)
        seen.append(_seen(undone, table, "person_id", person))
        undone.rollback()

    assert seen == [1, 0, 0]


def test_a_relationship_that_ended_or_has_yet_to_begin_opens_nothing(undone):
    for since, until in (("-2 days", "-1 second"), ("1 day", None)):
        person, holder = _with_one_row(undone, "support_plan", "person_id"), new_id()
        _relate(undone, person, holder, "account", since=since, until=until)
        _look_as(undone, holder)
        assert _seen(undone, "support_plan", "person_id", person) == 0
        undone.rollback()


def test_the_unrelated_write_no_row_into_any_table(undone):
    written = set()
    for table, column in _tables_to_try(undone).items():
        _without_constraints(undone, table)
        _look_as(undone, new_id())
        try:
            undone.execute(_insert(table, column), [new_id()])
            written.add(table)
        except psycopg.errors.InsufficientPrivilege:
            pass  # row-level security, or no right at all
        undone.rollback()

    assert written == set()


def test_the_unrelated_change_and_delete_no_row_of_any_table(undone):
    changed = set()
    for table, column in _tables_to_try(undone).items():
        for act in ("UPDATE {0} SET {1} = {1} WHERE {1} = %s", "DELETE FROM {0} WHERE {1} = %s"):
            person = _with_one_row(undone, table, column)
            _look_as(undone, new_id())
            try:
                statement = sql.SQL(act).format(sql.Identifier(table), sql.Identifier(column))
                if undone.execute(statement, [person]).rowcount:
                    changed.add(table)
            except psycopg.errors.InsufficientPrivilege:
                pass  # the role has no such right at all
            undone.rollback()

    assert changed == set()


def test_a_row_cannot_be_handed_to_somebody_one_is_not_related_to(undone):
    mine, holder = _with_one_row(undone, "contact", "person_id"), new_id()
    _relate(undone, mine, holder, "account")
    _look_as(undone, holder)

    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level security"):
        undone.execute("UPDATE contact SET person_id = %s WHERE person_id = %s", [new_id(), mine])


def test_concerns_are_not_read_by_family(undone):
    for kind in ("self", "authority", "carer"):
        person, holder = _with_one_row(undone, "concern", "person_id"), new_id()
        _relate(undone, person, holder, "account", kind=kind)
        _look_as(undone, holder)
        assert _seen(undone, "concern", "person_id", person) == 0, kind
        undone.rollback()


def _tables_to_try(connection: psycopg.Connection) -> dict[str, str]:
    return {t: c for t, c in columns_of_people(connection).items() if t not in OPEN_THOUGH_OF_A_PERSON}


def _with_one_row(connection: psycopg.Connection, table: str, column: str) -> UUID:
    """Writes one row of a person who is nobody, and gives the person's id."""
    person = new_id()
    _without_constraints(connection, table)
    connection.execute(_insert(table, column), [person])
    return person


def _without_constraints(connection: psycopg.Connection, table: str) -> None:
    """So that a row of one column passes. Replicas run no triggers."""
    connection.execute("SET LOCAL session_replication_role = replica")
    # Keys go before the columns' own NOT NULL, which they need.
    found = connection.execute(
        "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass ORDER BY contype = 'n', conname", [table]
    ).fetchall()
    for (name,) in found:
        connection.execute(
            sql.SQL("ALTER TABLE {} DROP CONSTRAINT IF EXISTS {} CASCADE").format(
                sql.Identifier(table), sql.Identifier(name)
            )
        )


def _insert(table: str, column: str) -> sql.Composed:
    return sql.SQL("INSERT INTO {} ({}) VALUES (%s)").format(sql.Identifier(table), sql.Identifier(column))


def _relate(
    connection: psycopg.Connection,
    person: UUID,
    holder: UUID,
    eyes: str,
    *,
    kind: str = KIND_THAT_OPENS,
    since: str = "-1 day",
    until: str | None = None,
) -> None:
    held = "account_id" if eyes == "account" else "organisation_id"
    connection.execute("SET LOCAL session_replication_role = replica")
    connection.execute(
        sql.SQL(
            "INSERT INTO relationship (id, person_id, kind, {}, since, until, source_type, source_id)"
            " VALUES (%s, %s, %s, %s, now() + %s::interval, now() + %s::interval, 'test', %s)"
        ).format(sql.Identifier(held)),
        [new_id(), person, kind, holder, since, until, new_id()],
    )


def _look_as(connection: psycopg.Connection, holder: UUID | None, *, eyes: str = "account") -> None:
    """From here to the end of the transaction, as the application role for this actor."""
    connection.execute("SET LOCAL session_replication_role = origin")
    connection.execute("SET LOCAL ROLE careplan_app")
    if holder is None:
        return
    for name in EYES:
        said = str(holder) if name == eyes else ""
        connection.execute("SELECT set_config(%s, %s, true)", [f"careplan.{name}", said])
    connection.execute("SELECT set_config('careplan.sees_all', 'off', true)")


def _seen(connection: psycopg.Connection, table: str, column: str, person: UUID) -> int:
    statement = sql.SQL("SELECT count(*) FROM {} WHERE {} = %s").format(sql.Identifier(table), sql.Identifier(column))
    found = connection.execute(statement, [person]).fetchone()
    assert found is not None
    return int(found[0])


def _names(connection: psycopg.Connection, also: str) -> set[str]:
    found = connection.execute(
        "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        f" WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') {also}"
    ).fetchall()
    return {name for (name,) in found}
