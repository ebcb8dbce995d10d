"""Triggers that mark whose shared record must be projected anew: the database sets them, so no path can forget."""

from typing import Protocol

EVENTS = {
    "insert": "NEW TABLE AS changed",
    "update": "OLD TABLE AS before NEW TABLE AS changed",
    "delete": "OLD TABLE AS changed",
}


class Operations(Protocol):
    """As much of Alembic's operations as is needed here."""

    def execute(self, sqltext: str) -> None: ...


# All with the owner's rights, because whoever writes a record need not be let at the marks of everybody.
CREATE_MARK_SUBJECTS = """
CREATE FUNCTION fhir_mark_subjects() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    EXECUTE format('INSERT INTO fhir_mark (kind, subject_id) SELECT DISTINCT $1, %1$I FROM changed', TG_ARGV[0])
    USING TG_ARGV[1];
    RETURN NULL;
END
$$
"""

CREATE_MARK_PEOPLE = """
CREATE FUNCTION fhir_mark_people() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    EXECUTE format(
        'INSERT INTO fhir_mark (kind, subject_id)
         SELECT DISTINCT ''person'', %1$I FROM changed WHERE %1$I IS NOT NULL', TG_ARGV[0]);
    RETURN NULL;
END
$$
"""

# An organisation's or a worker's name stands in the resources of people, so those people are marked with it.
CREATE_MARK_DIRECTORY = """
CREATE FUNCTION fhir_mark_directory() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    EXECUTE format(
        'INSERT INTO fhir_mark (kind, subject_id) SELECT DISTINCT $1, %1$I FROM changed
         UNION ALL
         SELECT DISTINCT ''person'', l.person_id FROM fhir_shared_link l
         WHERE l.id IN (SELECT %1$I::text FROM changed)', TG_ARGV[0])
    USING TG_ARGV[1];
    RETURN NULL;
END
$$
"""


def mark_people(op: Operations, table: str, *, column: str = "person_id") -> None:
    """Each statement that writes to the table marks the people whom its rows are about."""
    _create(op, table, f"fhir_mark_people('{column}')")


def mark_directory(op: Operations, table: str, *, column: str, kind: str) -> None:
    """Each statement that writes to the table marks the organisations or workers, and the people who refer to them."""
    _create(op, table, f"fhir_mark_directory('{column}', '{kind}')")


def mark_subjects(op: Operations, table: str, *, column: str, kind: str) -> None:
    """Each statement that writes to the table marks the organisations or workers only: no name of theirs is in it."""
    _create(op, table, f"fhir_mark_subjects('{column}', '{kind}')", name=f"fhir_mark_{kind}")


def unmark(op: Operations, table: str, *, kind: str | None = None) -> None:
    """Takes the triggers away again."""
    name = f"fhir_mark_{kind}" if kind else "fhir_mark"
    for event in EVENTS:
        op.execute(f"DROP TRIGGER IF EXISTS {name}_{event} ON {table}")


def _create(op: Operations, table: str, call: str, *, name: str = "fhir_mark") -> None:
    for event, transition in EVENTS.items():
        op.execute(
            f"CREATE TRIGGER {name}_{event} AFTER {event.upper()} ON {table} REFERENCING {transition} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {call}"
        )
