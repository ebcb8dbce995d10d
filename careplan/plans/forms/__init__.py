"""Forms of the pages of plans."""

from typing import Any


def typed(field: Any) -> str:
    """The words in a box; nothing typed is an empty text."""
    return str(field.data or "")
