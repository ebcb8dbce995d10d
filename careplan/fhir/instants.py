"""FHIR's dates as half-open ranges of instants: a partial date means the whole of it, on London's calendar."""

import re
from datetime import UTC, date, datetime, timedelta

from careplan.kernel.clock import start_of_day

EARLIEST = datetime(1, 1, 2, tzinfo=UTC)
LATEST = datetime(9999, 12, 30, tzinfo=UTC)

_SYNTAX = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)?)?)?)?")


class NotADate(ValueError):
    """The text is not a date of FHIR's, or names a day that does not exist."""


def range_of(text: str) -> tuple[datetime, datetime]:
    """First instant, and the one just past the last, of what a FHIR date or instant names.  Raises NotADate."""
    found = _SYNTAX.fullmatch(text)
    if found is None:
        raise NotADate(text)
    try:
        year, month, day, hour, *_ = found.groups()
        if hour is not None:
            return _moment(found)
        if day is not None:
            first = date(int(year), int(month), int(day))
            return start_of_day(first), start_of_day(first + timedelta(days=1))
        if month is not None:
            first = date(int(year), int(month), 1)
            return start_of_day(first), start_of_day((first + timedelta(days=31)).replace(day=1))
        return start_of_day(date(int(year), 1, 1)), start_of_day(date(int(year) + 1, 1, 1))
    except (ValueError, OverflowError) as error:
        raise NotADate(text) from error


def _moment(found: re.Match[str]) -> tuple[datetime, datetime]:
    year, month, day, hour, minute, second, fraction, zone = found.groups()
    local = f"{year}-{month}-{day}T{hour}:{minute}:{second or '00'}"
    if zone is None:
        starts = start_of_day(date.fromisoformat(local[:10])) + timedelta(hours=int(hour), minutes=int(minute))
        starts += timedelta(seconds=int(second or 0))
    else:
        starts = datetime.fromisoformat(local + zone.replace("Z", "+00:00")).astimezone(UTC)
    if fraction is not None:
        starts += timedelta(microseconds=int(fraction[1:7].ljust(6, "0")))
        return starts, starts + timedelta(microseconds=10 ** max(6 - len(fraction) + 1, 0))
    return starts, starts + (timedelta(seconds=1) if second is not None else timedelta(minutes=1))
