"""A partial date means the whole of it."""

from datetime import UTC, datetime

import pytest

from careplan.fhir.instants import NotADate, range_of


@pytest.mark.parametrize(
    ("text", "starts", "ends"),
    [
        ("2026", "2026-01-01T00:00", "2027-01-01T00:00"),
        ("2026-12", "2026-12-01T00:00", "2027-01-01T00:00"),
        ("2026-07", "2026-06-30T23:00", "2026-07-31T23:00"),
        ("2026-07-01", "2026-06-30T23:00", "2026-07-01T23:00"),
        ("2026-10-25", "2026-10-24T23:00", "2026-10-26T00:00"),
        ("2026-01-05T08:30Z", "2026-01-05T08:30", "2026-01-05T08:31"),
        ("2026-01-05T08:30:15Z", "2026-01-05T08:30:15", "2026-01-05T08:30:16"),
        ("2026-01-05T08:30:15.5Z", "2026-01-05T08:30:15.500", "2026-01-05T08:30:15.600"),
        ("2026-01-05T08:30:15.123Z", "2026-01-05T08:30:15.123", "2026-01-05T08:30:15.124"),
        ("2026-01-05T08:30:00+02:00", "2026-01-05T06:30:00", "2026-01-05T06:30:01"),
        ("2026-07-05T08:30:00", "2026-07-05T07:30:00", "2026-07-05T07:30:01"),
    ],
)
def test_ranges_from_the_first_instant_to_the_one_past_the_last(text, starts, ends):
    assert range_of(text) == tuple(datetime.fromisoformat(t).replace(tzinfo=UTC) for t in (starts, ends))


@pytest.mark.parametrize(
    "text", ["", "26", "2026-13", "2026-02-30", "2026-1-1", "2026-01-05T25:00Z", "2026-01-05T08", "now", "0000"]
)
def test_refuses_what_is_no_date(text):
    with pytest.raises(NotADate):
        range_of(text)
