"""Who was found able to do a delegated activity."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from careplan.db import Base
from careplan.db.types import Id, Instant


class CompetenceRow(Base):
    """That one worker may do the activity by one version of its instruction, from a date until a date."""

    __tablename__ = "competence"
    __table_args__ = (
        CheckConstraint("ends_on >= starts_on", name="ends_after_it_begins"),
        CheckConstraint(
            "declined_at IS NULL OR accepted_at IS NULL OR declined_at >= accepted_at", name="declined_after_accepted"
        ),
        ForeignKeyConstraint(
            ["delegation_id", "instruction_version"],
            ["instruction_version.delegation_id", "instruction_version.number"],
        ),
        Index(None, "worker_id", "delegation_id"),
        Index(None, "delegation_id"),
        Index(None, "ends_on"),
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
    trained_by: Mapped[str | None]
    observed_by: Mapped[str | None]
    confirms: Mapped[UUID | None] = mapped_column(ForeignKey("competence.id"))


class PreparationRow(Base):
    """That a worker was trained or observed, on a day and by whom. Rows stay."""

    __tablename__ = "competence_preparation"
    __table_args__ = (
        CheckConstraint("kind IN ('trained', 'observed')", name="known_kind"),
        Index(None, "delegation_id"),
    )

    id: Mapped[Id]
    delegation_id: Mapped[UUID] = mapped_column(ForeignKey("delegation.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    worker_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    kind: Mapped[str]
    instruction_version: Mapped[int]
    day: Mapped[date]
    by_whom: Mapped[str]
    words: Mapped[str]
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    recorded_at: Mapped[Instant]


class CompetenceWarningRow(Base):
    """That it was told, so many days before, that a competence is about to end."""

    __tablename__ = "competence_warning"

    competence_id: Mapped[UUID] = mapped_column(ForeignKey("competence.id"), primary_key=True)
    days: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    told_at: Mapped[Instant]
