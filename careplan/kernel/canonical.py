"""One way to write JSON as bytes (RFC 8785), so that a hash binds to content and not to its spelling."""

import hashlib
from collections.abc import Mapping
from typing import Any

import rfc8785


def canonical_bytes(content: Mapping[str, Any] | list[Any]) -> bytes:
    """RFC 8785 form: keys sorted, no white space, UTF-8."""
    return rfc8785.dumps(content)


def content_hash(content: Mapping[str, Any] | list[Any]) -> str:
    """Hex SHA-256 of the canonical form."""
    return hashlib.sha256(canonical_bytes(content)).hexdigest()
