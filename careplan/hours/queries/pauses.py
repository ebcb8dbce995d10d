"""Pauses as they stand, and the days on which somebody came all the same."""

from datetime import date
from uuid import UUID

from sqlalchemy import select

from careplan.db import db
from careplan.hours import rows
from careplan.hours.domain.pausing import Pause
from careplan.hours.models import HourBank, HourDelivery, HourPause
from careplan.kernel.errors import NotFound

MOST = 100


def list_pauses(*, plan_id: UUID) -> list[Pause]:
    """The pauses of a plan, the first first, those that never began among them."""
    found = db.session.scalars(
        select(HourPause)
        .where(HourPause.plan_id == plan_id)
        .order_by(HourPause.starts_on, HourPause.id)
        .execution_options(populate_existing=True)
    )
    return [rows.pause(row) for row in found]


def list_pauses_of_person(*, person_id: UUID) -> list[Pause]:
    """A person's pauses, the latest first, those that never began among them."""
    query = select(HourPause).where(HourPause.person_id == person_id).order_by(HourPause.starts_on.desc(), HourPause.id)
    return [rows.pause(row) for row in db.session.scalars(query.limit(MOST))]


def find_pause(*, pause_id: UUID) -> Pause | None:
    """A pause, read anew."""
    row = db.session.get(HourPause, pause_id, populate_existing=True)
    return rows.pause(row) if row else None


def get_pause(*, pause_id: UUID) -> Pause:
    """A pause.  Raises NotFound."""
    found = find_pause(pause_id=pause_id)
    if found is None:
        raise NotFound("There is no such pause.")
    return found


def find_person_of_pause(*, pause_id: UUID, **_: object) -> UUID | None:
    """Whose pause it is."""
    return db.session.scalar(select(HourPause.person_id).where(HourPause.id == pause_id))


def list_funded_days(*, plan_id: UUID, since: date, until: date) -> frozenset[date]:
    """The days on which visits of a plan were delivered and stand."""
    found = db.session.scalars(
        select(HourDelivery.starts_on)
        .join(HourBank, HourBank.id == HourDelivery.bank_id)
        .where(
            HourBank.plan_id == plan_id,
            HourDelivery.starts_on.between(since, until),
            HourDelivery.minutes > 0,
            HourDelivery.reversed_at.is_(None),
        )
        .distinct()
    )
    return frozenset(found)
