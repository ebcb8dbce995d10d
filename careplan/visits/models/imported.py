"""Files of visits that were brought in from other systems."""

from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from careplan.db import Base
from careplan.db.types import Id, Instant


class VisitImportRow(Base):
    """A file of visits from another system that was taken, and what was wrong with which of its rows."""

    __tablename__ = "visit_import"
    __table_args__ = (UniqueConstraint("provider_id", "reference"),)

    id: Mapped[Id]
    provider_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    reference: Mapped[str]
    file_name: Mapped[str]
    good: Mapped[int]
    known: Mapped[int]
    problems: Mapped[list[Any]] = mapped_column(JSONB)
    taken_at: Mapped[Instant]
    taken_by: Mapped[UUID]
