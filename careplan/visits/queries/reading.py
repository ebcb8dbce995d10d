"""Visits of a person, of a worker's round and of a provider's day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, cast, exists, func, literal, or_, select, tuple_, union_all
from sqlalchemy.orm import aliased
from sqlalchemy.types import Date, DateTime

from careplan.db import db
from careplan.db.moments import Moments, moments
from careplan.db.together import together
from careplan.kernel.clock import end_of_day, start_of_day
from careplan.kernel.errors import NotFound
from careplan.visits.domain.visit import Visit, VisitRecord
from careplan.visits.models import VisitRecordRow, VisitRow, VisitWorkerRow
from careplan.visits.queries.rows import as_record, disputes_of, unplanned, whole

PAGE = 50
MOST = 200


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a list of visits: after the visit that begins then and has this id."""

    starts_at: datetime
    visit_id: UUID


def get_visit(*, visit_id: UUID) -> Visit:
    """A planned visit.  Raises NotFound."""
    found = find_visit(visit_id=visit_id)
    if found is None:
        raise NotFound("There is no such visit.")
    return found


def find_visit(*, visit_id: UUID) -> Visit | None:
    """A planned visit, or None."""
    return next(iter(whole(db.session.scalars(select(VisitRow).where(VisitRow.id == visit_id)).all())), None)


def find_person_of_visit(*, visit_id: UUID, **_: object) -> UUID | None:
    """Whose visit it is, as far as the transaction's actor may see."""
    return db.session.scalar(select(VisitRow.person_id).where(VisitRow.id == visit_id))


def find_person_of_attendance(*, visit_id: UUID, **_: object) -> UUID | None:
    """The same, also of a visit that nobody planned, which goes by the id of one of its records."""
    return find_person_of_visit(visit_id=visit_id) or db.session.scalar(
        select(VisitRecordRow.person_id).where(VisitRecordRow.id == visit_id)
    )


def get_attendance(*, visit_id: UUID) -> Visit:
    """A planned visit, or the one that a record tells of: an unplanned one by any record in whose place its last one
    stands, else the planned one that the record belongs to.  Raises NotFound.
    """
    planned = find_visit(visit_id=visit_id)
    if planned is not None:
        return planned
    last = _last_word(visit_id)
    if last is None:
        raise NotFound("There is no such visit.")
    if last.visit_id is not None:
        return get_visit(visit_id=last.visit_id)
    return _unplanned_of(last.person_id, [last.id])[0]


def find_record(*, record_id: UUID) -> VisitRecord | None:
    """One record of an attendance, or None."""
    row = db.session.get(VisitRecordRow, record_id)
    return as_record(row) if row else None


def list_visits(
    *, person_id: UUID, since: datetime | None = None, after: Place | None = None, limit: int = PAGE
) -> list[Visit]:
    """A person's visits from an instant on, planned and unplanned, by start and id; at most `limit` after a place."""
    planned = select(VisitRow.planned_start.label("starts_at"), VisitRow.id.label("id"), literal(True).label("planned"))
    planned = planned.where(VisitRow.person_id == person_id)
    loose = select(VisitRecordRow.effective_started_at, VisitRecordRow.id, literal(False)).where(
        VisitRecordRow.person_id == person_id, VisitRecordRow.visit_id.is_(None), holds()
    )
    both = union_all(planned, loose).subquery()
    query = select(both).order_by(both.c.starts_at, both.c.id).limit(min(limit, MOST))
    if since is not None:
        query = query.where(both.c.starts_at >= since)
    if after is not None:
        query = query.where(tuple_(both.c.starts_at, both.c.id) > tuple_(after.starts_at, after.visit_id))
    keys = db.session.execute(query).all()
    visits = {v.id: v for v in whole(_rows_of([k.id for k in keys if k.planned]))}
    visits |= {v.id: v for v in _unplanned_of(person_id, [k.id for k in keys if not k.planned])}
    return [visits[k.id] for k in keys]


def list_whole_visits(*, person_id: UUID) -> list[Visit]:
    """Every visit of a person, for the record that is assembled whole."""
    found: list[Visit] = []
    after: Place | None = None
    while page := list_visits(person_id=person_id, after=after, limit=MOST):
        found += page
        after = place_of(page[-1])
    return found


def place_of(visit: Visit) -> Place:
    """Where the list goes on after a visit."""
    starts_at = visit.planned_start or visit.started_at
    assert starts_at is not None  # noqa: S101  a visit was planned or has a record
    return Place(starts_at, visit.id)


