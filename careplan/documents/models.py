"""Tables of documents."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from careplan.db import Base
from careplan.db.types import Id, Instant


class EasyReadRow(Base):
    """The Easy Read of one version. A trigger keeps it as it was once the person has said yes."""

    __tablename__ = "easy_read"
    __table_args__ = (
        CheckConstraint("jsonb_typeof(parts) = 'array'", name="parts_are_a_list"),
        CheckConstraint(
            "num_nulls(approved_on, approved_at, approved_by, approved_recorded_by) IN (0, 4)", name="approved_whole"
        ),
        CheckConstraint("approved_by IN ('themselves', 'told')", name="known_way_of_saying_yes"),
        CheckConstraint("approved_at IS NULL OR offered_at IS NOT NULL", name="shown_before_a_yes"),
        CheckConstraint("approved_at IS NULL OR jsonb_array_length(parts) > 0", name="a_yes_to_something"),
        Index("uq_easy_read_one_open", "version_id", unique=True, postgresql_where=text("approved_at IS NULL")),
        Index(None, "version_id", "approved_at"),
    )

    id: Mapped[Id]
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("support_plan.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    version_id: Mapped[UUID] = mapped_column(ForeignKey("plan_version.id"))
    parts: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    revision: Mapped[int]
    begun_at: Mapped[Instant]
    saved_at: Mapped[Instant]
    saved_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    offered_at: Mapped[Instant | None]
    approved_on: Mapped[date | None]
    approved_at: Mapped[Instant | None]
    approved_by: Mapped[str | None]
    approved_recorded_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
