"""Tables of transfers: the act for many, each person's own, what people said of it, and notes of handover."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from careplan.db import Base
from careplan.db.types import Id, Instant

REASONS = "'persons_wish', 'provider_failure', 'provider_notice', 'zone_start', 'quality', 'other'"


class TransferActRow(Base):
    """One act for many; a team sees its own."""

    __tablename__ = "transfer_act"
    __table_args__ = (
        CheckConstraint(f"reason IN ({REASONS})", name="known_reason"),
        CheckConstraint("from_provider_id <> to_provider_id", name="another_provider"),
        Index(None, "team_id", "started_at"),
    )

    id: Mapped[Id]
    team_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    from_provider_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    to_provider_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    zone_id: Mapped[UUID | None] = mapped_column(ForeignKey("zone.id"))
    reason: Mapped[str]
    why: Mapped[str]
    changes_on: Mapped[date]
    told_on: Mapped[date | None]
    started_at: Mapped[Instant]
    started_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))


class TransferRow(Base):
    """One person's move from one provider to another; how far it has come is stored nowhere."""

    __tablename__ = "transfer"
    __table_args__ = (
        CheckConstraint(f"reason IN ({REASONS})", name="known_reason"),
        CheckConstraint("from_provider_id <> to_provider_id", name="another_provider"),
        CheckConstraint(
            "num_nonnulls(withdrawn_at, withdrawn_by, withdrawn_because) IN (0, 3)", name="withdrawn_whole"
        ),
        CheckConstraint("(handed_over_at IS NULL) = (changed_at IS NULL)", name="handed_over_whole"),
        Index(None, "person_id", "started_at"),
        Index(None, "act_id"),
        Index(
            "uq_transfer_one_at_a_time",
            "person_id",
            unique=True,
            postgresql_where=text("withdrawn_at IS NULL AND handed_over_at IS NULL"),
        ),
    )

    id: Mapped[Id]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("support_plan.id"))
    act_id: Mapped[UUID | None] = mapped_column(ForeignKey("transfer_act.id"))
    from_provider_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    to_provider_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    reason: Mapped[str]
    why: Mapped[str]
    changes_on: Mapped[date]
    told_on: Mapped[date | None]
    base_number: Mapped[int]
    started_at: Mapped[Instant]
    started_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    begun_at: Mapped[Instant | None]
    held_up: Mapped[str | None]
    asked_at: Mapped[Instant | None]
    asked_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    handed_over_at: Mapped[Instant | None]
    changed_at: Mapped[Instant | None]
    released: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid()), server_default=text("'{}'"))
    withdrawn_at: Mapped[Instant | None]
    withdrawn_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    withdrawn_because: Mapped[str | None]


class TransferConsultationRow(Base):
    """What the person said of the change; append-only, and the latest counts."""

    __tablename__ = "transfer_consultation"
    __table_args__ = (
        CheckConstraint("NOT objects OR done_about <> ''", name="an_objection_is_answered"),
        Index(None, "transfer_id", "recorded_at"),
    )

    id: Mapped[Id]
    transfer_id: Mapped[UUID] = mapped_column(ForeignKey("transfer.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    asked_on: Mapped[date]
    how: Mapped[str]
    said: Mapped[str]
    objects: Mapped[bool]
    done_about: Mapped[str | None]
    recorded_at: Mapped[Instant]
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))


class HandoverNoteRow(Base):
    """What one side wrote for the other; append-only."""

    __tablename__ = "handover_note"
    __table_args__ = (Index(None, "transfer_id", "at"),)

    id: Mapped[Id]
    transfer_id: Mapped[UUID] = mapped_column(ForeignKey("transfer.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    words: Mapped[str]
    by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    at: Mapped[Instant]
