"""Delegations, what moved them on, and the versions of their instruction."""

from datetime import date, time
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from careplan.db import Base
from careplan.db.types import Id, Instant


class DelegationRow(Base):
    """One activity for one person, as the professional proposed it; what happened to it since stands in its steps."""

    __tablename__ = "delegation"
    __table_args__ = (
        CheckConstraint("(closed_at IS NULL) = (closed_because IS NULL)", name="closed_with_a_reason"),
        CheckConstraint("(regulator IS NULL) = (registration_number IS NULL)", name="registered_with_a_number"),
        CheckConstraint("consent_basis IN ('person', 'best_interests')", name="known_consent_basis"),
        CheckConstraint("(critical_from IS NULL) = (critical_until IS NULL)", name="window_has_both_ends"),
    )

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
    regulator: Mapped[str | None]
    registration_number: Mapped[str | None]
    contact_in_hours: Mapped[str | None]
    contact_out_of_hours: Mapped[str | None]
    consent_basis: Mapped[str | None]
    finding_address: Mapped[str | None]
    supervision_on: Mapped[date | None]
    critical_from: Mapped[time | None]
    critical_until: Mapped[time | None]


class EscalationStepRow(Base):
    """Who is told when something is wrong, one rung of a delegation's ladder."""

    __tablename__ = "escalation_step"
    __table_args__ = (
        CheckConstraint("position >= 1", name="counted_from_one"),
        CheckConstraint("within_minutes BETWEEN 0 AND 10080", name="within_a_week"),
        CheckConstraint("told_when IN ('in_hours', 'out_of_hours', 'always')", name="known_when"),
    )

    delegation_id: Mapped[UUID] = mapped_column(ForeignKey("delegation.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    name: Mapped[str]
    phone: Mapped[str]
    within_minutes: Mapped[int]
    told_when: Mapped[str]
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))


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
    # Missing in what was written before each version said it: then as proposed.
    equipment: Mapped[str | None]
