"""Opening banks: what agreed plans grant, period by period, and what a later version changes in open ones."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import Integer, func, literal, select, type_coerce, update
from sqlalchemy.dialects.postgresql import insert

from careplan.access.domain.actor import SYSTEM, Actor
from careplan.db import db
from careplan.hours import queries
from careplan.hours.domain import granting
from careplan.hours.domain.bank import OUTSIDE, Bank
from careplan.hours.domain.ledger import Account, Cause, Flow, Kind
from careplan.hours.domain.storing import terms_as_json
from careplan.hours.domain.terms import Funder, Terms, terms_on
from careplan.hours.models import HourBalance, HourBank, HourEntry, HourServiceEnd, HourTerms, ReductionNotTaken
from careplan.hours.service.posting import By, Move, cut_up_to, lock, post
from careplan.hours.service.restating import settle
from careplan.kernel.clock import local_date
from careplan.kernel.ids import new_id
from careplan.kernel.minutes import Minutes
from careplan.kernel.period import DAYS_IN_PERIOD, Period, period_number, period_of

GIVE = Flow(Kind.ALLOCATE, Account.SOURCE, Account.BANK)
TAKE = Flow(Kind.ADJUST, Account.BANK, Account.SOURCE)
KEEP_ASIDE = Flow(Kind.ALLOCATE, Account.SOURCE, Account.CONTINGENCY)
TAKE_ASIDE = Flow(Kind.ADJUST, Account.CONTINGENCY, Account.SOURCE)
DUE_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Where:
    """A plan's bank as others name it."""

    plan_id: UUID
    person_id: UUID
    funder: Funder | None
    day: date


def open_bank(*, terms: Terms, actor: Actor, now: datetime) -> None:
    """Takes a version's terms to heart; the same version again changes nothing, unless its terms were withdrawn.

    Opens the period in which it takes effect and the next. In periods already open it posts the difference for each
    week from its first bank week on; a cut takes only what the bank still holds, the rest is a reduction not taken.
    """
    one_at_a_time(terms.plan_id)
    if not _keep(terms, actor, now) and not _restore(terms):
        return
    by = By(actor.account_id, now)
    first = period_of(terms.service_starts_on, terms.takes_effect_on)
    _grant(terms.plan_id, [n for n in open_numbers(terms.plan_id) if n >= first.number], by)
    _open(terms.plan_id, [first.number, first.number + 1], by)


def ensure_period(*, plan_id: UUID, day: date, actor: Actor, now: datetime) -> None:
    """Opens the period that holds a day by the terms in force, unless it is open; before the service there is none,
    nor is one opened that begins after the service ended.
    """
    start = queries.find_service_start(plan_id=plan_id)
    if start is None or day < start:
        return
    period = period_of(start, day)
    number = period.number
    if number in open_numbers(plan_id, number) or _is_over(plan_id, period):
        return
    one_at_a_time(plan_id)
    _open(plan_id, [number], By(actor.account_id, now))


def open_due_periods(*, now: datetime) -> int:
    """Opens the present period of every plan, and the next; says how many plans were due. Safe to run at any time."""
    today = local_date(now)
    due = 0
    while batch := _due(today):
        for plan_id in batch:
            ensure_period(plan_id=plan_id, day=today, actor=SYSTEM, now=now)
            ensure_period(plan_id=plan_id, day=today + timedelta(days=DAYS_IN_PERIOD), actor=SYSTEM, now=now)
        due += len(batch)
    return due


def bank_at(where: Where, by: By) -> Bank:
    """The bank that a day's minutes belong to, opened if need be.

    Without a funder it is that of the plan's main one. A day before the service, of a period after it, or of a plan
    without terms, belongs to a bank outside all periods, which holds nothing: what happened is kept there whole and
    stands unfunded.
    """
    versions = queries.list_terms(plan_id=where.plan_id)
    start = versions[0].service_starts_on if versions else None
    if start is None or where.day < start:
        return bank_of(where, where.funder or Funder.COUNCIL, None, by)
    period = period_of(start, where.day)
    if period.number not in open_numbers(where.plan_id, period.number):
        if _is_over(where.plan_id, period):
            return bank_of(where, where.funder or Funder.COUNCIL, None, by)
        one_at_a_time(where.plan_id)
        _open(where.plan_id, [period.number], by)
    held = terms_on(versions, where.day)
    funder = where.funder or (held.main_funder if held else Funder.COUNCIL)
    return bank_of(where, funder, period, by)


