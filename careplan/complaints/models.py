"""Tables of complaints and answers. Nothing in them changes."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from careplan.db import Base
from careplan.db.types import Id, Instant


class ComplaintRow(Base):
    """What somebody said was wrong. A visit that nobody planned has only a record's id, so `visit_id` is no key."""

    __tablename__ = "complaint"
    __table_args__ = (
        CheckConstraint("about IN ('visit', 'care', 'plan', 'money', 'other')", name="known_about"),
        CheckConstraint("dispute IN ('did_not_happen', 'short')", name="known_dispute"),
        CheckConstraint(
            "(about = 'visit') = (visit_id IS NOT NULL) AND (about = 'visit') = (dispute IS NOT NULL)",
            name="a_dispute_names_its_visit",
        ),
        CheckConstraint("about = 'visit' OR words <> ''", name="says_something"),
        Index(None, "person_id", "recorded_at"),
    )

    id: Mapped[Id]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    reference: Mapped[str] = mapped_column(unique=True)
    about: Mapped[str]
    dispute: Mapped[str | None]
    visit_id: Mapped[UUID | None]
    provider_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"))
    words: Mapped[str | None]
    wanted: Mapped[str | None]
    answer_by: Mapped[date]
    recorded_at: Mapped[Instant]
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))


class ComplaintAnswerRow(Base):
    """The one answer to a complaint."""

    __tablename__ = "complaint_answer"
    __table_args__ = (
        CheckConstraint("follow_up IN ('corrected', 'put_right', 'apology', 'no_change')", name="known_follow_up"),
        CheckConstraint("(follow_up = 'corrected') = (record_id IS NOT NULL)", name="a_correction_names_its_record"),
        CheckConstraint("words <> ''", name="says_something"),
    )

    complaint_id: Mapped[UUID] = mapped_column(ForeignKey("complaint.id"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    words: Mapped[str]
    follow_up: Mapped[str]
    record_id: Mapped[UUID | None] = mapped_column(ForeignKey("visit_record.id"))
    recorded_at: Mapped[Instant]
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
