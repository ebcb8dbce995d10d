"""Commands for charge runs."""

from datetime import datetime

import click

from careplan.cli.settings import application, fail, settings_of_command


@click.group()
def charge() -> None:
    """What people are charged."""


@charge.command()
@click.option("--starts-on", type=click.DateTime(["%Y-%m-%d"]), help="A Monday; default: that of the last whole week.")
def run(starts_on: datetime | None) -> None:
    """Draws up the charges of a Monday week from the visits as they stand now; an earlier draft is replaced."""
    from careplan.access.domain.actor import SYSTEM
    from careplan.db import db
    from careplan.db.scope import see_everything
    from careplan.kernel.clock import local_date, utc_now
    from careplan.kernel.errors import DomainError
    from careplan.kernel.words import money
    from careplan.payments.domain.calendar import last_week, week_from
    from careplan.payments.queries import charges
    from careplan.payments.service.charging import draw_up_charge_run

    now = utc_now()
    with application(settings_of_command()):
        see_everything(db.session, as_="charge run")
        try:
            week = week_from(starts_on.date()) if starts_on else last_week(local_date(now))
            run_id = draw_up_charge_run(week=week, actor=SYSTEM, now=now)
        except DomainError as refused:
            fail(refused.message)
        sums = charges.sums_of(run_ids=[run_id]).get(run_id)
        db.session.commit()
    said = f"{sums.people} people, {money(sums.pence)}" if sums else "nobody is charged"
    click.echo(f"Run {run_id}: week from {week.starts_on}, {said}. It is a draft: send it at /charges.")
