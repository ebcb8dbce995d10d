"""Terms and banks as frozen values."""

from datetime import date
from uuid import UUID

from sqlalchemy import case, select

from careplan.db import db
from careplan.hours import rows
from careplan.hours.domain.bank import Bank
from careplan.hours.domain.ledger import Account, Kind
from careplan.hours.domain.terms import Funder, Terms, terms_on
from careplan.hours.models import HourBank, HourEntry, HourTerms
from careplan.kernel.errors import NotFound


def list_terms(*, plan_id: UUID) -> list[Terms]:
    """What each agreed version says about hours, the first version first; terms that were withdrawn are none."""
    found = db.session.scalars(
        select(HourTerms)
        .where(HourTerms.plan_id == plan_id, HourTerms.withdrawn_at.is_(None))
        .order_by(HourTerms.version_number)
        .execution_options(populate_existing=True)
    )
    return [rows.terms(row) for row in found]


def find_terms(*, plan_id: UUID, on: date) -> Terms | None:
    """The terms that hold on a day."""
    return terms_on(list_terms(plan_id=plan_id), on)


def find_service_start(*, plan_id: UUID) -> date | None:
    """The first day of a plan's service; None before anything was agreed."""
    return db.session.scalar(
        select(HourTerms.service_starts_on)
        .where(HourTerms.plan_id == plan_id, HourTerms.withdrawn_at.is_(None))
        .limit(1)
    )


def find_plan_of_person(*, person_id: UUID, day: date) -> UUID | None:
    """The plan whose terms hold on a day for a person: the one that took effect last, else the first to come."""
    begun = HourTerms.takes_effect_on <= day
    return db.session.scalar(
        select(HourTerms.plan_id)
        .where(HourTerms.person_id == person_id, HourTerms.withdrawn_at.is_(None))
        .order_by(
            begun.desc(),
            case((begun, HourTerms.takes_effect_on)).desc(),
            HourTerms.takes_effect_on,
            HourTerms.version_number.desc(),
        )
        .limit(1)
    )


def find_bank(*, plan_id: UUID, funder: Funder, number: int) -> Bank | None:
    """A funder's bank of a period."""
    row = db.session.scalar(
        select(HourBank).where(
            HourBank.plan_id == plan_id, HourBank.funder == funder.value, HourBank.period_number == number
        )
    )
    return rows.bank(row) if row else None


def get_bank(*, plan_id: UUID, funder: Funder, number: int) -> Bank:
    """A funder's bank of a period.  Raises NotFound."""
    found = find_bank(plan_id=plan_id, funder=funder, number=number)
    if found is None:
        raise NotFound("There is no such hour bank.")
    return found


def get_bank_by_id(*, bank_id: UUID) -> Bank:
    """A bank.  Raises NotFound."""
    row = db.session.get(HourBank, bank_id)
    if row is None:
        raise NotFound("There is no such hour bank.")
    return rows.bank(row)


def list_banks(*, plan_id: UUID, number: int) -> list[Bank]:
    """The banks of a plan's period, one a funder."""
    found = db.session.scalars(
        select(HourBank).where(HourBank.plan_id == plan_id, HourBank.period_number == number).order_by(HourBank.funder)
    )
    return [rows.bank(row) for row in found]


def find_contingency_bank(*, plan_id: UUID, number: int) -> Bank | None:
    """The bank that keeps a period's contingency, if any was kept aside."""
    row = db.session.scalar(
        select(HourBank)
        .join(HourEntry, HourEntry.bank_id == HourBank.id)
        .where(
            HourBank.plan_id == plan_id,
            HourBank.period_number == number,
            HourEntry.kind == Kind.ALLOCATE.value,
            HourEntry.to_account == Account.CONTINGENCY.value,
        )
        .order_by(HourEntry.id)
        .limit(1)
    )
    return rows.bank(row) if row else None


def is_closed(*, bank_id: UUID) -> bool:
    """Whether a bank's period has been closed."""
    return db.session.scalar(select(HourBank.closed_at).where(HourBank.id == bank_id)) is not None


def list_banks_after(*, bank: Bank) -> list[Bank]:
    """The same funder's banks of later periods, without a gap, the next first."""
    later = db.session.scalars(
        select(HourBank)
        .where(
            HourBank.plan_id == bank.plan_id,
            HourBank.funder == bank.funder.value,
            HourBank.period_number > bank.number,
        )
        .order_by(HourBank.period_number)
    )
    found: list[Bank] = []
    for number, row in enumerate(later, start=bank.number + 1):
        if row.period_number != number:
            break
        found.append(rows.bank(row))
    return found
