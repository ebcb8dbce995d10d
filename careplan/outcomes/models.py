"""Ratings of outcomes, every one a row that stays; what gets in the way; who holds that an outcome is reached."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from careplan.db import Base
from careplan.db.types import Id, Instant

KNOWN_VOICE = "voice IN ('person', 'representative', 'unpaid_carer', 'worker', 'professional')"


class RatingRow(Base):
    """One party's view of one outcome at one time; the outcome is an item of the plan's content."""

    __tablename__ = "rating"
    __table_args__ = (
        CheckConstraint("level BETWEEN -2 AND 2", name="one_of_five_levels"),
        CheckConstraint(KNOWN_VOICE, name="known_voice"),
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


class RatingTakenBackRow(Base):
    """A rating that its own rater took back: it stays, and counts for nothing."""

    __tablename__ = "rating_taken_back"

    rating_id: Mapped[UUID] = mapped_column(ForeignKey("rating.id"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    by_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    at: Mapped[Instant]


class OutcomeBarrierRow(Base):
    """Something that gets in the way of an outcome, until somebody says that it does no longer."""

    __tablename__ = "outcome_barrier"
    __table_args__ = (
        CheckConstraint("kind IS NOT NULL OR words <> ''", name="says_something"),
        CheckConstraint("(gone_at IS NULL) = (gone_by IS NULL)", name="gone_by_somebody"),
        CheckConstraint(KNOWN_VOICE, name="known_voice"),
        Index(None, "person_id", "outcome_id"),
    )

    id: Mapped[Id]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    outcome_id: Mapped[UUID]
    voice: Mapped[str]
    said_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    kind: Mapped[str | None]
    words: Mapped[str]
    said_at: Mapped[Instant]
    gone_at: Mapped[Instant | None]
    gone_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))


class OutcomeVerdictRow(Base):
    """One party's word on whether an outcome is reached; append-only, the last word of each party counts."""

    __tablename__ = "outcome_verdict"
    __table_args__ = (
        CheckConstraint("result IN ('achieved', 'maintained', 'not_yet')", name="known_result"),
        CheckConstraint("voice IN ('person', 'representative', 'professional')", name="theirs_to_say"),
        Index(None, "person_id", "outcome_id"),
    )

    id: Mapped[Id]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    outcome_id: Mapped[UUID]
    voice: Mapped[str]
    result: Mapped[str]
    words: Mapped[str]
    said_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    said_by_name: Mapped[str]
    at: Mapped[Instant]
