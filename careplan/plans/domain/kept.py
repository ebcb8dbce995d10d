"""Whether a stored version still is what was sent round and signed, found out on a way of its own.

The hash was made by the library of RFC 8785 when the version was sent round. Here the canonical form is written anew
from what is stored now, by other means, so that one mistake cannot hide in both.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID


class Break(StrEnum):
    """In which way something stored differs from what was sent round."""

    CONTENT = "content"
    BYTES = "bytes"
    SIGNATURE = "signature"

    @property
    def words(self) -> str:
        return WORDS[self]


WORDS = {
    Break.CONTENT: "What it says now does not have the hash that it was sent round with.",
    Break.BYTES: "The bytes that were hashed are not those of what it says now.",
    Break.SIGNATURE: "Somebody signed a content with another hash.",
}


class NotCanonical(ValueError):
    """A content of a plan holds text, whole numbers, yes and no, and nothing; anything else was put there by others."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A version as it is stored: what it says, the bytes that were hashed, their hash, and those that were signed."""

    plan_id: UUID
    number: int
    content: Any
    canonical: bytes
    content_hash: str
    signed: tuple[str, ...]


def breaks_of(kept: Kept) -> tuple[Break, ...]:
    """Every way in which a stored version is not what was sent round; none: it is whole."""
    return tuple(_breaks(kept))


def _breaks(kept: Kept) -> Iterator[Break]:
    try:
        written = written_anew(kept.content)
    except NotCanonical:
        written = b""
    if hashlib.sha256(written).hexdigest() != kept.content_hash:
        yield Break.CONTENT
    if written != kept.canonical:
        yield Break.BYTES
    if any(signed != hashlib.sha256(written).hexdigest() for signed in kept.signed):
        yield Break.SIGNATURE


def written_anew(value: Any) -> bytes:
    """The canonical form of a content, without the library that wrote it first.  Raises NotCanonical."""
    return _written(value).encode()


def _written(value: Any) -> str:
    if isinstance(value, dict):
        inner = (f"{_written(name)}:{_written(value[name])}" for name in sorted(value, key=_by_utf16))
        return "{" + ",".join(inner) + "}"
    if isinstance(value, list):
        return "[" + ",".join(_written(inner) for inner in value) + "]"
    if value is None or isinstance(value, bool | int | str):
        return json.dumps(value, ensure_ascii=False)
    raise NotCanonical(type(value).__name__)


def _by_utf16(name: str) -> bytes:
    return name.encode("utf-16-be")
