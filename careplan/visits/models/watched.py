"""Rules that a council sets for visits, and alerts."""

from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from careplan.db import Base
from careplan.db.types import Id, Instant


class VisitRuleRow(Base):
    """When visits are late and what outcomes draw, from an instant on: for one provider's contract, or for all."""

    __tablename__ = "visit_rule"
    __table_args__ = (
        CheckConstraint("critical_minutes BETWEEN 1 AND 60", name="a_window"),
        CheckConstraint("late_minutes BETWEEN 1 AND 240", name="a_patience"),
        Index(None, "provider_id", "since"),
    )

    id: Mapped[Id]
    provider_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"))
    critical_minutes: Mapped[int]
    late_minutes: Mapped[int]
    draws: Mapped[dict[str, Any]] = mapped_column(JSONB)
    since: Mapped[Instant]
    set_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))


class VisitAlertRow(Base):
    """Something about a visit that calls for somebody now; one of a kind for a visit."""

    __tablename__ = "visit_alert"
    __table_args__ = (
        UniqueConstraint("visit_id", "kind"),
        CheckConstraint("kind IN ('no_start', 'late', 'missed', 'no_reply', 'one_of_two')", name="known_kind"),
        CheckConstraint("rank IN ('high', 'medium', 'low')", name="known_rank"),
        CheckConstraint(
            "num_nonnulls(acknowledged_at, acknowledged_by, acknowledged_words) IN (0, 3)", name="whole_answer"
        ),
        Index(None, "provider_id", "acknowledged_at"),
    )

    id: Mapped[Id]
    visit_id: Mapped[UUID] = mapped_column(ForeignKey("visit.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    provider_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    kind: Mapped[str]
    rank: Mapped[str]
    contact: Mapped[str]
    response: Mapped[str]
    tell_contact: Mapped[bool]
    clock_doubtful: Mapped[bool]
    raised_at: Mapped[Instant]
    acknowledged_at: Mapped[Instant | None]
    acknowledged_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    acknowledged_words: Mapped[str | None]
    person_told: Mapped[bool | None]
    contact_told: Mapped[bool | None]
    confirmed: Mapped[bool | None]
