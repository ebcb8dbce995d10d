"""Doses, which delegation covers a medicine, and what the provider was told."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from careplan.db import Base
from careplan.db.types import Id, Instant


class DoseRow(Base):
    """One occasion of one medicine: stays as it came. The medicine is as claimed: it may not exist."""

    __tablename__ = "medicine_dose"
    __table_args__ = (
        CheckConstraint(
            "result IN ('given', 'reminded', 'taken', 'declined', 'not_available', 'omitted', 'spoiled')",
            name="known_result",
        ),
        CheckConstraint("result <> 'omitted' OR reason IS NOT NULL", name="omitted_with_a_reason"),
        CheckConstraint("corrects <> id", name="corrects_another"),
        Index(None, "person_id", "effective_at"),
        Index(None, "medicine_id", "effective_at"),
    )

    id: Mapped[Id]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    medicine_id: Mapped[UUID]
    worker_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    visit_id: Mapped[UUID | None]
    effective_at: Mapped[Instant]
    received_at: Mapped[Instant]
    result: Mapped[str]
    reason: Mapped[str | None]
    amount: Mapped[str | None]
    note: Mapped[str | None]
    rang: Mapped[str | None]
    corrects: Mapped[UUID | None]


class CoveredRow(Base):
    """By which delegation a medicine is given that takes a technique; the latest row of a medicine counts."""

    __tablename__ = "medicine_delegation"
    __table_args__ = (Index(None, "medicine_id", "linked_at"), Index(None, "person_id"))

    id: Mapped[Id]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    medicine_id: Mapped[UUID] = mapped_column(ForeignKey("medicine.id"))
    delegation_id: Mapped[UUID] = mapped_column(ForeignKey("delegation.id"))
    linked_at: Mapped[Instant]
    linked_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))


class MedicineAlertRow(Base):
    """What a provider was told of a dose, or of a time with no record, until somebody says that they know."""

    __tablename__ = "medicine_alert"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('too_early', 'over_maximum', 'not_given', 'not_recorded', 'not_prescribed', 'unknown_medicine')",
            name="known_kind",
        ),
        CheckConstraint("(dose_id IS NULL) = (kind = 'not_recorded')", name="is_of_a_dose_or_of_none"),
        CheckConstraint("(due_at IS NOT NULL) = (kind = 'not_recorded')", name="silence_has_its_time"),
        CheckConstraint("num_nonnulls(acknowledged_at, acknowledged_words) IN (0, 2)", name="is_acknowledged_in_words"),
        UniqueConstraint("medicine_id", "due_at", name="uq_medicine_alert_medicine_id_due_at"),
        UniqueConstraint("dose_id", "kind", name="uq_medicine_alert_dose_id_kind"),
        Index(None, "organisation_id", "acknowledged_at"),
        Index(None, "person_id"),
    )

    id: Mapped[Id]
    kind: Mapped[str]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    medicine_id: Mapped[UUID]
    dose_id: Mapped[UUID | None] = mapped_column(ForeignKey("medicine_dose.id"))
    due_at: Mapped[Instant | None]
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    words: Mapped[str]
    raised_at: Mapped[Instant]
    acknowledged_at: Mapped[Instant | None]
    acknowledged_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    acknowledged_words: Mapped[str | None]
