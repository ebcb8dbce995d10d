"""Resources as the bytes that are served: writing a person's whole set, and reading one, some or all of them.

An unchanged body makes no new version; past versions stay; what is no longer there is deleted by a version of its own.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import Row, Select, delete, insert, or_, select, tuple_, update

from careplan.db.scope import AnySession
from careplan.fhir.index import entries_of
from careplan.fhir.models import FHIR_INDEX, FhirResource, FhirSharedLink
from careplan.fhir.parameters import DIRECTORY_TYPES

# `meta.lastUpdated` is told to the millisecond, and so is what it is compared with.
PRECISION = timedelta(milliseconds=1)

Resource = dict[str, Any]
Key = tuple[str, str]
Held = Row[str, str, int, UUID | None, bytes, bool]
R = FhirResource


class BelongsToAnother(Exception):
    """A resource of this type and id is someone else's: two records would overwrite each other."""


@dataclass(frozen=True, slots=True)
class Stored:
    """One version of a resource."""

    type: str
    id: str
    version: int
    person_id: UUID | None
    last_updated: datetime
    body: bytes
    deleted: bool

    @property
    def etag(self) -> str:
        """As the header says it."""
        return f'W/"{self.version}"'


def as_json(value: Any) -> bytes:
    """JSON of a resource; decimals keep the digits that were typed."""
    return orjson.dumps(value, default=_plain)


