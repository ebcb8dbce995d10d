"""How often an address asked, counted together by all web processes."""

import sqlalchemy as sa
from alembic import op

from careplan.db.guards import grant_plain

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rate_count",
        sa.Column("key", sa.String(), primary_key=True),
        sa.Column("hits", sa.Integer(), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        prefixes=["UNLOGGED"],
    )
    grant_plain(op, "rate_count")


def downgrade() -> None:
    op.drop_table("rate_count")
