"""Commands for the database's tables."""

import click

from careplan.cli.settings import owner_settings_of_command


@click.group("db")
def database() -> None:
    """The database's tables."""


@database.command()
def upgrade() -> None:
    """Brings the tables to where this program expects them, as their owner."""
    from careplan.db import migrate
    from careplan.db.head import EXPECTED_HEAD

    migrate.upgrade(owner_settings_of_command().database_url)
    click.echo(f"The tables are those of migration {EXPECTED_HEAD}.")
