"""Commands for the shared record and the systems that read it."""

import json
from pathlib import Path
from uuid import UUID

import click

from careplan.cli.settings import application, fail, settings_of_command
from careplan.kernel.clock import utc_now
from careplan.kernel.errors import DomainError


@click.group()
def fhir() -> None:
    """The shared record, and the systems that read it."""


@fhir.command()
@click.option("--all", "everything", is_flag=True, help="Everybody anew, as after an upgrade; else those who changed.")
def project(everything: bool) -> None:
    """Brings the stored record up to now; exits 1 where somebody's could not be."""
    with application(settings_of_command()):
        from careplan.fhir import projection
        from fhir_mappings.checking import check

        if everything:
            projection.mark_all()
        run = projection.project_marked(now=utc_now(), check=check)
    click.echo(f"{run.people} people projected, {run.changed} resources changed.")
    if run.failed:
        fail("Not projected (the log says why): " + ", ".join(map(str, run.failed)))


@fhir.group()
def client() -> None:
    """The systems that may ask for tokens."""


@client.command()
@click.option("--id", "client_id", required=True, help="What the system calls itself.")
@click.option("--jwks", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--scope", required=True, help='Such as "system/*.rs".')
@click.option("--organisation", "ods_code", help="The trust's ODS code; the only trust when left out.")
@click.option("--name", help="How people know it; the trust's name when left out.")
def add(client_id: str, jwks: Path, scope: str, ods_code: str | None, name: str | None) -> None:
    """Lets a system ask for tokens; one already there has its keys, scope and organisation replaced."""
    with application(settings_of_command()):
        from careplan.db import db
        from careplan.fhir import clients

        organisation_id, organisation_name = _trust(ods_code)
        try:
            done = clients.register(
                client_id=client_id,
                name=name or organisation_name,
                organisation_id=organisation_id,
                jwks=_read(jwks),
                scope=scope,
                now=utc_now(),
            )
        except DomainError as refused:
            fail(refused.message)
        db.session.commit()
    click.echo(f"{client_id}: {done.value}, for {organisation_name}.")


@client.command()
@click.option("--id", "client_id", required=True)
def revoke(client_id: str) -> None:
    """Takes away a system's tokens, and its right to ask for more, at once."""
    with application(settings_of_command()):
        from careplan.db import db
        from careplan.fhir import clients

        try:
            clients.revoke(client_id=client_id, now=utc_now())
        except DomainError as refused:
            fail(refused.message)
        db.session.commit()
    click.echo(f"{client_id}: revoked.")


def _trust(ods_code: str | None) -> tuple[UUID, str]:
    from careplan.organisations import queries
    from careplan.organisations.domain.organisation import OrganisationKind

    if ods_code is not None:
        found = queries.find_by_ods_code(ods_code=ods_code.upper())
        if found is None:
            fail(f"No organisation has the ODS code {ods_code}.")
        return found.id, found.name
    trusts = queries.list_organisations(kind=OrganisationKind.NHS_TRUST)
    if len(trusts) != 1:
        fail(f"There are {len(trusts)} NHS trusts. Say which by --organisation with its ODS code.", code=2)
    return trusts[0].id, trusts[0].name


def _read(path: Path) -> object:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        fail(f"{path} is not JSON.")
