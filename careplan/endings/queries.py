"""Endings as frozen values, and whose care is over."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, or_, select

from careplan.db import db
from careplan.endings.domain.effect import Effect, Outcome, What
from careplan.endings.domain.ending import Ending, EndingKind
from careplan.endings.models import EndingEffectRow, EndingRow
from careplan.kernel.errors import NotFound
from careplan.people.domain.retraction import Retraction
from careplan.plans import queries as plans


def get_ending(*, person_id: UUID, ending_id: UUID) -> Ending:
    """One of a person's endings.  Raises NotFound."""
    row = db.session.get(EndingRow, ending_id)
    if row is None or row.person_id != person_id:
        raise NotFound("There is no such ending.")
    return _ending(row)


def list_endings(*, person_id: UUID) -> list[Ending]:
    """Every ending of a person, those entered in error too, the latest recorded first."""
    rows = db.session.scalars(
        select(EndingRow)
        .where(EndingRow.person_id == person_id)
        .order_by(EndingRow.recorded_at.desc(), EndingRow.id.desc())
    )
    return [_ending(row) for row in rows]


def find_over(*, person_id: UUID, at: datetime) -> Ending | None:
    """The ending by which a person's care is over at an instant."""
    return list_over(person_ids=[person_id], at=at).get(person_id)


def find_coming(*, person_id: UUID, at: datetime) -> Ending | None:
    """The ending that is known and has not come yet."""
    row = db.session.scalar(
        select(EndingRow)
        .where(EndingRow.person_id == person_id, EndingRow.retracted_at.is_(None), EndingRow.ends_at > at)
        .order_by(EndingRow.ends_at, EndingRow.id)
        .limit(1)
    )
    return _ending(row) if row else None


def list_over(*, person_ids: Iterable[UUID], at: datetime) -> dict[UUID, Ending]:
    """Those of these people whose care is over, with the ending that counts: a death, else the last."""
    rows = db.session.scalars(
        select(EndingRow)
        .where(EndingRow.person_id.in_(list(person_ids)), _is_over(at))
        .order_by(case((EndingRow.kind == EndingKind.DIED.value, 1), else_=0), EndingRow.ends_at, EndingRow.id)
    )
    return {row.person_id: _ending(row) for row in rows}


def select_over(*, at: datetime) -> Select[UUID]:
    """Ids of the people whose care is over at an instant."""
    return select(EndingRow.person_id).where(_is_over(at))


def list_effects(*, ending_id: UUID) -> list[Effect]:
    """What an ending ended."""
    rows = db.session.scalars(
        select(EndingEffectRow)
        .where(EndingEffectRow.ending_id == ending_id)
        .order_by(EndingEffectRow.what, EndingEffectRow.subject_id)
    )
    return [Effect(What(r.what), r.subject_id, r.before, Outcome(r.outcome) if r.outcome else None) for r in rows]


def _is_over(at: datetime) -> ColumnElement[bool]:
    """An ending that stands and has come; unless the person died, a plan that goes on says that care began anew."""
    goes_on = EndingRow.person_id.in_(plans.select_people_with_plan(at=at))
    return and_(
        EndingRow.retracted_at.is_(None),
        EndingRow.ends_at <= at,
        or_(EndingRow.kind == EndingKind.DIED.value, ~goes_on),
    )


def _ending(row: EndingRow) -> Ending:
    retraction = None
    if row.retracted_at is not None and row.retracted_by is not None:
        retraction = Retraction(row.retracted_at, row.retracted_by, row.retracted_because or "")
    return Ending(
        id=row.id,
        person_id=row.person_id,
        plan_id=row.plan_id,
        kind=EndingKind(row.kind),
        ends_at=row.ends_at,
        told_by=row.told_by,
        moved_to=row.moved_to,
        capacity=row.capacity,
        equipment=tuple(row.equipment),
        recorded_at=row.recorded_at,
        recorded_by=row.recorded_by,
        retraction=retraction,
    )
