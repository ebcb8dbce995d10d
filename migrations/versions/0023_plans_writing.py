"""Drafts as they stood after each save, and what somebody typed on a page of a draft and has not saved."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql as pg

from careplan.db.guards import append_only, protect_person_rows

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)

KEEP_OPEN_DRAFTS = """
INSERT INTO plan_draft_revision (version_id, revision, person_id, content, saved_at, saved_by)
SELECT id, revision, person_id, content, saved_at, saved_by FROM plan_version
WHERE proposed_at IS NULL AND withdrawn_at IS NULL
"""


def upgrade() -> None:
    op.create_table(
        "plan_draft_revision",
        _reference("plan_draft_revision", "version_id", "plan_version", primary_key=True),
        sa.Column("revision", sa.Integer(), primary_key=True, autoincrement=False),
        _reference("plan_draft_revision", "person_id", "person", index=True),
        sa.Column("content", pg.JSONB(), nullable=False),
        sa.Column("saved_at", INSTANT, nullable=False),
        _reference("plan_draft_revision", "saved_by", "account"),
    )
    op.create_table(
        "plan_unfinished",
        sa.Column("id", sa.Uuid(), primary_key=True),
        _reference("plan_unfinished", "version_id", "plan_version", index=True),
        _reference("plan_unfinished", "person_id", "person", index=True),
        _reference("plan_unfinished", "account_id", "account"),
        sa.Column("page", sa.String(), nullable=False),
        sa.Column("fields", pg.JSONB(), nullable=False),
        sa.Column("kept_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.UniqueConstraint(
            "account_id", "version_id", "page", name="uq_plan_unfinished_account_id_version_id_page"
        ),
        sa.CheckConstraint("expires_at > kept_at", name="expires_later"),
    )
    op.create_index("ix_plan_unfinished_expires_at", "plan_unfinished", ["expires_at"])
    op.execute(KEEP_OPEN_DRAFTS)
    protect_person_rows(op, "plan_draft_revision", rights="SELECT, INSERT")
    append_only(op, "plan_draft_revision")
    protect_person_rows(op, "plan_unfinished")


def downgrade() -> None:
    op.drop_table("plan_unfinished")
    op.drop_table("plan_draft_revision")


def _reference(table: str, column: str, other: str, **how: bool) -> sa.Column[object]:
    key = sa.ForeignKey(f"{other}.id", name=f"fk_{table}_{column}_{other}")
    return sa.Column(column, sa.Uuid(), key, nullable=False, **how)
