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
