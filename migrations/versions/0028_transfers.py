"""Transfers to another provider, one by one and many in one act."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql as pg

from careplan.db.guards import MY_TEAM, append_only, protect_person_rows, protect_rows

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
REASONS = "'persons_wish', 'provider_failure', 'provider_notice', 'zone_start', 'quality', 'other'"
KEPT = ("transfer_consultation", "handover_note")


def upgrade() -> None:
    _create_acts()
    _create_transfers()
    _create_what_is_said()
    protect_rows(op, "transfer_act", rule=f"team_id = {MY_TEAM}", rights="SELECT, INSERT")
    protect_person_rows(op, "transfer", rights="SELECT, INSERT, UPDATE")
    for table in KEPT:
        protect_person_rows(op, table, rights="SELECT, INSERT")
        append_only(op, table)


def downgrade() -> None:
    for table in (*KEPT, "transfer", "transfer_act"):
        op.drop_table(table)


def _create_acts() -> None:
    op.create_table(
        "transfer_act",
        _id(),
        _key("transfer_act", "team_id", "organisation"),
        *_what("transfer_act"),
        _key("transfer_act", "zone_id", "zone", nullable=True),
    )
    op.create_index("ix_transfer_act_team_id_started_at", "transfer_act", ["team_id", "started_at"])


def _create_transfers() -> None:
    op.create_table(
        "transfer",
        _id(),
        _key("transfer", "person_id", "person"),
        _key("transfer", "plan_id", "support_plan"),
        _key("transfer", "act_id", "transfer_act", nullable=True),
        *_what("transfer"),
        sa.Column("base_number", sa.Integer(), nullable=False),
        sa.Column("begun_at", INSTANT),
        sa.Column("held_up", sa.String()),
        sa.Column("asked_at", INSTANT),
        _key("transfer", "asked_by", "account", nullable=True),
        sa.Column("handed_over_at", INSTANT),
        sa.Column("changed_at", INSTANT),
        sa.Column("released", pg.ARRAY(sa.Uuid()), nullable=False, server_default=sa.text("'{}'")),
        sa.Column("withdrawn_at", INSTANT),
        _key("transfer", "withdrawn_by", "account", nullable=True),
        sa.Column("withdrawn_because", sa.String()),
        sa.CheckConstraint(
            "num_nonnulls(withdrawn_at, withdrawn_by, withdrawn_because) IN (0, 3)", name="withdrawn_whole"
        ),
        sa.CheckConstraint("(handed_over_at IS NULL) = (changed_at IS NULL)", name="handed_over_whole"),
    )
    op.create_index("ix_transfer_person_id_started_at", "transfer", ["person_id", "started_at"])
    op.create_index("ix_transfer_act_id", "transfer", ["act_id"])
    op.create_index(
        "uq_transfer_one_at_a_time",
        "transfer",
        ["person_id"],
        unique=True,
        postgresql_where=sa.text("withdrawn_at IS NULL AND handed_over_at IS NULL"),
    )


def _create_what_is_said() -> None:
    op.create_table(
        "transfer_consultation",
        _id(),
        _key("transfer_consultation", "transfer_id", "transfer"),
        _key("transfer_consultation", "person_id", "person"),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("said", sa.String(), nullable=False),
        sa.Column("objects", sa.Boolean(), nullable=False),
        sa.Column("done_about", sa.String()),
        sa.Column("recorded_at", INSTANT, nullable=False),
        _key("transfer_consultation", "recorded_by", "account"),
        sa.CheckConstraint("NOT objects OR done_about <> ''", name="an_objection_is_answered"),
    )
    op.create_table(
        "handover_note",
        _id(),
        _key("handover_note", "transfer_id", "transfer"),
        _key("handover_note", "person_id", "person"),
        sa.Column("words", sa.String(), nullable=False),
        _key("handover_note", "by", "account"),
        sa.Column("at", INSTANT, nullable=False),
    )
    for table, column in (("transfer_consultation", "recorded_at"), ("handover_note", "at")):
        op.create_index(f"ix_{table}_transfer_id_{column}", table, ["transfer_id", column])
        op.create_index(f"ix_{table}_person_id", table, ["person_id"])


def _what(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    """Who moves from whom to whom, why and when."""
    return (
        _key(table, "from_provider_id", "organisation"),
        _key(table, "to_provider_id", "organisation"),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("changes_on", sa.Date(), nullable=False),
        sa.Column("told_on", sa.Date()),
        sa.Column("started_at", INSTANT, nullable=False),
        _key(table, "started_by", "account"),
        sa.CheckConstraint(f"reason IN ({REASONS})", name="known_reason"),
        sa.CheckConstraint("from_provider_id <> to_provider_id", name="another_provider"),
    )


def _id() -> sa.Column[object]:
    return sa.Column("id", sa.Uuid(), primary_key=True)


def _key(table: str, column: str, other: str, *, nullable: bool = False) -> sa.Column[object]:
    key = sa.ForeignKey(f"{other}.id", name=f"fk_{table}_{column}_{other}")
    return sa.Column(column, sa.Uuid(), key, nullable=nullable)
