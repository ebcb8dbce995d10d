"""Drawing pay runs up, holding lines, releasing runs, and working an old run out anew."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import text

from careplan.access.domain.actor import Actor
from careplan.db import db
from careplan.kernel.clock import local_date
from careplan.kernel.errors import Conflict, Invalid, NotFound, Problem, invalid
from careplan.kernel.holidays import bank_holidays
from careplan.kernel.ids import new_id
from careplan.kernel.words import short_day
from careplan.payments.domain.calendar import Span
from careplan.payments.domain.corrections import differences
from careplan.payments.domain.lines import Levels, Line, pay_lines
from careplan.payments.domain.pay_model import COMPONENTS, RateName
from careplan.payments.domain.run import PayRun, RunState, StepKind
from careplan.payments.domain.settled import SettledVisit
from careplan.payments.domain.terms import Contract, RateMissing
from careplan.payments.models import PayLineRow, PayLineVisitRow, PayRunRow, PayStepRow
from careplan.payments.queries import contracts as contract_queries
from careplan.payments.queries import facts, runs
from careplan.payments.service.comparing import compare_models
from careplan.payments.service.freezing import freeze
from careplan.payments.service.keeping import insert_many

# Any number, so long as it stands for pay runs alone.
PAY_RUNS = text("SELECT pg_advisory_xact_lock(7401)")
# A year of pay periods: what changes later than that is for people to settle.
PERIODS_CORRECTED = 13


class NotYetOver(Conflict):
    """The period still goes on."""

    code = "not_yet_over"


class AlreadyPaid(Conflict):
    """The period was released: what has changed since comes with the next run."""

    code = "already_paid"


class AlreadyReleased(Conflict):
    """The run was released."""

    code = "already_released"


class CannotBePriced(Invalid):
    """Contracts lack rates; each problem names the contract, the rate and the day."""

    code = "cannot_be_priced"


@dataclass(frozen=True, slots=True)
class _Part:
    """Lines about one period that rest on one freeze."""

    span: Span
    freeze_id: UUID
    lines: Sequence[Line]
    is_correction: bool


def draw_up_pay_run(*, span: Span, actor: Actor, now: datetime) -> UUID:
    """A draft of what is owed for a period, with corrections of those already paid. It takes an earlier draft's place.

    Raises NotYetOver, AlreadyPaid, CannotBePriced (nothing is kept then).
    """
    db.session.execute(PAY_RUNS)
    check_can_be_drawn_up(span=span, now=now)
    _replace_drafts(span, actor, now)
    contracts = contract_queries.list_parts(as_of=now)
    levels = contract_queries.list_levels(as_of=now)
    visits = facts.gather(span=span, as_of=now, contracts=contracts)
    lines = price(contracts, visits, span=span, levels=levels)
    parts = [_Part(span, freeze(span=span, visits=visits, actor=actor, now=now), lines, is_correction=False)]
    compare_models(freeze_id=parts[0].freeze_id, contracts=contracts, visits=visits, span=span, levels=levels)
    for earlier in runs.list_released_spans(before=span.starts_on, limit=PERIODS_CORRECTED):
        parts += _corrections(earlier, contracts, levels, actor, now)
    return _keep(span, parts, contracts, actor, now)


def check_can_be_drawn_up(*, span: Span, now: datetime) -> None:
    """Raises NotYetOver, AlreadyPaid, or CannotBePriced with every rate that has not begun when it is first needed."""
    if local_date(now) <= span.ends_on:
        raise NotYetOver(f"The period goes on until {short_day(span.ends_on)}. Draw it up on a later day.")
    if any(run.state is RunState.RELEASED for run in runs.list_runs_of(span=span)):
        raise AlreadyPaid("This period was released. What has changed since comes with the next period's run.")
    problems = []
    for contract in contract_queries.list_parts(as_of=now):
        problems += _missing_rates(contract, span)
    _refuse(problems)


def _missing_rates(contract: Contract, span: Span) -> list[Problem]:
    """What a contract lacks on the first of these days on which it holds."""
    first = max(span.starts_on, contract.starts_on)
    if not (span.holds(first) and contract.holds_on(first)):
        return []
    names = {r for c in COMPONENTS[contract.model] for r in c.rates} or {RateName.BLOCK}
    found = []
    for name in sorted(names):
        try:
            contract.rate_on(name, first)
        except RateMissing as missing:
            found.append(Problem(f"{contract.reference}.{name.value}", missing.message))
    return found


def _refuse(problems: Sequence[Problem]) -> None:
    if problems:
        raise CannotBePriced(" ".join(p.message for p in problems), problems=tuple(problems))


def price(
    contracts: Iterable[Contract], visits: Sequence[SettledVisit], *, span: Span, levels: dict[UUID, Levels]
) -> list[Line]:
    """The lines of every contract over its provider's visits.  Raises CannotBePriced naming every rate that lacks."""
    by_provider: dict[UUID, list[SettledVisit]] = {}
    for visit in visits:
        by_provider.setdefault(visit.provider_id, []).append(visit)
    found: list[Line] = []
    problems = []
    for contract in contracts:
        own = by_provider.get(contract.provider_id, [])
        try:
            found += pay_lines(contract, own, span=span, holidays=bank_holidays(), levels=levels.get(contract.id))
        except RateMissing as missing:
            problems.append(Problem(f"{contract.reference}.{missing.facts['rate']}", missing.message))
    _refuse(problems)
    return found


