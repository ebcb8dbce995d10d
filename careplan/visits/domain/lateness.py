"""When a start is in time, by the effective time and to the second."""

from datetime import datetime, timedelta
from enum import StrEnum

CRITICAL_WINDOW = timedelta(minutes=30)
LATE_AFTER = timedelta(minutes=45)


class Timing(StrEnum):
    """How a start, or its absence, stands against the plan."""

    IN_TIME = "in_time"
    LATE = "late"
    EARLY = "early"
    NOT_DUE = "not_due"


def is_in_window(*, planned: datetime, started: datetime, window: timedelta = CRITICAL_WINDOW) -> bool:
    """Whether a time-critical visit began within the window on either side, both ends inclusive."""
    return abs(started - planned) <= window


def timing_of_start(*, planned: datetime, started: datetime, time_critical: bool) -> Timing:
    """How a start stands: time-critical ones have a window on either side, others are late after 45 minutes."""
    if not time_critical:
        return Timing.LATE if started - planned > LATE_AFTER else Timing.IN_TIME
    if is_in_window(planned=planned, started=started):
        return Timing.IN_TIME
    return Timing.LATE if started > planned else Timing.EARLY


def timing_without_start(*, planned: datetime, now: datetime, time_critical: bool) -> Timing:
    """How a visit stands of which no start has been received."""
    patience = CRITICAL_WINDOW if time_critical else LATE_AFTER
    return Timing.LATE if now - planned > patience else Timing.NOT_DUE
