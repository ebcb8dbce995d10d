"""Proving the audit trail: each stream's chain is recomputed, and its head compared with anchors kept elsewhere."""

import hashlib
import hmac
import json
from collections.abc import Generator, Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, not_, or_, select, tuple_

from careplan.access.audit import NOTHING_BEFORE, REFUSED, chained
from careplan.access.domain.actor import Role
from careplan.access.domain.policy import Section
from careplan.access.models import Account, AuditEvent, AuditHead
from careplan.db import db
from careplan.kernel.canonical import canonical_bytes
from careplan.kernel.errors import DomainError

BATCH = 5_000
HASHED = tuple(c.name for c in AuditEvent.__table__.columns if c.name not in ("previous_hash", "hash"))


class BadAnchor(DomainError):
    """An anchor file was changed after it was written, or was written with another key."""

    code = "bad_anchor"


@dataclass(frozen=True, slots=True)
class Broken:
    """The first link that does not hold: which stream, which place in it, and what is wrong."""

    stream_id: UUID
    seq: int
    what: str


@dataclass(frozen=True, slots=True)
class Head:
    """How far a stream had come: its last place and that link's hash in hex."""

    stream_id: UUID
    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class Look:
    """One line of who has looked at a record: names and parts, never text of the record."""

    at: datetime
    name: str
    role: str
    organisation_id: UUID | None
    section: str
    action: str
    reason: str | None
    event_id: UUID


@dataclass(frozen=True, slots=True)
class Hidden:
    """What one reader is not shown of a person's trail: what was done about these things, and what the safeguarding
    lead has looked at since the first of them. What the reader did themselves always shows.
    """

    reader_id: UUID
    things: frozenset[UUID] = frozenset()
    leads_since: datetime | None = None


def verify(anchors: Iterable[Head] = ()) -> tuple[int, Broken | None]:
    """Recomputes every chain: how many events hold, and the first broken link if there is one."""
    heads = {h.stream_id: (h.seq, h.hash) for h in db.session.scalars(select(AuditHead))}
    anchored = {(a.stream_id, a.seq): a.hash for a in anchors}
    counted = 0
    ends: dict[UUID, tuple[int, bytes]] = {}
    with closing(_events()) as events:
        for row in events:
            seq, previous = ends.get(row["stream_id"], (0, NOTHING_BEFORE))
            if (what := _wrong_with(row, seq=seq, previous=previous, anchored=anchored)) is not None:
                return counted, Broken(row["stream_id"], row["seq"], what)
            ends[row["stream_id"]] = (row["seq"], row["hash"])
            counted += 1
    return counted, _missing_end(heads, ends) or _missing_anchor(anchored)


def heads() -> list[Head]:
    """The head of every stream, in id order: what an anchor keeps."""
    rows = db.session.scalars(select(AuditHead).where(AuditHead.seq > 0).order_by(AuditHead.stream_id))
    return [Head(r.stream_id, r.seq, r.hash.hex()) for r in rows]


def write_anchor(*, folder: Path, key: str, now: datetime) -> Path:
    """Writes the heads to a file outside the database, sealed with a key that the database does not know."""
    body = {"at": now.isoformat(), "heads": [[str(h.stream_id), h.seq, h.hash] for h in heads()]}
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{now:%Y%m%dT%H%M%S%fZ}.json"
    path.write_text(json.dumps({**body, "seal": _seal(body, key)}))
    return path


def read_anchors(*, folder: Path, key: str) -> list[Head]:
    """The heads of all anchor files.  Raises BadAnchor naming the file whose seal does not fit."""
    found = []
    for path in sorted(folder.glob("*.json")):
        content = json.loads(path.read_text())
        body = {k: v for k, v in content.items() if k != "seal"}
        if not hmac.compare_digest(_seal(body, key), str(content.get("seal"))):
            raise BadAnchor(f"The anchor {path.name} was changed, or was sealed with another key.", file=path.name)
        found += [Head(UUID(stream), seq, link) for stream, seq, link in body["heads"]]
    return found


def list_looks(
    *, person_id: UUID, hidden: Hidden, before: tuple[datetime, UUID] | None = None, limit: int = 50
) -> list[Look]:
    """Who has looked at a person's record, the latest first: single records and lists that showed them."""
    query = (
        select(AuditEvent, Account.name)
        .outerjoin(Account, Account.id == AuditEvent.account_id)
        .where(AuditEvent.subjects.contains([person_id]), _shows(hidden))
        .order_by(AuditEvent.at.desc(), AuditEvent.id.desc())
        .limit(limit)
    )
    if before is not None:
        query = query.where(_earlier_than(*before))
    return _looks(query)


def count_lookers(*, person_id: UUID, hidden: Hidden, since: datetime) -> int:
    """How many others than the person themselves have looked at their record since an instant."""
    return (
        db.session.scalar(
            select(func.count(func.distinct(AuditEvent.account_id))).where(
                AuditEvent.subjects.contains([person_id]),
                AuditEvent.at >= since,
                AuditEvent.role != Role.CITIZEN.value,
                AuditEvent.action != REFUSED,
                _shows(hidden),
            )
        )
        or 0
    )


