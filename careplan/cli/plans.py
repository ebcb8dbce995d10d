"""Commands for plans."""

import click

from careplan.cli.settings import application, fail, settings_of_command


@click.group()
def plans() -> None:
    """Support plans."""


@plans.command()
def check() -> None:
    """Holds every version that was sent round against its hash and its signatures; exits 1 naming the broken."""
    from careplan.db import db
    from careplan.db.scope import see_everything
    from careplan.plans.keeping import check_all

    counted = broken = 0
    with application(settings_of_command()):
        see_everything(db.session, as_="plans check")
        for kept, breaks in check_all():
            counted += 1
            broken += bool(breaks)
            for found in breaks:
                click.echo(f"Plan {kept.plan_id}, version {kept.number}: {found.words}", err=True)
    if broken:
        fail(f"{broken} of {counted} versions are not what was sent round.")
    click.echo(f"All {counted} versions are as they were sent round.")
