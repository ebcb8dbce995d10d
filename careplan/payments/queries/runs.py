"""Pay runs and their lines as frozen values."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, func, select

from careplan.db import db
from careplan.kernel.errors import NotFound
from careplan.kernel.minutes import Minutes
from careplan.kernel.money import Pence
from careplan.payments import rows
from careplan.payments.domain.calendar import Span
from careplan.payments.domain.lines import Line
from careplan.payments.domain.run import KeptLine, PayRun, RunState, Step, StepKind, Sums, added, hold_of
from careplan.payments.models import PayLineRow, PayLineVisitRow, PayRunRow, PayStepRow

MOST_RUNS = 13
PAGE = 100


def get_run(*, run_id: UUID) -> PayRun:
    """One run.  Raises NotFound."""
    row = db.session.scalar(select(PayRunRow).where(PayRunRow.id == run_id))
    if row is None:
        raise NotFound("There is no such pay run.")
    return _runs([row])[0]


def list_runs(*, limit: int = MOST_RUNS) -> list[PayRun]:
    """The latest runs first, those that were drawn up anew left out."""
    query = select(PayRunRow).order_by(PayRunRow.starts_on.desc(), PayRunRow.drawn_up_at.desc()).limit(limit)
    return [r for r in _runs(db.session.scalars(query).all()) if r.state is not RunState.REPLACED]


def list_runs_of(*, span: Span) -> list[PayRun]:
    """The runs of a period, in the order in which they were drawn up."""
    query = select(PayRunRow).where(PayRunRow.starts_on == span.starts_on).order_by(PayRunRow.drawn_up_at)
    return _runs(db.session.scalars(query).all())


def list_released_spans(*, before: date, limit: int) -> list[Span]:
    """The periods already paid that begin before a day, the latest first."""
    query = (
        select(PayRunRow.starts_on, PayRunRow.ends_on)
        .join(PayStepRow, PayStepRow.run_id == PayRunRow.id)
        .where(PayStepRow.kind == StepKind.RELEASED.value, PayRunRow.starts_on < before)
        .distinct()
        .order_by(PayRunRow.starts_on.desc())
        .limit(limit)
    )
    return [Span(row.starts_on, row.ends_on) for row in db.session.execute(query)]


def list_paid_lines(*, span: Span, before: datetime) -> list[Line]:
    """Every line about a period in runs released, of those drawn up before an instant: with all their visits."""
    released = select(PayStepRow.run_id).where(PayStepRow.kind == StepKind.RELEASED.value)
    found = db.session.scalars(
        select(PayLineRow)
        .join(PayRunRow, PayRunRow.id == PayLineRow.run_id)
        .where(
            PayLineRow.starts_on == span.starts_on,
            PayLineRow.run_id.in_(released),
            PayRunRow.drawn_up_at < before,
        )
    ).all()
    visits = _visits(select(PayLineRow.id).where(PayLineRow.starts_on == span.starts_on))
    return [rows.line(r, visits[r.id]) for r in found]


def list_lines(
    *, run_id: UUID, provider_id: UUID | None = None, after: UUID | None = None, limit: int | None = None
) -> list[KeptLine]:
    """A run's lines in the order of their ids, corrections among them; without the visits beneath."""
    query = select(PayLineRow).where(PayLineRow.run_id == run_id).order_by(PayLineRow.id)
    if provider_id is not None:
        query = query.where(PayLineRow.provider_id == provider_id)
    if after is not None:
        query = query.where(PayLineRow.id > after)
    if limit is not None:
        query = query.limit(limit)
    steps = _steps([run_id])[run_id]
    return [_kept(r, steps) for r in db.session.scalars(query)]


def get_line(*, line_id: UUID) -> KeptLine:
    """A line with the visits beneath it, as far as the transaction's actor may see.  Raises NotFound."""
    row = db.session.scalar(select(PayLineRow).where(PayLineRow.id == line_id))
    if row is None:
        raise NotFound("There is no such line.")
    visits = _visits(select(PayLineRow.id).where(PayLineRow.id == line_id))
    return _kept(row, _steps([row.run_id])[row.run_id], visits[line_id])


