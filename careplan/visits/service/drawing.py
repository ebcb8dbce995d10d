"""What records draw from the bank: each that holds draws once, each that was corrected gives back what it drew."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, or_, select

from careplan.access.domain.actor import Actor
from careplan.db import db
from careplan.hours import service as hours
from careplan.hours.domain.terms import Basis, Funder
from careplan.kernel import corrections
from careplan.kernel.clock import local_date
from careplan.kernel.minutes import NO_MINUTES, Minutes
from careplan.plans.counting import Counting, find_counting
from careplan.visits.domain.drawing import Draws, countable_minutes
from careplan.visits.domain.visit import Visit, VisitRecord
from careplan.visits.models import VisitRecordRow
from careplan.visits.queries import find_visit
from careplan.visits.queries.rows import as_record
from careplan.visits.queries.watching import find_rules


@dataclass(frozen=True, slots=True)
class Seen:
    """What a record draws by: the visit it belongs to, the version in force at its start, and the provider's rules."""

    visit: Visit | None
    version: Counting | None
    draws: Draws


def draw_first(*, record: VisitRecord, seen: Seen, actor: Actor, now: datetime) -> None:
    """Settles a record that has just come, corrects none, and is corrected by none."""
    _draw(record, seen, actor=actor, now=now)


def draw_anew(*, record: VisitRecord, actor: Actor, now: datetime) -> None:
    """Settles a record that has just come, what it corrects, and what corrects it, in whatever order they came."""
    touched = _touched(record)
    # Had anything corrected the record, it would be touched too.
    holding = frozenset({record.id}) if len(touched) == 1 else _holding(touched)
    for other in touched:
        if other.id not in holding:
            hours.reverse_record(record_id=other.id, actor=actor, now=now)
    for other in touched:
        if other.id in holding:
            _draw(other, _read(other), actor=actor, now=now)


def _read(record: VisitRecord) -> Seen:
    visit = find_visit(visit_id=record.visit_id) if record.visit_id else None
    return Seen(
        visit,
        find_counting(person_id=record.person_id, at=record.effective_start),
        find_rules(provider_id=record.provider_id, at=_start_that_counts(record, visit)).draws,
    )


def _draw(record: VisitRecord, seen: Seen, *, actor: Actor, now: datetime) -> None:
    visit, version = seen.visit, seen.version
    if record.plan_id is None:
        return
    if visit is not None and visit.cancellation is not None:
        # It was called off and has happened after all: what calling it off drew comes back first.
        hours.reverse_record(record_id=visit.id, actor=actor, now=now)
    planned = visit.planned_minutes if visit else None
    counts = countable_minutes(
        result=record.result,
        basis=version.basis if version else Basis.ACTUAL,
        tolerance=version.tolerance if version else NO_MINUTES,
        planned=planned,
        actual=record.actual_minutes,
        draws=seen.draws,
    )
    starts_at = _start_that_counts(record, visit)
    hours.draw_for_record(
        record_id=record.id,
        visit_id=record.visit_id or record.corrects or record.id,
        plan_id=record.plan_id,
        person_id=record.person_id,
        funder=Funder(visit.funder) if visit and visit.funder else None,
        starts_on=local_date(starts_at),
        starts_at=starts_at,
        countable=counts,
        actor=actor,
        now=now,
        releases=Minutes(planned) if planned is not None else None,
    )


def _start_that_counts(record: VisitRecord, visit: Visit | None) -> datetime:
    """A planned visit draws in the period in which it was planned, though it may begin a little after midnight."""
    return visit.planned_start if visit and visit.planned_start else record.effective_start


def _touched(record: VisitRecord) -> list[VisitRecord]:
    """The record, the one that it corrects, and all that correct either: one worker's, of one person."""
    named: list[UUID] = [record.id, *([record.corrects] if record.corrects else [])]
    return _own(record, or_(VisitRecordRow.id.in_(named), VisitRecordRow.corrects.in_(named)))


def _holding(touched: Sequence[VisitRecord]) -> frozenset[UUID]:
    ids = [r.id for r in touched]
    known = {r.id: r for r in [*touched, *_own(touched[0], VisitRecordRow.corrects.in_(ids))]}
    return corrections.standing(
        corrections.Version(r.id, r.corrects, (r.worker_id, r.person_id)) for r in known.values()
    )


def _own(record: VisitRecord, which) -> list[VisitRecord]:  # type: ignore[no-untyped-def]  # SQLAlchemy's element types say nothing to a reader
    rows = db.session.scalars(
        select(VisitRecordRow)
        .where(and_(VisitRecordRow.worker_id == record.worker_id, VisitRecordRow.person_id == record.person_id), which)
        .order_by(VisitRecordRow.id)
    )
    return [as_record(r) for r in rows]