@dataclass(frozen=True, slots=True)
class TrailLine:
    """One act as an auditor reads it: who, in what role, what, to whose record, in which place of its stream."""

    id: UUID
    at: datetime
    account_id: UUID
    role: str
    section: str
    action: str
    route: str
    person_id: UUID | None
    subjects: int
    reason: str | None
    seq: int


def list_events(*, before: tuple[datetime, UUID] | None = None, limit: int = 50) -> list[TrailLine]:
    """The latest acts first; `before` is the instant and id of the last line of the page before."""
    query = select(AuditEvent).order_by(AuditEvent.at.desc(), AuditEvent.id.desc()).limit(limit)
    if before is not None:
        query = query.where(_earlier_than(*before))
    return [
        TrailLine(
            e.id,
            e.at,
            e.account_id,
            e.role,
            e.section,
            e.action,
            e.route,
            e.person_id,
            len(e.subjects),
            e.reason,
            e.seq,
        )
        for e in db.session.scalars(query)
    ]


def list_looks_at(*, thing_id: UUID, but_not: UUID, limit: int = 200) -> list[Look]:
    """Who else than one account was at a thing that the trail names, the latest first; refusals are left out."""
    query = (
        select(AuditEvent, Account.name)
        .outerjoin(Account, Account.id == AuditEvent.account_id)
        .where(
            AuditEvent.subjects.contains([thing_id]),
            AuditEvent.account_id != but_not,
            AuditEvent.action != REFUSED,
        )
        .order_by(AuditEvent.at.desc(), AuditEvent.id.desc())
        .limit(limit)
    )
    return _looks(query)


def _looks(query: Select[AuditEvent, str]) -> list[Look]:
    return [
        Look(e.at, name or "careplan", e.role, e.organisation_id, e.section, e.action, e.reason, e.id)
        for e, name in db.session.execute(query)
    ]


def _shows(hidden: Hidden) -> ColumnElement[bool]:
    """Whether a line shows to a reader.

    A carer's record is the carer's: that somebody opened it shows to nobody but who did.

    A line about concerns that names none tells of a form that was opened, or of a list without anybody in it: it shows
    to nobody here, lest it tell that something is being written.
    """
    about_concerns = AuditEvent.section == Section.CONCERN.value
    of_a_carer = AuditEvent.section.in_([Section.CARER.value, Section.CARER_SHARED.value])
    shows = and_(not_(of_a_carer), or_(not_(about_concerns), func.cardinality(AuditEvent.subjects) > 1))
    if hidden.things:
        shows = and_(shows, not_(AuditEvent.subjects.overlap(sorted(hidden.things))))
    if hidden.leads_since is not None:
        by_lead = AuditEvent.role == Role.SAFEGUARDING_LEAD.value
        shows = and_(shows, not_(and_(by_lead, AuditEvent.at >= hidden.leads_since)))
    return or_(and_(AuditEvent.account_id == hidden.reader_id, AuditEvent.action != REFUSED), shows)


def _earlier_than(at: datetime, event_id: UUID) -> ColumnElement[bool]:
    return tuple_(AuditEvent.at, AuditEvent.id) < (at, event_id)


def _events() -> Generator[dict[str, Any], None, None]:
    table = AuditEvent.__table__
    query = select(table).order_by(table.c.stream_id, table.c.seq).execution_options(yield_per=BATCH)
    with db.session.execute(query) as result:
        for row in result.mappings():
            yield dict(row)


def _wrong_with(
    row: Mapping[str, Any], *, seq: int, previous: bytes, anchored: dict[tuple[UUID, int], str]
) -> str | None:
    if row["seq"] != seq + 1:
        return f"an event is missing before it: expected place {seq + 1}"
    if row["previous_hash"] != previous:
        return "it does not follow from the event before it"
    if chained(previous, {name: row[name] for name in HASHED}) != row["hash"]:
        return "what it says was changed after it was written"
    kept = anchored.pop((row["stream_id"], row["seq"]), None)
    if kept is not None and kept != row["hash"].hex():
        return "it is not what the anchor kept: the chain was computed anew"
    return None


def _missing_end(heads_by_stream: dict[UUID, tuple[int, bytes]], ends: dict[UUID, tuple[int, bytes]]) -> Broken | None:
    for stream, (seq, link) in sorted(heads_by_stream.items()):
        if ends.get(stream, (0, NOTHING_BEFORE)) != (seq, link):
            return Broken(stream, seq, "the stream ends before its head")
    for stream in sorted(ends.keys() - heads_by_stream.keys()):
        return Broken(stream, ends[stream][0], "the stream's head is missing")
    return None


def _missing_anchor(anchored: dict[tuple[UUID, int], str]) -> Broken | None:
    for stream, seq in sorted(anchored):
        return Broken(stream, seq, "an anchored event is gone")
    return None


def _seal(body: Mapping[str, Any], key: str) -> str:
    return hmac.new(key.encode(), canonical_bytes(body), hashlib.sha256).hexdigest()
