"""Tables of what people contribute and are charged. What was recorded stays; a run is sent once."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from careplan.db import Base
from careplan.db.types import Id, Instant
from careplan.payments.domain.charging import Bound, NotCharged
from careplan.payments.domain.contribution import ContributionKind, ContributionStatus, ExemptionKind
from careplan.payments.models.paying import among


class ContributionRow(Base):
    """What a person contributes from a day on; of two for one day what was recorded last counts. Append-only."""

    __tablename__ = "contribution"
    __table_args__ = (
        CheckConstraint(among("kind", ContributionKind), name="known_kind"),
        CheckConstraint(among("status", ContributionStatus), name="known_status"),
        CheckConstraint("weekly >= 0 AND (kind = 'amount' OR weekly = 0)", name="an_amount_alone_has_pence"),
        CheckConstraint("status = 'pending' OR told_on IS NOT NULL", name="the_person_was_told"),
        CheckConstraint("status <> 'refused' OR kind = 'full_cost'", name="refusing_means_the_full_cost"),
        Index(None, "person_id", "since"),
    )

    id: Mapped[Id]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str]
    weekly: Mapped[int]
    since: Mapped[date]
    status: Mapped[str]
    source: Mapped[str]
    told_on: Mapped[date | None]
    recorded_at: Mapped[Instant]
    recorded_by: Mapped[UUID]


class ChargeExemptionRow(Base):
    """Days on which a person's care is free, and why; what was recorded last of a kind and first day counts."""

    __tablename__ = "charge_exemption"
    __table_args__ = (
        CheckConstraint(among("kind", ExemptionKind), name="known_kind"),
        CheckConstraint("until >= since", name="ends_after_it_begins"),
        CheckConstraint("(kind = 'aids') = (cost IS NOT NULL) AND cost BETWEEN 0 AND 100000", name="small_aids_alone"),
        Index(None, "person_id"),
    )

    id: Mapped[Id]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str]
    since: Mapped[date]
    until: Mapped[date | None]
    cost: Mapped[int | None]
    source: Mapped[str]
    recorded_at: Mapped[Instant]
    recorded_by: Mapped[UUID]


class ChargeRunRow(Base):
    """What people are charged for a Monday week: a draft until it is sent, or replaced by a later draft."""

    __tablename__ = "charge_run"
    __table_args__ = (
        CheckConstraint("ends_on = starts_on + 6 AND EXTRACT(isodow FROM starts_on) = 1", name="a_monday_week"),
        CheckConstraint("num_nonnulls(sent_at, sent_by) IN (0, 2)", name="sent_whole"),
        CheckConstraint("sent_at IS NULL OR replaced_at IS NULL", name="what_is_sent_stays"),
        Index(None, "starts_on"),
    )

    id: Mapped[Id]
    freeze_id: Mapped[UUID] = mapped_column(ForeignKey("settlement_freeze.id"))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    drawn_up_at: Mapped[Instant]
    drawn_up_by: Mapped[UUID]
    sent_at: Mapped[Instant | None]
    sent_by: Mapped[UUID | None]
    replaced_at: Mapped[Instant | None]


class ChargeLineRow(Base):
    """A charge for some days of one week; a correction is what an earlier week is worth more or less. Append-only."""

    __tablename__ = "charge_line"
    __table_args__ = (
        CheckConstraint(among("bound", Bound), name="known_bound"),
        Index(None, "run_id"),
        Index(None, "person_id", "starts_on"),
    )

    id: Mapped[Id]
    run_id: Mapped[UUID] = mapped_column(ForeignKey("charge_run.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    freeze_id: Mapped[UUID] = mapped_column(ForeignKey("settlement_freeze.id"))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    is_correction: Mapped[bool]
    contribution_id: Mapped[UUID | None] = mapped_column(ForeignKey("contribution.id"))
    minutes: Mapped[int]
    by_contribution: Mapped[int | None]
    by_rate: Mapped[int]
    by_cost: Mapped[int | None]
    pence: Mapped[int]
    bound: Mapped[str]


class ChargeLineVisitRow(Base):
    """The minutes of a visit that are charged, or why none are. Append-only."""

    __tablename__ = "charge_line_visit"
    __table_args__ = (
        CheckConstraint(among("why_not", NotCharged), name="known_reason"),
        CheckConstraint("why_not IS NULL OR minutes = 0", name="charged_or_not"),
        Index(None, "person_id"),
    )

    line_id: Mapped[UUID] = mapped_column(ForeignKey("charge_line.id"), primary_key=True)
    visit_id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    minutes: Mapped[int]
    why_not: Mapped[str | None]
