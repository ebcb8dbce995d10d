"""The ledger as frozen values: what accounts hold, and how a visit's minutes stand."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Uuid, and_, bindparam, case, func, or_, select
from sqlalchemy.orm import aliased

from careplan.db import db
from careplan.hours import rows
from careplan.hours.domain.delivery import Delivery
from careplan.hours.domain.funding import Paid, Standing, Uncovered
from careplan.hours.domain.ledger import Account, Cause, Entry, Kind
from careplan.hours.models import HourBalance, HourDelivery, HourEntry, HourReservation
from careplan.kernel.errors import NotFound
from careplan.kernel.minutes import Minutes

DRAWS = (Kind.DRAW, Kind.DRAW_UNFUNDED)

# What each account of a bank holds, from its entries: for statements over many banks at once, grouped by bank.
FOLD = ", ".join(
    f"sum(minutes * ((to_account = '{a.value}')::int - (from_account = '{a.value}')::int)) AS {a.value}"
    for a in Account
)


def balances(*, bank_id: UUID) -> dict[Account, Minutes]:
    """What each account of a bank holds now."""
    columns = [getattr(HourBalance, account.value) for account in Account]
    row = db.session.execute(select(*columns).where(HourBalance.bank_id == bank_id)).one()
    return {account: Minutes(held) for account, held in zip(Account, row, strict=True)}


def granted_by_week(
    *, bank_id: UUID, causes: Collection[Cause] = (Cause.TERMS,), cause_id: UUID | None = None
) -> dict[int, Minutes]:
    """What plan versions, or whatever else may, have granted each week of a bank, less what they cut.

    `cause_id` asks for one thing among them alone.
    """
    return _net_by_week(bank_id, Account.BANK, causes, cause_id)


def contingency_granted(*, bank_id: UUID) -> Minutes:
    """What plan versions have kept aside in a bank, less what they cut."""
    return _net_by_week(bank_id, Account.CONTINGENCY, (Cause.TERMS,)).get(0, Minutes(0))


def standing_of(*, bank_id: UUID, group_id: UUID) -> Standing:
    """How one visit's minutes stand: its records share the group."""
    return standing(db.session.execute(_STANDING, {"bank": bank_id, "group": group_id}).one())


def standing(row: Any) -> Standing:
    """How a visit's minutes stand, from a row with the columns of `select_standing`."""
    return Standing(
        Minutes(row.delivered), Minutes(row.bank), Minutes(row.unfunded), Minutes(row.ahead), Minutes(row.covered)
    )


def select_standing(*, bank_id: ColumnElement[UUID], group_id: ColumnElement[UUID]) -> Select[int, int, int, int, int]:
    """The columns of `Standing`: one row, whether or not anything was drawn."""
    delivered = select(func.coalesce(func.sum(HourDelivery.minutes), 0)).where(
        HourDelivery.bank_id == bank_id, HourDelivery.group_id == group_id, HourDelivery.reversed_at.is_(None)
    )
    here = HourEntry.bank_id == bank_id
    covered = net(Account.CONTINGENCY, Account.UNFUNDED) + net(Account.WRITTEN_OFF, Account.UNFUNDED)
    return select(
        delivered.scalar_subquery().label("delivered"),
        net(Account.BANK, Account.DELIVERED, here).label("bank"),
        net(Account.UNFUNDED, Account.DELIVERED, here).label("unfunded"),
        net(Account.CONTINGENCY, Account.DELIVERED).label("ahead"),
        covered.label("covered"),
    ).where(_of_group(group_id))


def count_entries(*, bank_id: UUID) -> int:
    """How many lines a bank's ledger has."""
    return db.session.scalar(select(func.count()).where(HourEntry.bank_id == bank_id)) or 0


def live_draws(
    *, bank_id: UUID, group_id: UUID, kinds: Iterable[Kind] = DRAWS, record_id: UUID | None = None
) -> list[Entry]:
    """A visit's draws, or one record's, that nothing has taken back; the latest first."""
    taken_back = aliased(HourEntry)
    query = (
        select(HourEntry)
        .where(
            HourEntry.bank_id == bank_id,
            HourEntry.kind.in_([k.value for k in kinds]),
            _of_group(group_id),
            ~select(taken_back.id).where(taken_back.reverses == HourEntry.id).exists(),
        )
        .order_by(HourEntry.id.desc())
    )
    if record_id is not None:
        query = query.where(HourEntry.record_id == record_id)
    return [rows.entry(row) for row in db.session.scalars(query)]


def list_uncovered(*, bank_ids: Collection[UUID]) -> list[Uncovered]:
    """The visits of banks with unfunded minutes that nobody has decided about, the earliest first."""
    group = func.coalesce(HourEntry.visit_id, HourEntry.record_id)
    unfunded = (
        select(
            group.label("id"),
            net(Account.UNFUNDED, Account.DELIVERED).label("minutes"),
            func.min(HourEntry.happened_on).label("happened_on"),
        )
        .where(HourEntry.bank_id.in_(bank_ids), HourEntry.record_id.is_not(None))
        .group_by(group)
        .subquery()
    )
    decided = (
        select(net(Account.CONTINGENCY, Account.UNFUNDED) + net(Account.WRITTEN_OFF, Account.UNFUNDED))
        .where(HourEntry.visit_id == unfunded.c.id)
        .scalar_subquery()
    )
    found = db.session.execute(
        select(unfunded.c.id, unfunded.c.happened_on, (unfunded.c.minutes - decided).label("minutes"))
        .where(unfunded.c.minutes > decided)
        .order_by(unfunded.c.happened_on, unfunded.c.id)
    )
    return [Uncovered(row.id, row.happened_on, Minutes(row.minutes)) for row in found]


