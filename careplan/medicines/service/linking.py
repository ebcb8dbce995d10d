"""Saying by which delegation a medicine is given that takes a technique."""

from datetime import datetime
from uuid import UUID

from careplan.access.domain.actor import Actor
from careplan.db import db
from careplan.delegation import queries as delegations
from careplan.kernel.errors import NotFound, invalid
from careplan.medicines.models import CoveredRow
from careplan.people import queries as people
from careplan.people.domain import known


def link_delegation(*, person_id: UUID, medicine_id: UUID, delegation_id: UUID, actor: Actor, now: datetime) -> None:
    """From now on, giving the medicine is a doing of the delegation.  Raises NotFound, Invalid."""
    standing = known.standing(people.list_medicines(person_id=person_id))
    if medicine_id not in {m.id for m in standing}:
        raise NotFound("There is no such medicine on this record.")
    found = delegations.find_delegation(delegation_id=delegation_id)
    if found is None or found.person_id != person_id:
        raise invalid("delegation", "Choose an activity that is delegated for this person.")
    db.session.add(
        CoveredRow(
            person_id=person_id, medicine_id=medicine_id, delegation_id=delegation_id, linked_at=now,
            linked_by=actor.account_id,
        )
    )  # fmt: skip
    db.session.flush()
