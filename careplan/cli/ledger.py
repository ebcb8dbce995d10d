"""Commands for the ledger of hours."""

import click

from careplan.cli.settings import application, fail, settings_of_command


@click.group()
def ledger() -> None:
    """The ledger of hours."""


@ledger.command()
def check() -> None:
    """Holds every balance against its entries and every visit against what paid for it; exits 1 naming each fault."""
    from careplan.db import db
    from careplan.db.scope import see_everything
    from careplan.hours.service import check_ledger

    with application(settings_of_command()):
        see_everything(db.session, as_="ledger check")
        faults = check_ledger()
    for fault in faults:
        click.echo(f"Bank {fault.bank_id}: {fault.rule}: {fault.detail}", err=True)
    if faults:
        fail(f"{len(faults)} faults found.")
    click.echo("Every minute is accounted for.")
