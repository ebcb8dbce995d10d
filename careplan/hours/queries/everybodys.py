"""The present hours of many people, in one statement."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select, text

from careplan.access.domain.actor import Actor
from careplan.access.domain.policy import Action, Section
from careplan.access.queries import select_visible
from careplan.db import db
from careplan.hours.models import HourBalance, HourBank, HourReservation
from careplan.kernel.minutes import Minutes

MOST = 500
FEWEST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class PresentHours:
    """How somebody's present four weeks stand, all funders together."""

    person_id: UUID
    number: int
    ends_on: date
    delivered: Minutes
    planned: Minutes
    left: Minutes
    contingency_left: Minutes
    unfunded: Minutes


@dataclass(frozen=True, slots=True)
class CommissionedHours:
    """The present hours of a provider's people together; figures are None where they are few."""

    provider_id: UUID
    people: int
    granted: int | None
    planned: int | None
    delivered: int | None
    left: int | None
    contingency_left: int | None
    unfunded: int | None


def list_present_hours(*, actor: Actor, today: date, now: datetime) -> list[PresentHours]:
    """Of the people whose hours this actor may see; those with unfunded time first, then those with least left."""
    visible = select_visible(actor=actor, section=Section.HOURS, action=Action.READ, now=now)
    planned = (
        select(func.coalesce(func.sum(HourReservation.minutes), 0))
        .where(HourReservation.bank_id == HourBank.id)
        .correlate(HourBank)
        .scalar_subquery()
    )
    banks = (
        select(
            HourBank.person_id, HourBank.period_number, HourBank.ends_on, HourBalance.delivered,
            planned.label("planned"), (HourBalance.bank + HourBalance.reserved).label("left"), HourBalance.contingency,
            func.greatest(-HourBalance.unfunded, 0).label("unfunded"),
        )
        .join(HourBalance, HourBalance.bank_id == HourBank.id)
        .where(HourBank.starts_on <= today, HourBank.ends_on >= today, HourBank.person_id.in_(visible))
        .subquery()
    )  # fmt: skip
    sums = [
        func.sum(c).label(c.name)
        for c in (banks.c.delivered, banks.c.planned, banks.c.left, banks.c.contingency, banks.c.unfunded)
    ]
    found = db.session.execute(
        select(banks.c.person_id, banks.c.period_number, banks.c.ends_on, *sums)
        .group_by(banks.c.person_id, banks.c.period_number, banks.c.ends_on)
        .order_by(func.sum(banks.c.unfunded).desc(), func.sum(banks.c.left), banks.c.person_id)
        .limit(MOST)
    )
    return [PresentHours(r[0], r[1], r[2], *(Minutes(int(m)) for m in r[3:])) for r in found]


def list_commissioned_hours(*, today: date) -> list[CommissionedHours]:
    """By provider. The database itself hands out no figures of fewer than FEWEST_SHOWN people."""
    found = db.session.execute(text("SELECT * FROM commissioned_hours(:today, :fewest)"), {
        "today": today, "fewest": FEWEST_SHOWN,
    })  # fmt: skip
    return [CommissionedHours(*row) for row in found]
