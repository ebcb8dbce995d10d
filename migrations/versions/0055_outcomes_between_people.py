"""Ratings taken back, what gets in the way of an outcome, and who holds that it is reached."""

import sqlalchemy as sa
from alembic import op

from careplan.db.guards import append_only, protect_person_rows
from careplan.fhir.marks import mark_people

revision = "0055"
down_revision = "0075"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
TAKEN_BACK, BARRIER, VERDICT = "rating_taken_back", "outcome_barrier", "outcome_verdict"


def upgrade() -> None:
    op.create_table(
        TAKEN_BACK,
        sa.Column("rating_id", sa.Uuid(), _key(TAKEN_BACK, "rating_id", "rating"), primary_key=True),
        _person(TAKEN_BACK, index=True),
        sa.Column("by_id", sa.Uuid(), _key(TAKEN_BACK, "by_id", "account"), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
    )
    op.create_table(
        BARRIER,
        sa.Column("id", sa.Uuid(), primary_key=True),
        _person(BARRIER),
        sa.Column("outcome_id", sa.Uuid(), nullable=False),
        sa.Column("voice", sa.String(), nullable=False),
        sa.Column("said_by", sa.Uuid(), _key(BARRIER, "said_by", "account"), nullable=False),
        sa.Column("kind", sa.String()),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("said_at", INSTANT, nullable=False),
        sa.Column("gone_at", INSTANT),
        sa.Column("gone_by", sa.Uuid(), _key(BARRIER, "gone_by", "account")),
        sa.CheckConstraint("kind IS NOT NULL OR words <> ''", name="says_something"),
        sa.CheckConstraint("(gone_at IS NULL) = (gone_by IS NULL)", name="gone_by_somebody"),
        sa.CheckConstraint(
            "voice IN ('person', 'representative', 'unpaid_carer', 'worker', 'professional')", name="known_voice"
        ),
    )
    op.create_table(
        VERDICT,
        sa.Column("id", sa.Uuid(), primary_key=True),
        _person(VERDICT),
        sa.Column("outcome_id", sa.Uuid(), nullable=False),
        sa.Column("voice", sa.String(), nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("said_by", sa.Uuid(), _key(VERDICT, "said_by", "account"), nullable=False),
        sa.Column("said_by_name", sa.String(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.CheckConstraint("result IN ('achieved', 'maintained', 'not_yet')", name="known_result"),
        sa.CheckConstraint("voice IN ('person', 'representative', 'professional')", name="theirs_to_say"),
    )
    for table in (BARRIER, VERDICT):
        op.create_index(f"ix_{table}_person_id_outcome_id", table, ["person_id", "outcome_id"])
    for table in (TAKEN_BACK, VERDICT):
        protect_person_rows(op, table, rights="SELECT, INSERT")
        append_only(op, table)
    protect_person_rows(op, BARRIER, rights="SELECT, INSERT, UPDATE")
    for table in (TAKEN_BACK, BARRIER, VERDICT):
        mark_people(op, table)


def downgrade() -> None:
    for table in (VERDICT, BARRIER, TAKEN_BACK):
        op.drop_table(table)


def _person(table: str, *, index: bool = False) -> sa.Column[object]:
    return sa.Column("person_id", sa.Uuid(), _key(table, "person_id", "person"), nullable=False, index=index)


def _key(table: str, column: str, other: str) -> sa.ForeignKey:
    return sa.ForeignKey(f"{other}.id", name=f"fk_{table}_{column}_{other}")
