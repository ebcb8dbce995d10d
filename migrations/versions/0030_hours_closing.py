"""Hours in full: periods close with a statement, minutes are carried on, earmarked, paused, topped up and taken on."""

import sqlalchemy as sa
from alembic import op

from careplan.db.guards import append_only, protect_person_rows

revision = "0030"
down_revision = "0043"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
APPEND_ONLY = ("hour_statement", "hour_decision", "hour_alarm")
CHANGING = ("hour_earmark", "hour_pause")
NAMED = "ck_hour_entry_ck_hour_entry_flow_in_table"  # as the step that made it named it
TAKEN_BACK = "('carry_in', 'bank', 'source')"
FLOWS = (
    "('absorb', 'written_off', 'unfunded')",
    "('adjust', 'bank', 'source')",
    "('adjust', 'contingency', 'source')",
    "('adjust', 'source', 'bank')",
    "('allocate', 'source', 'bank')",
    "('allocate', 'source', 'contingency')",
    "('carry_in', 'source', 'bank')",
    "('carry_out', 'bank', 'source')",
    "('contingency_draw', 'contingency', 'delivered')",
    "('contingency_draw', 'contingency', 'unfunded')",
    "('draw', 'bank', 'delivered')",
    "('draw_unfunded', 'unfunded', 'delivered')",
    "('expire', 'bank', 'expired')",
    "('expire', 'contingency', 'expired')",
    "('release', 'reserved', 'bank')",
    "('reserve', 'bank', 'reserved')",
    "('reverse', 'bank', 'reserved')",
    "('reverse', 'bank', 'source')",
    "('reverse', 'contingency', 'source')",
    "('reverse', 'delivered', 'bank')",
    "('reverse', 'delivered', 'contingency')",
    "('reverse', 'delivered', 'unfunded')",
    "('reverse', 'expired', 'bank')",
    "('reverse', 'expired', 'contingency')",
    "('reverse', 'reserved', 'bank')",
    "('reverse', 'source', 'bank')",
    "('reverse', 'source', 'contingency')",
    "('reverse', 'unfunded', 'contingency')",
    "('reverse', 'unfunded', 'written_off')",
    "('top_up', 'source', 'bank')",
)


def upgrade() -> None:
    _let_flow(*FLOWS, TAKEN_BACK)
    op.add_column("hour_bank", sa.Column("closed_at", INSTANT))
    op.create_check_constraint("only_periods_close", "hour_bank", "closed_at IS NULL OR period_number >= 0")
    op.create_index(
        "ix_hour_bank_unclosed", "hour_bank", ["ends_on"], postgresql_where="closed_at IS NULL AND period_number >= 0"
    )
    op.add_column("hour_delivery", sa.Column("starts_at", INSTANT))
    _make_statement()
    _make_earmark()
    _make_pause()
    _make_decision()
    _make_alarm()
    for table in APPEND_ONLY:
        protect_person_rows(op, table, rights="SELECT, INSERT")
        append_only(op, table)
    for table in CHANGING:
        protect_person_rows(op, table, rights="SELECT, INSERT, UPDATE")


def downgrade() -> None:
    for table in (*CHANGING, *APPEND_ONLY):
        op.drop_table(table)
    op.drop_column("hour_delivery", "starts_at")
    op.drop_index("ix_hour_bank_unclosed", table_name="hour_bank")
    op.drop_constraint("only_periods_close", "hour_bank", type_="check")
    op.drop_column("hour_bank", "closed_at")
    _let_flow(*FLOWS)


def _let_flow(*flows: str) -> None:
    op.drop_constraint(op.f(NAMED), "hour_entry", type_="check")
    op.create_check_constraint(
        op.f(NAMED), "hour_entry", f"(kind, from_account, to_account) IN ({', '.join(sorted(flows))})"
    )