def _keep(terms: Terms, actor: Actor, now: datetime) -> bool:
    """Writes the terms down; False where this version's are known."""
    kept = db.session.execute(
        insert(HourTerms)
        .values(
            plan_version_id=terms.plan_version_id, plan_id=terms.plan_id, person_id=terms.person_id,
            version_number=terms.version_number, service_starts_on=terms.service_starts_on,
            takes_effect_on=terms.takes_effect_on, terms=terms_as_json(terms), opened_at=now,
            opened_by=actor.account_id,
        )
        .on_conflict_do_nothing(index_elements=["plan_version_id"])
        .returning(HourTerms.plan_version_id)
    ).scalar()  # fmt: skip
    return kept is not None


def _restore(terms: Terms) -> bool:
    """Lets withdrawn terms stand again; False where they stand."""
    restored = db.session.execute(
        update(HourTerms)
        .where(HourTerms.plan_version_id == terms.plan_version_id, HourTerms.withdrawn_at.is_not(None))
        .values(withdrawn_at=None)
        .returning(HourTerms.plan_version_id)
    ).scalar()
    return restored is not None


def _open(plan_id: UUID, numbers: Iterable[int], by: By) -> None:
    """Opens the periods of these numbers that are not open, with a bank for each funder of their weeks."""
    opened = set(open_numbers(plan_id))
    new = [n for n in numbers if n not in opened]
    _grant(plan_id, new, by)


def _grant(plan_id: UUID, numbers: Sequence[int], by: By) -> None:
    """Brings what plans have granted in these periods to what the terms now say."""
    versions = queries.list_terms(plan_id=plan_id)
    banks = [bank for n in numbers for bank in _banks_of(versions, n, by)]
    lock(b.id for b in banks)
    for bank in banks:
        _grant_weeks(bank, versions, by)
    for number in numbers:
        _grant_contingency([b for b in banks if b.number == number], versions, by)
    for bank in banks:
        settle(bank, by)


def _banks_of(versions: Sequence[Terms], number: int, by: By) -> list[Bank]:
    """The banks of a period: of each funder whom a week's terms name, and those already there."""
    latest = versions[-1]
    period = period_number(latest.service_starts_on, number)
    holding = [t for t in (terms_on(versions, w.starts_on) for w in period.weeks) if t is not None]
    there = queries.list_banks(plan_id=latest.plan_id, number=number)
    funders = dict.fromkeys([f for t in holding for f in (*t.funders, t.main_funder)] + [b.funder for b in there])
    where = Where(latest.plan_id, latest.person_id, None, period.starts_on)
    return [bank_of(where, f, period, by) for f in sorted(funders)]


def _grant_weeks(bank: Bank, versions: Sequence[Terms], by: By) -> None:
    assert bank.period is not None  # noqa: S101  a bank outside all periods is granted nothing
    wanted = granting.wanted(versions, funder=bank.funder, period=bank.period)
    done = _posted_by_terms(bank)
    for step in granting.steps(wanted, queries.granted_by_week(bank_id=bank.id)):
        version, part = step.grant.terms.plan_version_id, granting.part(step.grant.terms, step.grant.week)
        if (version, part) in done:
            continue
        flow = GIVE if step.change > 0 else TAKE
        move = Move(flow, Cause.TERMS, version, part, week=step.grant.week)
        if step.change > 0:
            post(bank, move, Minutes(step.change), by)
        else:
            cut_up_to(bank, move, Minutes(-step.change), by)