def hold_line(*, line_id: UUID, reason: str, actor: Actor, now: datetime) -> None:
    """Keeps a line back until it is let go.  Raises Invalid, NotFound, AlreadyReleased."""
    if not reason.strip():
        raise invalid("reason", "Say why this line is held back. The provider reads it.")
    line = runs.get_line(line_id=line_id)
    if runs.get_run(run_id=line.run_id).state is not RunState.DRAFT:
        raise AlreadyReleased("This run was released. What has changed since comes with the next run.")
    _step(line.run_id, StepKind.HELD, actor, now, line_id=line_id, reason=reason.strip())


def let_line_go(*, line_id: UUID, actor: Actor, now: datetime) -> None:
    """Pays a line that was held back: with its run, or by itself once that was released.  Raises NotFound, Conflict."""
    line = runs.get_line(line_id=line_id)
    if line.hold is None:
        raise Conflict("This line is not held back.")
    _step(line.run_id, StepKind.LET_GO, actor, now, line_id=line_id)


def release_run(*, run_id: UUID, actor: Actor, now: datetime) -> PayRun:
    """Pays every line of a draft that is not held back.  Raises AlreadyReleased, NotFound."""
    db.session.execute(PAY_RUNS)
    run = runs.get_run(run_id=run_id)
    if run.state is RunState.RELEASED:
        raise AlreadyReleased("This run was released already.")
    if run.state is RunState.REPLACED:
        raise NotFound("A later draft has taken this one's place.")
    _step(run_id, StepKind.RELEASED, actor, now)
    return runs.get_run(run_id=run_id)


def work_out_anew(*, run_id: UUID) -> list[Line]:
    """A run's lines by the same rules from the facts, contracts and rates as they stood when it was drawn up."""
    run = runs.get_run(run_id=run_id)
    contracts = contract_queries.list_parts(as_of=run.drawn_up_at)
    levels = contract_queries.list_levels(as_of=run.drawn_up_at)
    found: list[Line] = []
    for span, freeze_id, is_correction in sorted(
        {(k.span, k.freeze_id, k.is_correction) for k in runs.list_whole_lines(run_id=run_id)},
        key=lambda part: (part[2], part[0].starts_on),
    ):
        visits = facts.list_frozen(freeze_id=freeze_id)
        lines = price(contracts, visits, span=span, levels=levels)
        if is_correction:
            lines = differences(paid=runs.list_paid_lines(span=span, before=run.drawn_up_at), now=lines)
        found += lines
    return found


def find_departures(*, run_id: UUID) -> list[Line]:
    """What working a run out anew gives otherwise than it was kept: nothing, unless somebody has altered it."""
    return differences(paid=(k.line for k in runs.list_whole_lines(run_id=run_id)), now=work_out_anew(run_id=run_id))


def _replace_drafts(span: Span, actor: Actor, now: datetime) -> None:
    for run in runs.list_runs_of(span=span):
        if run.state is RunState.DRAFT:
            _step(run.id, StepKind.REPLACED, actor, now)


def _corrections(
    span: Span, contracts: Sequence[Contract], levels: dict[UUID, Levels], actor: Actor, now: datetime
) -> list[_Part]:
    """What a period that was paid is worth otherwise by now; its visits are frozen anew only where something is."""
    visits = facts.gather(span=span, as_of=now, contracts=contracts)
    changed = differences(
        paid=runs.list_paid_lines(span=span, before=now), now=price(contracts, visits, span=span, levels=levels)
    )
    if not changed:
        return []
    return [_Part(span, freeze(span=span, visits=visits, actor=actor, now=now), changed, is_correction=True)]


def _keep(span: Span, parts: Sequence[_Part], contracts: Iterable[Contract], actor: Actor, now: datetime) -> UUID:
    run_id = new_id()
    row = PayRunRow(
        id=run_id, freeze_id=parts[0].freeze_id, starts_on=span.starts_on, ends_on=span.ends_on, drawn_up_at=now,
        drawn_up_by=actor.account_id,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    providers = {c.id: c.provider_id for c in contracts}
    kept = [(part, line, new_id()) for part in parts for line in part.lines]
    insert_many(PayLineRow, [_line(run_id, part, line, line_id, providers) for part, line, line_id in kept])
    beneath = [
        {"line_id": line_id, "visit_id": visit_id, "minutes": minutes}
        for _, line, line_id in kept
        for visit_id, minutes in line.visits
    ]
    insert_many(PayLineVisitRow, beneath)
    return run_id


def _line(run_id: UUID, part: _Part, line: Line, line_id: UUID, providers: dict[UUID, UUID]) -> dict[str, object]:
    return {
        "id": line_id,
        "run_id": run_id,
        "contract_id": line.key.contract_id,
        "provider_id": providers[line.key.contract_id],
        "person_id": line.key.person_id,
        "freeze_id": part.freeze_id,
        "starts_on": part.span.starts_on,
        "ends_on": part.span.ends_on,
        "is_correction": part.is_correction,
        "counts": line.key.counts.value if line.key.counts else None,
        "rate": line.key.rate,
        "minutes": line.minutes,
        "pence": line.pence,
        "recharged": sum(r.pence for r in line.recharges),
        "recharges": [[r.funder.value, r.minutes, r.pence] for r in line.recharges],
    }



def _step(
    run_id: UUID, kind: StepKind, actor: Actor, now: datetime, *, line_id: UUID | None = None, reason: str | None = None
) -> None:
    db.session.add(
        PayStepRow(
            id=new_id(), run_id=run_id, line_id=line_id, kind=kind.value, reason=reason, at=now, by=actor.account_id
        )
    )
    db.session.flush()
