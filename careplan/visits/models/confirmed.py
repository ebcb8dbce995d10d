"""What providers confirmed of a week, and workers' shifts."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from careplan.db import Base
from careplan.db.types import Id, Instant


class VisitConfirmationRow(Base):
    """That a provider stands by what is recorded of a visit, as it stood then; the latest counts. A visit that nobody
    planned goes by the id of a record, so `visit_id` is no key.
    """

    __tablename__ = "visit_confirmation"
    __table_args__ = (
        CheckConstraint("how IN ('unchanged', 'exception')", name="known_way"),
        Index(None, "provider_id", "week_starts_on"),
        Index(None, "visit_id", "confirmed_at"),
    )

    id: Mapped[Id]
    visit_id: Mapped[UUID]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    provider_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    week_starts_on: Mapped[date]
    how: Mapped[str]
    outcome: Mapped[str]
    confirmed_at: Mapped[Instant]
    confirmed_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))


class ShiftRow(Base):
    """A worker's whole shift, of which the time not with people is logged by what it served."""

    __tablename__ = "shift"
    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="ends_after_it_begins"),
        CheckConstraint("down_minutes >= 0", name="some_time"),
        Index(None, "organisation_id", "starts_at"),
        Index(None, "worker_id", "starts_at"),
    )

    id: Mapped[Id]
    worker_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    starts_at: Mapped[Instant]
    ends_at: Mapped[Instant]
    down_minutes: Mapped[int]
    planned_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    planned_at: Mapped[Instant]