def put(session: AnySession, *, person_id: UUID | None, resources: Sequence[Resource], now: datetime) -> int:
    """Makes these the resources of a person (None: adds to or changes those of nobody's); says how many changed.

    Raises BelongsToAnother.
    """
    wanted = {(r["resourceType"], r["id"]): r for r in resources}
    now = now.replace(microsecond=now.microsecond // 1000 * 1000)
    held = _held(session, person_id=person_id, keys=list(wanted))
    changed = {k: r for k, r in wanted.items() if k not in held or held[k].deleted or held[k].hash != _hash(r)}
    gone = [k for k, row in held.items() if k not in wanted and not row.deleted] if person_id else []
    if not changed and not gone:
        return 0
    _retire(session, [*changed, *gone])
    rows = [_row(k, held.get(k), resource=r, person_id=person_id, now=now) for k, r in changed.items()]
    rows += [_row(k, held[k], resource=None, person_id=person_id, now=now) for k in gone]
    session.execute(insert(R), rows)
    index = [
        {"type": type_, "id": id_, "person_id": person_id, **entry.as_row()}
        for (type_, id_), resource in changed.items()
        for entry in entries_of(resource)
    ]
    if index:
        session.execute(insert(FHIR_INDEX), index)
    return len(rows)


def link_shared(session: AnySession, *, person_id: UUID, keys: Iterable[Key]) -> None:
    """Notes which organisations and practitioners a person's resources refer to."""
    held = {(row.type, row.id) for row in session.execute(_links(person_id))}
    wanted = set(keys)
    for type_, id_ in held - wanted:
        session.execute(
            delete(FhirSharedLink).where(
                FhirSharedLink.person_id == person_id, FhirSharedLink.type == type_, FhirSharedLink.id == id_
            )
        )
    added = [{"person_id": person_id, "type": type_, "id": id_} for type_, id_ in sorted(wanted - held)]
    if added:
        session.execute(insert(FhirSharedLink), added)


def find_current(session: AnySession, *, type_: str, id_: str, visible: Select[UUID]) -> Stored | None:
    """The newest version of a resource that these eyes may see; it may be a deletion."""
    row = session.execute(_columns().where(R.type == type_, R.id == id_, R.is_current, _seen(visible))).first()
    return _stored(row) if row else None


def find_version(session: AnySession, *, type_: str, id_: str, version: int, visible: Select[UUID]) -> Stored | None:
    """One version of a resource that these eyes may see."""
    row = session.execute(_columns().where(R.type == type_, R.id == id_, R.version == version, _seen(visible))).first()
    return _stored(row) if row else None


def list_versions(session: AnySession, *, type_: str, id_: str, visible: Select[UUID]) -> list[Stored]:
    """Every version of a resource, newest first."""
    rows = session.execute(_columns().where(R.type == type_, R.id == id_, _seen(visible)).order_by(R.version.desc()))
    return [_stored(row) for row in rows]


def list_everything(session: AnySession, *, person_id: UUID, types: Iterable[str]) -> list[Stored]:
    """A person's resources of these types, the person first, then by type and id, with those they refer to."""
    own = _columns().where(R.person_id == person_id, R.is_current, R.deleted.is_(False), R.type.in_(list(types)))
    shared = _columns().where(
        R.person_id.is_(None),
        R.is_current,
        R.deleted.is_(False),
        R.type.in_(sorted(DIRECTORY_TYPES & set(types))),
        tuple_(R.type, R.id).in_(_links(person_id)),
    )
    rows = [*session.execute(own), *session.execute(shared)]
    return sorted((_stored(row) for row in rows), key=lambda s: (s.type != "Patient", s.type, s.id))


def _held(session: AnySession, *, person_id: UUID | None, keys: list[Key]) -> dict[Key, Held]:
    mine = R.person_id == person_id if person_id else R.person_id.is_(None)
    named = tuple_(R.type, R.id).in_(keys)
    query = select(R.type, R.id, R.version, R.person_id, R.hash, R.deleted).where(R.is_current)
    rows = list(session.execute(query.where(or_(mine, named) if person_id else named)))
    for row in rows:
        if row.person_id != person_id:
            raise BelongsToAnother(f"{row.type}/{row.id}")
    return {(row.type, row.id): row for row in rows}


def _retire(session: AnySession, keys: list[Key]) -> None:
    session.execute(update(R).where(tuple_(R.type, R.id).in_(keys), R.is_current).values(is_current=False))
    session.execute(delete(FHIR_INDEX).where(tuple_(FHIR_INDEX.c.type, FHIR_INDEX.c.id).in_(keys)))


def _row(key: Key, held: Held | None, *, resource: Resource | None, person_id: UUID | None, now: datetime) -> Any:
    version = held.version + 1 if held else 1
    return {
        "type": key[0],
        "id": key[1],
        "version": version,
        "person_id": person_id,
        "last_updated": now,
        "hash": _hash(resource) if resource else b"",
        "body": as_json(_stamped(resource, version=version, now=now)) if resource else b"",
        "deleted": resource is None,
        "is_current": True,
    }


def _stamped(resource: Resource, *, version: int, now: datetime) -> Resource:
    moment = now.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    meta = {"versionId": str(version), "lastUpdated": moment, **resource.get("meta", {})}
    head = {"resourceType": resource["resourceType"], "id": resource["id"], "meta": meta}
    return head | {k: v for k, v in resource.items() if k not in head}


def _hash(resource: Resource) -> bytes:
    return hashlib.sha256(as_json(resource)).digest()


def _columns() -> Select[str, str, int, UUID | None, datetime, bytes, bool]:
    return select(R.type, R.id, R.version, R.person_id, R.last_updated, R.body, R.deleted)


def _stored(row: Row[str, str, int, UUID | None, datetime, bytes, bool]) -> Stored:
    return Stored(row.type, row.id, row.version, row.person_id, row.last_updated, row.body, row.deleted)


def _seen(visible: Select[UUID]) -> Any:
    return or_(R.person_id.is_(None), R.person_id.in_(visible))


def _links(person_id: UUID) -> Select[str, str]:
    return select(FhirSharedLink.type, FhirSharedLink.id).where(FhirSharedLink.person_id == person_id)


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return orjson.Fragment(str(value).encode())
    raise TypeError(f"{type(value).__name__} has no place in a resource")
