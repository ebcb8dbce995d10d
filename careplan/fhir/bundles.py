"""Bundles put together from stored bytes: nothing is parsed or built anew to be served."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import orjson

from careplan.fhir.store import Stored
from careplan.kernel.ids import new_id

MATCH = b',"search":{"mode":"match"}'


def searchset(
    *,
    base: str,
    found: Sequence[Stored],
    self_link: str,
    next_link: str | None,
    now: datetime,
    total: int | None = None,
) -> bytes:
    """The answer to a search; `self_link` says what was understood of it, no `next_link` ends it."""
    links = [("self", self_link), *([("next", next_link)] if next_link else [])]
    entries = [_entry(base, s, MATCH) for s in found]
    return _bundle("searchset", links=links, entries=entries, now=now, total=total)


def history(*, base: str, versions: Sequence[Stored], self_link: str, now: datetime) -> bytes:
    """Every version of one resource, newest first."""
    entries = [_history_entry(base, s) for s in versions]
    return _bundle("history", links=[("self", self_link)], entries=entries, now=now, total=len(versions))


def _bundle(
    kind: str, *, links: Iterable[tuple[str, str]], entries: Sequence[bytes], now: datetime, total: int | None
) -> bytes:
    head = {
        "resourceType": "Bundle",
        "id": str(new_id()),
        "meta": {"lastUpdated": now.isoformat(timespec="milliseconds").replace("+00:00", "Z")},
        "type": kind,
        **({"total": total} if total is not None else {}),
        "link": [{"relation": relation, "url": url} for relation, url in links],
    }
    opened = orjson.dumps(head)[:-1]
    if not entries:
        return opened + b"}"
    return opened + b',"entry":[' + b",".join(entries) + b"]}"


def _entry(base: str, stored: Stored, ending: bytes) -> bytes:
    address = f"{base}/{stored.type}/{stored.id}".encode()
    return b'{"fullUrl":"' + address + b'","resource":' + stored.body + ending + b"}"


def _history_entry(base: str, stored: Stored) -> bytes:
    method = "DELETE" if stored.deleted else ("POST" if stored.version == 1 else "PUT")
    address = stored.type if method == "POST" else f"{stored.type}/{stored.id}"
    status = {"DELETE": "204", "POST": "201", "PUT": "200"}[method]
    moment = stored.last_updated.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    ending = orjson.dumps(
        {
            "request": {"method": method, "url": address},
            "response": {"status": status, "etag": stored.etag, "lastModified": moment},
        }
    )
    full = orjson.dumps(f"{base}/{stored.type}/{stored.id}")
    resource = b"" if stored.deleted else b',"resource":' + stored.body
    return b'{"fullUrl":' + full + resource + b"," + ending[1:]
