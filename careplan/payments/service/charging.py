"""Drawing charge runs up, sending them, and working an old one out anew."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import text

from careplan.access.domain.actor import Actor
from careplan.db import db
from careplan.kernel.clock import local_date
from careplan.kernel.errors import Conflict, NotFound, Problem
from careplan.kernel.holidays import bank_holidays
from careplan.kernel.ids import new_id
from careplan.kernel.minutes import Minutes
from careplan.kernel.money import Pence
from careplan.kernel.words import short_day
from careplan.payments.domain.calendar import Span
from careplan.payments.domain.charging import Charge, Circle, charge_week
from careplan.payments.domain.settled import SettledVisit
from careplan.payments.domain.terms import Contract, RateMissing
from careplan.payments.models import ChargeLineRow, ChargeLineVisitRow, ChargeRunRow
from careplan.payments.queries import charges, facts
from careplan.payments.queries import contributions as contribution_queries
from careplan.payments.queries.charges import ChargeRun
from careplan.payments.queries.contracts import list_parts
from careplan.payments.service.freezing import freeze
from careplan.payments.service.keeping import insert_many
from careplan.payments.service.paying import CannotBePriced

# Any number, so long as it stands for charge runs alone.
CHARGE_RUNS = text("SELECT pg_advisory_xact_lock(7402)")
# A year: what changes later than that is for people to settle.
WEEKS_CORRECTED = 52


class WeekNotOver(Conflict):
    """The week still goes on."""

    code = "week_not_over"


class AlreadySent(Conflict):
    """The week's charges were sent: what has changed since comes with a later week's."""

    code = "already_sent"


@dataclass(frozen=True, slots=True)
class _Part:
    """Charges for one week that rest on one freeze."""

    freeze_id: UUID
    charges: Sequence[Charge]
    is_correction: bool


def draw_up_charge_run(*, week: Span, actor: Actor, now: datetime) -> UUID:
    """A draft of what people are charged for a week, with corrections of weeks already sent.

    An earlier draft's place is taken.  Raises WeekNotOver, AlreadySent, CannotBePriced.
    """
    db.session.execute(CHARGE_RUNS)
    check_can_be_drawn_up(week=week, now=now)
    for run in charges.list_runs_of(week=week):
        if run.state == "draft":
            db.session.get_one(ChargeRunRow, run.id).replaced_at = now
    contracts = list_parts(as_of=now)
    visits = facts.gather(span=week, as_of=now, contracts=contracts)
    found = price_week(visits, week=week, contracts=contracts, as_of=now)
    parts = [_Part(freeze(span=week, visits=visits, actor=actor, now=now), found, is_correction=False)]
    for earlier in charges.list_sent_weeks(before=week.starts_on, limit=WEEKS_CORRECTED):
        parts += _corrections(earlier, contracts, actor, now)
    return _keep(week, parts, actor, now)


def check_can_be_drawn_up(*, week: Span, now: datetime) -> None:
    """Raises WeekNotOver, AlreadySent."""
    if local_date(now) <= week.ends_on:
        raise WeekNotOver(f"The week goes on until {short_day(week.ends_on)}. Draw it up on a later day.")
    if any(run.state == "sent" for run in charges.list_runs_of(week=week)):
        raise AlreadySent("This week was sent. What has changed since comes with a later week.")


def price_week(
    visits: Sequence[SettledVisit], *, week: Span, contracts: Sequence[Contract], as_of: datetime
) -> list[Charge]:
    """What each person with a visit is charged, by what was known at an instant.  Raises CannotBePriced."""
    by_person: dict[UUID, list[SettledVisit]] = {}
    for visit in visits:
        by_person.setdefault(visit.person_id, []).append(visit)
    found: list[Charge] = []
    problems = {}
    for circle in _circles(by_person, as_of):
        try:
            found += charge_week(
                circle, by_person[circle.person_id], week=week, contracts=contracts, holidays=bank_holidays()
            )
        except RateMissing as missing:
            problems[missing.message] = Problem(f"{missing.facts['contract']}.{missing.facts['rate']}", missing.message)
    if problems:
        raise CannotBePriced(" ".join(problems), problems=tuple(problems.values()))
    return found


def send_run(*, run_id: UUID, actor: Actor, now: datetime) -> ChargeRun:
    """Sends a draft: people see what they pay.  Raises AlreadySent, NotFound."""
    db.session.execute(CHARGE_RUNS)
    run = charges.get_run(run_id=run_id)
    if run.state == "sent":
        raise AlreadySent("This week was sent already.")
    if run.state == "replaced":
        raise NotFound("A later draft has taken this one's place.")
    row = db.session.get_one(ChargeRunRow, run_id)
    row.sent_at, row.sent_by = now, actor.account_id
    db.session.flush()
    return charges.get_run(run_id=run_id)


def work_out_anew(*, run_id: UUID) -> list[Charge]:
    """A week's own charges by the same rules from everything as it stood when the run was drawn up."""
    run = charges.get_run(run_id=run_id)
    return price_week(
        facts.list_frozen(freeze_id=run.freeze_id),
        week=run.week,
        contracts=list_parts(as_of=run.drawn_up_at),
        as_of=run.drawn_up_at,
    )


