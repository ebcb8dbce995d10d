"""A council of any size, for trying out how the product bears it."""

import time

import click

from careplan.cli.settings import application, fail, owner_settings_of_command
from careplan.kernel.clock import utc_now


@click.command()
@click.option("--people", default=500, show_default=True, help="How many people have a plan.")
@click.option("--weeks", default=8, show_default=True, help="How many weeks of visits lie behind.")
@click.option("--seed", "start", default=1, show_default=True, help="The same number makes the same council.")
def seed(people: int, weeks: int, start: int) -> None:
    """Fills an empty database with people who do not exist, their plans, visits and hours."""
    from careplan.seeding.service import NotEmpty
    from careplan.seeding.service import seed as make
    from careplan.seeding.size import Size, TooMany

    settings = owner_settings_of_command()
    began = time.monotonic()
    try:
        size = Size(people, weeks, start)
        url = settings.database_url.replace("postgresql+psycopg://", "postgresql://", 1)
        visits = make(url=url, size=size, now=utc_now(), say=click.echo)
    except (NotEmpty, TooMany) as refused:
        fail(str(refused))
    with application(settings):
        closed = _close()
    click.echo(f"{visits:,} visits and {closed:,} closed banks in {time.monotonic() - began:.0f} seconds.")


def _close() -> int:
    """Closes what has ended, as the worker would have done week by week."""
    from careplan.db import db
    from careplan.db.scope import see_everything
    from careplan.hours.service import close_due_periods

    closed = 0
    while True:
        see_everything(db.session, as_="seed")
        done = close_due_periods(now=utc_now())
        db.session.commit()
        if not done:
            return closed
        closed += done
