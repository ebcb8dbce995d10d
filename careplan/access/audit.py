"""The trail of what was read and written: one append-only, hash-chained stream for each person and each actor."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import insert, select, text
from sqlalchemy.dialects.postgresql import insert as pg_insert

from careplan.access.domain.actor import Actor
from careplan.access.domain.policy import Action, Section
from careplan.access.models import AuditEvent, AuditHead
from careplan.db.scope import AnySession
from careplan.kernel.canonical import canonical_bytes
from careplan.kernel.ids import new_id

NOTHING_BEFORE = bytes(32)
REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Entry:
    """One act to be written down. Without a person it goes to the actor's own stream, with the ids it showed."""

    actor: Actor
    section: Section
    action: Action | str
    route: str
    person_id: UUID | None = None
    subjects: Sequence[UUID] = ()
    reason: str | None = None
    correlation_id: str | None = None

    @property
    def stream_id(self) -> UUID:
        return self.person_id or self.actor.account_id


def record(session: AnySession, entries: Sequence[Entry], *, now: datetime) -> None:
    """Adds entries to their streams in the caller's transaction.

    The heads are locked in id order by one statement, so that two writers of several streams never wait for each other.
    """
    if not entries:
        return
    heads = _locked_heads(session, sorted({e.stream_id for e in entries}))
    rows = []
    for entry in entries:
        seq, previous = heads[entry.stream_id]
        fields = _fields(entry, seq=seq + 1, now=now)
        link = chained(previous, fields)
        heads[entry.stream_id] = (seq + 1, link)
        rows.append({**fields, "previous_hash": previous, "hash": link})
    session.execute(insert(AuditEvent), rows)
    _move_heads(session, {e.stream_id for e in entries}, heads)


def chained(previous: bytes, fields: dict[str, object]) -> bytes:
    """The hash of a link: of the link before it and of everything that the row says."""
    said = {k: _plain(v) for k, v in fields.items()}
    return hashlib.sha256(previous + canonical_bytes(said)).digest()


def _fields(entry: Entry, *, seq: int, now: datetime) -> dict[str, object]:
    return {
        "stream_id": entry.stream_id,
        "seq": seq,
        "id": new_id(),
        "at": now,
        "account_id": entry.actor.account_id,
        "role": entry.actor.role.value,
        "organisation_id": entry.actor.organisation_id,
        "person_id": entry.person_id,
        "section": entry.section.value,
        "action": str(entry.action),
        "route": entry.route,
        "subjects": list(entry.subjects),
        "reason": entry.reason,
        "correlation_id": entry.correlation_id,
    }


def _plain(value: object) -> object:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, list):
        return [_plain(v) for v in value]
    return value


def _locked_heads(session: AnySession, stream_ids: list[UUID]) -> dict[UUID, tuple[int, bytes]]:
    session.execute(
        pg_insert(AuditHead)
        .values([{"stream_id": s, "seq": 0, "hash": NOTHING_BEFORE} for s in stream_ids])
        .on_conflict_do_nothing()
    )
    rows = session.execute(
        select(AuditHead.stream_id, AuditHead.seq, AuditHead.hash)
        .where(AuditHead.stream_id.in_(stream_ids))
        .order_by(AuditHead.stream_id)
        .with_for_update()
    )
    return {row.stream_id: (row.seq, row.hash) for row in rows}


def _move_heads(session: AnySession, moved: set[UUID], heads: dict[UUID, tuple[int, bytes]]) -> None:
    session.execute(
        text("UPDATE audit_head SET seq = :seq, hash = :hash WHERE stream_id = :stream_id"),
        [{"stream_id": s, "seq": heads[s][0], "hash": heads[s][1]} for s in sorted(moved)],
    )
