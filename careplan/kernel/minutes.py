"""Durations are whole minutes, always."""

from datetime import datetime
from typing import NewType

Minutes = NewType("Minutes", int)

NO_MINUTES = Minutes(0)


def elapsed(start: datetime, end: datetime) -> Minutes:
    """Whole minutes that really passed between two instants, seconds cut off; a clock change does not alter it.

    Raises ValueError when the end lies before the start.
    """
    seconds = (end - start).total_seconds()
    if seconds < 0:
        raise ValueError("the end lies before the start")
    return Minutes(int(seconds // 60))
