"""Tablets: known by the id that they send, and revoked when one is lost."""

from datetime import datetime
from typing import cast
from uuid import UUID

from sqlalchemy import Table, Uuid, bindparam
from sqlalchemy.dialects.postgresql import insert

from careplan.access.domain.actor import Actor
from careplan.db import db
from careplan.db.types import UtcInstant
from careplan.kernel.errors import NotFound
from careplan.visits.models import DeviceRow

_NOW, _WORKER = bindparam("now", type_=UtcInstant()), bindparam("worker", type_=Uuid())
_LAST = {"last_seen_at": _NOW, "last_worker_id": _WORKER}
_SEEN = (
    insert(cast(Table, DeviceRow.__table__))
    .values(id=bindparam("id"), organisation_id=bindparam("organisation_id"), first_seen_at=_NOW, **_LAST)
    .on_conflict_do_update(index_elements=["id"], set_=_LAST)
)


def see_device(*, device_id: UUID, actor: Actor, now: datetime) -> None:
    """Notes that a tablet has been heard of, and from whom last."""
    said = {"id": device_id, "organisation_id": actor.organisation_id, "now": now, "worker": actor.account_id}
    db.session.execute(_SEEN, said)


def revoke_device(*, device_id: UUID, actor: Actor, now: datetime) -> None:
    """A lost tablet: it may still send, and what it sends waits for the coordinator.  Raises NotFound."""
    row = db.session.get(DeviceRow, device_id, with_for_update=True)
    if row is None or row.organisation_id != actor.organisation_id:
        raise NotFound("There is no such tablet.")
    if row.revoked_at is None:
        row.revoked_at, row.revoked_by = now, actor.account_id
        db.session.flush()
