"""Patterns, wishes, workers' traits, and who has met whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from careplan.db import db
from careplan.hours.domain.terms import Funder
from careplan.kernel.errors import NotFound
from careplan.kernel.minutes import Minutes
from careplan.visits.domain.fitting import Place, Traits, Wishes
from careplan.visits.domain.pattern import Pattern, Service, Span, Wanted
from careplan.visits.models import (
    VisitActivityRow,
    VisitPatternRow,
    VisitRecordRow,
    VisitRow,
    VisitWishRow,
    VisitWorkerRow,
    WorkerTraitRow,
)

A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Booked:
    """When a worker is on a visit, and with whom."""

    span: Span
    worker_id: UUID
    person_id: UUID
    visit_id: UUID


def get_pattern(*, pattern_id: UUID) -> Pattern:
    """Raises NotFound."""
    row = db.session.get(VisitPatternRow, pattern_id)
    if row is None:
        raise NotFound("There is no such pattern.")
    return as_pattern(row)


def list_patterns(*, person_id: UUID, since: date) -> list[Pattern]:
    """A person's patterns that bring visits on a day or later, by time of day."""
    query = (
        select(VisitPatternRow)
        .where(VisitPatternRow.person_id == person_id, _goes_on(since))
        .order_by(VisitPatternRow.at, VisitPatternRow.id)
    )
    return [as_pattern(r) for r in db.session.scalars(query)]


def select_unfinished(*, until: date) -> Select[UUID]:
    """The patterns without an end, or with one after a day, whose visits are not planned up to that day."""
    return select(VisitPatternRow.id).where(
        VisitPatternRow.stopped_at.is_(None),
        VisitPatternRow.planned_until < func.least(func.coalesce(VisitPatternRow.until_day, until), until),
    )


def find_wishes(*, person_id: UUID) -> Wishes:
    """Whom the person wishes to come, as it was last said."""
    return list_wishes(person_ids=[person_id]).get(person_id, Wishes())


def list_wishes(*, person_ids: Iterable[UUID]) -> dict[UUID, Wishes]:
    """The latest wishes of these people; those who said none are left out."""
    rows = db.session.scalars(
        select(VisitWishRow)
        .where(VisitWishRow.person_id.in_(list(person_ids)))
        .order_by(VisitWishRow.recorded_at, VisitWishRow.id)
    )
    return {r.person_id: Wishes(r.gender, r.language, r.culture, _place(r)) for r in rows}


def list_traits(*, worker_ids: Iterable[UUID]) -> dict[UUID, Traits]:
    """What these workers said of themselves; those who said nothing are left out."""
    rows = db.session.scalars(select(WorkerTraitRow).where(WorkerTraitRow.worker_id.in_(list(worker_ids))))
    return {
        r.worker_id: Traits(r.gender, frozenset(r.languages) if r.languages is not None else None, r.culture)
        for r in rows
    }


def list_met(*, person_id: UUID, worker_ids: Iterable[UUID]) -> frozenset[UUID]:
    """Those of these workers who have been with the person, as the records of visits say."""
    wanted = list(worker_ids)
    rows = db.session.execute(
        select(VisitRecordRow.worker_id, VisitRecordRow.present)
        .where(
            VisitRecordRow.person_id == person_id,
            or_(VisitRecordRow.worker_id.in_(wanted), VisitRecordRow.present.overlap(wanted)),
        )
        .distinct()
    )
    return frozenset(i for worker, present in rows for i in (worker, *present)) & frozenset(wanted)


def list_booked(*, worker_ids: Iterable[UUID], since: datetime, until: datetime) -> list[Booked]:
    """When these workers are on visits between two instants, earliest first."""
    rows = db.session.execute(
        select(
            VisitRow.planned_start, VisitRow.planned_end, VisitWorkerRow.worker_id, VisitRow.person_id, VisitRow.id
        )
        .join(VisitWorkerRow, VisitWorkerRow.visit_id == VisitRow.id)
        .where(
            VisitWorkerRow.worker_id.in_(list(worker_ids)),
            VisitRow.cancelled_at.is_(None),
            VisitRow.missed_at.is_(None),
            VisitRow.planned_start < until,
            VisitRow.planned_start > since - A_DAY,
            VisitRow.planned_end > since,
        )
        .order_by(VisitRow.planned_start, VisitRow.id)
    )
    return [Booked(Span(start, end), worker, person, visit) for start, end, worker, person, visit in rows]


def list_activities(*, visit_ids: Iterable[UUID]) -> dict[UUID, tuple[UUID, ...]]:
    """The delegations whose activity is to be done at each of these visits."""
    found: dict[UUID, list[UUID]] = {}
    rows = db.session.execute(
        select(VisitActivityRow.visit_id, VisitActivityRow.delegation_id)
        .where(VisitActivityRow.visit_id.in_(list(visit_ids)))
        .order_by(VisitActivityRow.delegation_id)
    )
    for visit_id, delegation_id in rows:
        found.setdefault(visit_id, []).append(delegation_id)
    return {visit_id: tuple(ids) for visit_id, ids in found.items()}


def list_short_agreed(*, pattern_ids: Iterable[UUID]) -> frozenset[UUID]:
    """Those of these patterns whose being short was agreed."""
    return frozenset(
        db.session.scalars(
            select(VisitPatternRow.id).where(
                VisitPatternRow.id.in_(list(pattern_ids)), VisitPatternRow.short_agreed_on.is_not(None)
            )
        )
    )


def as_pattern(row: VisitPatternRow) -> Pattern:
    """A pattern's row as its value."""
    wanted = Wanted(
        days=frozenset(row.days),
        weeks=frozenset(row.weeks),
        at=row.at,
        minutes=Minutes(row.minutes),
        from_day=row.from_day,
        until=row.until_day,
        workers_needed=row.workers_needed,
        workers=tuple(row.workers),
        activities=tuple(row.activities),
        service=Service(row.service) if row.service else None,
        funder=Funder(row.funder) if row.funder else None,
        time_critical=row.time_critical,
        window=Minutes(row.window_minutes) if row.window_minutes is not None else None,
        short_task=row.short_task,
        short_agreed_on=row.short_agreed_on,
    )
    return Pattern(
        row.id, row.person_id, row.plan_id, row.provider_id, wanted, row.planned_until, row.stopped_from
    )


def _goes_on(since: date) -> ColumnElement[bool]:
    return and_(
        or_(VisitPatternRow.until_day.is_(None), VisitPatternRow.until_day >= since),
        or_(VisitPatternRow.stopped_from.is_(None), VisitPatternRow.stopped_from > since),
    )


def _place(row: VisitWishRow) -> Place | None:
    if row.latitude is None or row.longitude is None:
        return None
    return Place(row.latitude, row.longitude)
