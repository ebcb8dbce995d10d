"""Correcting a record of a dose: what it must say, and its time on the day of the record."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid4

import pytest

from careplan.kernel.clock import at_local
from careplan.kernel.errors import Invalid
from careplan.medicines.domain.chart import line_of
from careplan.medicines.domain.correcting import Correction, check_correction, corrected_time
from careplan.medicines.domain.dose import Dose, DoseResult
from careplan.people.domain.medicine import Medicine
from tests.factories.people import some_medicine

AT = datetime(2026, 10, 24, 8, 5, 40, tzinfo=UTC)  # 09:05:40 in London, the day before the clocks change
NOW = AT + timedelta(hours=2)
WRONG = "I pressed the wrong one."


def a_dose(result=DoseResult.DECLINED, at=AT, reason="Felt sick", corrects=None):
    return Dose(uuid4(), UUID(int=1), UUID(int=2), UUID(int=3), None, at, at, result, reason, corrects=corrects)


@pytest.mark.parametrize(
    ("said", "fields"),
    [
        (Correction(DoseResult.GIVEN, AT, "", WRONG), []),
        (Correction(DoseResult.DECLINED, AT - timedelta(minutes=20), "Felt sick", WRONG), []),
        (Correction(DoseResult.DECLINED, AT, "Asleep", WRONG), []),
        (Correction(DoseResult.DECLINED, AT, "Felt sick", WRONG), ["result"]),
        (Correction(DoseResult.GIVEN, NOW, "", WRONG), []),
        (Correction(DoseResult.GIVEN, NOW + timedelta(seconds=1), "", WRONG), ["at"]),
        (Correction(DoseResult.OMITTED, AT, "  ", "  "), ["reason", "because"]),
    ],
)
def test_says_something_else_and_why(said, fields):
    if not fields:
        check_correction(a_dose(), said.tidy, now=NOW)
        return
    with pytest.raises(Invalid) as refused:
        check_correction(a_dose(), said.tidy, now=NOW)
    assert [p.field for p in refused.value.problems] == fields


def test_what_was_taken_after_all_keeps_no_reason_why_not():
    assert Correction(DoseResult.GIVEN, AT, "Felt sick", f" {WRONG} ").tidy == Correction(
        DoseResult.GIVEN, AT, "", WRONG
    )
    assert Correction(DoseResult.SPOILED, AT, " Fell ", WRONG).tidy.reason == "Fell"


def test_keeps_the_second_where_the_minute_stays_and_moves_by_londons_clock():
    assert corrected_time(a_dose(), time(9, 5)) == AT
    assert corrected_time(a_dose(), time(9, 30)) == datetime(2026, 10, 24, 8, 30, tzinfo=UTC)
    assert corrected_time(a_dose(), time(0, 30)) == datetime(2026, 10, 23, 23, 30, tzinfo=UTC)


def test_the_chart_shows_what_counts_and_what_was_recorded_first():
    first = date(2026, 10, 19)
    at = at_local(first, time(8))
    wrong, other = a_dose(at=at), a_dose(at=at_local(first, time(20)))
    right = a_dose(DoseResult.GIVEN, at, None, corrects=wrong.id)
    medicine = Medicine(UUID(int=2), UUID(int=1), some_medicine(clock=(time(8), time(20))), NOW, UUID(int=3))

    line = line_of(medicine, [wrong, other, right], first=first, now=NOW)

    assert line.rows[0].cells[0].dose == right
    assert line.rows[1].cells[0].dose == other
    assert [(c.was, c.now) for c in line.corrected] == [(wrong, right)]
    assert line.others == ()
    assert line_of(medicine, [wrong, right], first=first + timedelta(days=7), now=NOW).corrected == ()
