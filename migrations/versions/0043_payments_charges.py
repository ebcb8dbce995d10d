"""Charge runs with their lines."""

import sqlalchemy as sa
from alembic import op

from careplan.db.guards import OF_FINANCE, append_only, grant_plain, protect_person_rows

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
BOUNDS = "'contribution', 'rate', 'cost', 'pending', 'none'"
REASONS = (
    "'after_death', 'not_done', 'in_hospital', 'nhs', 'section_117', 'other_funder', 'reablement', "
    "'intermediate_care', 'aids', 'cjd', 'carer_support', 'no_contract'"
)
LINES = ("charge_line", "charge_line_visit")


def upgrade() -> None:
    op.create_table(
        "charge_run",
        sa.Column("id", sa.Uuid(), primary_key=True),
        _key("charge_run", "freeze_id", "settlement_freeze"),
        *_days(),
        sa.Column("drawn_up_at", INSTANT, nullable=False),
        sa.Column("drawn_up_by", sa.Uuid(), nullable=False),
        sa.Column("sent_at", INSTANT),
        sa.Column("sent_by", sa.Uuid()),
        sa.Column("replaced_at", INSTANT),
        sa.CheckConstraint("ends_on = starts_on + 6 AND EXTRACT(isodow FROM starts_on) = 1", name="a_monday_week"),
        sa.CheckConstraint("num_nonnulls(sent_at, sent_by) IN (0, 2)", name="sent_whole"),
        sa.CheckConstraint("sent_at IS NULL OR replaced_at IS NULL", name="what_is_sent_stays"),
    )
    op.create_index("ix_charge_run_starts_on", "charge_run", ["starts_on"])
    _create_lines()
    after_death = sa.Column("is_after_death", sa.Boolean(), nullable=False, server_default=sa.false())
    op.add_column("frozen_visit", after_death)
    grant_plain(op, "charge_run", rights="SELECT, INSERT, UPDATE")
    for table in LINES:
        protect_person_rows(op, table, rights="SELECT, INSERT", also=OF_FINANCE)
        append_only(op, table)


def downgrade() -> None:
    op.drop_column("frozen_visit", "is_after_death")
    for table in (*reversed(LINES), "charge_run"):
        op.drop_table(table)


def _create_lines() -> None:
    op.create_table(
        "charge_line",
        sa.Column("id", sa.Uuid(), primary_key=True),
        _key("charge_line", "run_id", "charge_run"),
        _key("charge_line", "person_id", "person"),
        _key("charge_line", "freeze_id", "settlement_freeze"),
        *_days(),
        sa.Column("is_correction", sa.Boolean(), nullable=False),
        _key("charge_line", "contribution_id", "contribution", nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("by_contribution", sa.Integer()),
        sa.Column("by_rate", sa.Integer(), nullable=False),
        sa.Column("by_cost", sa.Integer()),
        sa.Column("pence", sa.Integer(), nullable=False),
        sa.Column("bound", sa.String(), nullable=False),
        sa.CheckConstraint(f"bound IN ({BOUNDS})", name="known_bound"),
    )
    op.create_index("ix_charge_line_run_id", "charge_line", ["run_id"])
    op.create_index("ix_charge_line_person_id_starts_on", "charge_line", ["person_id", "starts_on"])
    op.create_table(
        "charge_line_visit",
        _key("charge_line_visit", "line_id", "charge_line"),
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        _key("charge_line_visit", "person_id", "person"),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("why_not", sa.String()),
        sa.PrimaryKeyConstraint("line_id", "visit_id"),
        sa.CheckConstraint(f"why_not IN ({REASONS})", name="known_reason"),
        sa.CheckConstraint("why_not IS NULL OR minutes = 0", name="charged_or_not"),
    )
    op.create_index("ix_charge_line_visit_person_id", "charge_line_visit", ["person_id"])


def _days() -> tuple[sa.Column[object], ...]:
    return (sa.Column("starts_on", sa.Date(), nullable=False), sa.Column("ends_on", sa.Date(), nullable=False))


def _key(table: str, column: str, other: str, *, nullable: bool = False) -> sa.Column[object]:
    key = sa.ForeignKey(f"{other}.id", name=f"fk_{table}_{column}_{other}")
    return sa.Column(column, sa.Uuid(), key, nullable=nullable)
