"""Delegations, their steps, instructions, competences, occasions with readings, incidents and alerts."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Numeric, String, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from careplan.db import Base
from careplan.db.types import Id, Instant


class DelegationRow(Base):
    """One activity for one person, as the professional proposed it; what happened to it since stands in its steps."""

    __tablename__ = "delegation"
    __table_args__ = (CheckConstraint("(closed_at IS NULL) = (closed_because IS NULL)", name="closed_with_a_reason"),)

    id: Mapped[Id]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    activity_code: Mapped[str]
    activity: Mapped[str]
    delegator_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    provider_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    funder: Mapped[str | None]
    why_suitable: Mapped[str]
    exclusions: Mapped[str]
    equipment: Mapped[str]
    consent: Mapped[str]
    escalation: Mapped[str]
    stop_criteria: Mapped[str]
    time_window: Mapped[str | None]
    proposed_at: Mapped[Instant]
    ends_on: Mapped[date | None]
    review_on: Mapped[date | None]
    closed_at: Mapped[Instant | None]
    closed_because: Mapped[str | None]
    continues: Mapped[UUID | None] = mapped_column(ForeignKey("delegation.id"))


class StepRow(Base):
    """What moved a delegation on. Rows stay; the state is the fold of them."""

    __tablename__ = "delegation_step"
    __table_args__ = (
        CheckConstraint(
            "event IN ('accepted', 'declined', 'activated', 'suspended', 'resumed', 'withdrawn')", name="known_event"
        ),
        Index(None, "delegation_id", "at"),
    )

    id: Mapped[Id]
    delegation_id: Mapped[UUID] = mapped_column(ForeignKey("delegation.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    event: Mapped[str]
    at: Mapped[Instant]
    by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    reason: Mapped[str | None]
    next_occasion: Mapped[str | None]


class InstructionRow(Base):
    """One version of how the activity is done."""

    __tablename__ = "instruction_version"
    __table_args__ = (
        UniqueConstraint("delegation_id", "number"),
        CheckConstraint("needs_reconfirmation OR change_reason IS NOT NULL", name="reason_where_no_reconfirmation"),
    )

    id: Mapped[Id]
    delegation_id: Mapped[UUID] = mapped_column(ForeignKey("delegation.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    number: Mapped[int]
    steps: Mapped[list[str]] = mapped_column(ARRAY(String))
    normal_range: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    record_what: Mapped[str]
    written_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    written_at: Mapped[Instant]
    needs_reconfirmation: Mapped[bool]
    change_reason: Mapped[str | None]


class CompetenceRow(Base):
    """That one worker may do the activity by one version of its instruction, from a date until a date."""

    __tablename__ = "competence"
    __table_args__ = (
        CheckConstraint("ends_on >= starts_on", name="ends_after_it_begins"),
        CheckConstraint("accepted_at IS NULL OR declined_at IS NULL", name="one_answer"),
        ForeignKeyConstraint(
            ["delegation_id", "instruction_version"],
            ["instruction_version.delegation_id", "instruction_version.number"],
        ),
        Index(None, "worker_id", "delegation_id"),
        Index(None, "delegation_id"),
    )

    id: Mapped[Id]
    delegation_id: Mapped[UUID] = mapped_column(ForeignKey("delegation.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    instruction_version: Mapped[int]
    worker_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    trained_on: Mapped[date]
    observed_on: Mapped[date]
    assessed_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    assessed_at: Mapped[Instant]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    accepted_at: Mapped[Instant | None]
    declined_at: Mapped[Instant | None]
    suspended_at: Mapped[Instant | None]
    suspended_reason: Mapped[str | None]
    ended_at: Mapped[Instant | None]


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
