"""The table of reviews."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from careplan.db import Base
from careplan.db.types import Id, Instant


class ReviewRow(Base):
    """A review of one version, as it was written down; append-only."""

    __tablename__ = "review"
    __table_args__ = (
        CheckConstraint("kind IN ('planned', 'unplanned')", name="known_kind"),
        CheckConstraint("(kind = 'unplanned') = (reason IS NOT NULL)", name="unplanned_for_a_reason"),
        CheckConstraint("(kind = 'planned') = (met IS NOT NULL)", name="outcomes_judged_when_planned"),
        CheckConstraint("kind <> 'planned' OR next_on IS NOT NULL", name="planned_names_the_next"),
        CheckConstraint("next_on > held_on AND next_on <= held_on + 365", name="next_within_12_months"),
        CheckConstraint("met IN ('fully', 'partially', 'not')", name="known_met"),
        CheckConstraint("took_part <> '' AND words <> ''", name="says_who_and_what"),
        CheckConstraint(
            "LEAST(pence_before, pence_after, minutes_before, minutes_after) >= 0", name="nothing_below_nought"
        ),
    )

    id: Mapped[Id]
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("support_plan.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    version_id: Mapped[UUID] = mapped_column(ForeignKey("plan_version.id"))
    version_number: Mapped[int]
    kind: Mapped[str]
    reason: Mapped[str | None]
    held_on: Mapped[date]
    took_part: Mapped[str]
    words: Mapped[str]
    met: Mapped[str | None]
    next_on: Mapped[date | None]
    pence_before: Mapped[int | None]
    minutes_before: Mapped[int]
    pence_after: Mapped[int | None]
    minutes_after: Mapped[int]
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    recorded_by_name: Mapped[str]
    at: Mapped[Instant]