def list_next_visits(*, person_id: UUID, now: datetime, limit: int = 14) -> list[Visit]:
    """The visits still to come or going on, soonest first."""
    query = (
        select(VisitRow)
        .where(VisitRow.person_id == person_id, VisitRow.planned_end > now)
        .order_by(VisitRow.planned_start, VisitRow.id)
        .limit(limit)
    )
    return whole(db.session.scalars(query).all())


def list_past_visits(*, person_id: UUID, now: datetime, limit: int = 28) -> list[Visit]:
    """The visits that lie behind, latest first, unplanned ones too."""
    of_person = VisitRow.person_id == person_id
    planned = (
        select(VisitRow)
        .where(of_person, VisitRow.planned_end <= now)
        .order_by(VisitRow.planned_start.desc(), VisitRow.id)
        .limit(limit)
    )
    loose = (
        select(VisitRecordRow.id)
        .where(VisitRecordRow.person_id == person_id, VisitRecordRow.visit_id.is_(None), holds())
        .order_by(VisitRecordRow.effective_started_at.desc())
        .limit(limit)
    )
    found = together(
        lambda: whole(db.session.scalars(planned).all()),
        lambda: _unplanned_of(person_id, db.session.scalars(loose)),
    )
    visits = [visit for some in found for visit in some]
    return sorted(visits, key=lambda v: place_of(v).starts_at, reverse=True)[:limit]


def list_visits_between(*, person_id: UUID, since: datetime, until: datetime) -> list[Visit]:
    """The visits that begin from an instant on and before another, unplanned ones too, earliest first."""
    planned = db.session.scalars(
        select(VisitRow).where(
            VisitRow.person_id == person_id, VisitRow.planned_start >= since, VisitRow.planned_start < until
        )
    ).all()
    loose = db.session.scalars(
        select(VisitRecordRow.id).where(
            VisitRecordRow.person_id == person_id,
            VisitRecordRow.visit_id.is_(None),
            VisitRecordRow.effective_started_at >= since,
            VisitRecordRow.effective_started_at < until,
            holds(),
        )
    ).all()
    return sorted([*whole(planned), *_unplanned_of(person_id, loose)], key=lambda v: (place_of(v).starts_at, v.id))


def select_days(*, person_id: UUID, until: datetime, now: datetime) -> Moments:
    """The London days before an instant on which a visit is over: each stands at its beginning and is its own key."""
    planned = select(VisitRow.planned_start.label("starts_at")).where(
        VisitRow.person_id == person_id, VisitRow.planned_start < until, VisitRow.planned_end <= now
    )
    loose = select(VisitRecordRow.effective_started_at).where(
        VisitRecordRow.person_id == person_id,
        VisitRecordRow.visit_id.is_(None),
        VisitRecordRow.effective_started_at < min(until, now),
        holds(),
    )
    starts = union_all(planned, loose).subquery()
    days = select(cast(func.timezone("Europe/London", starts.c.starts_at), Date).label("day")).distinct().subquery()
    begins = func.timezone("Europe/London", cast(days.c.day, DateTime()))
    return moments(at=begins, key=days.c.day, party="provider")


def list_round(*, worker_id: UUID, day: date) -> list[Visit]:
    """A worker's visits of a London day, in order, those called off left out."""
    query = (
        _of_day(day)
        .join(VisitWorkerRow, VisitWorkerRow.visit_id == VisitRow.id)
        .where(VisitWorkerRow.worker_id == worker_id, VisitRow.cancelled_at.is_(None))
    )
    return whole(db.session.scalars(query).all())


def list_visits_of_provider(*, provider_id: UUID, day: date) -> list[Visit]:
    """A provider's visits of a London day, in order."""
    return whole(db.session.scalars(_of_day(day).where(VisitRow.provider_id == provider_id)).all())


def list_visits_by_id(*, visit_ids: Iterable[UUID]) -> dict[UUID, Visit]:
    """Planned visits by their ids; an unknown id is left out."""
    return {v.id: v for v in whole(_rows_of(visit_ids))}


def list_week_of_provider(*, provider_id: UUID, since: datetime, until: datetime) -> list[Visit]:
    """A provider's planned visits that begin from an instant on and before another, in order."""
    query = (
        select(VisitRow)
        .where(VisitRow.provider_id == provider_id, VisitRow.planned_start >= since, VisitRow.planned_start < until)
        .order_by(VisitRow.planned_start, VisitRow.id)
    )
    return whole(db.session.scalars(query).all())


