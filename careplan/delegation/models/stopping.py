"""What fell away, and who knows of it."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from careplan.db import Base
from careplan.db.types import Id, Instant


class StopRow(Base):
    """Authority that ceased at an instant: everybody's, or one worker's; and who does the next occasion."""

    __tablename__ = "delegation_stop"
    __table_args__ = (
        CheckConstraint(
            "cause IN ('suspended', 'withdrawn', 'expired', 'new_instruction', 'incident', 'worker_suspended', "
            "'worker_declined', 'competence_over', 'worker_left')",
            name="known_cause",
        ),
        Index(None, "delegation_id"),
        Index(None, "delegator_id"),
        Index(None, "provider_id"),
        Index("uq_delegation_stop_expired", "delegation_id", unique=True, postgresql_where=text("cause = 'expired'")),
        Index(
            "uq_delegation_stop_competence_over", "competence_id", unique=True,
            postgresql_where=text("cause = 'competence_over'"),
        ),
    )  # fmt: skip

    id: Mapped[Id]
    delegation_id: Mapped[UUID] = mapped_column(ForeignKey("delegation.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    activity: Mapped[str]
    delegator_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    provider_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    worker_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    competence_id: Mapped[UUID | None] = mapped_column(ForeignKey("competence.id"))
    cause: Mapped[str]
    at: Mapped[Instant]
    reason: Mapped[str]
    next_occasion: Mapped[str]
    contact: Mapped[str]
    by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    raised_at: Mapped[Instant]


class StopAcknowledgementRow(Base):
    """That the delegator's side, or the provider, knows of a stop."""

    __tablename__ = "stop_acknowledgement"
    __table_args__ = (CheckConstraint("party IN ('delegator', 'provider')", name="known_party"),)

    stop_id: Mapped[UUID] = mapped_column(ForeignKey("delegation_stop.id"), primary_key=True)
    party: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    at: Mapped[Instant]
    by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    words: Mapped[str | None]
