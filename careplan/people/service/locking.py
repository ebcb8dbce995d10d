"""One act at a time on one person's record."""

from uuid import UUID

from careplan.db import db
from careplan.kernel.errors import NotFound
from careplan.people.models import PersonRow


def locked_person(*, person_id: UUID) -> PersonRow:
    """The person's row, held until the transaction ends: who comes second decides by what the first did.

    Raises NotFound.
    """
    row = db.session.get(PersonRow, person_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFound("There is no such person.")
    return row


def hold_person(*, person_id: UUID) -> None:
    """Lets nobody else act on a person's record until the transaction ends.  Raises NotFound."""
    locked_person(person_id=person_id)
