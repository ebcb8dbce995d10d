"""A file of visits from another monitoring system: one row for each worker's attendance, each read by itself."""

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from io import StringIO
from typing import TypeVar
from uuid import UUID, uuid5

from careplan.kernel.clock import at_local
from careplan.kernel.errors import DomainError, invalid
from careplan.kernel.words import listed
from careplan.people.domain.nhs_number import checked_nhs_number
from careplan.visits.domain.visit import Result

REFERENCE, NHS_NUMBER, DAY, START, END, WORKER = "reference", "nhs_number", "date", "start", "end", "worker"
RESULT, NOTE, PLANNED, PROVIDER = "result", "note", "planned_start", "provider"
NEEDED = (REFERENCE, NHS_NUMBER, DAY, START, END, WORKER)
MAY_BE = (RESULT, NOTE, PLANNED, PROVIDER)
MOST_ROWS = 10_000
LONGEST_CELL = 2_000
FIRST_ROW = 2  # a spreadsheet counts the line with the names of the columns as the first
ISO_DAY, BRITISH_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})"), re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
CLOCK = re.compile(r"(\d{1,2})[:.]?(\d{2})(:\d{2})?")
A_DAY = timedelta(days=1)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in one row: where, what stands there, and what would be accepted."""

    row: int
    column: str
    value: str
    message: str

    @property
    def words(self) -> str:
        return f"Row {self.row}, {self.column}: {self.message}"


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One row as it was read; `reference` is the other system's own name for it."""

    row: int
    reference: str
    nhs_number: str
    worker: str
    start: datetime
    end: datetime
    result: Result
    note: str | None
    planned_start: datetime | None
    provider: str | None

    def record_id(self, provider_id: UUID) -> UUID:
        """The id of its record, so that the same row counts once, in whichever file it comes."""
        return uuid5(provider_id, f"visit-import:{self.reference}")


class NotAFile(DomainError):
    """The file as a whole cannot be read."""

    code = "not_a_file"


class _Wrong(Exception):
    """A cell cannot be read; says what would be accepted."""


def reference_of(text: str) -> str:
    """The file's own name: the same content again is the same file, whatever it is called."""
    return sha256(text.encode()).hexdigest()[:16]


def read_file(data: bytes) -> str:
    """The text of a file as spreadsheets save it.  Raises NotAFile."""
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            break
        return text
    raise NotAFile("This is not a CSV file. Save the sheet as “CSV (comma separated)” and send that.")


def read_rows(text: str) -> Iterator[ImportRow | list[Fault]]:
    """Each row, or everything that is wrong with it.  Raises NotAFile where columns are missing or rows too many."""
    try:
        lines = list(csv.DictReader(StringIO(text, newline=""), restkey="more", strict=True))
    except csv.Error as wrong:
        raise NotAFile(f"This is not a CSV file: {wrong}.") from None
    _check_columns(text)
    if len(lines) > MOST_ROWS:
        raise NotAFile(f"A file may have {MOST_ROWS:,} rows at most. Send it in parts.")
    for number, line in enumerate(lines, start=FIRST_ROW):
        cells = {_tidy(str(k)): str(v or "").strip() for k, v in line.items() if k != "more"}
        if any(cells.values()):
            yield _read(number, cells)


def _check_columns(text: str) -> None:
    first = next(csv.reader(StringIO(text, newline="")), [])
    names = {_tidy(name) for name in first}
    missing = [name for name in NEEDED if name not in names]
    if missing:
        raise NotAFile(
            f"The first row must name the columns. Missing: {listed(missing)}. "
            f"Needed are {listed(list(NEEDED))}; {listed(list(MAY_BE))} may follow."
        )


def _read(number: int, cells: Mapping[str, str]) -> ImportRow | list[Fault]:
    faults: list[Fault] = []

    def cell(column: str, read: Callable[[str], T], default: T | None = None) -> T | None:
        typed = cells.get(column, "")
        try:
            if len(typed) > LONGEST_CELL:
                raise _Wrong(f"write at most {LONGEST_CELL:,} characters")
            if not typed and column not in NEEDED:
                return default
            return read(typed)
        except _Wrong as wrong:
            faults.append(Fault(number, column, typed[:80], str(wrong)))
            return None

    reference, worker = cell(REFERENCE, _words), cell(WORKER, _words)
    person, day = cell(NHS_NUMBER, _person), cell(DAY, _day)
    start, end = cell(START, _clock), cell(END, _clock)
    result, note = cell(RESULT, _result, Result.COMPLETED), cell(NOTE, _words)
    planned, provider = cell(PLANNED, _clock), cell(PROVIDER, _words)
    if faults or reference is None or worker is None or person is None or day is None or start is None or end is None:
        return faults
    begins, ends = at_local(day, start), at_local(day + A_DAY if end < start else day, end)
    return ImportRow(
        row=number,
        reference=reference,
        nhs_number=person,
        worker=worker,
        start=begins,
        end=ends,
        result=result or Result.COMPLETED,
        note=note,
        planned_start=at_local(day, planned) if planned is not None else None,
        provider=provider.upper() if provider else None,
    )


def _tidy(name: str) -> str:
    return name.strip().lower().replace(" ", "_").lstrip("\ufeff")


def _words(typed: str) -> str:
    if not typed:
        raise _Wrong("fill this in")
    return typed


def _person(typed: str) -> str:
    if not typed:
        raise _Wrong("fill this in")
    try:
        found = checked_nhs_number(typed)
    except DomainError as refused:
        raise _Wrong(refused.message) from None
    return found or ""


def _day(typed: str) -> date:
    iso, british = ISO_DAY.fullmatch(typed), BRITISH_DAY.fullmatch(typed)
    try:
        if iso:
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
        if british:
            return date(int(british[3]), int(british[2]), int(british[1]))
    except ValueError:
        pass
    raise _Wrong(f"“{typed}” is not a date. Write it as 2026-11-21 or 21/11/2026")


def _clock(typed: str) -> time:
    found = CLOCK.fullmatch(typed)
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        raise _Wrong(f"“{typed}” is not a time. Write it by the 24 hour clock, as 08:04")
    seconds = int(found[3][1:]) if found[3] else 0
    if seconds > 59:
        raise _Wrong(f"“{typed}” is not a time. Write it by the 24 hour clock, as 08:04")
    return time(int(found[1]), int(found[2]), seconds)


def _result(typed: str) -> Result:
    try:
        return Result(_tidy(typed))
    except ValueError:
        accepted = listed([r.value for r in Result], "or")
        raise _Wrong(f"“{typed}” is not known. Write {accepted}, or leave it empty") from None


def nearest(start: datetime, planned: Iterable[tuple[datetime, UUID]], *, within: timedelta) -> UUID | None:
    """The planned visit whose start lies closest, none where all are farther away."""
    near = [(abs(at - start), visit_id) for at, visit_id in planned if abs(at - start) <= within]
    return min(near)[1] if near else None


def check_name(name: str) -> str:
    """A file's name without its folders.  Raises Invalid for none."""
    tidy = name.replace("\\", "/").rsplit("/", 1)[-1].strip()[:200]
    if not tidy:
        raise invalid("file", "Choose a file")
    return tidy
