"""Visits are found by their start alone, for what is watched over each minute."""

from alembic import op

revision = "0039"
down_revision = "0046"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_visit_planned_start", "visit", ["planned_start"])


def downgrade() -> None:
    op.drop_index("ix_visit_planned_start", "visit")
