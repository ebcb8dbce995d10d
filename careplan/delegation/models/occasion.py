"""Occasions with their readings, incidents, and who was told of them."""

from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, String
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from careplan.db import Base
from careplan.db.types import Id, Instant


class OccasionRow(Base):
    """The activity done, declined or not done once. The delegation is as claimed: it may not exist."""

    __tablename__ = "occasion"
    __table_args__ = (
        CheckConstraint("result IN ('done', 'declined', 'not_done')", name="known_result"),
        Index(None, "person_id", "effective_at"),
        Index(None, "delegation_id", "effective_at"),
    )

    id: Mapped[Id]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    delegation_id: Mapped[UUID]
    instruction_version: Mapped[int]
    worker_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    visit_id: Mapped[UUID | None]
    effective_at: Mapped[Instant]
    received_at: Mapped[Instant]
    result: Mapped[str]
    reason: Mapped[str | None]
    authorised: Mapped[bool]
    corrects: Mapped[UUID | None]


class ReadingRow(Base):
    """One reading of an occasion, held against the range of its day."""

    __tablename__ = "reading"

    occasion_id: Mapped[UUID] = mapped_column(ForeignKey("occasion.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    name: Mapped[str]
    value: Mapped[Decimal] = mapped_column(Numeric)
    unit: Mapped[str]
    in_range: Mapped[bool | None]


class IncidentRow(Base):
    """An activity delivered without authority, and what was lacking."""

    __tablename__ = "delegation_incident"
    __table_args__ = (Index(None, "delegation_id"), Index(None, "provider_id", "recorded_at"))

    id: Mapped[Id]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    delegation_id: Mapped[UUID]
    occasion_id: Mapped[UUID] = mapped_column(ForeignKey("occasion.id"), unique=True)
    worker_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    provider_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"))
    lacks: Mapped[list[str]] = mapped_column(ARRAY(String))
    occurred_at: Mapped[Instant]
    recorded_at: Mapped[Instant]
    time_uncertain: Mapped[bool]


class AlertRow(Base):
    """One party told of one thing, until they acknowledge it."""

    __tablename__ = "delegation_alert"
    __table_args__ = (
        CheckConstraint("kind IN ('unauthorised', 'out_of_range')", name="known_kind"),
        CheckConstraint("num_nonnulls(account_id, organisation_id) = 1", name="one_audience"),
        Index(None, "account_id", "acknowledged_at"),
        Index(None, "organisation_id", "acknowledged_at"),
        Index(None, "delegation_id"),
    )

    id: Mapped[Id]
    kind: Mapped[str]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    delegation_id: Mapped[UUID | None]
    occasion_id: Mapped[UUID] = mapped_column(ForeignKey("occasion.id"))
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"))
    words: Mapped[str]
    raised_at: Mapped[Instant]
    acknowledged_at: Mapped[Instant | None]
    acknowledged_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    acknowledged_words: Mapped[str | None]
    escalation_id: Mapped[UUID | None] = mapped_column(ForeignKey("escalation.id"), index=True)
