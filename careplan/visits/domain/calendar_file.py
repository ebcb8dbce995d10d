"""Visits as a calendar file (RFC 5545), so that they stand in the person's own calendar."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

LINE_END = "\r\n"
LONGEST_LINE = 75  # octets; a longer line goes on in the next, after a space
AN_INSTANT = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True, slots=True)
class Entry:
    """One visit in a calendar."""

    visit_id: UUID
    starts_at: datetime
    ends_at: datetime
    words: str
    called_off: bool = False


def calendar_file(entries: Iterable[Entry], *, now: datetime) -> str:
    """The file; entries keep their names, so that a calendar that reads it again changes them in place."""
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//careplan//visits//EN",
        *(line for entry in entries for line in _event(entry, now)),
        "END:VCALENDAR",
    ]  # fmt: skip
    return "".join(_folded(line) + LINE_END for line in lines)


def _event(entry: Entry, now: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{entry.visit_id}@careplan"
    yield f"DTSTAMP:{_instant(now)}"
    yield f"DTSTART:{_instant(entry.starts_at)}"
    yield f"DTEND:{_instant(entry.ends_at)}"
    yield f"SUMMARY:{_text(entry.words)}"
    yield f"STATUS:{'CANCELLED' if entry.called_off else 'CONFIRMED'}"
    yield "END:VEVENT"


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).strftime(AN_INSTANT)


def _text(words: str) -> str:
    for sign, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r", ""), ("\n", "\\n")):
        words = words.replace(sign, written)
    return words


def _folded(line: str) -> str:
    """Broken where it is too long, never inside a character."""
    parts, part, size = [], "", 0
    for sign in line:
        width = len(sign.encode())
        if size + width > LONGEST_LINE:
            parts.append(part)
            part, size = " ", 1
        part, size = part + sign, size + width
    return LINE_END.join([*parts, part])
