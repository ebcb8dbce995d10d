"""The one picture of a period, and the ledger's lines, for pages, answers and whatever stands above."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from careplan.db import db
from careplan.hours import rows
from careplan.hours.domain.bank import Bank
from careplan.hours.domain.figures import Figures, Moved, figures_of
from careplan.hours.domain.ledger import Account, Entry, Flow, Kind
from careplan.hours.domain.terms import CarryOver, Funder, Terms, terms_on
from careplan.hours.domain.view import (
    BankView,
    ContingencyView,
    FunderView,
    PeriodState,
    WeekView,
    expiring,
    state_of,
)
from careplan.hours.models import ContingencyDraw as DrawRow
from careplan.hours.models import HourBank, HourEntry, HourReservation, ReductionNotTaken
from careplan.hours.queries.banks import find_plan_of_person, list_banks, list_terms
from careplan.kernel.errors import NotFound
from careplan.kernel.minutes import NO_MINUTES, Minutes
from careplan.kernel.period import Period, period_number, period_of

PAGE = 100


@dataclass(frozen=True, slots=True)
class EntryLine:
    """A ledger line with the bank it stands in."""

    entry: Entry
    funder: Funder
    period_number: int


@dataclass(frozen=True, slots=True)
class Planned:
    """Minutes planned for a day of a bank, and as many of them as are set aside."""

    bank_id: UUID
    day: date
    minutes: Minutes
    reserved: Minutes


def get_bank_view(
    *, today: date, person_id: UUID | None = None, plan_id: UUID | None = None, number: int | None = None
) -> BankView:
    """A plan's hours in a period, the present one without a number; before the service begins it is the first.

    Raises NotFound where no hours have been agreed, or the plan has no such period.
    """
    found = find_bank_view(today=today, person_id=person_id, plan_id=plan_id, number=number)
    if found is None:
        raise NotFound("No hours have been agreed for this time.")
    return found


def find_bank_view(
    *, today: date, person_id: UUID | None = None, plan_id: UUID | None = None, number: int | None = None
) -> BankView | None:
    """The same, or None."""
    if plan_id is None and person_id is not None:
        plan_id = find_plan_of_person(person_id=person_id, day=today)
    versions = list_terms(plan_id=plan_id) if plan_id else []
    if not versions:
        return None
    start = versions[0].service_starts_on
    if number is None:
        number = period_of(start, max(today, start)).number
    if number < 0:
        return None
    banks = list_banks(plan_id=versions[0].plan_id, number=number)
    if not banks:
        return None
    return _view(versions, period_number(start, number), banks, today)


def list_entries(
    *, person_id: UUID, number: int | None = None, after: UUID | None = None, limit: int = PAGE
) -> list[EntryLine]:
    """A person's ledger in the order of posting, from the line after `after`; one period's with its number."""
    query = (
        select(HourEntry, HourBank.funder, HourBank.period_number)
        .join(HourBank, HourBank.id == HourEntry.bank_id)
        .where(HourEntry.person_id == person_id)
        .order_by(HourEntry.id)
        .limit(limit)
    )
    if number is not None:
        query = query.where(HourBank.period_number == number)
    if after is not None:
        query = query.where(HourEntry.id > after)
    return [EntryLine(rows.entry(e), Funder(funder), n) for e, funder, n in db.session.execute(query)]


def _view(versions: Sequence[Terms], period: Period, banks: Sequence[Bank], today: date) -> BankView:
    ids = [b.id for b in banks]
    moves, planned = _moves(ids), _planned(ids)
    whole = figures_of(m for found in moves.values() for m in found)
    day = min(max(today, period.starts_on), period.ends_on)
    terms = terms_on(versions, day) or versions[0]
    to_come = Minutes(sum(p.minutes for p in planned))
    return BankView(
        plan_id=terms.plan_id,
        person_id=terms.person_id,
        period=period,
        state=state_of(period, today),
        granted=whole.granted,
        topped_up=whole.topped_up,
        carried_in=whole.carried_in,
        delivered=whole.delivered,
        delivered_from_bank=whole.from_bank,
        delivered_from_contingency=whole.from_contingency,
        planned=to_come,
        unreserved=Minutes(to_come - sum(p.reserved for p in planned)),
        left=whole.left,
        free=whole.free,
        expired=whole.expired,
        expiring=_expiring(whole, terms.carry_over, period, today),
        unfunded=whole.unfunded,
        not_taken=_not_taken(ids),
        contingency=_contingency(ids, whole, terms),
        weeks=tuple(_weeks(period, moves, planned)),
        funders=tuple(_funder(b, figures_of(moves.get(b.id, ())), planned) for b in banks),
    )


def _weeks(period: Period, moves: Mapping[UUID, list[Moved]], planned: Sequence[Planned]) -> Iterable[WeekView]:
    for week in period.weeks:
        f = figures_of(m for found in moves.values() for m in found if m.week == week.number)
        to_come = sum(p.minutes for p in planned if week.holds(p.day))
        yield WeekView(
            number=week.number,
            starts_on=week.starts_on,
            ends_on=week.ends_on,
            granted=f.granted,
            delivered=f.delivered,
            planned=Minutes(to_come),
            left=f.left,
        )


def _funder(bank: Bank, f: Figures, planned: Sequence[Planned]) -> FunderView:
    to_come = Minutes(sum(p.minutes for p in planned if p.bank_id == bank.id))
    return FunderView(bank.funder, f.granted, f.delivered, to_come, f.left, f.unfunded)


def _contingency(bank_ids: Sequence[UUID], f: Figures, terms: Terms) -> ContingencyView:
    waiting = db.session.scalar(
        select(func.coalesce(func.sum(DrawRow.minutes), 0)).where(
            DrawRow.bank_id.in_(bank_ids), DrawRow.decision.is_(None)
        )
    )
    agreed = terms.contingency
    return ContingencyView(
        granted=f.contingency_granted,
        left=f.contingency_left,
        waiting=Minutes(waiting or 0),
        circumstances=agreed.circumstances if agreed else (),
        services=agreed.services if agreed else (),
        provider_limit=agreed.provider_limit if agreed else NO_MINUTES,
    )


def _expiring(f: Figures, carry_over: CarryOver, period: Period, today: date) -> Minutes:
    if state_of(period, today) is PeriodState.CLOSED:
        return NO_MINUTES
    return expiring(
        granted=f.granted,
        carried_in=f.carried_in,
        delivered_from_bank=f.from_bank,
        free=f.free,
        carry_over=carry_over,
    )


def _moves(bank_ids: Sequence[UUID]) -> dict[UUID, list[Moved]]:
    """By bank, how many minutes moved in each way in each week."""
    ways = (HourEntry.bank_id, HourEntry.kind, HourEntry.from_account, HourEntry.to_account, HourEntry.week)
    found: dict[UUID, list[Moved]] = {}
    for bank_id, kind, source, target, week, minutes in db.session.execute(
        select(*ways, func.sum(HourEntry.minutes)).where(HourEntry.bank_id.in_(bank_ids)).group_by(*ways)
    ):
        flow = Flow(Kind(kind), Account(source), Account(target))
        found.setdefault(bank_id, []).append(Moved(flow, week, Minutes(minutes)))
    return found


def _planned(bank_ids: Sequence[UUID]) -> list[Planned]:
    found = db.session.execute(
        select(
            HourReservation.bank_id,
            HourReservation.starts_on,
            func.sum(HourReservation.minutes),
            func.sum(HourReservation.reserved),
        )
        .where(HourReservation.bank_id.in_(bank_ids), HourReservation.minutes > 0)
        .group_by(HourReservation.bank_id, HourReservation.starts_on)
    )
    return [Planned(bank_id, day, Minutes(minutes), Minutes(held)) for bank_id, day, minutes, held in found]


def _not_taken(bank_ids: Sequence[UUID]) -> Minutes:
    query = select(func.coalesce(func.sum(ReductionNotTaken.minutes), 0)).where(ReductionNotTaken.bank_id.in_(bank_ids))
    return Minutes(db.session.scalar(query) or 0)