def list_unplanned_of_provider(*, provider_id: UUID, since: datetime, until: datetime) -> list[Visit]:
    """The attendances of a provider's workers that nobody planned and that began between two instants, by person."""
    rows = db.session.execute(
        select(VisitRecordRow.person_id, VisitRecordRow.id)
        .where(
            VisitRecordRow.provider_id == provider_id,
            VisitRecordRow.visit_id.is_(None),
            VisitRecordRow.effective_started_at >= since,
            VisitRecordRow.effective_started_at < until,
            holds(),
        )
        .order_by(VisitRecordRow.person_id, VisitRecordRow.effective_started_at)
    )
    by_person: dict[UUID, list[UUID]] = {}
    for person_id, record_id in rows:
        by_person.setdefault(person_id, []).append(record_id)
    return [visit for person_id, ids in by_person.items() for visit in _unplanned_of(person_id, ids)]


def find_last_note(*, person_id: UUID) -> VisitRecord | None:
    """The last record with a note, whoever wrote it."""
    row = db.session.scalar(
        select(VisitRecordRow)
        .where(VisitRecordRow.person_id == person_id, VisitRecordRow.note.is_not(None), holds())
        .order_by(VisitRecordRow.effective_started_at.desc(), VisitRecordRow.id.desc())
        .limit(1)
    )
    return as_record(row) if row else None


def _of_day(day: date) -> Select[VisitRow]:
    return (
        select(VisitRow)
        .where(VisitRow.planned_start >= start_of_day(day), VisitRow.planned_start < end_of_day(day))
        .order_by(VisitRow.planned_start, VisitRow.id)
    )


def _rows_of(ids: Iterable[UUID]) -> list[VisitRow]:
    return list(db.session.scalars(select(VisitRow).where(VisitRow.id.in_(list(ids)))))


def holds(*, as_of: datetime | None = None) -> ColumnElement[bool]:
    """That a record has not been corrected, or had not been at an instant: `kernel.corrections.standing` in SQL."""
    later = aliased(VisitRecordRow)
    known = () if as_of is None else (later.received_at <= as_of,)
    return ~exists().where(
        *known,
        later.worker_id == VisitRecordRow.worker_id,
        later.person_id == VisitRecordRow.person_id,
        or_(
            later.corrects == VisitRecordRow.id,
            and_(later.corrects == VisitRecordRow.corrects, later.id > VisitRecordRow.id),
        ),
    )


def _unplanned_of(person_id: UUID, record_ids: Iterable[UUID]) -> list[Visit]:
    """Unplanned visits by the records that hold, with all that each of them corrects."""
    ids = list(record_ids)
    if not ids:
        return []
    rows = db.session.scalars(
        select(VisitRecordRow)
        .where(VisitRecordRow.person_id == person_id, VisitRecordRow.visit_id.is_(None))
        .where(or_(VisitRecordRow.id.in_(ids), _is_corrected()))
    )
    known = {r.id: as_record(r) for r in rows}
    families = {i: _lineage(known[i], known) for i in ids}
    disputes = disputes_of({r.id for family in families.values() for r in family})
    return [
        unplanned(known[i], family, next((disputes[r.id] for r in reversed(family) if r.id in disputes), None))
        for i, family in families.items()
    ]


def _last_word(record_id: UUID) -> VisitRecordRow | None:
    """The record that holds in the place of this one, after all its corrections; None where there is no record."""
    row, seen = db.session.get(VisitRecordRow, record_id), {record_id}
    while row is not None:
        later = db.session.scalar(
            select(VisitRecordRow)
            .where(
                VisitRecordRow.corrects == row.id,
                VisitRecordRow.worker_id == row.worker_id,
                VisitRecordRow.person_id == row.person_id,
                VisitRecordRow.id.not_in(seen),
            )
            .order_by(VisitRecordRow.id.desc())
            .limit(1)
        )
        if later is None:
            break
        seen.add(later.id)
        row = later
    return row


def _is_corrected() -> ColumnElement[bool]:
    later = aliased(VisitRecordRow)
    return exists().where(later.corrects == VisitRecordRow.id)


def _lineage(record: VisitRecord, known: dict[UUID, VisitRecord]) -> list[VisitRecord]:
    """The record and, one after the other, what it corrects."""
    chain = [record]
    while (older := chain[-1].corrects) in known and known[older] not in chain:
        chain.append(known[older])
    return chain[::-1]
