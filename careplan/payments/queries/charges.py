"""Charge runs and their lines as frozen values."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, func, select

from careplan.db import db
from careplan.kernel.errors import NotFound
from careplan.kernel.minutes import Minutes
from careplan.kernel.money import Pence
from careplan.payments.domain.calendar import Span
from careplan.payments.domain.charging import Bound, Charge, ChargedVisit, NotCharged
from careplan.payments.models import ChargeLineRow, ChargeLineVisitRow, ChargeRunRow

MOST_RUNS = 26
PAGE = 100


@dataclass(frozen=True, slots=True)
class ChargeRun:
    """What people are charged for a week: a draft, or sent."""

    id: UUID
    freeze_id: UUID
    week: Span
    drawn_up_at: datetime
    sent_at: datetime | None
    replaced_at: datetime | None

    @property
    def state(self) -> str:
        if self.sent_at is not None:
            return "sent"
        return "replaced" if self.replaced_at is not None else "draft"

    @property
    def state_words(self) -> str:
        return {"sent": "Sent", "replaced": "Drawn up anew", "draft": "Draft"}[self.state]


@dataclass(frozen=True, slots=True)
class KeptCharge:
    """A charge of a run; a correction tells what an earlier week is worth more or less."""

    id: UUID
    run_id: UUID
    freeze_id: UUID
    is_correction: bool
    charge: Charge


@dataclass(frozen=True, slots=True)
class ChargeSums:
    """How many people a run charges, and what it comes to."""

    people: int
    pence: Pence


def get_run(*, run_id: UUID) -> ChargeRun:
    """One run.  Raises NotFound."""
    row = db.session.scalar(select(ChargeRunRow).where(ChargeRunRow.id == run_id))
    if row is None:
        raise NotFound("There is no such charge run.")
    return _run(row)


def list_runs(*, limit: int = MOST_RUNS) -> list[ChargeRun]:
    """The latest weeks first, without drafts that were drawn up anew."""
    query = select(ChargeRunRow).where(ChargeRunRow.replaced_at.is_(None))
    return [_run(r) for r in db.session.scalars(query.order_by(ChargeRunRow.starts_on.desc()).limit(limit))]


def list_runs_of(*, week: Span) -> list[ChargeRun]:
    """Every run of a week, the first drawn up first."""
    query = select(ChargeRunRow).where(ChargeRunRow.starts_on == week.starts_on)
    return [_run(r) for r in db.session.scalars(query.order_by(ChargeRunRow.drawn_up_at))]


def list_sent_weeks(*, before: date, limit: int) -> list[Span]:
    """The weeks already sent that begin before a day, the latest first."""
    query = (
        select(ChargeRunRow.starts_on, ChargeRunRow.ends_on)
        .where(ChargeRunRow.sent_at.is_not(None), ChargeRunRow.starts_on < before)
        .order_by(ChargeRunRow.starts_on.desc())
        .limit(limit)
    )
    return [Span(r.starts_on, r.ends_on) for r in db.session.execute(query)]


def charged_by_person(*, week: Span, before: datetime) -> dict[UUID, Pence]:
    """What each person was charged for a week in all runs that were sent, of those drawn up before an instant."""
    query = (
        select(ChargeLineRow.person_id, func.sum(ChargeLineRow.pence))
        .join(ChargeRunRow, ChargeRunRow.id == ChargeLineRow.run_id)
        .where(
            ChargeRunRow.sent_at.is_not(None),
            ChargeRunRow.drawn_up_at < before,
            ChargeLineRow.starts_on >= week.starts_on,
            ChargeLineRow.ends_on <= week.ends_on,
        )
        .group_by(ChargeLineRow.person_id)
    )
    return {person_id: Pence(pence) for person_id, pence in db.session.execute(query)}


def sums_of(*, run_ids: Iterable[UUID]) -> dict[UUID, ChargeSums]:
    """What each run comes to."""
    query = (
        select(ChargeLineRow.run_id, func.count(ChargeLineRow.person_id.distinct()), func.sum(ChargeLineRow.pence))
        .where(ChargeLineRow.run_id.in_(list(run_ids)))
        .group_by(ChargeLineRow.run_id)
    )
    return {run_id: ChargeSums(people, Pence(pence)) for run_id, people, pence in db.session.execute(query)}


def list_charges(
    *, run_id: UUID, person_id: UUID | None = None, after: UUID | None = None, limit: int | None = None
) -> list[KeptCharge]:
    """A run's charges in the order of their ids, with the visits beneath, of one person or of all."""
    query = select(ChargeLineRow).where(ChargeLineRow.run_id == run_id).order_by(ChargeLineRow.id)
    if person_id is not None:
        query = query.where(ChargeLineRow.person_id == person_id)
    if after is not None:
        query = query.where(ChargeLineRow.id > after)
    if limit is not None:
        query = query.limit(limit)
    return _kept(db.session.scalars(query).all())


