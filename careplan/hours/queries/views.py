"""The one picture of a period, and the ledger's lines, for pages, answers and whatever stands above."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import case, func, select
from sqlalchemy.orm import aliased

from careplan.db import db
from careplan.db.together import together
from careplan.hours import rows
from careplan.hours.domain.bank import Bank
from careplan.hours.domain.closing import AtEnd, at_end
from careplan.hours.domain.figures import Figures, Moved, figures_of
from careplan.hours.domain.ledger import Account, Entry, Flow, Kind
from careplan.hours.domain.statement import PeriodStatement, statement_of
from careplan.hours.domain.terms import CarryOver, Funder, Terms, terms_on
from careplan.hours.domain.view import BankView, ContingencyView, FunderView, PeriodState, WeekView, state_of
from careplan.hours.models import ContingencyDraw as DrawRow
from careplan.hours.models import HourBank, HourEntry, HourReservation, ReductionNotTaken
from careplan.hours.queries.banks import find_plan_of_person, list_banks, list_terms
from careplan.hours.queries.disputes import list_disputes
from careplan.hours.queries.statements import (
    earmarked_by_bank,
    earmarked_in_by_bank,
    list_given,
    list_visits_paid,
    versions_by_bank,
)
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


def statement_of_period(*, view: BankView) -> PeriodStatement:
    """A period's account: the lines beneath the figures of `view`."""
    ids = [b.id for b in list_banks(plan_id=view.plan_id, number=view.period.number)]
    return statement_of(
        view,
        list_given(plan_id=view.plan_id, bank_ids=ids),
        list_visits_paid(plan_id=view.plan_id, bank_ids=ids),
        list_disputes(bank_ids=ids),
    )


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
    moves, planned, stated, earmarked, came, not_taken, waiting = together(
        lambda: _moves(ids),
        lambda: _planned(ids),
        lambda: versions_by_bank(bank_ids=ids),
        lambda: earmarked_by_bank(bank_ids=ids),
        lambda: earmarked_in_by_bank(bank_ids=ids),
        lambda: _not_taken(ids),
        lambda: _waiting(ids),
    )
    each = {b.id: figures_of(moves.get(b.id, ())) for b in banks}
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
        carried_out=whole.carried_out,
        delivered=whole.delivered,
        delivered_from_bank=whole.from_bank,
        delivered_from_contingency=whole.from_contingency,
        planned=to_come,
        unreserved=Minutes(to_come - sum(p.reserved for p in planned)),
        left=whole.left,
        free=whole.free,
        expired=whole.expired,
        expiring=_expiring(each, earmarked, came, terms.carry_over, state_of(period, today)),
        unfunded=whole.unfunded,
        not_taken=not_taken,
        earmarked=Minutes(sum(min(earmarked.get(b, 0), f.left) for b, f in each.items())),
        statement=max(stated.values(), default=None),
        contingency=_contingency(whole, terms, waiting),
        weeks=tuple(_weeks(period, moves, planned)),
        funders=tuple(_funder(b, each[b.id], planned, stated.get(b.id), terms) for b in banks),
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


def _funder(
    bank: Bank, f: Figures, planned: Sequence[Planned], statement: int | None, terms: Terms
) -> FunderView:
    to_come = Minutes(sum(p.minutes for p in planned if p.bank_id == bank.id))
    return FunderView(
        bank.funder, f.granted, f.delivered, to_come, f.left, f.unfunded, f.carried_in, f.carried_out, f.expired,
        statement, terms.parts if bank.funder is Funder.JOINT else None,
    )  # fmt: skip


def _waiting(bank_ids: Sequence[UUID]) -> Minutes:
    """Contingency that was asked for and not decided."""
    query = select(func.coalesce(func.sum(DrawRow.minutes), 0)).where(
        DrawRow.bank_id.in_(bank_ids), DrawRow.decision.is_(None)
    )
    return Minutes(db.session.scalar(query) or 0)


def _contingency(f: Figures, terms: Terms, waiting: Minutes) -> ContingencyView:
    agreed = terms.contingency
    return ContingencyView(
        granted=f.contingency_granted,
        left=f.contingency_left,
        waiting=waiting,
        circumstances=agreed.circumstances if agreed else (),
        services=agreed.services if agreed else (),
        provider_limit=agreed.provider_limit if agreed else NO_MINUTES,
    )


def _expiring(
    each: Mapping[UUID, Figures],
    earmarked: Mapping[UUID, Minutes],
    came: Mapping[UUID, Minutes],
    carry_over: CarryOver,
    state: PeriodState,
) -> Minutes:
    """What ends with the period unless somebody plans to use it: each funder's by itself, reserved minutes left out."""
    if state is PeriodState.CLOSED:
        return NO_MINUTES
    ends = (
        at_end(
            AtEnd(
                granted=f.granted,
                carried_in=f.carried_in,
                earmarked_in=Minutes(min(came.get(bank_id, 0), f.carried_in)),
                from_bank=f.from_bank,
                left=f.free,
                earmarked=earmarked.get(bank_id, NO_MINUTES),
            ),
            carry_over,
        )
        for bank_id, f in each.items()
    )
    return Minutes(sum(e.expired for e in ends))


def _moves(bank_ids: Sequence[UUID]) -> dict[UUID, list[Moved]]:
    """By bank, how many minutes moved in each way in each week; a reversal counts against what it takes back."""
    back = aliased(HourEntry)
    kind, source, target = (
        func.coalesce(getattr(back, name), getattr(HourEntry, name)) for name in ("kind", "from_account", "to_account")
    )
    signed = case((back.id.is_(None), HourEntry.minutes), else_=-HourEntry.minutes)
    counted = (
        select(
            HourEntry.bank_id, kind.label("kind"), source.label("source"), target.label("target"), HourEntry.week,
            signed.label("minutes"),
        )
        .outerjoin(back, back.id == HourEntry.reverses)
        .where(HourEntry.bank_id.in_(bank_ids))
        .subquery()
    )  # fmt: skip
    ways = (counted.c.bank_id, counted.c.kind, counted.c.source, counted.c.target, counted.c.week)
    found: dict[UUID, list[Moved]] = {}
    for bank_id, k, came, went, week, minutes in db.session.execute(
        select(*ways, func.sum(counted.c.minutes)).group_by(*ways)
    ):
        found.setdefault(bank_id, []).append(Moved(Flow(Kind(k), Account(came), Account(went)), week, Minutes(minutes)))
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
