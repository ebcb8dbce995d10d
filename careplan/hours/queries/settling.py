"""Who funded visits, and what plans granted, for money: a whole council's in a few statements."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import or_, select

from careplan.db import db
from careplan.hours import rows
from careplan.hours.domain.pausing import Pause, PauseReason
from careplan.hours.domain.terms import Funder, Terms
from careplan.hours.models import HourBank, HourDelivery, HourPause, HourReservation, HourTerms


def list_funders(*, since: date, until: date, as_of: datetime) -> dict[UUID, Funder]:
    """By visit (or by the record of one that nobody planned), whose bank it was drawn from, or is planned in.

    Both days are inclusive; what was drawn or taken back after `as_of` does not count.
    """
    planned = (
        select(HourReservation.visit_id, HourBank.funder)
        .join(HourBank, HourBank.id == HourReservation.bank_id)
        .where(HourReservation.starts_on >= since, HourReservation.starts_on <= until)
    )
    drawn = (
        select(HourDelivery.group_id, HourBank.funder)
        .join(HourBank, HourBank.id == HourDelivery.bank_id)
        .where(
            HourDelivery.starts_on >= since,
            HourDelivery.starts_on <= until,
            HourDelivery.received_at <= as_of,
            or_(HourDelivery.reversed_at.is_(None), HourDelivery.reversed_at > as_of),
        )
    )
    return {key: Funder(name) for query in (planned, drawn) for key, name in db.session.execute(query)}


def list_terms_of_plans(*, plan_ids: Iterable[UUID], as_of: datetime) -> dict[UUID, list[Terms]]:
    """What each agreed version of these plans said about hours at an instant, the first version first."""
    found: dict[UUID, list[Terms]] = defaultdict(list)
    for row in db.session.scalars(
        select(HourTerms)
        .where(
            HourTerms.plan_id.in_(list(plan_ids)),
            HourTerms.opened_at <= as_of,
            or_(HourTerms.withdrawn_at.is_(None), HourTerms.withdrawn_at > as_of),
        )
        .order_by(HourTerms.version_number)
    ):
        found[row.plan_id].append(rows.terms(row))
    return found


def list_hospital_stays(*, since: date, until: date, as_of: datetime) -> dict[UUID, list[Pause]]:
    """By person, the times in hospital that touch these days and were known of at an instant."""
    found: dict[UUID, list[Pause]] = defaultdict(list)
    for row in db.session.scalars(
        select(HourPause)
        .where(
            HourPause.reason == PauseReason.HOSPITAL.value,
            HourPause.made_at <= as_of,
            HourPause.starts_on <= until,
            or_(HourPause.ends_on.is_(None), HourPause.ends_on >= since),
        )
        .order_by(HourPause.starts_on, HourPause.id)
    ):
        found[row.person_id].append(rows.pause(row))
    return found
