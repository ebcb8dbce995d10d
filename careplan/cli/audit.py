"""Commands for the trail of what was read and written."""

import os
from pathlib import Path

import click

from careplan.cli.settings import application, fail, settings_of_command
from careplan.config import Settings
from careplan.kernel.clock import utc_now
from careplan.kernel.errors import DomainError


@click.group()
def audit() -> None:
    """The trail of what was read and written."""


@audit.command()
@click.option("--to", "folder", type=click.Path(path_type=Path), help="Where anchors are kept, outside the database.")
def anchor(folder: Path | None) -> None:
    """Writes how far every chain has come to a sealed file outside the database; run it hourly."""
    from careplan.access import trail

    settings = settings_of_command()
    with application(settings):
        written = trail.write_anchor(folder=folder or _folder(settings), key=_key(settings), now=utc_now())
    click.echo(f"Anchored in {written}.")


@audit.command()
@click.option("--anchors", type=click.Path(path_type=Path), help="The folder of anchors; the usual one when left out.")
def verify(anchors: Path | None) -> None:
    """Recomputes every chain and holds it against the anchors; exits 1 naming the first broken link."""
    from careplan.access import trail

    settings = settings_of_command()
    folder = anchors or _folder(settings)
    with application(settings):
        try:
            heads = trail.read_anchors(folder=folder, key=_key(settings)) if folder.is_dir() else []
        except DomainError as refused:
            fail(refused.message)
        counted, broken = trail.verify(heads)
    if broken is not None:
        fail(f"Broken: stream {broken.stream_id}, event {broken.seq}: {broken.what}.")
    click.echo(f"{counted} events verified against {len(heads)} anchored heads. Every chain holds.")


def _folder(settings: Settings) -> Path:
    return Path(os.environ.get("CAREPLAN_ANCHORS") or settings.var / "anchors")


def _key(settings: Settings) -> str:
    if not settings.anchor_key:
        fail("CAREPLAN_ANCHOR_KEY is missing: a secret that the database does not know.", code=2)
    return settings.anchor_key
