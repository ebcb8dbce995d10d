"""Files that a provider brought in."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from careplan.db import db
from careplan.kernel.errors import NotFound
from careplan.visits.domain.importing import Fault
from careplan.visits.models import VisitImportRow

MOST = 20


@dataclass(frozen=True, slots=True)
class Report:
    """What came of a file: how many rows were taken, how many were there before, and what is wrong with the others.

    `id` is None for a dry run, which keeps nothing. `again`: the same file was taken before.
    """

    id: UUID | None
    reference: str
    file_name: str
    good: int
    known: int
    faults: tuple[Fault, ...]
    taken_at: datetime
    again: bool = False

    @property
    def bad(self) -> int:
        """How many rows were not taken."""
        return len({f.row for f in self.faults})


def find_import(*, provider_id: UUID, reference: str) -> Report | None:
    """What came of a file that was taken before."""
    row = db.session.scalar(
        select(VisitImportRow).where(VisitImportRow.provider_id == provider_id, VisitImportRow.reference == reference)
    )
    return as_report(row) if row else None


def get_import(*, import_id: UUID, provider_id: UUID) -> Report:
    """A provider's own file.  Raises NotFound."""
    row = db.session.get(VisitImportRow, import_id)
    if row is None or row.provider_id != provider_id:
        raise NotFound("There is no such file.")
    return as_report(row)


def list_imports(*, provider_id: UUID) -> list[Report]:
    """A provider's files, the latest first."""
    query = select(VisitImportRow).where(VisitImportRow.provider_id == provider_id)
    rows = db.session.scalars(query.order_by(VisitImportRow.taken_at.desc(), VisitImportRow.id).limit(MOST))
    return [as_report(r) for r in rows]


def as_report(row: VisitImportRow) -> Report:
    """A file's row as its report."""
    faults = tuple(Fault(**f) for f in row.problems)
    return Report(row.id, row.reference, row.file_name, row.good, row.known, faults, row.taken_at)
