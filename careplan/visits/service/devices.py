"""Tablets: known by the id that they send, and revoked when one is lost."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from careplan.access.domain.actor import Actor
from careplan.db import db
from careplan.kernel.errors import NotFound
from careplan.visits.models import DeviceRow


def see_device(*, device_id: UUID, actor: Actor, now: datetime) -> None:
    """Notes that a tablet has been heard of, and from whom last."""
    seen = {"last_seen_at": now, "last_worker_id": actor.account_id}
    db.session.execute(
        insert(DeviceRow)
        .values(id=device_id, organisation_id=actor.organisation_id, first_seen_at=now, **seen)
        .on_conflict_do_update(index_elements=["id"], set_=seen)
    )


def is_revoked(*, device_id: UUID | None) -> bool:
    """Whether what a tablet sends goes into quarantine."""
    if device_id is None:
        return False
    return db.session.scalar(select(DeviceRow.revoked_at).where(DeviceRow.id == device_id)) is not None


def revoke_device(*, device_id: UUID, actor: Actor, now: datetime) -> None:
    """A lost tablet: it may still send, and what it sends waits for the coordinator.  Raises NotFound."""
    row = db.session.get(DeviceRow, device_id, with_for_update=True)
    if row is None or row.organisation_id != actor.organisation_id:
        raise NotFound("There is no such tablet.")
    if row.revoked_at is None:
        row.revoked_at, row.revoked_by = now, actor.account_id
        db.session.flush()
