"""Reviews of plans, and the review on which a version rests."""

import sqlalchemy as sa
from alembic import op

from careplan.db.guards import append_only, protect_person_rows

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

TABLE = "review"


def upgrade() -> None:
    op.add_column("plan_version", sa.Column("rests_on", sa.Uuid()))
    op.create_table(
        TABLE,
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("plan_id", sa.Uuid(), _key("plan_id", "support_plan"), nullable=False, index=True),
        sa.Column("person_id", sa.Uuid(), _key("person_id", "person"), nullable=False, index=True),
        sa.Column("version_id", sa.Uuid(), _key("version_id", "plan_version"), nullable=False),
        sa.Column("version_number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("reason", sa.String()),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("took_part", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("met", sa.String()),
        sa.Column("next_on", sa.Date()),
        sa.Column("pence_before", sa.Integer()),
        sa.Column("minutes_before", sa.Integer(), nullable=False),
        sa.Column("pence_after", sa.Integer()),
        sa.Column("minutes_after", sa.Integer(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), _key("recorded_by", "account"), nullable=False),
        sa.Column("recorded_by_name", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('planned', 'unplanned')", name="known_kind"),
        sa.CheckConstraint("(kind = 'unplanned') = (reason IS NOT NULL)", name="unplanned_for_a_reason"),
        sa.CheckConstraint("(kind = 'planned') = (met IS NOT NULL)", name="outcomes_judged_when_planned"),
        sa.CheckConstraint("kind <> 'planned' OR next_on IS NOT NULL", name="planned_names_the_next"),
        sa.CheckConstraint("next_on > held_on AND next_on <= held_on + 365", name="next_within_12_months"),
        sa.CheckConstraint("met IN ('fully', 'partially', 'not')", name="known_met"),
        sa.CheckConstraint("took_part <> '' AND words <> ''", name="says_who_and_what"),
        sa.CheckConstraint(
            "LEAST(pence_before, pence_after, minutes_before, minutes_after) >= 0", name="nothing_below_nought"
        ),
    )
    protect_person_rows(op, TABLE, rights="SELECT, INSERT")
    append_only(op, TABLE)


def downgrade() -> None:
    op.drop_table(TABLE)
    op.drop_column("plan_version", "rests_on")


def _key(column: str, other: str) -> sa.ForeignKey:
    return sa.ForeignKey(f"{other}.id", name=f"fk_{TABLE}_{column}_{other}")
