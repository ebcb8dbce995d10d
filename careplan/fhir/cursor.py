"""Where a search goes on: sealed, so that it can be neither read, nor altered, nor used by another client."""

import base64
import hashlib

import orjson
from cryptography.fernet import Fernet, InvalidToken

from careplan.fhir.outcomes import FhirRefused

Pairs = tuple[tuple[str, str], ...]


def seal(*, secret: str, client_id: str, type_: str, pairs: Pairs, after: str) -> str:
    """A cursor past the resource `after` of this search.

    The whole search travels in it, because a search may name an NHS number that must not stand in an address.
    """
    return _box(secret).encrypt(orjson.dumps([client_id, type_, pairs, after])).decode()


def unseal(text: str, *, secret: str, client_id: str, type_: str) -> tuple[Pairs, str]:
    """The search and the place in it.  Raises FhirRefused when it was not made by us for this client and type."""
    try:
        owner, of_type, pairs, after = orjson.loads(_box(secret).decrypt(text.encode()))
    except (InvalidToken, ValueError):
        raise _refused() from None
    if (owner, of_type) != (client_id, type_):
        raise _refused()
    return tuple((name, value) for name, value in pairs), after


def _box(secret: str) -> Fernet:
    key = hashlib.blake2b(secret.encode(), digest_size=32, person=b"fhir-cursor").digest()
    return Fernet(base64.urlsafe_b64encode(key))


def _refused() -> FhirRefused:
    return FhirRefused(400, "This page's link is not one of ours, or not yours. Start the search again.")
