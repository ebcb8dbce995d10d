"""Who pays for a visit's unfunded time can be disputed, and is decided by a day."""

import sqlalchemy as sa
from alembic import op

from careplan.db.guards import protect_person_rows

revision = "0075"
down_revision = "0060"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
TABLE = "hour_dispute"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.Uuid(), primary_key=True),
        _key("person_id", "person"),
        _key("bank_id", "hour_bank"),
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("party", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("disputed_by", sa.Uuid(), nullable=False),
        sa.Column("disputed_at", INSTANT, nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("outcome", sa.String()),
        sa.Column("words", sa.String()),
        sa.Column("decided_by", sa.Uuid()),
        sa.Column("decided_at", INSTANT),
        sa.CheckConstraint("minutes > 0", name="minutes_above_nought"),
        sa.CheckConstraint("party IN ('person', 'provider', 'council')", name="party_known"),
        sa.CheckConstraint("why <> ''", name="says_why"),
        sa.CheckConstraint("outcome IN ('top_up', 'contingency', 'absorb')", name="outcome_known"),
        sa.CheckConstraint("num_nulls(outcome, words, decided_by, decided_at) IN (0, 4)", name="decided_whole_or_not"),
        sa.CheckConstraint("words <> ''", name="a_decision_has_a_reason"),
    )
    op.create_index(
        "uq_hour_dispute_one_open", TABLE, ["visit_id"], unique=True, postgresql_where=sa.text("outcome IS NULL")
    )
    for column in ("bank_id", "person_id"):
        op.create_index(f"ix_{TABLE}_{column}", TABLE, [column])
    protect_person_rows(op, TABLE, rights="SELECT, INSERT, UPDATE")


def downgrade() -> None:
    op.drop_table(TABLE)


def _key(column: str, other: str) -> sa.Column[object]:
    key = sa.ForeignKey(f"{other}.id", name=f"fk_{TABLE}_{column}_{other}")
    return sa.Column(column, sa.Uuid(), key, nullable=False)
