"""Changes of hours: made, waiting for the person, asked for, decided."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, select

from careplan.access.domain.actor import Actor
from careplan.access.domain.policy import Action, Section
from careplan.access.queries import select_visible
from careplan.db import db
from careplan.hours import rows
from careplan.hours.domain.adjusting import Adjustment, Standing
from careplan.hours.models import HourAdjustment
from careplan.kernel.errors import NotFound

MOST = 200


def list_adjustments(*, plan_id: UUID) -> list[Adjustment]:
    """The changes of a plan's hours, the first first."""
    return _list(HourAdjustment.plan_id == plan_id)


def list_adjustments_of_person(*, person_id: UUID) -> list[Adjustment]:
    """The changes of a person's hours, the latest first."""
    return _list(HourAdjustment.person_id == person_id)[::-1]


def get_adjustment(*, adjustment_id: UUID) -> Adjustment:
    """A change, read anew.  Raises NotFound."""
    found = find_adjustment(adjustment_id=adjustment_id)
    if found is None:
        raise NotFound("There is no such change of hours.")
    return found


def find_adjustment(*, adjustment_id: UUID) -> Adjustment | None:
    """A change, read anew."""
    row = db.session.get(HourAdjustment, adjustment_id, populate_existing=True)
    return rows.adjustment(row) if row else None


def find_person_of_adjustment(*, adjustment_id: UUID, **_: object) -> UUID | None:
    """Whose hours a change is about."""
    return db.session.scalar(select(HourAdjustment.person_id).where(HourAdjustment.id == adjustment_id))


def list_requested_adjustments(*, actor: Actor, now: datetime) -> list[Adjustment]:
    """Changes that wait for the social worker, of the people whose hours this actor may see, the oldest first."""
    visible = select_visible(actor=actor, section=Section.HOURS, action=Action.READ, now=now)
    found = db.session.scalars(
        select(HourAdjustment)
        .where(HourAdjustment.standing == Standing.REQUESTED.value, HourAdjustment.person_id.in_(visible))
        .order_by(HourAdjustment.asked_at, HourAdjustment.id)
        .limit(MOST)
    )
    return [rows.adjustment(row) for row in found]


def _list(which: ColumnElement[bool]) -> list[Adjustment]:
    found = db.session.scalars(
        select(HourAdjustment)
        .where(which)
        .order_by(HourAdjustment.asked_at, HourAdjustment.id)
        .limit(MOST)
        .execution_options(populate_existing=True)
    )
    return [rows.adjustment(row) for row in found]
