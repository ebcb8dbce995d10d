"""Patterns by which visits recur, what they are for, whom people wish to come, and what is known of workers."""

from datetime import date, time
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, Uuid
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from careplan.db import Base
from careplan.db.types import Id, Instant


class VisitPatternRow(Base):
    """A visit that recurs on days of the week in some of the four weeks. The ids in its arrays were checked."""

    __tablename__ = "visit_pattern"
    __table_args__ = (
        CheckConstraint("cardinality(weeks) > 0 AND weeks <@ ARRAY[1, 2, 3, 4]", name="weeks_of_four"),
        CheckConstraint("cardinality(days) > 0 AND days <@ ARRAY[0, 1, 2, 3, 4, 5, 6]", name="days_of_a_week"),
        CheckConstraint("minutes BETWEEN 1 AND 1440", name="at_most_a_day"),
        CheckConstraint("workers_needed BETWEEN 1 AND 4", name="workers_needed"),
        CheckConstraint("window_minutes BETWEEN 1 AND 45", name="a_narrower_window"),
        CheckConstraint("until_day >= from_day", name="ends_after_it_begins"),
        CheckConstraint("num_nonnulls(stopped_from, stopped_at, stopped_by) IN (0, 3)", name="stopped_whole"),
        CheckConstraint("(short_task IS NULL) = (short_agreed_on IS NULL)", name="short_whole"),
        Index(None, "person_id", "from_day"),
        Index(None, "provider_id"),
    )

    id: Mapped[Id]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("support_plan.id"))
    provider_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    weeks: Mapped[list[int]] = mapped_column(ARRAY(Integer()))
    days: Mapped[list[int]] = mapped_column(ARRAY(Integer()))
    at: Mapped[time]
    minutes: Mapped[int]
    workers_needed: Mapped[int]
    workers: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid()))
    activities: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid()))
    service: Mapped[str | None]
    funder: Mapped[str | None]
    time_critical: Mapped[bool]
    window_minutes: Mapped[int | None]
    from_day: Mapped[date]
    until_day: Mapped[date | None]
    short_task: Mapped[str | None]
    short_agreed_on: Mapped[date | None]
    planned_until: Mapped[date | None]
    created_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[Instant]
    stopped_from: Mapped[date | None]
    stopped_at: Mapped[Instant | None]
    stopped_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))


class VisitActivityRow(Base):
    """A delegated activity that is to be done at a visit; who may do it follows from who comes."""

    __tablename__ = "visit_activity"

    visit_id: Mapped[UUID] = mapped_column(ForeignKey("visit.id"), primary_key=True)
    delegation_id: Mapped[UUID] = mapped_column(ForeignKey("delegation.id"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)


class VisitOverrideRow(Base):
    """That visits were planned although they are not as the person would wish: why, and that the person said yes."""

    __tablename__ = "visit_override"
    __table_args__ = (
        CheckConstraint("num_nonnulls(pattern_id, visit_id) = 1", name="of_one_thing"),
        CheckConstraint("reason <> ''", name="a_reason"),
    )

    id: Mapped[Id]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    pattern_id: Mapped[UUID | None] = mapped_column(ForeignKey("visit_pattern.id"))
    visit_id: Mapped[UUID | None] = mapped_column(ForeignKey("visit.id"))
    cautions: Mapped[list[str]] = mapped_column(ARRAY(String()))
    reason: Mapped[str]
    person_agreed: Mapped[bool]
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    recorded_at: Mapped[Instant]


class VisitWishRow(Base):
    """Whom the person wishes to come, and where the door is, in millionths of a degree. The latest counts."""

    __tablename__ = "visit_wish"
    __table_args__ = (
        CheckConstraint("gender IN ('female', 'male')", name="known_gender"),
        CheckConstraint("num_nonnulls(latitude, longitude) IN (0, 2)", name="a_whole_place"),
        Index(None, "person_id", "recorded_at"),
    )

    id: Mapped[Id]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    gender: Mapped[str | None]
    language: Mapped[str | None]
    culture: Mapped[str | None]
    latitude: Mapped[int | None]
    longitude: Mapped[int | None]
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    recorded_at: Mapped[Instant]


class WorkerTraitRow(Base):
    """What a worker says of themselves, so that people's wishes can be met; None: not said."""

    __tablename__ = "worker_trait"
    __table_args__ = (CheckConstraint("gender IN ('female', 'male', 'other')", name="known_gender"),)

    worker_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    gender: Mapped[str | None]
    languages: Mapped[list[str] | None] = mapped_column(ARRAY(String()))
    culture: Mapped[str | None]
    said_at: Mapped[Instant]
    said_to: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
