"""Up to which plan each role signs for a council."""

import sqlalchemy as sa
from alembic import op

from careplan.db.guards import append_only, grant_plain

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "signing_limit",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column(
            "council_id",
            sa.Uuid(),
            sa.ForeignKey("organisation.id", name="fk_signing_limit_council_id_organisation"),
            nullable=False,
        ),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("weekly_pence", sa.Integer()),
        sa.Column("weekly_minutes", sa.Integer()),
        sa.Column("double_handed", sa.Boolean(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_by", sa.Uuid(), nullable=False),
        sa.UniqueConstraint("council_id", "role", "since", name="uq_signing_limit_council_id_role_since"),
        sa.CheckConstraint("role IN ('social_worker', 'team_manager')", name="signs_for_a_council"),
        sa.CheckConstraint("weekly_pence >= 0 AND weekly_minutes >= 0", name="nought_or_more"),
    )
    grant_plain(op, "signing_limit", rights="SELECT, INSERT")
    append_only(op, "signing_limit")


def downgrade() -> None:
    op.drop_table("signing_limit")
