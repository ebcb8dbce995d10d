"""Keeping many rows: so many to a statement, whatever the table."""

from collections.abc import Mapping, Sequence

from sqlalchemy import insert

from careplan.db import Base, db

AT_ONCE = 5_000


def insert_many(table: type[Base], values: Sequence[Mapping[str, object]]) -> None:
    """Writes these rows in their order."""
    for start in range(0, len(values), AT_ONCE):
        db.session.execute(insert(table), values[start : start + AT_ONCE])
