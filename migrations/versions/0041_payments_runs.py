"""Frozen visits, and pay runs with their lines."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql as pg

from careplan.db.guards import (
    MY_ORGANISATION,
    OF_FINANCE,
    append_only,
    grant_plain,
    protect_person_rows,
    protect_rows,
)

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
OUTCOMES = (
    "'completed', 'cancelled_by_person', 'cancelled_by_council', 'cancelled_by_provider', 'missed', 'no_reply', "
    "'refused', 'in_hospital'"
)
OWN = f"{OF_FINANCE} OR provider_id = {MY_ORGANISATION}"
OF_OWN_LINE = "EXISTS (SELECT 1 FROM pay_line l WHERE l.id = line_id)"
COUNTS = ("planned", "needed", "on_rota", "came", "actual", "invoiced", "notice", "hospital_day", "service_week")
KEPT = ("settlement_freeze", "frozen_visit", "pay_run", "pay_line", "pay_line_visit", "pay_step")


def upgrade() -> None:
    _create_freezes()
    _create_runs()
    _create_steps()
    protect_person_rows(op, "finance_person", rights="SELECT, INSERT, UPDATE", also=OF_FINANCE)
    protect_person_rows(op, "frozen_visit", rights="SELECT, INSERT", also=OWN)
    protect_person_rows(op, "pay_line", rights="SELECT, INSERT", also=OWN)
    protect_rows(op, "pay_line_visit", rule=OF_OWN_LINE, rights="SELECT, INSERT")
    protect_rows(op, "pay_step", rule=f"line_id IS NULL OR {OF_OWN_LINE}", rights="SELECT, INSERT")
    for table in ("settlement_freeze", "pay_run"):
        grant_plain(op, table, rights="SELECT, INSERT")
    for table in KEPT:
        append_only(op, table)


def downgrade() -> None:
    for table in (*reversed(KEPT), "finance_person"):
        op.drop_table(table)


def _create_freezes() -> None:
    op.create_table(
        "finance_person",
        sa.Column("person_id", sa.Uuid(), sa.ForeignKey("person.id", name="fk_finance_person_person_id_person"),
                  primary_key=True),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.UniqueConstraint("reference", name="uq_finance_person_reference"),
    )  # fmt: skip
    op.create_table(
        "settlement_freeze",
        sa.Column("id", sa.Uuid(), primary_key=True),
        *_days(),
        sa.Column("as_of", INSTANT, nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.CheckConstraint("ends_on >= starts_on", name="ends_after_it_begins"),
    )
    op.create_table(
        "frozen_visit",
        _key("frozen_visit", "freeze_id", "settlement_freeze"),
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        _key("frozen_visit", "person_id", "person"),
        _key("frozen_visit", "provider_id", "organisation"),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("funder", sa.String(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in COUNTS),
        sa.Column("is_rural", sa.Boolean(), nullable=False),
        sa.Column("plan_id", sa.Uuid()),
        sa.Column("plan_version", sa.Integer()),
        sa.Column("clause", sa.String()),
        sa.PrimaryKeyConstraint("freeze_id", "visit_id"),
        sa.CheckConstraint(f"outcome IN ({OUTCOMES})", name="known_outcome"),
        sa.CheckConstraint("planned >= 0 AND actual >= 0 AND invoiced >= 0 AND notice >= 0", name="nought_or_more"),
    )
    op.create_index("ix_frozen_visit_person_id_day", "frozen_visit", ["person_id", "day"])
    op.create_index("ix_frozen_visit_freeze_id_provider_id", "frozen_visit", ["freeze_id", "provider_id"])
    op.create_index("ix_frozen_visit_visit_id", "frozen_visit", ["visit_id"])


def _create_runs() -> None:
    op.create_table(
        "pay_run",
        sa.Column("id", sa.Uuid(), primary_key=True),
        _key("pay_run", "freeze_id", "settlement_freeze"),
        *_days(),
        sa.Column("drawn_up_at", INSTANT, nullable=False),
        sa.Column("drawn_up_by", sa.Uuid(), nullable=False),
        sa.CheckConstraint("ends_on = starts_on + 27", name="four_weeks"),
    )
    op.create_index("ix_pay_run_starts_on", "pay_run", ["starts_on"])
    op.create_table(
        "pay_line",
        sa.Column("id", sa.Uuid(), primary_key=True),
        _key("pay_line", "run_id", "pay_run"),
        _key("pay_line", "contract_id", "pay_contract"),
        _key("pay_line", "provider_id", "organisation"),
        _key("pay_line", "person_id", "person", nullable=True),
        _key("pay_line", "freeze_id", "settlement_freeze"),
        *_days(),
        sa.Column("is_correction", sa.Boolean(), nullable=False),
        sa.Column("counts", sa.String()),
        sa.Column("rate", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("pence", sa.Integer(), nullable=False),
        sa.Column("recharged", sa.Integer(), nullable=False),
        sa.Column("recharges", pg.JSONB(), nullable=False),
        sa.CheckConstraint("(person_id IS NULL) = (counts IS NULL)", name="a_block_line_has_neither"),
    )
    for columns in (["run_id"], ["provider_id"], ["person_id"], ["contract_id", "starts_on"]):
        op.create_index(f"ix_pay_line_{'_'.join(columns)}", "pay_line", columns)


def _create_steps() -> None:
    op.create_table(
        "pay_line_visit",
        _key("pay_line_visit", "line_id", "pay_line"),
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("line_id", "visit_id"),
    )
    op.create_table(
        "pay_step",
        sa.Column("id", sa.Uuid(), primary_key=True),
        _key("pay_step", "run_id", "pay_run"),
        _key("pay_step", "line_id", "pay_line", nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("reason", sa.String()),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.CheckConstraint("kind IN ('held', 'let_go', 'released', 'replaced')", name="known_kind"),
        sa.CheckConstraint("(kind IN ('held', 'let_go')) = (line_id IS NOT NULL)", name="of_a_line_or_a_run"),
        sa.CheckConstraint("kind <> 'held' OR reason <> ''", name="a_hold_has_a_reason"),
    )
    op.create_index("ix_pay_step_run_id", "pay_step", ["run_id"])
    op.create_index("ix_pay_step_line_id", "pay_step", ["line_id"])
    op.create_index(
        "uq_pay_step_once",
        "pay_step",
        ["run_id", "kind"],
        unique=True,
        postgresql_where=sa.text("kind IN ('released', 'replaced')"),
    )


def _days() -> tuple[sa.Column[object], ...]:
    return (sa.Column("starts_on", sa.Date(), nullable=False), sa.Column("ends_on", sa.Date(), nullable=False))


def _key(table: str, column: str, other: str, *, nullable: bool = False) -> sa.Column[object]:
    key = sa.ForeignKey(f"{other}.id", name=f"fk_{table}_{column}_{other}")
    return sa.Column(column, sa.Uuid(), key, nullable=nullable)
