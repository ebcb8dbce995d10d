"""Tables of the hours slice. Entries are never changed; balances only cache their fold."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, SmallInteger, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from careplan.db import Base
from careplan.db.types import Id, Instant
from careplan.hours.domain.ledger import ALLOWED

FLOW_CHECK = "(kind, from_account, to_account) IN ({})".format(
    ", ".join(sorted(f"('{f.kind}', '{f.source}', '{f.target}')" for f in ALLOWED))
)


class HourTerms(Base):
    """What one agreed plan version says about hours, kept as it was handed down.

    A trigger lets nothing change but whether it stands: a yes that is taken back before the version counts withdraws
    it, and a new yes restores it.
    """

    __tablename__ = "hour_terms"
    __table_args__ = (UniqueConstraint("plan_id", "version_number"), Index(None, "person_id"))

    plan_version_id: Mapped[UUID] = mapped_column(primary_key=True)
    plan_id: Mapped[UUID]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    version_number: Mapped[int]
    service_starts_on: Mapped[date]
    takes_effect_on: Mapped[date]
    terms: Mapped[dict[str, Any]] = mapped_column(JSONB)
    opened_at: Mapped[Instant]
    opened_by: Mapped[UUID]
    withdrawn_at: Mapped[Instant | None]
    turn: Mapped[int] = mapped_column(SmallInteger, server_default="0")


class HourServiceEnd(Base):
    """The last day of a plan's service: no period that begins after it is opened."""

    __tablename__ = "hour_service_end"

    plan_id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    last_day: Mapped[date]
    ended_at: Mapped[Instant]
    ended_by: Mapped[UUID]


class HourBank(Base):
    """One funder's minutes of one plan for one period; number -1, without dates, takes what no period holds."""

    __tablename__ = "hour_bank"
    __table_args__ = (
        UniqueConstraint("plan_id", "funder", "period_number"),
        CheckConstraint("(period_number >= 0) = (starts_on IS NOT NULL)", name="dated_when_numbered"),
        CheckConstraint("ends_on = starts_on + 27", name="twenty_eight_days"),
        CheckConstraint("closed_at IS NULL OR period_number >= 0", name="only_periods_close"),
        Index(None, "person_id"),
        Index("ix_hour_bank_unclosed", "ends_on", postgresql_where="closed_at IS NULL AND period_number >= 0"),
    )

    id: Mapped[Id]
    plan_id: Mapped[UUID]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    funder: Mapped[str]
    period_number: Mapped[int]
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    opened_at: Mapped[Instant]
    closed_at: Mapped[Instant | None]


