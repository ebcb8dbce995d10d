"""Whether a connection that lay idle still leads to the database: asked before it is lent, and only then.

To ask each time costs a round trip for every transaction, of which a tablet's batch has fifty.
"""

from time import monotonic
from typing import Any

import psycopg
from sqlalchemy.exc import InvalidatePoolError

# A connection that answered so lately is lent unasked. Should the database have gone meanwhile, the statement fails as
# it would have failed had the database gone a moment later, and the pool begins anew.
FRESH_SECONDS = 5.0
_USED_AT = "careplan_used_at"


def ask_the_idle(connection: psycopg.Connection[Any], record: Any, _: Any) -> None:
    """When a connection is lent.  Raises InvalidatePoolError, upon which the pool opens another."""
    if monotonic() - record.info.get(_USED_AT, 0.0) < FRESH_SECONDS:
        return
    try:
        connection.execute("SELECT 1")
        connection.rollback()
    except psycopg.Error as gone:
        raise InvalidatePoolError from gone


def note_use(_: Any, record: Any) -> None:
    """When a connection comes back."""
    record.info[_USED_AT] = monotonic()
