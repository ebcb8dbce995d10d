"""Proving who asks for a token: a signed assertion, checked against the keys that were registered, spent once."""

import binascii
import json
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError

from careplan.fhir.keys import ALGORITHMS, find_key

LONGEST_LIFE = 300  # seconds, SMART Backend Services: "no more than five minutes in the future"
LONGEST_ASSERTION = 8192
LONGEST_JTI = 255
# Keys come from the registration alone: an assertion that brings its own, or says where to fetch one, is refused.
FOREIGN_KEYS = ("jwk", "jku", "x5c", "x5u", "crit", "zip", "enc")


class NotProven(Exception):
    """The assertion does not prove who sent it. The reason is for our own log, never for the sender."""


@dataclass(frozen=True, slots=True)
class Assertion:
    """What an assertion says, proven."""

    client_id: str
    jti: str
    expires_at: datetime


def claimed_issuer(token: str) -> str:
    """Who an assertion says it is from, not proven yet: only good for finding the keys.  Raises NotProven."""
    issuer = _part(token, 1).get("iss")
    if not isinstance(issuer, str) or not issuer or not issuer.isprintable():
        raise NotProven("no issuer")
    return issuer


def prove(token: str, *, jwks: Mapping[str, Any], audience: str, now: datetime) -> Assertion:
    """What the assertion says, if a registered key signed it for this address and it is neither old nor long-lived.

    Raises NotProven.
    """
    header = _part(token, 0)
    algorithm, kid = header.get("alg"), header.get("kid")
    if algorithm not in ALGORITHMS or not isinstance(kid, str) or any(name in header for name in FOREIGN_KEYS):
        raise NotProven("header")
    if not isinstance(header.get("typ", "JWT"), str) or header.get("typ", "JWT").upper() != "JWT":
        raise NotProven("typ")
    key = find_key(jwks, kid=kid, algorithm=algorithm)
    if key is None:
        raise NotProven("key")
    try:
        claims = jwt.decode(token, key, algorithms=[algorithm]).claims
    except (JoseError, ValueError) as error:
        raise NotProven("signature") from error
    return _checked(claims, audience=audience, now=now)


def _checked(claims: Mapping[str, Any], *, audience: str, now: datetime) -> Assertion:
    issuer, jti = claims.get("iss"), claims.get("jti")
    if not isinstance(issuer, str) or claims.get("sub") != issuer:
        raise NotProven("issuer and subject differ")
    if claims.get("aud") not in (audience, [audience]):
        raise NotProven("audience")
    if not isinstance(jti, str) or not 0 < len(jti) <= LONGEST_JTI or not jti.isprintable():
        raise NotProven("jti")
    expires = _seconds(claims, "exp")
    if expires is None or not 0 < expires - now.timestamp() <= LONGEST_LIFE:
        raise NotProven("expiry")
    for name in ("nbf", "iat"):
        begins = _seconds(claims, name)
        if begins is not None and begins > now.timestamp() + LONGEST_LIFE:
            raise NotProven(name)
    if (begins := _seconds(claims, "nbf")) is not None and begins > now.timestamp():
        raise NotProven("nbf")
    return Assertion(issuer, jti, datetime.fromtimestamp(expires, UTC))


def _seconds(claims: Mapping[str, Any], name: str) -> float | None:
    value = claims.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise NotProven(name)
    return float(value)


def _part(token: str, index: int) -> dict[str, Any]:
    parts = token.split(".")
    if len(parts) != 3 or len(token) > LONGEST_ASSERTION or not token.isascii():
        raise NotProven("shape")
    try:
        text = parts[index]
        value = json.loads(urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (binascii.Error, ValueError, RecursionError) as error:
        raise NotProven("shape") from error
    if not isinstance(value, dict):
        raise NotProven("shape")
    return value