class HourBalance(Base):
    """What each account of a bank holds now: one row, so that one statement moves both ends."""

    __tablename__ = "hour_balance"
    __table_args__ = (
        CheckConstraint("bank >= 0", name="bank_not_overspent"),
        CheckConstraint("reserved >= 0", name="reserved_not_overspent"),
        CheckConstraint("contingency >= 0", name="contingency_not_overspent"),
        CheckConstraint(
            "source + bank + reserved + contingency + delivered + unfunded + expired + written_off = 0",
            name="nothing_appears_or_vanishes",
        ),
        Index(None, "person_id"),
    )

    bank_id: Mapped[UUID] = mapped_column(ForeignKey("hour_bank.id"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    source: Mapped[int] = mapped_column(BigInteger, default=0)
    bank: Mapped[int] = mapped_column(BigInteger, default=0)
    reserved: Mapped[int] = mapped_column(BigInteger, default=0)
    contingency: Mapped[int] = mapped_column(BigInteger, default=0)
    delivered: Mapped[int] = mapped_column(BigInteger, default=0)
    unfunded: Mapped[int] = mapped_column(BigInteger, default=0)
    expired: Mapped[int] = mapped_column(BigInteger, default=0)
    written_off: Mapped[int] = mapped_column(BigInteger, default=0)


class HourEntry(Base):
    """One move of minutes between two accounts of a bank. The same cause posts the same part once."""

    __tablename__ = "hour_entry"
    __table_args__ = (
        UniqueConstraint("bank_id", "cause", "cause_id", "kind", "part"),
        CheckConstraint("minutes > 0", name="minutes_above_nought"),
        CheckConstraint("week BETWEEN 1 AND 4", name="week_of_four"),
        CheckConstraint("(kind = 'reverse') = (reverses IS NOT NULL)", name="a_reversal_names_its_entry"),
        CheckConstraint(FLOW_CHECK, name="flow_in_table"),
        Index(None, "person_id", "id"),
        Index(None, "bank_id", "id"),
        Index(None, "visit_id"),
        Index(None, "record_id"),
    )

    id: Mapped[Id]
    bank_id: Mapped[UUID] = mapped_column(ForeignKey("hour_bank.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str]
    from_account: Mapped[str]
    to_account: Mapped[str]
    minutes: Mapped[int]
    cause: Mapped[str]
    cause_id: Mapped[UUID]
    part: Mapped[int] = mapped_column(SmallInteger)
    week: Mapped[int | None] = mapped_column(SmallInteger)
    happened_on: Mapped[date | None]
    visit_id: Mapped[UUID | None]
    record_id: Mapped[UUID | None]
    reverses: Mapped[UUID | None] = mapped_column(ForeignKey("hour_entry.id"), unique=True)
    posted_at: Mapped[Instant]
    posted_by: Mapped[UUID]


class HourReservation(Base):
    """A planned visit's minutes, and as many of them as the bank could set aside."""

    __tablename__ = "hour_reservation"
    __table_args__ = (
        CheckConstraint("reserved >= 0 AND reserved <= minutes", name="no_more_than_planned"),
        Index(None, "bank_id"),
        Index(None, "person_id"),
    )

    visit_id: Mapped[UUID] = mapped_column(primary_key=True)
    bank_id: Mapped[UUID] = mapped_column(ForeignKey("hour_bank.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    starts_on: Mapped[date]
    minutes: Mapped[int]
    reserved: Mapped[int]


class HourDelivery(Base):
    """What one record says was delivered, by the plan's basis; taken back by `reversed_at`, never removed."""

    __tablename__ = "hour_delivery"
    __table_args__ = (
        CheckConstraint("minutes >= 0", name="minutes_not_negative"),
        Index(None, "bank_id"),
        Index(None, "person_id"),
        Index(None, "group_id"),
    )

    record_id: Mapped[UUID] = mapped_column(primary_key=True)
    bank_id: Mapped[UUID] = mapped_column(ForeignKey("hour_bank.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    visit_id: Mapped[UUID | None]
    group_id: Mapped[UUID]
    starts_on: Mapped[date]
    starts_at: Mapped[Instant | None]
    minutes: Mapped[int]
    received_at: Mapped[Instant]
    reversed_at: Mapped[Instant | None]


class ReductionNotTaken(Base):
    """The part of a cut that the bank no longer held: a fact beside the ledger, for the social worker."""

    __tablename__ = "reduction_not_taken"
    __table_args__ = (
        UniqueConstraint("bank_id", "account", "cause", "cause_id", "part"),
        CheckConstraint("minutes > 0", name="minutes_above_nought"),
        Index(None, "person_id"),
    )

    id: Mapped[Id]
    bank_id: Mapped[UUID] = mapped_column(ForeignKey("hour_bank.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    account: Mapped[str]
    minutes: Mapped[int]
    cause: Mapped[str]
    cause_id: Mapped[UUID]
    part: Mapped[int] = mapped_column(SmallInteger)
    noted_at: Mapped[Instant]


class ContingencyDraw(Base):
    """One request for contingency under the id its sender made, with what was answered and what was decided."""

    __tablename__ = "contingency_draw"
    __table_args__ = (
        CheckConstraint("minutes > 0", name="minutes_above_nought"),
        CheckConstraint("decision IN ('approved', 'refused')", name="decision_known"),
        CheckConstraint("num_nulls(decision, decided_by, decided_at) IN (0, 3)", name="decided_whole_or_not"),
        CheckConstraint("decision IS DISTINCT FROM 'refused' OR reason IS NOT NULL", name="a_refusal_has_a_reason"),
        Index(None, "person_id", "requested_at"),
        Index(None, "plan_id"),
        Index("ix_contingency_draw_waiting", "person_id", postgresql_where="decision IS NULL"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    plan_id: Mapped[UUID]
    bank_id: Mapped[UUID] = mapped_column(ForeignKey("hour_bank.id"))
    circumstance: Mapped[str]
    service: Mapped[str]
    exceptional: Mapped[str]
    minutes: Mapped[int]
    visit_id: Mapped[UUID | None]
    requested_by: Mapped[UUID]
    requested_at: Mapped[Instant]
    body_hash: Mapped[str]
    answer: Mapped[dict[str, Any]] = mapped_column(JSONB)
    decision: Mapped[str | None]
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[Instant | None]
    reason: Mapped[str | None]
