"""The chart of four weeks: each medicine, each time of the day, each day, and what was recorded for it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from careplan.kernel.clock import at_local, local_date
from careplan.medicines.domain.dose import Dose, standing
from careplan.people.domain.medicine import Medicine

DAYS = 28
# What is recorded within this time of a time of day belongs to it; anything else stands beside, with its own time.
BELONGS_WITHIN = timedelta(hours=3)
ON_TIME_WITHIN = timedelta(minutes=30)


class Square(StrEnum):
    """What a square of the chart says where nothing was recorded."""

    RECORDED = "recorded"
    MISSING = "missing"
    TO_COME = "to_come"
    NOT_DUE = "not_due"


@dataclass(frozen=True, slots=True)
class Cell:
    """One time of one day; `late` says that it was recorded for more than 30 minutes beside a time that matters."""

    day: date
    square: Square
    dose: Dose | None = None
    off_time: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One time of the day of a medicine over the days of the chart."""

    at: time
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A medicine's rows, the doses that belong to no time of day, and the records that were corrected, latest first."""

    medicine: Medicine
    rows: tuple[Row, ...]
    others: tuple[Dose, ...]
    corrected: tuple["Corrected", ...] = ()


@dataclass(frozen=True, slots=True)
class Corrected:
    """A record that counts no longer, and the one in its place."""

    was: Dose
    now: Dose


@dataclass(frozen=True, slots=True)
class Slot:
    """One time at which a medicine is due."""

    medicine: Medicine
    due_at: datetime


def slots_of(medicine: Medicine, *, days: Iterable[date]) -> list[Slot]:
    """When a medicine is due on these London days, in order; none for what is taken when needed or has no times."""
    return [
        Slot(medicine, at_local(day, at)) for day in days if medicine.holds_on(day) for at in medicine.details.clock
    ]


def matched(slots: Sequence[Slot], doses: Iterable[Dose]) -> dict[datetime, Dose]:
    """The dose that belongs to each due instant: each dose to the nearest, each instant its nearest dose."""
    found: dict[datetime, Dose] = {}
    for dose in doses:
        near = min((s.due_at for s in slots), key=lambda due: abs(due - dose.effective_at), default=None)
        if near is None or abs(near - dose.effective_at) > BELONGS_WITHIN:
            continue
        held = found.get(near)
        if held is None or abs(near - dose.effective_at) < abs(near - held.effective_at):
            found[near] = dose
    return found


def line_of(medicine: Medicine, doses: Iterable[Dose], *, first: date, now: datetime, days: int = DAYS) -> Line:
    """A medicine's part of the chart, over so many days from the first."""
    known = list(doses)
    own = standing(known)
    span = [first + timedelta(days=n) for n in range(days)]
    slots = slots_of(medicine, days=span)
    held = matched(slots, own)
    rows = tuple(Row(at, tuple(_cell(medicine, day, at, held, now) for day in span)) for at in medicine.details.clock)
    placed = {d.id for d in held.values()}
    others = tuple(d for d in reversed(own) if d.id not in placed and first <= local_date(d.effective_at) <= span[-1])
    return Line(medicine, rows, others, _corrected(known, span))


def unrecorded(medicine: Medicine, doses: Iterable[Dose], *, since: datetime, now: datetime) -> list[Slot]:
    """Times since an instant at which a medicine that must come on time was due, and nothing is recorded, though its
    30 minutes are over.
    """
    if not medicine.details.on_time:
        return []
    days = {local_date(since) + timedelta(days=n) for n in range((local_date(now) - local_date(since)).days + 1)}
    slots = slots_of(medicine, days=sorted(days))
    held = matched(slots, standing(doses))
    return [s for s in slots if since <= s.due_at and s.due_at + ON_TIME_WITHIN < now and s.due_at not in held]


def _corrected(doses: Iterable[Dose], span: Sequence[date]) -> tuple[Corrected, ...]:
    known = {d.id: d for d in doses}
    pairs = [Corrected(known[d.corrects], d) for d in known.values() if d.corrects in known]
    within = [p for p in pairs if span[0] <= local_date(p.was.effective_at) <= span[-1]]
    return tuple(sorted(within, key=lambda p: (p.was.effective_at, p.now.received_at), reverse=True))


def _cell(medicine: Medicine, day: date, at: time, held: dict[datetime, Dose], now: datetime) -> Cell:
    due_at = at_local(day, at)
    dose = held.get(due_at)
    if dose is not None:
        late = medicine.details.on_time and abs(dose.effective_at - due_at) > ON_TIME_WITHIN
        return Cell(day, Square.RECORDED, dose, late)
    if not medicine.holds_on(day):
        return Cell(day, Square.NOT_DUE)
    return Cell(day, Square.TO_COME if due_at + BELONGS_WITHIN > now else Square.MISSING)
