"""What follows an occasion: an escalation up the ladder, what is done about an incident, and reviews."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from careplan.db import Base
from careplan.db.types import Id, Instant


class EscalationRow(Base):
    """A reading out of range on its way up the ladder as it stood then, until somebody says what they did."""

    __tablename__ = "escalation"
    __table_args__ = (
        CheckConstraint(
            "num_nonnulls(answered_at, answered_by, answered_words) IN (0, 3)", name="is_answered_in_words"
        ),
        Index("ix_escalation_open", "raised_at", postgresql_where=text("answered_at IS NULL")),
        Index(None, "delegation_id"),
        Index(None, "person_id"),
    )

    id: Mapped[Id]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    delegation_id: Mapped[UUID] = mapped_column(ForeignKey("delegation.id"))
    occasion_id: Mapped[UUID] = mapped_column(ForeignKey("occasion.id"), unique=True)
    provider_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    words: Mapped[str]
    raised_at: Mapped[Instant]
    ladder: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    answered_at: Mapped[Instant | None]
    answered_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    answered_words: Mapped[str | None]


class EscalationToldRow(Base):
    """Whom an escalation reached, and when; position 0 is everybody. Rows stay."""

    __tablename__ = "escalation_told"
    __table_args__ = (UniqueConstraint("escalation_id", "position"), Index(None, "person_id"))

    id: Mapped[Id]
    escalation_id: Mapped[UUID] = mapped_column(ForeignKey("escalation.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    position: Mapped[int]
    name: Mapped[str]
    phone: Mapped[str]
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    at: Mapped[Instant]


class IncidentStepRow(Base):
    """One thing done about an incident; the state is the fold of them."""

    __tablename__ = "delegation_incident_step"
    __table_args__ = (
        CheckConstraint(
            "event IN ('taken', 'acted', 'debriefed', 'decided', 'provider_closes', 'delegator_closes', 'reopened')",
            name="known_event",
        ),
        CheckConstraint("words <> ''", name="in_words"),
        CheckConstraint("(stays_suspended IS NOT NULL) = (event = 'decided')", name="a_decision_decides"),
        Index(None, "incident_id", "at"),
        Index(None, "person_id"),
    )

    id: Mapped[Id]
    incident_id: Mapped[UUID] = mapped_column(ForeignKey("delegation_incident.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    event: Mapped[str]
    at: Mapped[Instant]
    by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    words: Mapped[str]
    stays_suspended: Mapped[bool | None]


class DelegationReviewRow(Base):
    """A review of a delegation by the professional who made it. Rows stay."""

    __tablename__ = "delegation_review"
    __table_args__ = (
        CheckConstraint("decision IN ('continue', 'change', 'stop')", name="known_decision"),
        CheckConstraint("(decision = 'stop') = (next_on IS NULL)", name="goes_on_until_the_next"),
        CheckConstraint("next_on > held_on", name="the_next_comes_later"),
        Index(None, "delegation_id", "held_on"),
        Index(None, "person_id"),
    )

    id: Mapped[Id]
    delegation_id: Mapped[UUID] = mapped_column(ForeignKey("delegation.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    held_on: Mapped[date]
    findings: Mapped[str]
    decision: Mapped[str]
    next_on: Mapped[date | None]
    by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    at: Mapped[Instant]
