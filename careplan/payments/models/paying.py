"""Tables of pay: contracts with their rates, frozen visits, and pay runs with their lines.

Nothing that was agreed, frozen or paid is ever changed: what is said anew stands beside it, with its instant.
"""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, SmallInteger, UniqueConstraint, false
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from careplan.db import Base
from careplan.db.types import Id, Instant
from careplan.payments.domain.pay_model import Model, RateName
from careplan.payments.domain.settled import Outcome


def among(column: str, names: Any) -> str:
    """The condition that a column holds one of an enumeration's values."""
    return f"{column} IN ({', '.join(repr(n.value) for n in names)})"


class PayContractRow(Base):
    """A provider's contract; by which model it pays from when stands in its terms."""

    __tablename__ = "pay_contract"
    __table_args__ = (
        CheckConstraint("ends_on >= starts_on", name="ends_after_it_begins"),
        Index(None, "provider_id"),
    )

    id: Mapped[Id]
    provider_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    reference: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    recorded_at: Mapped[Instant]
    recorded_by: Mapped[UUID]


class PayTermsRow(Base):
    """By which model and settings a contract pays from a day on; what was recorded last counts. Append-only."""

    __tablename__ = "pay_terms"
    __table_args__ = (
        UniqueConstraint("contract_id", "since", "recorded_at"),
        CheckConstraint(among("model", Model), name="known_model"),
    )

    id: Mapped[Id]
    contract_id: Mapped[UUID] = mapped_column(ForeignKey("pay_contract.id"))
    since: Mapped[date]
    model: Mapped[str]
    settings: Mapped[dict[str, Any]] = mapped_column(JSONB)
    recorded_at: Mapped[Instant]
    recorded_by: Mapped[UUID]


class PayRateRow(Base):
    """A rate of a contract from a day on, in pence; what was recorded last counts. Append-only."""

    __tablename__ = "pay_rate"
    __table_args__ = (
        UniqueConstraint("contract_id", "name", "since", "recorded_at"),
        CheckConstraint(among("name", RateName), name="known_rate"),
        CheckConstraint("pence >= 0", name="nought_or_more"),
    )

    id: Mapped[Id]
    contract_id: Mapped[UUID] = mapped_column(ForeignKey("pay_contract.id"))
    name: Mapped[str]
    since: Mapped[date]
    pence: Mapped[int]
    recorded_at: Mapped[Instant]
    recorded_by: Mapped[UUID]