def _circles(person_ids: Iterable[UUID], as_of: datetime) -> list[Circle]:
    ids = list(person_ids)
    contributions = contribution_queries.list_contributions(person_ids=ids, as_of=as_of)
    exemptions = contribution_queries.list_exemptions(person_ids=ids, as_of=as_of)
    return [Circle(i, contributions.get(i, ()), exemptions.get(i, ())) for i in sorted(ids)]


def _corrections(week: Span, contracts: Sequence[Contract], actor: Actor, now: datetime) -> list[_Part]:
    """One charge for each person whose week is worth otherwise by now: what is missing, or with a minus too much."""
    visits = facts.gather(span=week, as_of=now, contracts=contracts)
    before = charges.charged_by_person(week=week, before=now)
    found = []
    by_person: dict[UUID, list[Charge]] = {}
    for charge in price_week(visits, week=week, contracts=contracts, as_of=now):
        by_person.setdefault(charge.person_id, []).append(charge)
    for person_id in sorted(by_person.keys() | before.keys()):
        worth = sum(c.pence for c in by_person.get(person_id, ()))
        change = worth - before.get(person_id, Pence(0))
        if change and by_person.get(person_id):
            found.append(_whole(by_person[person_id], week, Pence(change)))
    if not found:
        return []
    return [_Part(freeze(span=week, visits=visits, actor=actor, now=now), found, is_correction=True)]


def _whole(parts: Sequence[Charge], week: Span, change: Pence) -> Charge:
    """The parts of a week as one, worth the change."""
    return replace(
        parts[-1],
        span=week,
        minutes=Minutes(sum(p.minutes for p in parts)),
        by_rate=Pence(sum(p.by_rate for p in parts)),
        pence=change,
        visits=tuple(v for p in parts for v in p.visits),
    )


def _keep(week: Span, parts: Sequence[_Part], actor: Actor, now: datetime) -> UUID:
    run_id = new_id()
    row = ChargeRunRow(
        id=run_id, freeze_id=parts[0].freeze_id, starts_on=week.starts_on, ends_on=week.ends_on, drawn_up_at=now,
        drawn_up_by=actor.account_id,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    kept = [(part, charge, new_id()) for part in parts for charge in part.charges]
    insert_many(ChargeLineRow, [_line(run_id, part, charge, line_id) for part, charge, line_id in kept])
    beneath: list[dict[str, object]] = [
        {
            "line_id": line_id,
            "visit_id": v.visit_id,
            "person_id": charge.person_id,
            "minutes": v.minutes,
            "why_not": v.why_not.value if v.why_not else None,
        }
        for _, charge, line_id in kept
        for v in charge.visits
    ]
    insert_many(ChargeLineVisitRow, beneath)
    return run_id


def _line(run_id: UUID, part: _Part, charge: Charge, line_id: UUID) -> dict[str, object]:
    return {
        "id": line_id,
        "run_id": run_id,
        "person_id": charge.person_id,
        "freeze_id": part.freeze_id,
        "starts_on": charge.span.starts_on,
        "ends_on": charge.span.ends_on,
        "is_correction": part.is_correction,
        "contribution_id": charge.contribution_id,
        "minutes": charge.minutes,
        "by_contribution": charge.by_contribution,
        "by_rate": charge.by_rate,
        "by_cost": charge.by_cost,
        "pence": charge.pence,
        "bound": charge.bound.value,
    }
