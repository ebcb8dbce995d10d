"""Commands for periods of hours."""

import click

from careplan.cli.settings import application, owner_settings_of_command, settings_of_command
from careplan.config import Settings
from careplan.kernel.clock import utc_now


@click.group()
def periods() -> None:
    """Periods of four weeks."""


@periods.command()
def close() -> None:
    """Closes every period that ended more than a week ago and states it; stopped or run again, it goes on."""
    with application(_settings()):
        from careplan.db import db
        from careplan.db.scope import see_everything
        from careplan.fhir import projection
        from careplan.hours.service import close_due_periods
        from fhir_mappings.checking import check

        closed = 0
        while True:
            see_everything(db.session, as_="periods close")
            done = close_due_periods(now=utc_now())
            db.session.commit()
            if not done:
                break
            closed += done
        if closed:
            projection.project_marked(now=utc_now(), check=check)
    click.echo(f"{closed} banks closed.")


def _settings() -> Settings:
    """As the owner of the tables where the owner is known, which is faster; else as everybody."""
    settings = settings_of_command()
    return settings if settings.owner_database_url is None else owner_settings_of_command()
