"""Advisory locks: one of a kind at a time, until the transaction ends. Records are locked first, then people."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import text

from careplan.db import db
from careplan.db.scope import see_everything_locking

# Any numbers, so long as each stands for one kind of thing.
RECORD, PERSON, WORKER = 7_301, 7_302, 7_303
_LOCK = text("SELECT pg_advisory_xact_lock(hashtextextended(:id, :kind))")


def begin_with_record(record_id: UUID, person_id: UUID | None) -> None:
    """Begins the transaction in which a record is taken: whoever sends the same, or another of the person, waits."""
    people = [(person_id, PERSON)] if person_id else []
    see_everything_locking(db.session, as_="recorder", locks=[(record_id, RECORD), *people])


def lock_record(record_id: UUID) -> None:
    """Whoever sends the same record at the same time waits."""
    db.session.execute(_LOCK, {"id": str(record_id), "kind": RECORD})


def lock_person(person_id: UUID) -> None:
    """Records of one person are taken one after the other."""
    db.session.execute(_LOCK, {"id": str(person_id), "kind": PERSON})


def lock_workers(worker_ids: Iterable[UUID]) -> None:
    """Workers' days are planned one after the other; always in one order, so that nobody waits in a ring."""
    for worker_id in sorted(set(worker_ids)):
        db.session.execute(_LOCK, {"id": str(worker_id), "kind": WORKER})
