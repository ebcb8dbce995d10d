"""One act at a time on one transfer."""

from uuid import UUID

from sqlalchemy import select

from careplan.db import db
from careplan.kernel.errors import Conflict, NotFound
from careplan.transfers.models import TransferRow


class GivenUp(Conflict):
    """The transfer was given up."""

    code = "given_up"


def locked_transfer(*, person_id: UUID, transfer_id: UUID) -> TransferRow:
    """The row of a transfer that goes on, held until the transaction ends.  Raises NotFound, GivenUp."""
    row = db.session.scalar(
        select(TransferRow)
        .where(TransferRow.id == transfer_id, TransferRow.person_id == person_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if row is None:
        raise NotFound("There is no such transfer.")
    if row.withdrawn_at is not None:
        raise GivenUp("This transfer was given up. Begin another.")
    return row
