"""Ratings of outcomes, which stay as they were made."""

import sqlalchemy as sa
from alembic import op

from careplan.db.guards import append_only, protect_person_rows

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "rating",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column(
            "person_id", sa.Uuid(), sa.ForeignKey("person.id", name="fk_rating_person_id_person"), nullable=False
        ),
        sa.Column("outcome_id", sa.Uuid(), nullable=False),
        sa.Column(
            "rater_id", sa.Uuid(), sa.ForeignKey("account.id", name="fk_rating_rater_id_account"), nullable=False
        ),
        sa.Column("voice", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("words", sa.String()),
        sa.Column("visit_id", sa.Uuid()),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("received_at", INSTANT, nullable=False),
        sa.Column("corrects", sa.Uuid()),
        sa.CheckConstraint("level BETWEEN -2 AND 2", name="ck_rating_one_of_five_levels"),
        sa.CheckConstraint("kind IN ('baseline', 'review', 'note')", name="ck_rating_known_kind"),
        sa.CheckConstraint(
            "voice IN ('person', 'representative', 'unpaid_carer', 'worker', 'professional')",
            name="ck_rating_known_voice",
        ),
    )
    op.create_index("ix_rating_person_id_outcome_id_at", "rating", ["person_id", "outcome_id", "at"])
    protect_person_rows(op, "rating", rights="SELECT, INSERT")
    append_only(op, "rating")


def downgrade() -> None:
    op.drop_table("rating")
