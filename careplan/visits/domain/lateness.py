"""When a start is in time, by the effective time and to the second; and when a visit that nobody began is missed."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from careplan.kernel.clock import at_local, local_date, local_time

CRITICAL_WINDOW = timedelta(minutes=30)
LATE_AFTER = timedelta(minutes=45)
END_OF_EVENING = time(23)
LATE_EVENING = time(21)
LATE_EVENING_PATIENCE = timedelta(hours=2)


class Timing(StrEnum):
    """How a start, or its absence, stands against the plan."""

    IN_TIME = "in_time"
    LATE = "late"
    EARLY = "early"
    NOT_DUE = "not_due"


@dataclass(frozen=True, slots=True)
class Windows:
    """How far from the planned time a start may lie: on either side for time-critical visits, after it for others."""

    critical: timedelta = CRITICAL_WINDOW
    late_after: timedelta = LATE_AFTER


USUAL = Windows()


def is_in_window(*, planned: datetime, started: datetime, window: timedelta = CRITICAL_WINDOW) -> bool:
    """Whether a time-critical visit began within the window on either side, both ends inclusive."""
    return abs(started - planned) <= window


def patience(*, time_critical: bool, windows: Windows = USUAL, own: timedelta | None = None) -> timedelta:
    """How long after the planned time a start is still in time; a visit's own window counts where it is narrower."""
    usual = windows.critical if time_critical else windows.late_after
    return usual if own is None else min(usual, own)


def timing_of_start(
    *,
    planned: datetime,
    started: datetime,
    time_critical: bool,
    windows: Windows = USUAL,
    own: timedelta | None = None,
) -> Timing:
    """How a start stands: time-critical ones have a window on either side, others are only ever late.

    `own` is a narrower window that an instruction or a contract sets for this visit.
    """
    window = patience(time_critical=time_critical, windows=windows, own=own)
    if not time_critical:
        return Timing.LATE if started - planned > window else Timing.IN_TIME
    if is_in_window(planned=planned, started=started, window=window):
        return Timing.IN_TIME
    return Timing.LATE if started > planned else Timing.EARLY


def timing_without_start(
    *, planned: datetime, now: datetime, time_critical: bool, windows: Windows = USUAL, own: timedelta | None = None
) -> Timing:
    """How a visit stands of which no start has been received."""
    window = patience(time_critical=time_critical, windows=windows, own=own)
    return Timing.LATE if now - planned > window else Timing.NOT_DUE


def missed_from(*, planned: datetime, next_planned: datetime | None) -> datetime:
    """The instant from which a visit that nobody began is missed by itself.

    That is 23:00 on London's clocks, or two hours after the start for a visit planned from 21:00 on; sooner where the
    person's next visit is planned to start sooner.
    """
    starts = local_time(planned).time()
    late = starts >= LATE_EVENING
    last = planned + LATE_EVENING_PATIENCE if late else at_local(local_date(planned), END_OF_EVENING)
    return last if next_planned is None else min(last, next_planned)
