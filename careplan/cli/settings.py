"""Where a command finds its settings and its application: the environment, or the demo that runs in this folder."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import NoReturn

import click

from careplan.config import BadSettings, Settings, load_settings
from careplan.demo.place import Place, read_running

NO_DEMO = 3


def settings_of_command() -> Settings:
    """The settings of this command; ends it with the reason where they are wrong or where no demo runs."""
    environ = dict(os.environ)
    if environ.get("CAREPLAN_ENV", "demo") == "demo" and not environ.get("CAREPLAN_DATABASE_URL"):
        environ = {**environment_of_running_demo(), **environ}
    try:
        return load_settings(environ)
    except BadSettings as bad:
        fail(str(bad), code=2)


def owner_settings_of_command() -> Settings:
    """The same, with the database reached as the owner of the tables, for what only the owner may do."""
    settings = settings_of_command()
    if settings.owner_database_url is None:
        fail("CAREPLAN_OWNER_DATABASE_URL is missing: postgresql://owner:password@host/database.", code=2)
    return replace(settings, database_url=settings.owner_database_url)


def environment_of_running_demo() -> dict[str, str]:
    """What the demo in this folder told its own processes; ends the command where none runs."""
    running = read_running(Place.here())
    if running is None:
        fail("No demo is running in this folder. Start one with `make demo`, then run this again.", code=NO_DEMO)
    return running.environment


@contextmanager
def application(settings: Settings) -> Iterator[None]:
    """The application's context, for commands that reach the database through the slices."""
    from careplan.app import create_app
    from careplan.db import db

    app = create_app(settings)
    with app.app_context():
        try:
            yield
        finally:
            db.session.remove()
            db.engine.dispose()


def fail(message: str, *, code: int = 1) -> NoReturn:
    """Ends the command: a sentence on stderr, and the code."""
    click.echo(message, err=True)
    raise SystemExit(code)
