"""Instants are UTC; days, weeks and due dates are London's local dates."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def utc_now() -> datetime:
    """The present instant. Read it once at the edge and hand it down as `now`."""
    return datetime.now(UTC)


def local_date(instant: datetime) -> date:
    """The London date on which an instant falls."""
    return _aware(instant).astimezone(LONDON).date()


def local_time(instant: datetime) -> datetime:
    """The same instant with London's wall-clock reading."""
    return _aware(instant).astimezone(LONDON)


def start_of_day(day: date) -> datetime:
    """The UTC instant at which a London day begins."""
    return at_local(day, time(0, 0))


def end_of_day(day: date) -> datetime:
    """The UTC instant at which a London day ends: the start of the next."""
    return start_of_day(day + timedelta(days=1))


def at_local(day: date, wall_clock: time) -> datetime:
    """The UTC instant of a wall-clock time in London; of the two in October's repeated hour, the first."""
    return datetime.combine(day, wall_clock, tzinfo=LONDON).astimezone(UTC)


def _aware(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return instant
