"""Tables of the facade: clients and their tokens, the stored resources, what search needs of them, and the marks."""

from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Identity,
    Index,
    LargeBinary,
    Numeric,
    String,
    Table,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from careplan.db import Base
from careplan.db.types import Instant, UtcInstant

BYTEWISE = String(collation="C")


class FhirClient(Base):
    """A system of the NHS that may ask for tokens: its public keys and the most it may be granted.

    `account_id` is how the audit trail names it.
    """

    __tablename__ = "fhir_client"

    id: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[UUID] = mapped_column(unique=True)
    name: Mapped[str]
    organisation_id: Mapped[UUID]
    jwks: Mapped[dict[str, Any]] = mapped_column(JSONB)
    scopes: Mapped[str]
    created_at: Mapped[Instant]
    revoked_at: Mapped[Instant | None]
    last_used_at: Mapped[Instant | None]


class FhirJti(Base):
    """An assertion that was spent; kept until it would have run out anyway."""

    __tablename__ = "fhir_jti"

    client_id: Mapped[str] = mapped_column(ForeignKey("fhir_client.id"), primary_key=True)
    jti: Mapped[str] = mapped_column(primary_key=True)
    expires_at: Mapped[Instant] = mapped_column(UtcInstant(), index=True)


class FhirAccessToken(Base):
    """A token that was granted, by its SHA-256 only."""

    __tablename__ = "fhir_access_token"

    hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    client_id: Mapped[str] = mapped_column(ForeignKey("fhir_client.id"), index=True)
    scopes: Mapped[str]
    issued_at: Mapped[Instant]
    expires_at: Mapped[Instant] = mapped_column(UtcInstant(), index=True)


class FhirResource(Base):
    """One version of one resource, as the bytes that are served. No person: an organisation or a practitioner.

    `hash` covers the body without its version and last-updated, so that an unchanged body makes no new version.
    """

    __tablename__ = "fhir_resource"
    __table_args__ = (
        Index("uq_fhir_resource_current", "type", "id", unique=True, postgresql_where=text("is_current")),
        Index("ix_fhir_resource_person", "person_id", "type", "id", postgresql_where=text("is_current")),
    )

    type: Mapped[str] = mapped_column(BYTEWISE, primary_key=True)
    id: Mapped[str] = mapped_column(BYTEWISE, primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[UUID | None]
    last_updated: Mapped[Instant]
    hash: Mapped[bytes] = mapped_column(LargeBinary)
    body: Mapped[bytes] = mapped_column(LargeBinary)
    deleted: Mapped[bool]
    is_current: Mapped[bool]


# One row for each value by which a current resource can be found. `code` holds a token's code, the id that a
# reference points at, or a string folded for comparison; `system` a token's system or the type pointed at;
# `text` the string as written. Dates are half-open ranges; what is open at an end reaches to the end of time.
FHIR_INDEX = Table(
    "fhir_index",
    Base.metadata,
    Column("type", BYTEWISE, nullable=False),
    Column("id", BYTEWISE, nullable=False),
    Column("person_id", Uuid()),
    Column("name", BYTEWISE, nullable=False),
    Column("system", BYTEWISE),
    Column("code", BYTEWISE),
    Column("text", String()),
    Column("starts", UtcInstant()),
    Column("ends", UtcInstant()),
    Column("number", Numeric()),
    Index("ix_fhir_index_resource", "type", "id", "name"),
    Index("ix_fhir_index_code", "type", "name", "code"),
    Index("ix_fhir_index_starts", "type", "name", "starts", postgresql_where=text("starts IS NOT NULL")),
    Index("ix_fhir_index_number", "type", "name", "number", postgresql_where=text("number IS NOT NULL")),
)


class FhirSharedLink(Base):
    """A resource of nobody's in particular (an organisation, a practitioner) that a person's resources refer to."""

    __tablename__ = "fhir_shared_link"
    __table_args__ = (Index("ix_fhir_shared_link_target", "id"),)

    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    type: Mapped[str] = mapped_column(BYTEWISE, primary_key=True)
    id: Mapped[str] = mapped_column(BYTEWISE, primary_key=True)


class FhirProjection(Base):
    """When a person was last projected, and from when on that is out of date by the mere passing of time."""

    __tablename__ = "fhir_projection"

    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    projected_at: Mapped[Instant]
    stale_from: Mapped[Instant | None] = mapped_column(UtcInstant(), index=True)


class FhirMark(Base):
    """Something about a person, an organisation or a worker changed since it was last projected.

    Marks are only ever added and taken away, never updated, so that writers do not wait for each other.
    """

    __tablename__ = "fhir_mark"
    __table_args__ = (Index("ix_fhir_mark_subject", "kind", "subject_id"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    kind: Mapped[str]
    subject_id: Mapped[UUID]
