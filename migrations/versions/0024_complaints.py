"""Complaints and their answers, and that a visit is disputed: facts beside what was recorded."""

import sqlalchemy as sa
from alembic import op

from careplan.db.guards import append_only, protect_person_rows

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
TABLES = ("visit_dispute", "complaint", "complaint_answer")


def upgrade() -> None:
    _create_dispute()
    _create_complaint()
    _create_answer()
    for table in TABLES:
        protect_person_rows(op, table, rights="SELECT, INSERT")
        append_only(op, table)


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _create_dispute() -> None:
    op.create_table(
        "visit_dispute",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        _reference("visit_dispute", "person_id", "person"),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.CheckConstraint("kind IN ('did_not_happen', 'short', 'answered')", name="known_kind"),
    )
    op.create_index("ix_visit_dispute_visit_id", "visit_dispute", ["visit_id"])
    op.create_index("ix_visit_dispute_person_id", "visit_dispute", ["person_id"])


def _create_complaint() -> None:
    op.create_table(
        "complaint",
        sa.Column("id", sa.Uuid(), primary_key=True),
        _reference("complaint", "person_id", "person"),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("dispute", sa.String()),
        sa.Column("visit_id", sa.Uuid()),
        _reference("complaint", "provider_id", "organisation", nullable=True),
        sa.Column("words", sa.String()),
        sa.Column("wanted", sa.String()),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        _reference("complaint", "recorded_by", "account"),
        sa.UniqueConstraint("reference", name="uq_complaint_reference"),
        sa.CheckConstraint("about IN ('visit', 'care', 'plan', 'money', 'other')", name="known_about"),
        sa.CheckConstraint("dispute IN ('did_not_happen', 'short')", name="known_dispute"),
        sa.CheckConstraint(
            "(about = 'visit') = (visit_id IS NOT NULL) AND (about = 'visit') = (dispute IS NOT NULL)",
            name="a_dispute_names_its_visit",
        ),
        sa.CheckConstraint("about = 'visit' OR words <> ''", name="says_something"),
    )
    op.create_index("ix_complaint_person_id_recorded_at", "complaint", ["person_id", "recorded_at"])


def _create_answer() -> None:
    op.create_table(
        "complaint_answer",
        sa.Column("complaint_id", sa.Uuid(), primary_key=True),
        _reference("complaint_answer", "person_id", "person"),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("follow_up", sa.String(), nullable=False),
        _reference("complaint_answer", "record_id", "visit_record", nullable=True),
        sa.Column("recorded_at", INSTANT, nullable=False),
        _reference("complaint_answer", "recorded_by", "account"),
        sa.ForeignKeyConstraint(["complaint_id"], ["complaint.id"], name="fk_complaint_answer_complaint_id_complaint"),
        sa.CheckConstraint("follow_up IN ('corrected', 'put_right', 'apology', 'no_change')", name="known_follow_up"),
        sa.CheckConstraint("(follow_up = 'corrected') = (record_id IS NOT NULL)", name="a_correction_names_its_record"),
        sa.CheckConstraint("words <> ''", name="says_something"),
    )
    op.create_index("ix_complaint_answer_person_id", "complaint_answer", ["person_id"])


def _reference(table: str, column: str, to: str, *, nullable: bool = False) -> sa.Column[object]:
    key = sa.ForeignKey(f"{to}.id", name=f"fk_{table}_{column}_{to}")
    return sa.Column(column, sa.Uuid(), key, nullable=nullable)
