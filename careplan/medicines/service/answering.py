"""Answering what was told of a medicine."""

from datetime import datetime
from uuid import UUID

from careplan.access.domain.actor import Actor
from careplan.db import db
from careplan.kernel.errors import NotFound, invalid
from careplan.medicines.models import MedicineAlertRow

LONGEST = 500


def acknowledge_alert(*, alert_id: UUID, words: str, actor: Actor, now: datetime) -> MedicineAlertRow:
    """Somebody of the provider that was told says what they did. A second answer changes nothing.

    Raises NotFound for any other organisation, Invalid where nothing is said.
    """
    row = db.session.get(MedicineAlertRow, alert_id, with_for_update=True)
    if row is None or row.organisation_id != actor.organisation_id:
        raise NotFound("There is no such alert.")
    if row.acknowledged_at is None:
        said = words.strip()[:LONGEST]
        if not said:
            raise invalid("words", "Say what you did, such as whom you rang and what they said.")
        row.acknowledged_at, row.acknowledged_by, row.acknowledged_words = now, actor.account_id, said
        db.session.flush()
    return row
