"""The demo: starting it, and what scripts ask of it while it runs."""

import json

import click

from careplan.cli.settings import (
    application,
    environment_of_running_demo,
    fail,
    owner_settings_of_command,
    settings_of_command,
)
from careplan.kernel.clock import utc_now


@click.group(invoke_without_command=True)
@click.pass_context
def demo(context: click.Context) -> None:
    """Starts the demo and keeps it until Ctrl-C; its commands speak to one that runs in this folder."""
    if context.invoked_subcommand is None:
        from careplan.demo.supervisor import run

        raise SystemExit(run())


@demo.command()
def reset() -> None:
    """Empties the demo: everything that was done in it is gone."""
    from careplan.demo.supervisor import empty

    raise SystemExit(empty())


@demo.command()
@click.argument("persona")
def session(persona: str) -> None:
    """Signs a persona in over HTTP and prints the cookie as name=value."""
    from careplan.demo.signing_in import CannotSignIn, cookie_of

    environment = environment_of_running_demo()
    try:
        click.echo(cookie_of(persona, address=environment["CAREPLAN_PUBLIC_URL"]))
    except CannotSignIn as why:
        fail(str(why))


@demo.command()
def ids() -> None:
    """Prints the ids of the demo's people, plans, visits and groups, and its organisations, as JSON."""
    from careplan.db import db
    from careplan.db.scope import see_everything
    from careplan.demo import council

    with application(settings_of_command()):
        see_everything(db.session, as_="demo")
        click.echo(json.dumps(council.ids(now=utc_now()), indent=2))


@demo.command(hidden=True)
def prepare() -> None:
    """What the supervisor runs before it serves: migrations, and the council if the database is empty."""
    from careplan.db import db, migrate
    from careplan.demo import council

    settings = owner_settings_of_command()
    migrate.upgrade(settings.database_url)
    with application(settings):
        if not council.is_built(now=utc_now()):
            click.echo("Writing the demo council …")
            council.build(now=utc_now())
            db.session.commit()