def _make_statement() -> None:
    op.create_table(
        "hour_statement",
        sa.Column("bank_id", sa.Uuid(), _key("hour_statement", "bank_id", "hour_bank"), primary_key=True),
        sa.Column("version", sa.SmallInteger(), primary_key=True),
        _person("hour_statement"),
        *(
            sa.Column(name, sa.Integer(), nullable=False)
            for name in (
                "granted", "topped_up", "carried_in", "carried_out", "earmarked", "delivered", "from_bank",
                "from_contingency", "unfunded", "absorbed", "expired", "contingency_granted", "entries",
            )
        ),
        sa.Column("stated_at", INSTANT, nullable=False),
        sa.Column("stated_by", sa.Uuid(), nullable=False),
        sa.CheckConstraint("version >= 1", name="versions_from_one"),
        sa.CheckConstraint("earmarked <= carried_out", name="earmarked_is_carried"),
    )  # fmt: skip


def _make_earmark() -> None:
    op.create_table(
        "hour_earmark",
        sa.Column("id", sa.Uuid(), primary_key=True),
        _person("hour_earmark"),
        sa.Column("plan_id", sa.Uuid(), nullable=False, index=True),
        sa.Column("funder", sa.String(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("need", sa.String(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("ended_on", sa.Date()),
        sa.Column("ended_by", sa.Uuid()),
        sa.CheckConstraint("minutes > 0", name="minutes_above_nought"),
        sa.CheckConstraint("need <> ''", name="names_its_need"),
        sa.CheckConstraint("num_nulls(ended_on, ended_by) IN (0, 2)", name="ended_whole_or_not"),
    )


def _make_pause() -> None:
    op.create_table(
        "hour_pause",
        sa.Column("id", sa.Uuid(), primary_key=True),
        _person("hour_pause"),
        sa.Column("plan_id", sa.Uuid(), nullable=False, index=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date()),
        sa.Column("said_until", sa.Date()),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("changed_by", sa.Uuid()),
        sa.Column("changed_at", INSTANT),
        sa.CheckConstraint("reason IN ('hospital', 'respite', 'away')", name="reason_known"),
        sa.CheckConstraint("ends_on >= starts_on - 1", name="ends_after_it_begins"),
        sa.CheckConstraint("num_nulls(changed_at, changed_by) IN (0, 2)", name="changed_whole_or_not"),
    )


def _make_decision() -> None:
    op.create_table(
        "hour_decision",
        sa.Column("id", sa.Uuid(), primary_key=True),
        _person("hour_decision"),
        sa.Column("bank_id", sa.Uuid(), _key("hour_decision", "bank_id", "hour_bank"), nullable=False, index=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Uuid()),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=False),
        sa.Column("decided_at", INSTANT, nullable=False),
        sa.CheckConstraint("kind IN ('top_up', 'absorb')", name="kind_known"),
        sa.CheckConstraint("minutes > 0", name="minutes_above_nought"),
        sa.CheckConstraint("reason <> ''", name="has_a_reason"),
        sa.CheckConstraint("kind = 'top_up' OR visit_id IS NOT NULL", name="what_is_absorbed_names_its_visit"),
    )


def _make_alarm() -> None:
    op.create_table(
        "hour_alarm",
        sa.Column("plan_id", sa.Uuid(), primary_key=True),
        sa.Column("period_number", sa.Integer(), primary_key=True),
        sa.Column("week", sa.SmallInteger(), primary_key=True),
        sa.Column("kind", sa.String(), primary_key=True),
        _person("hour_alarm"),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("told_at", INSTANT, nullable=False),
        sa.CheckConstraint("kind IN ('over', 'under', 'ending')", name="kind_known"),
        sa.CheckConstraint("week BETWEEN 0 AND 4", name="week_of_four_or_all"),
    )


def _person(table: str) -> sa.Column[sa.Uuid]:  # type: ignore[type-var]  # what stands in a column is not its type
    return sa.Column("person_id", sa.Uuid(), _key(table, "person_id", "person"), nullable=False, index=True)


def _key(table: str, column: str, other: str) -> sa.ForeignKey:
    return sa.ForeignKey(f"{other}.id", name=f"fk_{table}_{column}_{other}")
