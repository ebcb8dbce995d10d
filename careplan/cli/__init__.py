"""Commands. Each group is a module of its own, imported only when one of its commands is run."""

import importlib
import os

import click

COMMANDS = {
    "audit": "careplan.cli.audit:audit",
    "charge": "careplan.cli.charge:charge",
    "db": "careplan.cli.database:database",
    "demo": "careplan.cli.demo:demo",
    "fhir": "careplan.cli.fhir:fhir",
    "ledger": "careplan.cli.ledger:ledger",
    "pay": "careplan.cli.pay:pay",
    "periods": "careplan.cli.periods:periods",
    "plans": "careplan.cli.plans:plans",
    "seed": "careplan.cli.seed:seed",
    "serve": "careplan.cli.serve:serve",
    "visits": "careplan.cli.visits:visits",
    "worker": "careplan.cli.worker:worker",
}
DEMO_ONLY = frozenset({"demo"})


class LazyGroup(click.Group):
    """Knows its commands by name; a web process need not wait for the imports of every other command."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        hidden = frozenset() if os.environ.get("CAREPLAN_ENV", "demo") == "demo" else DEMO_ONLY
        return [name for name in COMMANDS if name not in hidden]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        module, name = COMMANDS[cmd_name].split(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command


@click.command(cls=LazyGroup)
def careplan() -> None:
    """Outcome-based care planning with a shared care record."""


def main() -> None:
    """Runs a command."""
    careplan(prog_name="careplan")