class AgreedLevelRow(Base):
    """A level of care that is paid until its outcomes are achieved and for some weeks beyond. Append-only."""

    __tablename__ = "agreed_level"
    __table_args__ = (
        UniqueConstraint("contract_id", "person_id", "since", "recorded_at"),
        CheckConstraint("weekly_minutes >= 0 AND then_minutes >= 0", name="nought_or_more"),
        Index(None, "person_id"),
    )

    id: Mapped[Id]
    contract_id: Mapped[UUID] = mapped_column(ForeignKey("pay_contract.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    since: Mapped[date]
    weekly_minutes: Mapped[int]
    achieved_on: Mapped[date | None]
    then_minutes: Mapped[int]
    recorded_at: Mapped[Instant]
    recorded_by: Mapped[UUID]


class FinancePersonRow(Base):
    """A person as finance knows them, by a reference and a name, from the first visit that was settled on."""

    __tablename__ = "finance_person"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    recorded_at: Mapped[Instant]


class FreezeRow(Base):
    """The visits of some days as they stood at an instant: what is paid and charged rests on it for ever."""

    __tablename__ = "settlement_freeze"
    __table_args__ = (CheckConstraint("ends_on >= starts_on", name="ends_after_it_begins"),)

    id: Mapped[Id]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    as_of: Mapped[Instant]
    made_by: Mapped[UUID]


class FrozenVisitRow(Base):
    """A visit in a freeze: minutes for each worker planned, of all together actual and invoiced. Append-only."""

    __tablename__ = "frozen_visit"
    __table_args__ = (
        CheckConstraint(among("outcome", Outcome), name="known_outcome"),
        CheckConstraint("planned >= 0 AND actual >= 0 AND invoiced >= 0 AND notice >= 0", name="nought_or_more"),
        CheckConstraint(
            "council_percent IS NULL OR (council_percent BETWEEN 1 AND 99 AND funder = 'joint')",
            name="two_pay_together",
        ),
        Index(None, "person_id", "day"),
        Index(None, "freeze_id", "provider_id"),
        Index(None, "visit_id"),
    )

    freeze_id: Mapped[UUID] = mapped_column(ForeignKey("settlement_freeze.id"), primary_key=True)
    visit_id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    provider_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    day: Mapped[date]
    outcome: Mapped[str]
    funder: Mapped[str]
    planned: Mapped[int]
    needed: Mapped[int]
    on_rota: Mapped[int]
    came: Mapped[int]
    actual: Mapped[int]
    invoiced: Mapped[int]
    notice: Mapped[int]
    hospital_day: Mapped[int]
    is_rural: Mapped[bool]
    is_after_death: Mapped[bool] = mapped_column(server_default=false())
    service_week: Mapped[int]
    plan_id: Mapped[UUID | None]
    plan_version: Mapped[int | None]
    clause: Mapped[str | None]
    council_percent: Mapped[int | None] = mapped_column(SmallInteger)


class PayRunRow(Base):
    """What providers are to be paid for a pay period, drawn up at an instant. How it stands is in its steps."""

    __tablename__ = "pay_run"
    __table_args__ = (CheckConstraint("ends_on = starts_on + 27", name="four_weeks"), Index(None, "starts_on"))

    id: Mapped[Id]
    freeze_id: Mapped[UUID] = mapped_column(ForeignKey("settlement_freeze.id"))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    drawn_up_at: Mapped[Instant]
    drawn_up_by: Mapped[UUID]


class PayLineRow(Base):
    """One line. A correction is of an earlier period and rests on a later freeze. Append-only."""

    __tablename__ = "pay_line"
    __table_args__ = (
        CheckConstraint("(person_id IS NULL) = (counts IS NULL)", name="a_block_line_has_neither"),
        Index(None, "run_id"),
        Index(None, "provider_id"),
        Index(None, "person_id"),
        Index(None, "contract_id", "starts_on"),
    )

    id: Mapped[Id]
    run_id: Mapped[UUID] = mapped_column(ForeignKey("pay_run.id"))
    contract_id: Mapped[UUID] = mapped_column(ForeignKey("pay_contract.id"))
    provider_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    freeze_id: Mapped[UUID] = mapped_column(ForeignKey("settlement_freeze.id"))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    is_correction: Mapped[bool]
    counts: Mapped[str | None]
    rate: Mapped[int]
    minutes: Mapped[int]
    pence: Mapped[int]
    recharged: Mapped[int]
    recharges: Mapped[list[Any]] = mapped_column(JSONB)


class PayLineVisitRow(Base):
    """The minutes that a visit gives a line. Append-only."""

    __tablename__ = "pay_line_visit"

    line_id: Mapped[UUID] = mapped_column(ForeignKey("pay_line.id"), primary_key=True)
    visit_id: Mapped[UUID] = mapped_column(primary_key=True)
    minutes: Mapped[int]


class PayStepRow(Base):
    """What was done with a run or one of its lines. Append-only."""

    __tablename__ = "pay_step"
    __table_args__ = (
        CheckConstraint("kind IN ('held', 'let_go', 'released', 'replaced')", name="known_kind"),
        CheckConstraint("(kind IN ('held', 'let_go')) = (line_id IS NOT NULL)", name="of_a_line_or_a_run"),
        CheckConstraint("kind <> 'held' OR reason <> ''", name="a_hold_has_a_reason"),
        Index(None, "run_id"),
        Index(
            "uq_pay_step_once", "run_id", "kind", unique=True, postgresql_where="kind IN ('released', 'replaced')"
        ),
    )

    id: Mapped[Id]
    run_id: Mapped[UUID] = mapped_column(ForeignKey("pay_run.id"))
    line_id: Mapped[UUID | None] = mapped_column(ForeignKey("pay_line.id"), index=True)
    kind: Mapped[str]
    reason: Mapped[str | None]
    at: Mapped[Instant]
    by: Mapped[UUID]


class RunFailureRow(Base):
    """That a pay run or a week's charges could not be drawn up, and why. Append-only."""

    __tablename__ = "run_failure"
    __table_args__ = (
        CheckConstraint("kind IN ('pay', 'charge')", name="known_kind"),
        CheckConstraint("words <> ''", name="says_what_failed"),
        Index(None, "kind", "starts_on"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str]
    starts_on: Mapped[date]
    words: Mapped[str]
    ours: Mapped[bool]
    failed_at: Mapped[Instant]


class PaySimulationRow(Base):
    """What a provider would be paid by a model over a freeze; `live` is what its contracts pay. Append-only."""

    __tablename__ = "pay_simulation"

    freeze_id: Mapped[UUID] = mapped_column(ForeignKey("settlement_freeze.id"), primary_key=True)
    provider_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    model: Mapped[str] = mapped_column(primary_key=True)
    pence: Mapped[int] = mapped_column(BigInteger)
