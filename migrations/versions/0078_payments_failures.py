"""A run that could not be drawn up says why, and when."""

import sqlalchemy as sa
from alembic import op

from careplan.db.guards import append_only, grant_plain

revision = "0078"
down_revision = "0057"
branch_labels = None
depends_on = None

TABLE = "run_failure"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("ours", sa.Boolean(), nullable=False),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('pay', 'charge')", name="known_kind"),
        sa.CheckConstraint("words <> ''", name="says_what_failed"),
    )
    op.create_index(f"ix_{TABLE}_kind_starts_on", TABLE, ["kind", "starts_on"])
    grant_plain(op, TABLE, rights="SELECT, INSERT")
    append_only(op, TABLE)


def downgrade() -> None:
    op.drop_table(TABLE)
