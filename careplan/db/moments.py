"""What happened around a person, as selects of one shape that are put together into one timeline."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Select, Text, Uuid, cast, func, literal, null, select
from sqlalchemy.types import String

# (at, key, by, party, facts): when, which row, whose account, for which party where the account does not tell, and
# what the sentence needs.
Moments = Select[datetime, str, Any, str | None, dict[str, Any]]


def moments(
    *,
    at: Any,
    key: Any,
    by: Any = None,
    party: Any = None,
    facts: Mapping[str, Any] | None = None,
) -> Moments:
    """Rows as moments; the slice adds whose they are and which of them count."""
    pairs = [part for name, value in (facts or {}).items() for part in (literal(name), value)]
    named = literal(party) if isinstance(party, str) else party
    return select(
        at.label("at"),
        cast(key, Text).collate("C").label("key"),
        cast(null() if by is None else by, Uuid()).label("by"),
        cast(null() if named is None else named, String()).label("party"),
        func.jsonb_build_object(*pairs).label("facts"),
    )
