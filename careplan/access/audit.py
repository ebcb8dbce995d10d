"""The trail of what was read and written: one append-only, hash-chained stream for each person and each actor."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import text

from careplan.access.domain.actor import Actor
from careplan.access.domain.policy import Action, Section
from careplan.db.scope import AnySession
from careplan.kernel.canonical import canonical_bytes
from careplan.kernel.ids import new_id

NOTHING_BEFORE = bytes(32)
REFUSED = "refused"
# The number and the hash of a link rest on the link before it, whose row is locked by the same statement that reads it:
# `chained` says the same of a link that stands.
_LINK = text("""
    WITH link AS (
        INSERT INTO audit_head AS head (stream_id, seq, hash)
        VALUES (:stream_id, 1,
            sha256(CAST(:nothing AS bytea) || CAST(:before AS bytea) || '1' || CAST(:after AS bytea)))
        ON CONFLICT (stream_id) DO UPDATE SET
            seq = head.seq + 1,
            hash = sha256(head.hash || CAST(:before AS bytea) || convert_to((head.seq + 1)::text, 'UTF8')
                || CAST(:after AS bytea))
        RETURNING seq, hash, coalesce(old.hash, :nothing) AS previous
    )
    INSERT INTO audit_event (stream_id, seq, id, at, account_id, role, organisation_id, person_id, section, action,
        route, subjects, reason, correlation_id, previous_hash, hash)
    SELECT :stream_id, seq, :id, :at, :account_id, :role, CAST(:organisation_id AS uuid), CAST(:person_id AS uuid),
        :section, :action, :route, CAST(:subjects AS uuid[]), CAST(:reason AS text), CAST(:correlation_id AS text),
        previous, hash
    FROM link
""")


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
    """Adds entries to their streams in the caller's transaction, each by one statement.

    Streams are locked in id order, so that two writers of several never wait for each other in a ring.
    """
    for entry in sorted(entries, key=lambda e: e.stream_id):
        fields = _fields(entry, now=now)
        before, after = _around_number(fields)
        session.execute(_LINK, {**fields, "nothing": NOTHING_BEFORE, "before": before, "after": after})


def chained(previous: bytes, fields: dict[str, object]) -> bytes:
    """The hash of a link: of the link before it and of everything that the row says."""
    said = {k: _plain(v) for k, v in fields.items()}
    return hashlib.sha256(previous + canonical_bytes(said)).digest()


def _fields(entry: Entry, *, now: datetime) -> dict[str, object]:
    """What a link says, but for its number, which the database gives."""
    return {
        "stream_id": entry.stream_id,
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


def _around_number(fields: dict[str, object]) -> tuple[bytes, bytes]:
    """The canonical bytes of a link, cut where its number stands: the keys are sorted, so it is one place."""
    earlier = canonical_bytes({k: _plain(v) for k, v in fields.items() if k < "seq"})
    later = canonical_bytes({k: _plain(v) for k, v in fields.items() if k > "seq"})
    return earlier[:-1] + b',"seq":', b"," + later[1:]


def _plain(value: object) -> object:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, list):
        return [_plain(v) for v in value]
    return value
