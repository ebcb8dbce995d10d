"""Bringing visits in from another monitoring system: good rows land, each bad one says why, a file counts once."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from careplan.access import queries as access
from careplan.access.domain.actor import Actor, Role
from careplan.db import db
from careplan.db.scope import see_everything
from careplan.kernel.clock import end_of_day, local_date, start_of_day
from careplan.kernel.errors import DomainError
from careplan.kernel.ids import new_id
from careplan.people import queries as people
from careplan.visits.domain.importing import (
    NHS_NUMBER,
    PROVIDER,
    REFERENCE,
    START,
    WORKER,
    Fault,
    ImportRow,
    check_name,
    nearest,
    read_rows,
    reference_of,
)
from careplan.visits.domain.incoming import IncomingVisit, Sender
from careplan.visits.domain.visit import VisitRecord
from careplan.visits.models import VisitImportRow
from careplan.visits.queries import find_record, list_visits_between
from careplan.visits.queries.importing import Report, find_import
from careplan.visits.service.locking import lock_record
from careplan.visits.service.recording import keep

NEAR = timedelta(hours=2)
WORKERS = (Role.CARE_WORKER, Role.PROVIDER_COORDINATOR)


@dataclass(frozen=True, slots=True)
class File:
    """A file as it was sent: its name and its text."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Importer:
    """For which provider it is brought in, by its ODS code too, and by whom."""

    provider_id: UUID
    ods_code: str | None
    actor: Actor


class _Bad(Exception):
    """A row cannot be taken; says where and what would be accepted."""

    def __init__(self, column: str, message: str) -> None:
        super().__init__(message)
        self.column, self.message = column, message


@dataclass(slots=True)
class _Count:
    good: int = 0
    known: int = 0


def import_visits(*, file: File, importer: Importer, now: datetime) -> tuple[Report, frozenset[UUID]]:
    """Takes every good row; answers the report and whose visits they are. The same file again changes nothing.

    Raises NotAFile, Invalid.
    """
    name, reference = check_name(file.name), reference_of(file.text)
    lock_record(uuid5(importer.provider_id, reference))
    if (before := find_import(provider_id=importer.provider_id, reference=reference)) is not None:
        return replace(before, again=True), frozenset()
    see_everything(db.session, as_="visit import")
    report, concerned = _take(file.text, name, reference, importer, now)
    row = VisitImportRow(
        id=new_id(),
        provider_id=importer.provider_id,
        reference=reference,
        file_name=name,
        good=report.good,
        known=report.known,
        problems=[asdict(f) for f in report.faults],
        taken_at=now,
        taken_by=importer.actor.account_id,
    )
    db.session.add(row)
    db.session.flush()
    return replace(report, id=row.id), concerned


def try_import(*, file: File, importer: Importer, now: datetime) -> Report:
    """What would come of a file; nothing is kept.  Raises NotAFile, Invalid."""
    name, reference = check_name(file.name), reference_of(file.text)
    again = find_import(provider_id=importer.provider_id, reference=reference) is not None
    see_everything(db.session, as_="visit import")
    with _undone():
        report, _ = _take(file.text, name, reference, importer, now)
    return replace(report, again=again)


@contextmanager
def _undone() -> Iterator[None]:
    """Whatever is done within leaves nothing behind."""
    savepoint = db.session.begin_nested()
    try:
        yield
    finally:
        savepoint.rollback()
        db.session.expire_all()


def _take(
    text: str, name: str, reference: str, importer: Importer, now: datetime
) -> tuple[Report, frozenset[UUID]]:
    faults: list[Fault] = []
    count, concerned, workers = _Count(), set(), _workers(importer.provider_id)
    for row in read_rows(text):
        if isinstance(row, list):
            faults += row
            continue
        try:
            with db.session.begin_nested():
                concerned.add(_take_row(row, importer, workers, count, now))
        except _Bad as bad:
            faults.append(Fault(row.row, bad.column, _said(row, bad.column), bad.message))
        except DomainError as refused:
            faults.append(Fault(row.row, START, f"{row.start:%H:%M}", refused.message))
    return Report(None, reference, name, count.good, count.known, tuple(faults), now), frozenset(concerned)


def _take_row(
    row: ImportRow, importer: Importer, workers: dict[str, list[Actor]], count: _Count, now: datetime
) -> UUID:
    if row.provider is not None and row.provider != (importer.ods_code or ""):
        raise _Bad(PROVIDER, f"this is another provider. Write {importer.ods_code or 'nothing'}, or leave it out")
    worker, person_id = _worker(row, workers), _person(row, importer.provider_id)
    before = find_record(record_id=row.record_id(importer.provider_id))
    if before is not None:
        _check_same(row, before, worker, person_id)
        count.known += 1
        return person_id
    record = IncomingVisit(
        id=row.record_id(importer.provider_id),
        occurred_at=row.end,
        person=person_id,
        visit=_planned(row, person_id, importer.provider_id),
        started_at=row.start,
        ended_at=row.end,
        result=row.result,
        note=row.note,
    )
    keep(record=record, sender=Sender(worker, route="visits import"), now=now)
    count.good += 1
    return person_id


def _check_same(row: ImportRow, before: VisitRecord, worker: Actor, person_id: UUID) -> None:
    same = (before.started_at, before.ended_at, before.result) == (row.start, row.end, row.result)
    if not same or (before.worker_id, before.person_id) != (worker.account_id, person_id):
        raise _Bad(REFERENCE, "it came before with other times, another worker or person. The first one stands")


def _person(row: ImportRow, provider_id: UUID) -> UUID:
    """Somebody unknown and somebody who is with another provider are told apart by nobody."""
    person = people.find_person_by_nhs_number(nhs_number=row.nhs_number)
    if person is None or not access.was_ever_related(organisation_id=provider_id, person_id=person.id):
        raise _Bad(NHS_NUMBER, "nobody with this NHS number is with you")
    return person.id


def _worker(row: ImportRow, workers: dict[str, list[Actor]]) -> Actor:
    found = workers.get(row.worker.casefold(), [])
    if not found:
        raise _Bad(WORKER, f"no worker of yours is called “{row.worker}”. Write the name as it stands on your rota")
    if len(found) > 1:
        raise _Bad(WORKER, f"{len(found)} workers are called “{row.worker}”. Write the id of the account instead")
    return found[0]


def _workers(provider_id: UUID) -> dict[str, list[Actor]]:
    """By name and by account, in small letters."""
    found: dict[str, list[Actor]] = {}
    for actor in access.list_accounts(organisation_id=provider_id):
        if actor.role in WORKERS:
            found.setdefault(actor.name.casefold(), []).append(actor)
            found.setdefault(str(actor.account_id), []).append(actor)
    return found


def _planned(row: ImportRow, person_id: UUID, provider_id: UUID) -> UUID | None:
    """The planned visit that the row tells of: that of its planned time, else the nearest that nobody recorded."""
    day = local_date(row.start)
    visits = [
        v
        for v in list_visits_between(person_id=person_id, since=start_of_day(day), until=end_of_day(day))
        if v.planned_start is not None and v.provider_id == provider_id and v.workers_needed > len(v.came)
    ]
    at: Iterable[tuple[datetime, UUID]] = [(v.planned_start, v.id) for v in visits if v.planned_start is not None]
    if row.planned_start is not None:
        return nearest(row.planned_start, at, within=timedelta(0))
    return nearest(row.start, at, within=NEAR)


def _said(row: ImportRow, column: str) -> str:
    values = {PROVIDER: row.provider or "", REFERENCE: row.reference, NHS_NUMBER: row.nhs_number, WORKER: row.worker}
    return values.get(column, "")