def list_whole_lines(*, run_id: UUID) -> list[KeptLine]:
    """A run's lines with the visits beneath them."""
    visits = _visits(select(PayLineRow.id).where(PayLineRow.run_id == run_id))
    found = db.session.scalars(select(PayLineRow).where(PayLineRow.run_id == run_id).order_by(PayLineRow.id))
    return [_kept(r, (), visits[r.id]) for r in found]


def sums_by_provider(*, run_id: UUID) -> dict[UUID, Sums]:
    """What a run comes to for each provider."""
    return {provider_id: sums for (_, provider_id), sums in _sums([run_id]).items()}


def sums_of_runs(*, run_ids: Iterable[UUID], provider_id: UUID | None = None) -> dict[UUID, Sums]:
    """What each of these runs comes to in all, or for one provider."""
    found: dict[UUID, list[Sums]] = {run_id: [] for run_id in run_ids}
    for (run_id, _), sums in _sums(found, provider_id=provider_id).items():
        found[run_id].append(sums)
    return {run_id: added(each) for run_id, each in found.items()}


def _sums(run_ids: Iterable[UUID], *, provider_id: UUID | None = None) -> dict[tuple[UUID, UUID], Sums]:
    """By run and provider; two statements however many runs they are."""
    known = list(run_ids)
    each = (
        select(
            PayLineRow.run_id,
            PayLineRow.provider_id,
            func.count(),
            func.sum(PayLineRow.pence),
            func.coalesce(func.sum(PayLineRow.pence).filter(PayLineRow.id.in_(_held_lines(known))), 0),
            func.sum(PayLineRow.recharged),
        )
        .where(PayLineRow.run_id.in_(known))
        .group_by(PayLineRow.run_id, PayLineRow.provider_id)
    )
    if provider_id is not None:
        each = each.where(PayLineRow.provider_id == provider_id)
    return {
        (run_id, provider): Sums(lines, Pence(pence), Pence(kept_back), Pence(recharged))
        for run_id, provider, lines, pence, kept_back, recharged in db.session.execute(each)
    }


def _held_lines(run_ids: Iterable[UUID]) -> list[UUID]:
    return [
        line_id
        for steps in _steps(run_ids).values()
        for line_id in {s.line_id for s in steps if s.line_id is not None}
        if hold_of(steps, line_id) is not None
    ]


def _runs(found: Iterable[PayRunRow]) -> list[PayRun]:
    known = list(found)
    steps = _steps([r.id for r in known])
    return [
        PayRun(r.id, r.freeze_id, Span(r.starts_on, r.ends_on), r.drawn_up_at, r.drawn_up_by, tuple(steps[r.id]))
        for r in known
    ]


def _steps(run_ids: Iterable[UUID]) -> dict[UUID, list[Step]]:
    found: dict[UUID, list[Step]] = defaultdict(list)
    query = select(PayStepRow).where(PayStepRow.run_id.in_(list(run_ids))).order_by(PayStepRow.at, PayStepRow.id)
    for row in db.session.scalars(query):
        found[row.run_id].append(Step(StepKind(row.kind), row.at, row.by, row.line_id, row.reason))
    return found


def _visits(line_ids: Select[UUID]) -> dict[UUID, list[tuple[UUID, Minutes]]]:
    found: dict[UUID, list[tuple[UUID, Minutes]]] = defaultdict(list)
    for row in db.session.scalars(select(PayLineVisitRow).where(PayLineVisitRow.line_id.in_(line_ids))):
        found[row.line_id].append((row.visit_id, Minutes(row.minutes)))
    return found


def _kept(row: PayLineRow, steps: Iterable[Step], visits: Iterable[tuple[UUID, Minutes]] = ()) -> KeptLine:
    return KeptLine(
        id=row.id,
        run_id=row.run_id,
        provider_id=row.provider_id,
        freeze_id=row.freeze_id,
        span=Span(row.starts_on, row.ends_on),
        is_correction=row.is_correction,
        line=rows.line(row, visits),
        hold=hold_of(steps, row.id),
    )
