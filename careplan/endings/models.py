"""Tables of endings and of what each of them ended."""

from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from careplan.db import Base
from careplan.db.types import Id, Instant


class EndingRow(Base):
    """That care at home ended, or will; entered in error it stays to be seen."""

    __tablename__ = "ending"
    __table_args__ = (
        CheckConstraint("kind IN ('died', 'care_home', 'moved_away', 'withdrawn')", name="known_kind"),
        CheckConstraint("kind <> 'withdrawn' OR capacity IS NOT NULL", name="withdrawn_by_one_who_can_decide"),
        CheckConstraint(
            "num_nonnulls(retracted_at, retracted_by, retracted_because) IN (0, 3)", name="is_retracted_whole"
        ),
        Index(None, "person_id", "ends_at"),
    )

    id: Mapped[Id]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    plan_id: Mapped[UUID | None] = mapped_column(ForeignKey("support_plan.id"))
    kind: Mapped[str]
    ends_at: Mapped[Instant]
    told_by: Mapped[str]
    moved_to: Mapped[str | None]
    capacity: Mapped[str | None]
    equipment: Mapped[list[str]] = mapped_column(ARRAY(String()))
    recorded_at: Mapped[Instant]
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    retracted_at: Mapped[Instant | None]
    retracted_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    retracted_because: Mapped[str | None]


class EndingEffectRow(Base):
    """One thing that an ending ended, and how it stood before; where the ending was a mistake, what became of it."""

    __tablename__ = "ending_effect"
    __table_args__ = (
        CheckConstraint(
            "what IN ('plan', 'relationship', 'member', 'delegation', 'visit', 'death')", name="known_effect"
        ),
        CheckConstraint("outcome IN ('back', 'uncovered', 'too_late', 'changed_since')", name="known_outcome"),
    )

    ending_id: Mapped[UUID] = mapped_column(ForeignKey("ending.id"), primary_key=True)
    what: Mapped[str] = mapped_column(primary_key=True)
    subject_id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    before: Mapped[dict[str, Any]] = mapped_column(JSONB)
    outcome: Mapped[str | None]
