"""The end of a plan's service: nothing is granted after its last day. What was granted and drawn stays as it is."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert

from careplan.access.domain.actor import Actor
from careplan.db import db
from careplan.hours.models import HourServiceEnd


def end_service(*, plan_id: UUID, person_id: UUID, last_day: date, actor: Actor, now: datetime) -> None:
    """From the day after no period is opened any more; said again, the day said last counts."""
    values = {"person_id": person_id, "last_day": last_day, "ended_at": now, "ended_by": actor.account_id}
    db.session.execute(
        insert(HourServiceEnd)
        .values(plan_id=plan_id, **values)
        .on_conflict_do_update(index_elements=["plan_id"], set_=values)
    )


def resume_service(*, plan_id: UUID) -> None:
    """The service did not end after all: periods are opened as before."""
    db.session.execute(delete(HourServiceEnd).where(HourServiceEnd.plan_id == plan_id))
