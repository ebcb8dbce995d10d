"""Identifiers: UUIDs of version 7, made by whoever first records the thing."""

from uuid import UUID

from uuid_utils import compat


def new_id() -> UUID:
    """A new identifier; later ones sort after earlier ones to the millisecond."""
    return compat.uuid7()
