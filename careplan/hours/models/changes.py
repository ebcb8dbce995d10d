"""Tables of what becomes of hours: statements, and what people decided, paused, adjusted, kept and were told."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, false
from sqlalchemy.orm import Mapped, mapped_column

from careplan.db import Base
from careplan.db.types import Instant


class HourStatement(Base):
    """What a bank came to when its period was closed (version 1), and each time something late changed it since.

    `entries` counts the ledger's lines on which it rests: as long as there are no more, there is nothing to restate.
    """

    __tablename__ = "hour_statement"
    __table_args__ = (
        CheckConstraint("version >= 1", name="versions_from_one"),
        CheckConstraint("earmarked <= carried_out", name="earmarked_is_carried"),
        Index(None, "person_id"),
    )

    bank_id: Mapped[UUID] = mapped_column(ForeignKey("hour_bank.id"), primary_key=True)
    version: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    granted: Mapped[int]
    topped_up: Mapped[int]
    carried_in: Mapped[int]
    carried_out: Mapped[int]
    earmarked: Mapped[int]
    delivered: Mapped[int]
    from_bank: Mapped[int]
    from_contingency: Mapped[int]
    unfunded: Mapped[int]
    absorbed: Mapped[int]
    expired: Mapped[int]
    contingency_granted: Mapped[int]
    entries: Mapped[int]
    stated_at: Mapped[Instant]
    stated_by: Mapped[UUID]


class HourEarmark(Base):
    """Minutes of a funder kept for a named need that is still to come; `until` is the day of the need."""

    __tablename__ = "hour_earmark"
    __table_args__ = (
        CheckConstraint("minutes > 0", name="minutes_above_nought"),
        CheckConstraint("need <> ''", name="names_its_need"),
        CheckConstraint("num_nulls(ended_on, ended_by) IN (0, 2)", name="ended_whole_or_not"),
        Index(None, "plan_id"),
        Index(None, "person_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    plan_id: Mapped[UUID]
    funder: Mapped[str]
    minutes: Mapped[int]
    need: Mapped[str]
    until: Mapped[date]
    made_on: Mapped[date]
    made_by: Mapped[UUID]
    ended_on: Mapped[date | None]
    ended_by: Mapped[UUID | None]


class HourPause(Base):
    """Days on which care rests. `said_until` stays as it was first said; `ends_on` is what holds now."""

    __tablename__ = "hour_pause"
    __table_args__ = (
        CheckConstraint("reason IN ('hospital', 'respite', 'away')", name="reason_known"),
        CheckConstraint("ends_on >= starts_on - 1", name="ends_after_it_begins"),
        CheckConstraint("num_nulls(changed_at, changed_by) IN (0, 2)", name="changed_whole_or_not"),
        Index(None, "plan_id"),
        Index(None, "person_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    plan_id: Mapped[UUID]
    reason: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    said_until: Mapped[date | None]
    made_by: Mapped[UUID]
    made_at: Mapped[Instant]
    changed_by: Mapped[UUID | None]
    changed_at: Mapped[Instant | None]


class HourDecision(Base):
    """What somebody decided about minutes: the social worker topped a bank up, or the provider took a visit's on."""

    __tablename__ = "hour_decision"
    __table_args__ = (
        CheckConstraint("kind IN ('top_up', 'absorb')", name="kind_known"),
        CheckConstraint("minutes > 0", name="minutes_above_nought"),
        CheckConstraint("reason <> ''", name="has_a_reason"),
        CheckConstraint("kind = 'top_up' OR visit_id IS NOT NULL", name="what_is_absorbed_names_its_visit"),
        Index(None, "bank_id"),
        Index(None, "person_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    bank_id: Mapped[UUID] = mapped_column(ForeignKey("hour_bank.id"))
    kind: Mapped[str]
    minutes: Mapped[int]
    visit_id: Mapped[UUID | None]
    reason: Mapped[str]
    decided_by: Mapped[UUID]
    decided_at: Mapped[Instant]


class HourDispute(Base):
    """That somebody disputes who pays for a visit's unfunded time, by when it is answered, and what was decided."""

    __tablename__ = "hour_dispute"
    __table_args__ = (
        CheckConstraint("minutes > 0", name="minutes_above_nought"),
        CheckConstraint("party IN ('person', 'provider', 'council')", name="party_known"),
        CheckConstraint("why <> ''", name="says_why"),
        CheckConstraint("outcome IN ('top_up', 'contingency', 'absorb')", name="outcome_known"),
        CheckConstraint(
            "num_nulls(outcome, words, decided_by, decided_at) IN (0, 4)", name="decided_whole_or_not"
        ),
        CheckConstraint("words <> ''", name="a_decision_has_a_reason"),
        Index("uq_hour_dispute_one_open", "visit_id", unique=True, postgresql_where="outcome IS NULL"),
        Index(None, "bank_id"),
        Index(None, "person_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    bank_id: Mapped[UUID] = mapped_column(ForeignKey("hour_bank.id"))
    visit_id: Mapped[UUID]
    day: Mapped[date]
    minutes: Mapped[int]
    party: Mapped[str]
    why: Mapped[str]
    disputed_by: Mapped[UUID]
    disputed_at: Mapped[Instant]
    answer_by: Mapped[date]
    outcome: Mapped[str | None]
    words: Mapped[str | None]
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[Instant | None]


class HourAdjustment(Base):
    """A change that a provider made inside the plan's limits, or asked for outside them; what was answered, and when.

    `minutes` is signed. What was asked for stays as it was said; only where it stands moves on. `decided_for`: the
    person was found unable to decide while it waited.
    """

    __tablename__ = "hour_adjustment"
    __table_args__ = (
        CheckConstraint("minutes <> 0", name="changes_something"),
        CheckConstraint("reason <> '' AND outcome_words <> ''", name="has_a_reason"),
        CheckConstraint("lasting IN ('this_period', 'until_next_version')", name="lasting_known"),
        CheckConstraint(
            "standing IN ('waits_for_person', 'requested', 'in_force', 'declined', 'refused', 'taken_back')",
            name="standing_known",
        ),
        CheckConstraint(
            "outside IN ('direction', 'too_much', 'floor_unknown', 'below_floor')", name="limit_known"
        ),
        CheckConstraint("standing NOT IN ('requested', 'refused') OR outside IS NOT NULL", name="inside_is_not_asked"),
        CheckConstraint("standing <> 'in_force' OR starts_on IS NOT NULL", name="in_force_from_a_day"),
        CheckConstraint("num_nulls(answered_by, answered_at) IN (0, 2)", name="answered_whole_or_not"),
        CheckConstraint("answered_as IN ('person', 'representative', 'best_interests')", name="answerer_known"),
        Index(None, "plan_id"),
        Index(None, "person_id"),
        Index("ix_hour_adjustment_requested", "asked_at", postgresql_where="standing = 'requested'"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    plan_id: Mapped[UUID]
    plan_version_id: Mapped[UUID]
    funder: Mapped[str]
    minutes: Mapped[int]
    lasting: Mapped[str]
    outcome_id: Mapped[UUID]
    outcome_words: Mapped[str]
    reason: Mapped[str]
    outside: Mapped[str | None]
    person_said: Mapped[str]
    asked_by: Mapped[UUID]
    asked_at: Mapped[Instant]
    standing: Mapped[str]
    answered_by: Mapped[UUID | None]
    answered_at: Mapped[Instant | None]
    answer: Mapped[str]
    taken_back_at: Mapped[Instant | None]
    starts_on: Mapped[date | None]
    decided_for: Mapped[bool] = mapped_column(server_default=false())
    answered_as: Mapped[str | None]


class HourAlarm(Base):
    """That somebody was told of a week outside the plan's floor or ceiling, or of minutes about to end: once each.

    `week` is 1 to 4, or 0 where it is about the whole period.
    """

    __tablename__ = "hour_alarm"
    __table_args__ = (
        CheckConstraint("kind IN ('over', 'under', 'ending')", name="kind_known"),
        CheckConstraint("week BETWEEN 0 AND 4", name="week_of_four_or_all"),
        Index(None, "person_id"),
    )

    plan_id: Mapped[UUID] = mapped_column(primary_key=True)
    period_number: Mapped[int] = mapped_column(primary_key=True)
    week: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    minutes: Mapped[int]
    told_at: Mapped[Instant]
