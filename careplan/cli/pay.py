"""Commands for pay runs."""

from datetime import datetime
from uuid import UUID

import click

from careplan.cli.settings import application, fail, settings_of_command


@click.group()
def pay() -> None:
    """What providers are paid."""


@pay.command()
@click.option("--starts-on", type=click.DateTime(["%Y-%m-%d"]), help="First day of the pay period; default: the last.")
def run(starts_on: datetime | None) -> None:
    """Draws up the run of a pay period from the visits as they stand now; an earlier draft is replaced."""
    from careplan.access.domain.actor import SYSTEM
    from careplan.db import db
    from careplan.db.scope import see_everything
    from careplan.kernel.clock import local_date, utc_now
    from careplan.kernel.errors import DomainError
    from careplan.kernel.words import money
    from careplan.payments.domain.calendar import last_pay_period, pay_period_from
    from careplan.payments.queries import runs
    from careplan.payments.service.paying import draw_up_pay_run

    now = utc_now()
    with application(settings_of_command()):
        see_everything(db.session, as_="pay run")
        try:
            span = pay_period_from(starts_on.date()) if starts_on else last_pay_period(local_date(now))
            run_id = draw_up_pay_run(span=span, actor=SYSTEM, now=now)
        except DomainError as refused:
            fail(refused.message)
        sums = runs.sums_of_runs(run_ids=[run_id])[run_id]
        db.session.commit()
    click.echo(
        f"Run {run_id}: {span.starts_on} to {span.ends_on}, {sums.lines} lines, {money(sums.pence)}, "
        f"of which the NHS pays back {money(sums.recharged)}. It is a draft: release it at /pay."
    )


@pay.command()
@click.argument("run_id", type=click.UUID)
def check(run_id: UUID) -> None:
    """Works an old run out anew from the facts as they stood; exits 1 where a penny differs."""
    from careplan.db import db
    from careplan.db.scope import see_everything
    from careplan.kernel.errors import DomainError
    from careplan.kernel.words import money
    from careplan.payments.service.paying import find_departures

    with application(settings_of_command()):
        see_everything(db.session, as_="pay check")
        try:
            found = find_departures(run_id=run_id)
        except DomainError as refused:
            fail(refused.message)
    for line in found:
        click.echo(f"{line.key.counts or 'block'} at {line.key.rate}: {money(line.pence)} otherwise", err=True)
    if found:
        fail(f"{len(found)} lines are not what the facts give.")
    click.echo("Every line is what the facts gave, to the penny.")
