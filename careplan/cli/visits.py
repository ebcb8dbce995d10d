"""Commands for visits."""

import csv
from collections.abc import Sequence
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import click

from careplan.cli.settings import application, fail, settings_of_command

if TYPE_CHECKING:
    from careplan.visits.domain.importing import Fault
    from careplan.visits.service import Importer


@click.group()
def visits() -> None:
    """Visits."""


@visits.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would come of it, and keep nothing.")
@click.option("--provider", help="The provider's ODS code, where the file has no column of that name.")
def import_(file: Path, dry_run: bool, provider: str | None) -> None:
    """Brings visits in from another monitoring system. Good rows land; what is wrong with the others is written beside
    the file, row by row. The same file again changes nothing. Exits 1 where any row was not taken.
    """
    from careplan.db import db
    from careplan.db.scope import see_everything
    from careplan.kernel.clock import utc_now
    from careplan.kernel.errors import DomainError
    from careplan.visits.domain.importing import read_file
    from careplan.visits.service import File, import_visits, try_import

    with application(settings_of_command()):
        see_everything(db.session, as_="visits import")
        try:
            text = read_file(file.read_bytes())
            sent, importer, now = File(file.name, text), _importer(text, provider), utc_now()
            if dry_run:
                report = try_import(file=sent, importer=importer, now=now)
            else:
                report, _ = import_visits(file=sent, importer=importer, now=now)
            db.session.commit()
        except DomainError as refused:
            fail(refused.message, code=2)
    again = " It was brought in before: nothing has changed." if report.again else ""
    click.echo(
        f"File {report.reference}: {report.good} rows taken, {report.known} were there before, "
        f"{report.bad} not taken.{again}"
    )
    if report.faults:
        _tell_faults(file, report.faults)


def _importer(text: str, ods_code: str | None) -> "Importer":
    """For whom the file is: the provider of the option, else that of its column; one file is of one provider."""
    from careplan.access.domain.actor import SYSTEM
    from careplan.organisations.queries import find_by_ods_code
    from careplan.visits.domain.importing import PROVIDER
    from careplan.visits.service import Importer

    lines = csv.DictReader(StringIO(text, newline=""))
    named = {str(line.get(PROVIDER) or "").strip().upper() for line in lines} - {""}
    codes = [ods_code.upper()] if ods_code else sorted(named)
    if len(codes) != 1:
        fail("Say whose visits these are: --provider and an ODS code, or one code in a column named provider.", code=2)
    found = find_by_ods_code(ods_code=codes[0])
    if found is None:
        fail(f"No organisation has the ODS code {codes[0]}.", code=2)
    return Importer(found.id, found.ods_code, SYSTEM)


def _tell_faults(file: Path, faults: "Sequence[Fault]") -> None:
    beside = file.with_name(f"{file.name}.errors.csv")
    with beside.open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out)
        writer.writerow(("row", "column", "value", "reason"))
        writer.writerows((f.row, f.column, f.value, f.message) for f in faults)
    for fault in faults:
        click.echo(fault.words, err=True)
    fail(f"{len({f.row for f in faults})} rows were not taken. What is wrong stands in {beside}.")
