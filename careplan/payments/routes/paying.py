"""Pay runs: drawing one up, looking at it, releasing it."""

from uuid import UUID

from flask import Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from careplan import jobs
from careplan.access import guard
from careplan.access.domain.actor import Role
from careplan.access.domain.policy import Action, Section
from careplan.db import db
from careplan.kernel.clock import local_date, utc_now
from careplan.kernel.errors import DomainError
from careplan.payments import tasks
from careplan.payments.domain.attempt import RunKind
from careplan.payments.domain.calendar import last_pay_period, pay_period_from
from careplan.payments.domain.run import RunState
from careplan.payments.queries import runs
from careplan.payments.queries.attempts import find_attempt, job_name
from careplan.payments.routes.blueprint import KINDS, blueprint, day_sent, firms, shown
from careplan.payments.service import paying
from careplan.web import page
from careplan.web.spreadsheet import csv_answer

HEAD = (
    "period_starts", "period_ends", "provider", "contract", "person", "name", "what", "rate_pence", "minutes", "pence",
    "recharged_pence", "correction", "held",
)  # fmt: skip

RECHARGE_HEAD = (
    "line", "period_starts", "period_ends", "provider", "person", "name", "what", "funder", "rate_pence", "minutes",
    "pence",
)  # fmt: skip


@blueprint.get("/pay")
@guard.role(Section.PAYMENTS, Action.READ)
def list_pay_runs() -> str:
    """What is to be drawn up, and the runs there are."""
    span = last_pay_period(local_date(utc_now()))
    found = runs.list_runs()
    drawn_up = next((r for r in found if r.span == span), None)
    return page(
        "payments/runs.html",
        span=span,
        drawn_up=drawn_up,
        attempt=find_attempt(
            kind=RunKind.PAY, starts_on=span.starts_on, drawn_up_at=drawn_up.drawn_up_at if drawn_up else None
        ),
        runs=found,
        sums=runs.sums_of_runs(run_ids=[r.id for r in found]),
        kinds=KINDS,
        may_write=_may_write(),
    )


@blueprint.post("/pay")
@guard.role(Section.PAYMENTS, Action.WRITE)
def draw_up() -> ResponseReturnValue:
    """Has a period's run drawn up by the worker: a whole council's visits take a while."""
    now = utc_now()
    try:
        span = pay_period_from(day_sent())
        paying.check_can_be_drawn_up(span=span, now=now)
    except DomainError as refused:
        flash(refused.message, "error")
    else:
        jobs.enqueue(
            tasks.draw_up_pay_run,
            db.session,
            once_as=job_name(RunKind.PAY, span.starts_on),
            starts_on=span.starts_on.isoformat(),
            account_id=str(guard.actor().account_id),
        )
        flash("The run is being drawn up. It shows here in a moment: load this page again.")
    return redirect(url_for("payments.list_pay_runs"), 303)


@blueprint.get("/pay/<uuid:pay_run_id>")
@guard.role(Section.PAYMENTS, Action.READ)
def show_pay_run(pay_run_id: UUID) -> ResponseReturnValue:
    """A run: what it comes to by provider, and its lines."""
    run = runs.get_run(run_id=pay_run_id)
    after = request.args.get("after", type=UUID)
    provider_id = request.args.get("provider", type=UUID)
    lines = runs.list_lines(run_id=pay_run_id, provider_id=provider_id, after=after, limit=runs.PAGE + 1)
    sums = runs.sums_by_provider(run_id=pay_run_id)
    return page(
        "payments/run.html",
        run=run,
        sums=sums,
        firms=firms(sums),
        provider_id=provider_id,
        lines=shown(lines[: runs.PAGE]),
        following=lines[runs.PAGE - 1].id if len(lines) > runs.PAGE else None,
        kinds=KINDS,
        may_write=_may_write() and run.state is RunState.DRAFT,
    )


@blueprint.get("/pay/<uuid:pay_run_id>/lines.csv")
@guard.role(Section.PAYMENTS, Action.READ)
def download_pay_run(pay_run_id: UUID) -> Response:
    """Every line for other programs."""
    return lines_csv(pay_run_id, provider_id=None)


@blueprint.get("/pay/<uuid:pay_run_id>/recharges.csv")
@guard.role(Section.PAYMENTS, Action.READ)
def download_recharges(pay_run_id: UUID) -> Response:
    """What the NHS pays back, line by line, for the trust's invoice."""
    run = runs.get_run(run_id=pay_run_id)
    lines = shown(runs.list_lines(run_id=pay_run_id))
    names = firms(s.kept.provider_id for s in lines)
    rows = (
        (
            s.kept.id, s.kept.span.starts_on, s.kept.span.ends_on, names[s.kept.provider_id], s.reference, s.who,
            s.what, r.funder.value, s.kept.line.key.rate, r.minutes, r.pence,
        )
        for s in lines
        for r in s.kept.line.recharges
    )  # fmt: skip
    return csv_answer(name=f"recharges-{run.span.starts_on}", head=RECHARGE_HEAD, rows=rows)


@blueprint.post("/pay/<uuid:pay_run_id>/release")
@guard.role(Section.PAYMENTS, Action.WRITE)
def release_pay_run(pay_run_id: UUID) -> ResponseReturnValue:
    """Pays everything that is not held back."""
    try:
        paying.release_run(run_id=pay_run_id, actor=guard.actor(), now=utc_now())
    except DomainError as refused:
        if refused.status == 404:
            raise
        flash(refused.message, "error")
    else:
        flash("Released. Lines held back wait until you let them go.")
    return redirect(url_for("payments.show_pay_run", pay_run_id=pay_run_id), 303)


def lines_csv(run_id: UUID, *, provider_id: UUID | None) -> Response:
    """A run's lines, of one provider or of all."""
    run = runs.get_run(run_id=run_id)
    lines = shown(runs.list_lines(run_id=run_id, provider_id=provider_id))
    names = firms(s.kept.provider_id for s in lines)
    rows = (
        (
            s.kept.span.starts_on, s.kept.span.ends_on, names[s.kept.provider_id], s.kept.line.key.contract_id,
            s.reference, s.who, s.what, s.kept.line.key.rate, s.kept.line.minutes, s.kept.line.pence,
            sum(r.pence for r in s.kept.line.recharges), "yes" if s.kept.is_correction else "no",
            s.kept.hold.reason if s.kept.hold else "",
        )
        for s in lines
    )  # fmt: skip
    return csv_answer(name=f"pay-run-{run.span.starts_on}", head=HEAD, rows=rows)


def _may_write() -> bool:
    return guard.actor().role is Role.FINANCE_OFFICER