def find_paid(*, person_id: UUID, group_ids: Collection[UUID]) -> Paid | None:
    """Who paid for the minutes of a visit whose records share these groups; None where nothing was ever drawn."""
    covered = net(Account.CONTINGENCY, Account.UNFUNDED)
    absorbed = net(Account.WRITTEN_OFF, Account.UNFUNDED)
    row = db.session.execute(
        select(
            func.count(HourEntry.id).label("lines"),
            net(Account.BANK, Account.DELIVERED).label("bank"),
            (net(Account.CONTINGENCY, Account.DELIVERED) + covered).label("contingency"),
            absorbed.label("provider"),
            (net(Account.UNFUNDED, Account.DELIVERED) - covered - absorbed).label("unfunded"),
        ).where(
            HourEntry.person_id == person_id,
            func.coalesce(HourEntry.visit_id, HourEntry.record_id).in_(group_ids),
            HourEntry.kind.not_in([Kind.RESERVE.value, Kind.RELEASE.value]),
        )
    ).one()
    if not row.lines:
        return None
    return Paid(Minutes(row.bank), Minutes(row.contingency), Minutes(row.provider), Minutes(max(row.unfunded, 0)))


def last_delivery(*, bank_id: UUID, group_id: UUID) -> Delivery:
    """The record of a visit that arrived last and stands: new minutes are drawn in its name."""
    row = db.session.scalars(
        select(HourDelivery)
        .where(HourDelivery.bank_id == bank_id, HourDelivery.group_id == group_id, HourDelivery.reversed_at.is_(None))
        .order_by(HourDelivery.received_at.desc(), HourDelivery.record_id.desc())
        .limit(1)
    ).one()
    return rows.delivery(row)


def find_delivery(*, record_id: UUID) -> Delivery | None:
    """What a record says was delivered, read anew."""
    row = db.session.get(HourDelivery, record_id, populate_existing=True)
    return rows.delivery(row) if row else None


def get_delivery(*, record_id: UUID) -> Delivery:
    """What a record says was delivered.  Raises NotFound."""
    found = find_delivery(record_id=record_id)
    if found is None:
        raise NotFound("Nothing was drawn for this record.")
    return found


def find_delivery_of_visit(*, person_id: UUID, visit_id: UUID) -> Delivery | None:
    """What was delivered at a visit that one may name by its own id or by that of one of its records."""
    row = db.session.scalar(
        select(HourDelivery)
        .where(
            HourDelivery.person_id == person_id,
            or_(HourDelivery.group_id == visit_id, HourDelivery.record_id == visit_id),
            HourDelivery.reversed_at.is_(None),
        )
        .order_by(HourDelivery.record_id)
        .limit(1)
    )
    return rows.delivery(row) if row else None


def has_deliveries(*, group_id: UUID) -> bool:
    """Whether anything delivered at a visit stands."""
    query = select(HourDelivery.record_id).where(HourDelivery.group_id == group_id, HourDelivery.reversed_at.is_(None))
    return db.session.scalar(query.limit(1)) is not None


def find_visit_day(*, person_id: UUID, visit_id: UUID | None) -> date | None:
    """The London date of a visit that was delivered or planned here; else None."""
    if visit_id is None:
        return None
    delivery = find_delivery_of_visit(person_id=person_id, visit_id=visit_id)
    if delivery is not None:
        return delivery.starts_on
    return db.session.scalar(
        select(HourReservation.starts_on).where(
            HourReservation.visit_id == visit_id, HourReservation.person_id == person_id
        )
    )


def drawn_minutes(*, record_id: UUID) -> tuple[Minutes, Minutes]:
    """What stands drawn in a record's name: from the bank, and without funding."""
    row = db.session.execute(
        select(net(Account.BANK, Account.DELIVERED), net(Account.UNFUNDED, Account.DELIVERED)).where(
            HourEntry.record_id == record_id
        )
    ).one()
    return Minutes(row[0]), Minutes(row[1])


def _of_group(group_id: UUID | ColumnElement[UUID]) -> ColumnElement[bool]:
    return or_(HourEntry.visit_id == group_id, and_(HourEntry.visit_id.is_(None), HourEntry.record_id == group_id))


def net(source: Account, target: Account, *where: ColumnElement[bool]) -> ColumnElement[int]:
    """Minutes from one account to another, less those that went back."""
    there = and_(HourEntry.from_account == source.value, HourEntry.to_account == target.value, *where)
    back = and_(HourEntry.from_account == target.value, HourEntry.to_account == source.value, *where)
    return func.coalesce(func.sum(case((there, HourEntry.minutes), (back, -HourEntry.minutes), else_=0)), 0)


def _net_by_week(
    bank_id: UUID, account: Account, causes: Collection[Cause], cause_id: UUID | None = None
) -> dict[int, Minutes]:
    """By week what these causes gave an account; 0 where it belongs to no week."""
    week = func.coalesce(HourEntry.week, 0)
    query = (
        select(week.label("week"), net(Account.SOURCE, account).label("minutes"))
        .where(
            HourEntry.bank_id == bank_id,
            HourEntry.cause.in_([c.value for c in causes]),
            or_(HourEntry.from_account == account.value, HourEntry.to_account == account.value),
        )
        .group_by(week)
    )
    if cause_id is not None:
        query = query.where(HourEntry.cause_id == cause_id)
    return {row.week: Minutes(row.minutes) for row in db.session.execute(query)}


_STANDING = select_standing(bank_id=bindparam("bank", type_=Uuid()), group_id=bindparam("group", type_=Uuid()))
