"""Access tokens for systems: granted against an assertion, short-lived, known to us by their hash only."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert

from careplan.db import db
from careplan.fhir import scopes as smart
from careplan.fhir.assertions import Assertion, NotProven, claimed_issuer, prove
from careplan.fhir.clients import Client, as_client, find_active
from careplan.fhir.models import FhirAccessToken, FhirClient, FhirJti
from careplan.kernel.errors import DomainError

LIFE = timedelta(seconds=300)
ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
GRANT_TYPE = "client_credentials"


class TokenRefused(DomainError):
    """No token: `code` is OAuth's word for why, and says nothing beyond it."""

    def __init__(self, code: str, *, status: int = 400) -> None:
        super().__init__(SENTENCES[code])
        self.code = code  # type: ignore[misc]  # OAuth has one class of refusal with several codes
        self.status = status  # type: ignore[misc]  # the same


SENTENCES = {
    "invalid_client": "The client could not be authenticated.",
    "invalid_request": "The request lacks a parameter, repeats one, or is not form-encoded.",
    "unsupported_grant_type": "Only client_credentials is supported.",
    "invalid_scope": "None of the scopes asked for can be granted.",
}


@dataclass(frozen=True, slots=True)
class Grant:
    """A token as it is handed out, the only time that it is seen whole."""

    token: str
    scopes: tuple[smart.Scope, ...]
    expires_in: int


@dataclass(frozen=True, slots=True)
class Caller:
    """Who presents a token, and what it lets them do."""

    client: Client
    scopes: tuple[smart.Scope, ...]


def grant(*, assertion: str, scope: str, audience: str, now: datetime) -> Grant:
    """A token for whoever the assertion proves.  Raises TokenRefused."""
    try:
        client = find_active(claimed_issuer(assertion))
        if client is None:
            raise NotProven("unknown")
        proven = prove(assertion, jwks=client.jwks, audience=audience, now=now)
        _spend(proven, now=now)
    except NotProven:
        raise TokenRefused("invalid_client", status=401) from None
    scopes = smart.granted(asked=smart.parse(scope), registered=client.scopes)
    if not scopes:
        raise TokenRefused("invalid_scope")
    return _issued(client, scopes, now=now)


def find_caller(token: str, *, now: datetime) -> Caller | None:
    """Who holds this token, while it lasts and its client is not revoked."""
    row = db.session.execute(
        select(FhirAccessToken.scopes, FhirClient)
        .join(FhirClient, FhirClient.id == FhirAccessToken.client_id)
        .where(FhirAccessToken.hash == _hash(token), FhirAccessToken.expires_at > now, FhirClient.revoked_at.is_(None))
    ).first()
    return Caller(as_client(row.FhirClient), smart.parse(row.scopes)) if row else None


def _spend(assertion: Assertion, *, now: datetime) -> None:
    """Writes the assertion down as used; a second use finds it there.  Raises NotProven."""
    db.session.execute(delete(FhirJti).where(FhirJti.expires_at < now))
    spent = db.session.scalar(
        insert(FhirJti)
        .values(client_id=assertion.client_id, jti=assertion.jti, expires_at=assertion.expires_at)
        .on_conflict_do_nothing()
        .returning(FhirJti.jti)
    )
    if spent is None:
        raise NotProven("replayed")


def _issued(client: Client, scopes: tuple[smart.Scope, ...], *, now: datetime) -> Grant:
    token = secrets.token_urlsafe(32)
    db.session.execute(delete(FhirAccessToken).where(FhirAccessToken.expires_at < now))
    db.session.add(
        FhirAccessToken(
            hash=_hash(token), client_id=client.id, scopes=smart.written(scopes), issued_at=now, expires_at=now + LIFE
        )
    )
    db.session.execute(update(FhirClient).where(FhirClient.id == client.id).values(last_used_at=now))
    return Grant(token, scopes, int(LIFE.total_seconds()))


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
