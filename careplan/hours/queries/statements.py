"""Statements of closed periods, and what is kept for needs to come."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import aliased

from careplan.db import db
from careplan.hours.domain.view import DAYS_UNTIL_CLOSE
from careplan.hours.models import HourBank, HourEarmark, HourStatement
from careplan.kernel.minutes import Minutes


def versions_by_bank(*, bank_ids: Collection[UUID]) -> dict[UUID, int]:
    """The latest version of each closed bank's statement."""
    found = db.session.execute(
        select(HourStatement.bank_id, func.max(HourStatement.version))
        .where(HourStatement.bank_id.in_(bank_ids))
        .group_by(HourStatement.bank_id)
    )
    return {bank_id: version for bank_id, version in found}


def earmarked_by_bank(*, bank_ids: Collection[UUID]) -> dict[UUID, Minutes]:
    """What is kept in each bank for needs that lie beyond its period, as far as it was said before it closed."""
    late = HourBank.ends_on + DAYS_UNTIL_CLOSE
    found = db.session.execute(
        select(HourBank.id, func.sum(HourEarmark.minutes))
        .join(
            HourEarmark,
            and_(
                HourEarmark.plan_id == HourBank.plan_id,
                HourEarmark.funder == HourBank.funder,
                HourEarmark.until > HourBank.ends_on,
                HourEarmark.made_on <= late,
                or_(HourEarmark.ended_on.is_(None), HourEarmark.ended_on > late),
            ),
        )
        .where(HourBank.id.in_(bank_ids))
        .group_by(HourBank.id)
    )
    return {bank_id: Minutes(minutes) for bank_id, minutes in found}


def earmarked_in_by_bank(*, bank_ids: Sequence[UUID]) -> dict[UUID, Minutes]:
    """What of each bank's carried-in minutes was carried for a need to come, by the statement before."""
    before, later = aliased(HourBank), aliased(HourStatement)
    found = db.session.execute(
        select(HourBank.id, HourStatement.earmarked)
        .join(
            before,
            and_(
                before.plan_id == HourBank.plan_id,
                before.funder == HourBank.funder,
                before.period_number == HourBank.period_number - 1,
            ),
        )
        .join(HourStatement, HourStatement.bank_id == before.id)
        .where(
            HourBank.id.in_(bank_ids),
            ~select(later.version)
            .where(later.bank_id == before.id, later.version > HourStatement.version)
            .exists(),
        )
    )
    return {bank_id: Minutes(minutes) for bank_id, minutes in found}
