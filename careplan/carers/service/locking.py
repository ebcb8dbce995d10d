"""Who writes in a carer's record holds it until the transaction ends."""

from uuid import UUID

from sqlalchemy import select

from careplan.carers import queries
from careplan.carers.domain.consent import check_held
from careplan.carers.models import CarerRow
from careplan.db import db
from careplan.kernel.errors import NotFound


def locked_carer(*, carer_id: UUID) -> CarerRow:
    """The carer's row.  Raises NotFound."""
    row = db.session.scalar(
        select(CarerRow).where(CarerRow.id == carer_id).with_for_update().execution_options(populate_existing=True)
    )
    if row is None:
        raise NotFound("There is no such carer.")
    return row


def open_carer(*, carer_id: UUID) -> CarerRow:
    """The carer's row, where they let the council hold their record.  Raises NotFound, Closed."""
    row = locked_carer(carer_id=carer_id)
    check_held(queries.get_standing(carer_id=carer_id))
    return row
