"""Minutes kept for needs to come."""

from uuid import UUID

from sqlalchemy import select

from careplan.db import db
from careplan.hours.domain.deciding import Earmark
from careplan.hours.domain.terms import Funder
from careplan.hours.models import HourEarmark
from careplan.kernel.minutes import Minutes


def list_earmarks(*, person_id: UUID) -> list[Earmark]:
    """What is or was kept for a person, the latest need first."""
    found = db.session.scalars(
        select(HourEarmark)
        .where(HourEarmark.person_id == person_id)
        .order_by(HourEarmark.until.desc(), HourEarmark.id)
        .execution_options(populate_existing=True)
    )
    return [
        Earmark(
            e.id, e.person_id, e.plan_id, Funder(e.funder), Minutes(e.minutes), e.need, e.until, e.made_on, e.ended_on
        )
        for e in found
    ]
