"""Visits, what workers recorded of them, receipts, flags, held records, devices and down time."""

from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint, Uuid
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from careplan.db import Base
from careplan.db.types import Id, Instant


class VisitRow(Base):
    """A planned attendance."""

    __tablename__ = "visit"
    __table_args__ = (
        CheckConstraint("planned_end > planned_start", name="ends_after_it_begins"),
        CheckConstraint("workers_needed BETWEEN 1 AND 4", name="workers_needed"),
        CheckConstraint("cancelled_by IN ('person', 'provider', 'council', 'hospital')", name="known_canceller"),
        CheckConstraint(
            "num_nonnulls(cancelled_at, cancelled_by, cancel_reason, cancelled_by_account) IN (0, 4)",
            name="whole_cancellation",
        ),
        CheckConstraint("(missed_at IS NULL) = (missed_because IS NULL)", name="whole_miss"),
        CheckConstraint("window_minutes BETWEEN 1 AND 45", name="a_narrower_window"),
        Index(None, "person_id", "planned_start", "id"),
        Index(None, "provider_id", "planned_start"),
        Index(None, "pattern_id", "planned_start"),
        Index(None, "planned_start"),
    )

    id: Mapped[Id]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("support_plan.id"))
    provider_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    funder: Mapped[str | None]
    planned_start: Mapped[Instant]
    planned_end: Mapped[Instant]
    workers_needed: Mapped[int]
    time_critical: Mapped[bool]
    created_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[Instant]
    cancelled_at: Mapped[Instant | None]
    cancelled_by: Mapped[str | None]
    cancel_reason: Mapped[str | None]
    cancel_said_at: Mapped[Instant | None]
    cancelled_by_account: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    pattern_id: Mapped[UUID | None] = mapped_column(ForeignKey("visit_pattern.id"))
    service: Mapped[str | None]
    window_minutes: Mapped[int | None]
    missed_at: Mapped[Instant | None]
    missed_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    missed_because: Mapped[str | None]
    merged_into: Mapped[UUID | None] = mapped_column(ForeignKey("visit.id"))


class VisitWorkerRow(Base):
    """A worker on a planned visit."""

    __tablename__ = "visit_worker"
    __table_args__ = (Index(None, "worker_id"),)

    visit_id: Mapped[UUID] = mapped_column(ForeignKey("visit.id"), primary_key=True)
    worker_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))


class VisitRecordRow(Base):
    """What one worker recorded of an attendance: stays as it came."""

    __tablename__ = "visit_record"
    __table_args__ = (
        CheckConstraint("ended_at >= started_at", name="ends_after_it_begins"),
        CheckConstraint("result IN ('completed', 'no_reply', 'refused', 'in_hospital')", name="known_result"),
        CheckConstraint("corrects <> id", name="corrects_another"),
        Index(None, "person_id", "effective_started_at", "id"),
        Index(None, "visit_id"),
        Index(None, "corrects"),
        Index(None, "provider_id", "effective_started_at"),
    )

    id: Mapped[Id]
    visit_id: Mapped[UUID | None] = mapped_column(ForeignKey("visit.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    plan_id: Mapped[UUID | None] = mapped_column(ForeignKey("support_plan.id"))
    plan_version: Mapped[int | None]
    worker_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    provider_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"))
    device_id: Mapped[UUID | None]
    started_at: Mapped[Instant]
    ended_at: Mapped[Instant]
    result: Mapped[str]
    note: Mapped[str | None]
    present: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid()))
    occurred_at: Mapped[Instant]
    received_at: Mapped[Instant]
    skew_ms: Mapped[int] = mapped_column(BigInteger)
    effective_started_at: Mapped[Instant]
    effective_ended_at: Mapped[Instant]
    corrects: Mapped[UUID | None]


class VisitFlagRow(Base):
    """Something about a record that a coordinator should look at; one of a kind for a record, visit or objection."""

    __tablename__ = "visit_flag"
    __table_args__ = (
        UniqueConstraint("subject_id", "code"),
        Index(None, "provider_id", "settled_at"),
        Index(None, "record_id"),
    )

    id: Mapped[Id]
    subject_id: Mapped[UUID]
    record_id: Mapped[UUID]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    provider_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"))
    visit_id: Mapped[UUID | None]
    code: Mapped[str]
    raised_at: Mapped[Instant]
    settled_at: Mapped[Instant | None]
    settled_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    settled_words: Mapped[str | None]


class VisitDisputeRow(Base):
    """What the person said of a visit against what was recorded, and that it was answered. Unplanned visits go by the
    id of a record, so `visit_id` is no key.
    """

    __tablename__ = "visit_dispute"
    __table_args__ = (CheckConstraint("kind IN ('did_not_happen', 'short', 'answered')", name="known_kind"),)

    id: Mapped[Id]
    visit_id: Mapped[UUID] = mapped_column(index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[str]
    recorded_at: Mapped[Instant]
    recorded_by: Mapped[UUID]


class SyncReceiptRow(Base):
    """That a record was taken, from whom, with what content, and what was answered: the id counts once for ever."""

    __tablename__ = "sync_receipt"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    worker_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)
    device_id: Mapped[UUID | None]
    kind: Mapped[str]
    body_hash: Mapped[str]
    answer: Mapped[dict[str, Any]] = mapped_column(JSONB)
    received_at: Mapped[Instant]


class HeldRecordRow(Base):
    """A record that waits outside any person's record until somebody entitled takes it."""

    __tablename__ = "held_record"
    __table_args__ = (
        CheckConstraint("reason IN ('not_on_round', 'device_revoked')", name="known_reason"),
        Index(None, "organisation_id", "taken_at"),
    )

    id: Mapped[Id]
    worker_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"))
    device_id: Mapped[UUID | None]
    kind: Mapped[str]
    body: Mapped[dict[str, Any]] = mapped_column(JSONB)
    reason: Mapped[str]
    skew_ms: Mapped[int] = mapped_column(BigInteger)
    received_at: Mapped[Instant]
    taken_at: Mapped[Instant | None]
    taken_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))


class DeviceRow(Base):
    """A tablet that has sent something, and whether the coordinator has revoked it."""

    __tablename__ = "device"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    first_seen_at: Mapped[Instant]
    last_seen_at: Mapped[Instant]
    last_worker_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    revoked_at: Mapped[Instant | None]
    revoked_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))


class DowntimeRow(Base):
    """Time on a shift that was not with a person, and what it served."""

    __tablename__ = "downtime"
    __table_args__ = (
        CheckConstraint("minutes > 0", name="some_time"),
        CheckConstraint("use IN ('people', 'training', 'community', 'meeting')", name="known_use"),
        Index(None, "organisation_id", "effective_at"),
    )

    id: Mapped[Id]
    worker_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"))
    minutes: Mapped[int]
    use: Mapped[str]
    note: Mapped[str | None]
    effective_at: Mapped[Instant]
    received_at: Mapped[Instant]
    corrects: Mapped[UUID | None]


class DiscardRow(Base):
    """That a worker gave up a record which was not taken, and why."""

    __tablename__ = "discard"

    id: Mapped[Id]
    record_id: Mapped[UUID] = mapped_column(index=True)
    worker_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"))
    reason: Mapped[str]
    effective_at: Mapped[Instant]
    received_at: Mapped[Instant]
