"""Visits as a calendar file."""

from datetime import UTC, datetime
from uuid import UUID

from careplan.visits.domain.calendar_file import Entry, calendar_file

NOW = datetime(2026, 11, 21, 7, tzinfo=UTC)
VISIT = UUID("00000000-0000-7000-8000-000000000001")


def entry(words="Visit: Joy Mensah", *, called_off=False):
    return Entry(VISIT, NOW.replace(hour=8), NOW.replace(hour=8, minute=45), words, called_off)


def test_says_when_and_who_in_universal_time():
    lines = calendar_file([entry()], now=NOW).split("\r\n")

    assert lines[0] == "BEGIN:VCALENDAR"
    assert {"DTSTART:20261121T080000Z", "DTEND:20261121T084500Z", f"UID:{VISIT}@careplan"} <= set(lines)
    assert {"SUMMARY:Visit: Joy Mensah", "STATUS:CONFIRMED"} <= set(lines)


def test_marks_what_was_called_off():
    assert "STATUS:CANCELLED" in calendar_file([entry(called_off=True)], now=NOW)


def test_keeps_signs_that_mean_something_as_text_and_breaks_long_lines_between_characters():
    text = calendar_file([entry("Ana, Zoë; and so on\n" + "é" * 60)], now=NOW)

    assert "SUMMARY:Ana\\, Zoë\\; and so on\\n" in text.replace("\r\n ", "")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert text.replace("\r\n ", "").count("é") == 60
