"""Statements of closed periods, and what is kept for needs to come."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import and_, case, func, or_, select, text
from sqlalchemy.orm import aliased

from careplan.db import db
from careplan.hours.domain.funding import Paid
from careplan.hours.domain.ledger import Account, Cause, Kind
from careplan.hours.domain.statement import Given, VisitPaid
from careplan.hours.domain.terms import terms_on
from careplan.hours.domain.view import DAYS_UNTIL_CLOSE
from careplan.hours.models import HourBank, HourEarmark, HourEntry, HourStatement
from careplan.hours.queries.banks import list_terms
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


def list_given(*, plan_id: UUID, bank_ids: Collection[UUID]) -> list[Given]:
    """What gave these banks minutes or took them, by week and cause; what came to nothing is left out."""
    back = aliased(HourEntry)
    counted = (
        select(
            HourEntry.week,
            func.coalesce(back.cause, HourEntry.cause).label("cause"),
            func.coalesce(back.cause_id, HourEntry.cause_id).label("cause_id"),
            func.coalesce(back.kind, HourEntry.kind).label("kind"),
            case((HourEntry.to_account == Account.BANK.value, HourEntry.minutes), else_=-HourEntry.minutes).label("m"),
        )
        .outerjoin(back, back.id == HourEntry.reverses)
        .where(
            HourEntry.bank_id.in_(bank_ids),
            or_(
                and_(HourEntry.from_account == Account.SOURCE.value, HourEntry.to_account == Account.BANK.value),
                and_(HourEntry.from_account == Account.BANK.value, HourEntry.to_account == Account.SOURCE.value),
            ),
        )
        .subquery()
    )
    total = func.sum(counted.c.m)
    ways = (counted.c.week, counted.c.cause, counted.c.kind, counted.c.cause_id)
    found = db.session.execute(
        select(*ways, total)
        .where(counted.c.kind != Kind.CARRY_OUT.value)
        .group_by(*ways)
        .having(total != 0)
        .order_by(counted.c.week, counted.c.cause.desc(), counted.c.kind)
    )
    versions = {t.plan_version_id: t.version_number for t in list_terms(plan_id=plan_id)}
    return [
        Given(week, Cause(cause), Kind(kind), int(minutes), versions.get(cause_id))
        for week, cause, kind, cause_id, minutes in found
    ]


_VISITS = text("""
    WITH delivered AS (
        SELECT group_id, min(starts_on) AS day, min(starts_at) AS starts_at, sum(minutes)::int AS minutes
        FROM hour_delivery WHERE bank_id = ANY(:banks) AND reversed_at IS NULL GROUP BY group_id
    ), paid AS (
        SELECT coalesce(e.visit_id, e.record_id) AS group_id,
            sum(CASE WHEN (from_account, to_account) = ('bank', 'delivered') THEN minutes
                     WHEN (from_account, to_account) = ('delivered', 'bank') THEN -minutes ELSE 0 END)::int AS bank,
            sum(CASE WHEN (from_account, to_account) = ('unfunded', 'delivered') THEN minutes
                     WHEN (from_account, to_account) = ('delivered', 'unfunded') THEN -minutes ELSE 0 END)::int AS bare,
            sum(CASE WHEN from_account = 'contingency' THEN minutes
                     WHEN to_account = 'contingency' THEN -minutes ELSE 0 END)::int AS contingency,
            sum(CASE WHEN (from_account, to_account) = ('contingency', 'unfunded') THEN minutes
                     WHEN (from_account, to_account) = ('unfunded', 'contingency') THEN -minutes
                     ELSE 0 END)::int AS covered,
            sum(CASE WHEN from_account = 'written_off' THEN minutes
                     WHEN to_account = 'written_off' THEN -minutes ELSE 0 END)::int AS provider
        FROM hour_entry e WHERE coalesce(e.visit_id, e.record_id) IN (SELECT group_id FROM delivered) GROUP BY 1
    )
    SELECT d.group_id, d.day, d.starts_at, d.minutes, p.bank, p.contingency, p.provider,
        greatest(p.bare - p.covered - p.provider, 0) AS unfunded
    FROM delivered d JOIN paid p USING (group_id) ORDER BY d.day, d.starts_at, d.group_id
""")


def list_visits_paid(*, plan_id: UUID, bank_ids: Collection[UUID]) -> list[VisitPaid]:
    """Each visit that these banks know of, in the order of their start, with who paid and the version that counted."""
    versions = list_terms(plan_id=plan_id)

    def clause(day: date) -> int | None:
        held = terms_on(versions, day)
        return held.version_number if held else None

    return [
        VisitPaid(
            row.group_id, row.day, row.starts_at, Minutes(row.minutes),
            Paid(Minutes(row.bank), Minutes(row.contingency), Minutes(row.provider), Minutes(row.unfunded)),
            clause(row.day),
        )
        for row in db.session.execute(_VISITS, {"banks": list(bank_ids)})
    ]  # fmt: skip