def _grant_contingency(banks: Sequence[Bank], versions: Sequence[Terms], by: By) -> None:
    """Kept aside with the main funder's minutes, and there for the whole period, whoever pays later."""
    period = banks[0].period if banks else None
    wanted = granting.contingency_wanted(versions, period) if period else None
    if wanted is None:
        return
    terms, minutes = wanted
    home = queries.find_contingency_bank(plan_id=terms.plan_id, number=banks[0].number)
    bank = home or next(b for b in banks if b.funder is terms.main_funder)
    part = granting.part(terms)
    if (terms.plan_version_id, part) in _posted_by_terms(bank):
        return
    change = minutes - queries.contingency_granted(bank_id=bank.id)
    if change > 0:
        post(bank, Move(KEEP_ASIDE, Cause.TERMS, terms.plan_version_id, part), Minutes(change), by)
    elif change < 0:
        cut_up_to(bank, Move(TAKE_ASIDE, Cause.TERMS, terms.plan_version_id, part), Minutes(-change), by)


def _posted_by_terms(bank: Bank) -> set[tuple[UUID, int]]:
    """Which versions have already posted which parts here, as entries or as cuts not taken."""
    found: set[tuple[UUID, int]] = set()
    for table in (HourEntry, ReductionNotTaken):
        query = select(table.cause_id, table.part).where(table.bank_id == bank.id, table.cause == Cause.TERMS.value)
        found |= {(row.cause_id, row.part) for row in db.session.execute(query)}
    return found


def bank_of(where: Where, funder: Funder, period: Period | None, by: By) -> Bank:
    """The funder's bank of a period, made empty if it is not there."""
    number = period.number if period else OUTSIDE
    found = queries.find_bank(plan_id=where.plan_id, funder=funder, number=number)
    if found is not None:
        return found
    bank_id = db.session.execute(
        insert(HourBank)
        .values(
            id=new_id(), plan_id=where.plan_id, person_id=where.person_id, funder=funder.value, period_number=number,
            starts_on=period.starts_on if period else None, ends_on=period.ends_on if period else None,
            opened_at=by.now,
        )
        .on_conflict_do_nothing(index_elements=["plan_id", "funder", "period_number"])
        .returning(HourBank.id)
    ).scalar()  # fmt: skip
    if bank_id is not None:
        empty = {account.value: 0 for account in Account}
        db.session.execute(insert(HourBalance).values(bank_id=bank_id, person_id=where.person_id, **empty))
    return queries.get_bank(plan_id=where.plan_id, funder=funder, number=number)


def open_numbers(plan_id: UUID, number: int | None = None) -> list[int]:
    """The numbers of a plan's open periods, or of one of them if it is open."""
    query = select(HourBank.period_number).where(HourBank.plan_id == plan_id, HourBank.period_number >= 0).distinct()
    if number is not None:
        query = query.where(HourBank.period_number == number)
    return sorted(db.session.scalars(query))


def _is_over(plan_id: UUID, period: Period) -> bool:
    """Whether the service ended before a period begins."""
    last_day = db.session.scalar(select(HourServiceEnd.last_day).where(HourServiceEnd.plan_id == plan_id))
    return last_day is not None and last_day < period.starts_on


def one_at_a_time(plan_id: UUID) -> None:
    """Terms and the opening of periods wait for each other, else a new version could miss a period just opening."""
    db.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"hours {plan_id}", 0))))


def _due(today: date) -> list[UUID]:
    """Plans whose present or next period is not open, a batch at a time.

    One whose service has an end is left out: what it still needs is opened by the visits that are planned in it.
    """
    ending = select(HourServiceEnd.plan_id)
    elapsed = type_coerce(literal(today) - HourTerms.service_starts_on, Integer) // DAYS_IN_PERIOD
    starts = (
        select(HourTerms.plan_id, elapsed.label("number"))
        .where(HourTerms.service_starts_on <= today, HourTerms.withdrawn_at.is_(None), HourTerms.plan_id.not_in(ending))
        .distinct()
        .subquery()
    )
    is_open = (
        select(func.count(HourBank.period_number.distinct()))
        .where(
            HourBank.plan_id == starts.c.plan_id, HourBank.period_number.between(starts.c.number, starts.c.number + 1)
        )
        .scalar_subquery()
    )
    query = select(starts.c.plan_id).where(is_open < 2).order_by(starts.c.plan_id).limit(DUE_AT_ONCE)
    return list(db.session.scalars(query))
