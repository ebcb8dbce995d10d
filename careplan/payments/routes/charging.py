"""Charge runs for finance: a Monday week each, drawn up, looked at, sent; the invoice as PDF and every line as CSV."""

from uuid import UUID

from flask import Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from careplan import jobs
from careplan.access import guard
from careplan.access.domain.actor import Role
from careplan.access.domain.policy import Action, Section
from careplan.db import db
from careplan.kernel.clock import local_date, utc_now
from careplan.kernel.errors import DomainError, NotFound
from careplan.payments import tasks
from careplan.payments.domain.attempt import RunKind
from careplan.payments.domain.calendar import last_week, week_from
from careplan.payments.invoice import charge_paper
from careplan.payments.queries import charges, contributions, facts
from careplan.payments.queries.attempts import find_attempt, job_name
from careplan.payments.routes.blueprint import KINDS, blueprint, day_sent
from careplan.payments.service import charging
from careplan.web import page
from careplan.web.paper import Paper, Size, write_pdf
from careplan.web.spreadsheet import csv_answer

HEAD = (
    "week_starts", "from", "to", "reference", "name", "minutes", "by_contribution_pence", "by_rate_pence",
    "by_cost_pence", "charged_pence", "why", "correction",
)  # fmt: skip


@blueprint.get("/charges")
@guard.role(Section.CHARGES, Action.READ)
def list_charge_runs() -> str:
    """What is to be drawn up, and the weeks there are."""
    week, found = last_week(local_date(utc_now())), charges.list_runs()
    drawn_up = next((r for r in found if r.week == week), None)
    return page(
        "payments/charge_runs.html",
        week=week,
        drawn_up=drawn_up,
        attempt=find_attempt(
            kind=RunKind.CHARGE, starts_on=week.starts_on, drawn_up_at=drawn_up.drawn_up_at if drawn_up else None
        ),
        runs=found,
        sums=charges.sums_of(run_ids=[r.id for r in found]),
        kinds=KINDS,
        may_write=_may_write(),
    )


@blueprint.post("/charges")
@guard.role(Section.CHARGES, Action.WRITE)
def draw_up_charges() -> ResponseReturnValue:
    """Has a week's charges drawn up by the worker."""
    try:
        week = week_from(day_sent())
        charging.check_can_be_drawn_up(week=week, now=utc_now())
    except DomainError as refused:
        flash(refused.message, "error")
    else:
        jobs.enqueue(
            tasks.draw_up_charge_run,
            db.session,
            once_as=job_name(RunKind.CHARGE, week.starts_on),
            starts_on=week.starts_on.isoformat(),
            account_id=str(guard.actor().account_id),
        )
        flash("The charges are being drawn up. They show here in a moment: load this page again.")
    return redirect(url_for("payments.list_charge_runs"), 303)


@blueprint.get("/charges/<uuid:charge_run_id>")
@guard.role(Section.CHARGES, Action.READ)
def show_charge_run(charge_run_id: UUID) -> ResponseReturnValue:
    """A week's charges, person by person, each with what made it the least."""
    run = charges.get_run(run_id=charge_run_id)
    after = request.args.get("after", type=UUID)
    lines = charges.list_charges(run_id=run.id, after=after, limit=charges.PAGE + 1)
    people = {k.charge.person_id for k in lines[: charges.PAGE]}
    guard.show(people)
    return page(
        "payments/charge_run.html",
        run=run,
        sums=charges.sums_of(run_ids=[run.id]).get(run.id),
        lines=lines[: charges.PAGE],
        names=facts.list_names(person_ids=people),
        following=lines[charges.PAGE - 1].id if len(lines) > charges.PAGE else None,
        kinds=KINDS,
        may_write=_may_write() and run.state == "draft",
    )


@blueprint.post("/charges/<uuid:charge_run_id>/send")
@guard.role(Section.CHARGES, Action.WRITE)
def send_charge_run(charge_run_id: UUID) -> ResponseReturnValue:
    """Sends the week: people see it on their own page."""
    try:
        charging.send_run(run_id=charge_run_id, actor=guard.actor(), now=utc_now())
    except DomainError as refused:
        if refused.status == 404:
            raise
        flash(refused.message, "error")
    else:
        flash("Sent. Everyone charged sees it on their own page.")
    return redirect(url_for("payments.show_charge_run", charge_run_id=charge_run_id), 303)


@blueprint.get("/charges/<uuid:charge_run_id>/lines.csv")
@guard.role(Section.CHARGES, Action.READ)
def download_charge_run(charge_run_id: UUID) -> Response:
    """Every charge of the week for other programs."""
    run = charges.get_run(run_id=charge_run_id)
    lines = charges.list_charges(run_id=run.id)
    people = {k.charge.person_id for k in lines}
    guard.show(people)
    names = facts.list_names(person_ids=people)
    rows = (
        (
            run.week.starts_on, k.charge.span.starts_on, k.charge.span.ends_on, names[k.charge.person_id].reference,
            names[k.charge.person_id].name, k.charge.minutes, k.charge.by_contribution, k.charge.by_rate,
            k.charge.by_cost, k.charge.pence, k.charge.bound.value, "yes" if k.is_correction else "no",
        )
        for k in lines
    )  # fmt: skip
    return csv_answer(name=f"charges-{run.week.starts_on}", head=HEAD, rows=rows)


@blueprint.get("/charges/<uuid:charge_run_id>/<uuid:person_id>.pdf")
@guard.role(Section.CHARGES, Action.READ)
def print_charge(charge_run_id: UUID, person_id: UUID) -> Response:
    """One person's invoice for the week."""
    guard.show([person_id])
    return invoice_pdf(charge_run_id, person_id)


def invoice_pdf(run_id: UUID, person_id: UUID) -> Response:
    """A person's invoice, in large print: it goes to people at home.  Raises NotFound."""
    run = charges.get_run(run_id=run_id)
    own = charges.list_charges(run_id=run_id, person_id=person_id)
    if not own:
        raise NotFound("There is no such invoice.")
    visits = {
        v.id: v
        for k in own
        for v in facts.list_frozen_by_id(
            freeze_id=k.freeze_id, visit_ids=[c.visit_id for c in k.charge.visits]
        ).values()
    }
    paper: Paper = charge_paper(run, contributions.get_known(person_id=person_id), own, visits)
    answer = Response(write_pdf(paper, size=Size.LARGE), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="invoice-{run.week.starts_on}.pdf"'
    return answer


def _may_write() -> bool:
    return guard.actor().role is Role.FINANCE_OFFICER
