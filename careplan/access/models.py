"""Accounts, sessions, relationships and the audit trail."""

from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint, Uuid
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from careplan.db import Base
from careplan.db.types import Id, Instant


class Account(Base):
    """Someone who can sign in: known to us by the provider's name for them, never by an e-mail address."""

    __tablename__ = "account"
    __table_args__ = (UniqueConstraint("issuer", "subject"),)

    id: Mapped[Id]
    issuer: Mapped[str]
    subject: Mapped[str]
    name: Mapped[str]
    role: Mapped[str]
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"))
    team_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"))
    active_from: Mapped[Instant]
    active_until: Mapped[Instant | None]


class WebSession(Base):
    """A signed-in (or signing-in) browser; the cookie's value is kept hashed only."""

    __tablename__ = "web_session"

    id_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"), index=True)
    data: Mapped[dict[str, Any]] = mapped_column(JSONB)
    created_at: Mapped[Instant]
    seen_at: Mapped[Instant]


class RateCount(Base):
    """How often somebody asked within a stretch of time. Unlogged: a crash forgets it, and nothing is lost by that."""

    __tablename__ = "rate_count"
    __table_args__ = {"prefixes": ["UNLOGGED"]}  # noqa: RUF012  SQLAlchemy reads it once

    key: Mapped[str] = mapped_column(primary_key=True)
    hits: Mapped[int]
    ends_at: Mapped[Instant]


class Relationship(Base):
    """What opens a person's record to an account, a team or an organisation, and from when until when."""

    __tablename__ = "relationship"
    __table_args__ = (
        CheckConstraint("num_nonnulls(account_id, organisation_id) = 1", name="one_holder"),
        CheckConstraint("until IS NULL OR until >= since", name="ends_after_it_begins"),
        CheckConstraint("would_end_at IS NULL OR pause_id IS NOT NULL", name="only_what_rests_would_end"),
        Index(None, "account_id", "person_id"),
        Index(None, "organisation_id", "person_id"),
        Index(None, "person_id", "kind"),
    )

    id: Mapped[Id]
    # Checked when the transaction ends: the relationship is written first, for the person's row shows only through it.
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", deferrable=True, initially="DEFERRED"))
    kind: Mapped[str]
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"))
    since: Mapped[Instant]
    until: Mapped[Instant | None]
    source_type: Mapped[str]
    source_id: Mapped[UUID]
    # While it rests it has ended; when the pause is lifted it begins anew, until the instant kept here.
    pause_id: Mapped[UUID | None] = mapped_column(ForeignKey("relationship_pause.id"))
    would_end_at: Mapped[Instant | None]


class RelationshipPause(Base):
    """That what opens a person's record to an account rests, from when until when, and by what decision."""

    __tablename__ = "relationship_pause"
    __table_args__ = (
        CheckConstraint("until >= since", name="ends_after_it_begins"),
        Index(None, "person_id", "account_id"),
    )

    id: Mapped[Id]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    since: Mapped[Instant]
    until: Mapped[Instant | None]
    source_type: Mapped[str]
    source_id: Mapped[UUID]


class AuditHead(Base):
    """The last link of a stream: one row locked by whoever adds the next."""

    __tablename__ = "audit_head"

    stream_id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int]
    hash: Mapped[bytes] = mapped_column(LargeBinary)


class AuditEvent(Base):
    """Who did what to whose record, when, in what role and why; each link holds the hash of the one before."""

    __tablename__ = "audit_event"
    __table_args__ = (Index(None, "subjects", postgresql_using="gin"), Index(None, "at", "id"))

    stream_id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(unique=True)
    at: Mapped[Instant]
    account_id: Mapped[UUID]
    role: Mapped[str]
    organisation_id: Mapped[UUID | None]
    person_id: Mapped[UUID | None]
    section: Mapped[str]
    action: Mapped[str]
    route: Mapped[str]
    subjects: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid()))
    reason: Mapped[str | None]
    correlation_id: Mapped[str | None]
    previous_hash: Mapped[bytes] = mapped_column(LargeBinary)
    hash: Mapped[bytes] = mapped_column(LargeBinary)
