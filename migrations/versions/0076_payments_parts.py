"""A frozen visit says how much of it the council pays, where it is funded together with the NHS."""

import sqlalchemy as sa
from alembic import op

revision = "0076"
down_revision = "0056"
branch_labels = None
depends_on = None

TOGETHER = "council_percent IS NULL OR (council_percent BETWEEN 1 AND 99 AND funder = 'joint')"


def upgrade() -> None:
    op.add_column("frozen_visit", sa.Column("council_percent", sa.SmallInteger()))
    op.create_check_constraint("two_pay_together", "frozen_visit", TOGETHER)


def downgrade() -> None:
    op.drop_constraint(op.f("ck_frozen_visit_two_pay_together"), "frozen_visit")
    op.drop_column("frozen_visit", "council_percent")
