"""Registering the NHS systems that may ask for tokens."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import select

from careplan.access.domain.actor import Actor, Role
from careplan.db import db
from careplan.fhir import scopes as smart
from careplan.fhir.keys import checked_key_set
from careplan.fhir.models import FhirAccessToken, FhirClient
from careplan.kernel.errors import NotFound, invalid
from careplan.kernel.ids import new_id

LONGEST_ID = 200


class Registered(StrEnum):
    """What registering did."""

    ADDED = "added"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class Client:
    """A system that may ask for tokens."""

    id: str
    account_id: UUID
    name: str
    organisation_id: UUID
    jwks: dict[str, Any]
    scopes: tuple[smart.Scope, ...]
    created_at: datetime
    revoked_at: datetime | None
    last_used_at: datetime | None

    @property
    def actor(self) -> Actor:
        """Who the policy and the audit trail see when this client reads."""
        return Actor(self.account_id, self.name, Role.NHS_SYSTEM, self.organisation_id)


def register(
    *, client_id: str, name: str, organisation_id: UUID, jwks: object, scope: str, now: datetime
) -> Registered:
    """Lets a system ask for tokens; one already known has its name, keys, scope and organisation replaced.

    Raises Invalid for an id, a key set or a scope that could never work.
    """
    if not client_id.strip() or len(client_id) > LONGEST_ID:
        raise invalid("id", f"A client's id is a text of up to {LONGEST_ID} characters.")
    wanted = smart.parse(scope)
    if not wanted or len(wanted) < len(scope.split()):
        raise invalid("scope", "Scopes are written like system/*.rs or system/CarePlan.rs, with spaces between.")
    keys = checked_key_set(jwks)
    row = db.session.get(FhirClient, client_id)
    outcome = Registered.REPLACED if row else Registered.ADDED
    if row is None:
        row = FhirClient(id=client_id, account_id=new_id(), created_at=now)
        db.session.add(row)
    row.name, row.organisation_id, row.jwks = name, organisation_id, keys
    row.scopes, row.revoked_at = smart.written(wanted), None
    _end_tokens(client_id)
    db.session.flush()
    return outcome


def revoke(*, client_id: str, now: datetime) -> None:
    """From this instant on neither a new token nor one already granted works.  Raises NotFound."""
    row = db.session.get(FhirClient, client_id)
    if row is None:
        raise NotFound("There is no such client.")
    row.revoked_at = now
    _end_tokens(client_id)


def find_active(client_id: str) -> Client | None:
    """A client that may ask for tokens now."""
    row = db.session.get(FhirClient, client_id)
    return as_client(row) if row and row.revoked_at is None else None


def list_clients() -> list[Client]:
    """All clients by id, revoked ones too."""
    return [as_client(row) for row in db.session.scalars(select(FhirClient).order_by(FhirClient.id))]


def as_client(row: FhirClient) -> Client:
    """The frozen value of a client's row."""
    return Client(
        row.id, row.account_id, row.name, row.organisation_id, row.jwks, smart.parse(row.scopes),
        row.created_at, row.revoked_at, row.last_used_at,
    )  # fmt: skip


def _end_tokens(client_id: str) -> None:
    for token in db.session.scalars(select(FhirAccessToken).where(FhirAccessToken.client_id == client_id)):
        db.session.delete(token)
