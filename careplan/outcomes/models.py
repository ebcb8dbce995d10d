"""Ratings of outcomes: every one a row that stays."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from careplan.db import Base
from careplan.db.types import Id, Instant


class RatingRow(Base):
    """One party's view of one outcome at one time; the outcome is an item of the plan's content."""

    __tablename__ = "rating"
    __table_args__ = (
        CheckConstraint("level BETWEEN -2 AND 2", name="one_of_five_levels"),
        CheckConstraint(
            "voice IN ('person', 'representative', 'unpaid_carer', 'worker', 'professional')", name="known_voice"
        ),
        CheckConstraint("kind IN ('baseline', 'review', 'note')", name="known_kind"),
        Index(None, "person_id", "outcome_id", "at"),
    )

    id: Mapped[Id]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    outcome_id: Mapped[UUID]
    rater_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    voice: Mapped[str]
    kind: Mapped[str]
    level: Mapped[int]
    words: Mapped[str | None]
    visit_id: Mapped[UUID | None]
    at: Mapped[Instant]
    received_at: Mapped[Instant]
    corrects: Mapped[UUID | None]
