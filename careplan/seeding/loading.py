"""Getting many rows into PostgreSQL quickly: COPY, and large tables without their indexes while they are filled."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import sql

FOREIGN_KEYS = """
    SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE conrelid = %s::regclass AND contype = 'f' ORDER BY conname
"""
INDEXES = """
    SELECT c.relname, pg_get_indexdef(c.oid) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
    WHERE i.indrelid = %s::regclass
      AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid) ORDER BY c.relname
"""
UNIQUE = """
    SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE conrelid = %s::regclass AND contype = 'u'
      AND NOT EXISTS (SELECT FROM pg_constraint f WHERE f.contype = 'f' AND f.conindid = pg_constraint.conindid)
    ORDER BY conname
"""


def copy_rows(connection: psycopg.Connection[Any], table: str, rows: Iterable[Mapping[str, Any]]) -> int:
    """Writes rows that all have the same columns; says how many."""
    written = 0
    iterator = iter(rows)
    first = next(iterator, None)
    if first is None:
        return 0
    columns = list(first)
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in _again(first, iterator):
            copy.write_row([row[name] for name in columns])
            written += 1
    return written


@contextmanager
def bare(connection: psycopg.Connection[Any], tables: Sequence[str]) -> Iterator[None]:
    """The tables without triggers, foreign keys and indexes; all come back, and are checked, when they are filled.

    To build an index once costs a fraction of keeping it true row by row.
    """
    kept = {t: {q: connection.execute(q, [t]).fetchall() for q in (FOREIGN_KEYS, UNIQUE, INDEXES)} for t in tables}
    for table, parts in kept.items():
        name = sql.Identifier(table)
        connection.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(name))
        for constraint, _ in parts[FOREIGN_KEYS] + parts[UNIQUE]:
            connection.execute(sql.SQL("ALTER TABLE {} DROP CONSTRAINT {}").format(name, sql.Identifier(constraint)))
        for index, _ in parts[INDEXES]:
            connection.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(index)))
    yield
    for table, parts in kept.items():
        name = sql.Identifier(table)
        for _, definition in parts[INDEXES]:
            connection.execute(definition)
        for constraint, definition in parts[UNIQUE] + parts[FOREIGN_KEYS]:
            connection.execute(
                sql.SQL("ALTER TABLE {} ADD CONSTRAINT {} {}").format(
                    name, sql.Identifier(constraint), sql.SQL(definition)
                )
            )
        connection.execute(sql.SQL("ALTER TABLE {} ENABLE TRIGGER USER").format(name))


def _again(first: Mapping[str, Any], rest: Iterator[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    yield first
    yield from rest