def get_charge(*, line_id: UUID) -> KeptCharge:
    """One charge.  Raises NotFound."""
    row = db.session.scalar(select(ChargeLineRow).where(ChargeLineRow.id == line_id))
    if row is None:
        raise NotFound("There is no such charge.")
    return _kept([row])[0]


def list_sent_to(*, person_id: UUID, limit: int = MOST_RUNS) -> list[tuple[ChargeRun, list[KeptCharge]]]:
    """What a person was sent, the latest week first."""
    sent = _of_person(person_id)
    rows = db.session.scalars(
        select(ChargeRunRow).where(ChargeRunRow.id.in_(sent)).order_by(ChargeRunRow.starts_on.desc()).limit(limit)
    ).all()
    lines = db.session.scalars(
        select(ChargeLineRow)
        .where(ChargeLineRow.person_id == person_id, ChargeLineRow.run_id.in_([r.id for r in rows]))
        .order_by(ChargeLineRow.starts_on, ChargeLineRow.id)
    ).all()
    kept: dict[UUID, list[KeptCharge]] = defaultdict(list)
    for charge in _kept(lines):
        kept[charge.run_id].append(charge)
    return [(_run(r), kept[r.id]) for r in rows]


def _of_person(person_id: UUID) -> Select[UUID]:
    return (
        select(ChargeLineRow.run_id)
        .join(ChargeRunRow, ChargeRunRow.id == ChargeLineRow.run_id)
        .where(ChargeLineRow.person_id == person_id, ChargeRunRow.sent_at.is_not(None))
    )


def _kept(rows: Iterable[ChargeLineRow]) -> list[KeptCharge]:
    known = list(rows)
    visits: dict[UUID, list[ChargedVisit]] = defaultdict(list)
    beneath = select(ChargeLineVisitRow).where(ChargeLineVisitRow.line_id.in_([r.id for r in known]))
    for v in db.session.scalars(beneath):
        why_not = NotCharged(v.why_not) if v.why_not else None
        visits[v.line_id].append(ChargedVisit(v.visit_id, Minutes(v.minutes), why_not))
    return [KeptCharge(r.id, r.run_id, r.freeze_id, r.is_correction, _charge(r, visits[r.id])) for r in known]


def _charge(row: ChargeLineRow, visits: Iterable[ChargedVisit]) -> Charge:
    return Charge(
        person_id=row.person_id,
        span=Span(row.starts_on, row.ends_on),
        contribution_id=row.contribution_id,
        minutes=Minutes(row.minutes),
        by_contribution=Pence(row.by_contribution) if row.by_contribution is not None else None,
        by_rate=Pence(row.by_rate),
        by_cost=Pence(row.by_cost) if row.by_cost is not None else None,
        pence=Pence(row.pence),
        bound=Bound(row.bound),
        visits=tuple(visits),
    )


def _run(row: ChargeRunRow) -> ChargeRun:
    return ChargeRun(
        row.id, row.freeze_id, Span(row.starts_on, row.ends_on), row.drawn_up_at, row.sent_at, row.replaced_at
    )
