"""Patterns and what stands around them, for tests."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, insert, select

from careplan.access.domain.actor import Actor
from careplan.db import db
from careplan.kernel.clock import local_date
from careplan.kernel.ids import new_id
from careplan.kernel.minutes import Minutes
from careplan.visits import service
from careplan.visits.domain.fitting import Heeded
from careplan.visits.domain.incoming import Sender
from careplan.visits.domain.pattern import Wanted
from careplan.visits.domain.visit import Visit
from careplan.visits.models import VisitRecordRow, VisitRow, VisitWorkerRow
from careplan.visits.queries.importing import Report
from careplan.visits.schemas import read_entry
from careplan.visits.service import File, Importer, Planned
from careplan.visits.service.recording import keep
from tests.factories.visits import Care, visit_body

EVERY_DAY = frozenset(range(7))


def wanted(*, from_day: date, **said: Any) -> Wanted:
    """Every day at eight for three quarters of an hour, onward."""
    usual: dict[str, Any] = {
        "days": EVERY_DAY, "at": time(8), "minutes": Minutes(45), "from_day": from_day, "until": None,
    }  # fmt: skip
    return Wanted(**{**usual, **said})


def plan(
    care: Care,
    *,
    now: datetime,
    heeded: Heeded | None = Heeded(),  # noqa: B008  it is frozen
    actor: Actor | None = None,
    pattern_id: UUID | None = None,
    **said: Any,
) -> Planned:
    """Plans a pattern of the care's provider, with all cautions read."""
    usual = {"from_day": local_date(now), **said}
    return service.plan_pattern(
        pattern_id=pattern_id or new_id(), person_id=care.person_id, wanted=wanted(**usual), heeded=heeded,
        actor=actor or care.around.coordinator, now=now,
    )  # fmt: skip


def record(
    care: Care,
    visit: Visit,
    *,
    start: datetime,
    now: datetime,
    worker: Actor | None = None,
    skew: timedelta = timedelta(0),
    **said: Any,
) -> None:
    """Keeps what a worker's tablet would send of a visit."""
    entry = read_entry(visit_body(care, start=start, visit=visit, **said))
    assert entry.record is not None
    keep(record=entry.record, sender=Sender(worker or care.joy, skew=skew), now=now)


def repeat(visit: Visit, *, starts: Iterable[datetime]) -> None:
    """The same visit, as it was planned and recorded, at other times too; six statements however many they are."""
    tables = (VisitRow.__table__, VisitWorkerRow.__table__, VisitRecordRow.__table__)
    planned, worker, recorded = (
        db.session.execute(select(t).where((t.c.id if t is tables[0] else t.c.visit_id) == visit.id)).one()
        for t in tables
    )
    moved = [(new_id(), start - planned.planned_start) for start in starts]
    for table, row in zip(tables, (planned, worker, recorded), strict=True):
        db.session.execute(insert(table), [_moved(row, visit, to, by) for to, by in moved])


def _moved(row: Row[Any], visit: Visit, to: UUID, by: timedelta) -> dict[str, Any]:
    """A row of a visit or about it, of another visit and by so much later. A record has an id of its own."""
    said = {k: v + by if isinstance(v, datetime) else v for k, v in row._mapping.items()}
    own = {"id": to if said.get("id") == visit.id else new_id()} if "id" in said else {}
    return said | own | ({"visit_id": to} if "visit_id" in said else {})


COLUMNS = "reference,nhs_number,date,start,end,worker,result,note\n"


BAD_ROW = "1,,2026-02-30,08:00,08:45,Joy Mensah,,\n"


def import_some(care: Care, *, now: datetime, text: str = COLUMNS + BAD_ROW) -> Report:
    """A file of the care's provider that was brought in."""
    coordinator = care.around.coordinator
    importer = Importer(care.around.provider.id, care.around.provider.ods_code, coordinator)
    report, _ = service.import_visits(file=File("visits.csv", text), importer=importer, now=now)
    return report
