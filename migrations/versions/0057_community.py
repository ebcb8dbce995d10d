"""Referrals to community organisations, their answers and what came of them."""

import sqlalchemy as sa
from alembic import op

from careplan.db.guards import append_only, protect_person_rows
from careplan.fhir.marks import mark_people

revision = "0057"
down_revision = "0077"
branch_labels = None
depends_on = None

REFERRAL, STEP = "community_referral", "community_step"


def upgrade() -> None:
    op.create_table(
        REFERRAL,
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("person_id", sa.Uuid(), _key(REFERRAL, "person_id", "person"), nullable=False),
        sa.Column("plan_id", sa.Uuid(), _key(REFERRAL, "plan_id", "support_plan"), nullable=False),
        sa.Column("action_id", sa.Uuid(), nullable=False),
        sa.Column("action_words", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), _key(REFERRAL, "organisation_id", "organisation")),
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("yes_words", sa.String(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("made_by", sa.Uuid(), _key(REFERRAL, "made_by", "account"), nullable=False),
        sa.Column("made_by_name", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("organisation <> '' AND yes_words <> ''", name="says_whom_and_how_the_person_said_yes"),
    )
    op.create_index(f"ix_{REFERRAL}_person_id_action_id", REFERRAL, ["person_id", "action_id"])
    op.create_table(
        STEP,
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("referral_id", sa.Uuid(), _key(STEP, "referral_id", REFERRAL), nullable=False, index=True),
        sa.Column("person_id", sa.Uuid(), _key(STEP, "person_id", "person"), nullable=False, index=True),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), _key(STEP, "recorded_by", "account"), nullable=False),
        sa.Column("recorded_by_name", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "event IN ('accepted', 'waiting', 'declined', 'started', 'attended', 'ended', 'withdrawn')",
            name="known_event",
        ),
        sa.CheckConstraint(
            "words <> '' OR event NOT IN ('declined', 'ended', 'withdrawn')", name="an_end_says_why_or_what_came_of_it"
        ),
    )
    for table in (REFERRAL, STEP):
        protect_person_rows(op, table, rights="SELECT, INSERT")
        append_only(op, table)
        mark_people(op, table)


def downgrade() -> None:
    op.drop_table(STEP)
    op.drop_table(REFERRAL)


def _key(table: str, column: str, other: str) -> sa.ForeignKey:
    return sa.ForeignKey(f"{other}.id", name=f"fk_{table}_{column}_{other}")
