"""Referrals and equipment, each with the steps of which its state is the fold."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from careplan.db import Base
from careplan.db.types import Id, Instant


class ReferralRow(Base):
    """A person referred to an occupational therapist, with their yes. Rows stay."""

    __tablename__ = "referral"
    __table_args__ = (
        CheckConstraint("urgency IN ('urgent', 'soon', 'routine')", name="known_urgency"),
        CheckConstraint("agreed <> ''", name="with_the_persons_yes"),
        Index(None, "person_id"),
        Index(None, "therapist_id"),
    )

    id: Mapped[Id]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    therapist_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    reason: Mapped[str]
    urgency: Mapped[str]
    agreed: Mapped[str]
    sent_at: Mapped[Instant]
    sent_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))


class ReferralStepRow(Base):
    """What moved a referral on. Rows stay."""

    __tablename__ = "referral_step"
    __table_args__ = (
        CheckConstraint(
            "event IN ('accepted', 'declined', 'visit_planned', 'recommended', 'closed')", name="known_event"
        ),
        CheckConstraint("(visit_on IS NOT NULL) = (event = 'visit_planned')", name="a_planned_visit_has_its_day"),
        Index(None, "referral_id", "at"),
        Index(None, "person_id"),
    )

    id: Mapped[Id]
    referral_id: Mapped[UUID] = mapped_column(ForeignKey("referral.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    event: Mapped[str]
    at: Mapped[Instant]
    by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    words: Mapped[str]
    visit_on: Mapped[date | None]


class EquipmentRow(Base):
    """A thing prescribed for a person's home. Rows stay."""

    __tablename__ = "equipment"
    __table_args__ = (
        CheckConstraint("kind IN ('aid', 'adaptation', 'technology')", name="known_kind"),
        CheckConstraint("cost >= 0", name="costs_something_or_nothing"),
        CheckConstraint("num_nonnulls(minutes_before, minutes_after) IN (0, 2)", name="effect_is_whole"),
        CheckConstraint("minutes_before >= 0 AND minutes_after >= 0", name="effect_in_minutes"),
        Index(None, "person_id"),
    )

    id: Mapped[Id]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    referral_id: Mapped[UUID | None] = mapped_column(ForeignKey("referral.id"))
    kind: Mapped[str]
    name: Mapped[str]
    why: Mapped[str]
    supplier: Mapped[str]
    cost: Mapped[int | None]
    minutes_before: Mapped[int | None]
    minutes_after: Mapped[int | None]
    ordered_at: Mapped[Instant]
    ordered_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))


class EquipmentStepRow(Base):
    """What happened to a thing, on which day. Rows stay."""

    __tablename__ = "equipment_step"
    __table_args__ = (
        CheckConstraint("event IN ('delivered', 'cancelled', 'in_use', 'not_used', 'returned')", name="known_event"),
        CheckConstraint("event NOT IN ('not_used', 'cancelled') OR words <> ''", name="not_used_for_a_reason"),
        Index(None, "equipment_id", "at"),
        Index(None, "person_id"),
    )

    id: Mapped[Id]
    equipment_id: Mapped[UUID] = mapped_column(ForeignKey("equipment.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    event: Mapped[str]
    on: Mapped[date]
    at: Mapped[Instant]
    by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    words: Mapped[str]
