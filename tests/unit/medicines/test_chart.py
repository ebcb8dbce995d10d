"""The chart of four weeks: which record belongs to which time, and what silence means."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid4

from careplan.kernel.clock import at_local
from careplan.medicines.domain.chart import Square, line_of, unrecorded
from careplan.medicines.domain.dose import Dose, DoseResult
from careplan.people.domain.medicine import Medicine
from tests.factories.people import some_medicine

FIRST = date(2026, 10, 19)  # a Monday; the clocks change on the Sunday after
NOW = datetime(2026, 10, 26, 12, tzinfo=UTC)


def a_medicine(**said):
    return Medicine(UUID(int=2), UUID(int=1), some_medicine(**{"clock": (time(8), time(20)), **said}), NOW, UUID(int=3))


def a_dose(day, at, result=DoseResult.GIVEN):
    when = at_local(day, at)
    return Dose(uuid4(), UUID(int=1), UUID(int=2), UUID(int=3), None, when, when, result)


def test_a_record_belongs_to_the_nearest_time_and_silence_shows():
    doses = [a_dose(FIRST, time(8, 20)), a_dose(FIRST, time(14)), a_dose(FIRST, time(20), DoseResult.DECLINED)]

    line = line_of(a_medicine(), doses, first=FIRST, now=NOW)

    morning, evening = line.rows
    assert [r.at for r in line.rows] == [time(8), time(20)]
    assert (morning.cells[0].dose, evening.cells[0].dose) == (doses[0], doses[2])
    assert line.others == (doses[1],)
    assert morning.cells[1].square is Square.MISSING
    assert evening.cells[7].square is Square.TO_COME
    assert len(morning.cells) == 28


def test_before_the_first_and_after_the_last_day_nothing_is_due():
    line = line_of(
        a_medicine(starts_on=FIRST + timedelta(days=1), stops_on=FIRST + timedelta(days=2)), [], first=FIRST, now=NOW
    )

    assert [c.square for c in line.rows[0].cells[:4]] == [
        Square.NOT_DUE, Square.MISSING, Square.MISSING, Square.NOT_DUE,
    ]  # fmt: skip


def test_what_must_come_on_time_is_told_of_half_an_hour_after_it_was_due_by_londons_clock():
    medicine = a_medicine(on_time=True, clock=(time(8),))
    sunday = date(2026, 10, 25)
    due = datetime(2026, 10, 25, 8, tzinfo=UTC)  # winter time by then
    since = due - timedelta(hours=12)

    assert unrecorded(medicine, [], since=since, now=due + timedelta(minutes=30)) == []
    assert [s.due_at for s in unrecorded(medicine, [], since=since, now=due + timedelta(minutes=31))] == [due]
    assert unrecorded(medicine, [a_dose(sunday, time(8, 25))], since=since, now=due + timedelta(hours=1)) == []
    assert unrecorded(a_medicine(), [], since=since, now=due + timedelta(hours=1)) == []


def test_a_time_that_matters_shows_when_it_was_kept_badly():
    medicine = a_medicine(on_time=True)
    line = line_of(medicine, [a_dose(FIRST, time(8, 31)), a_dose(FIRST, time(20, 30))], first=FIRST, now=NOW)

    assert [r.cells[0].off_time for r in line.rows] == [True, False]
