"""Notices: each belongs to its recipient alone, and only that it was read is ever added."""

import sqlalchemy as sa
from alembic import op

from careplan.db.guards import APP_ROLE, MY_ACCOUNT, RELATED_NOW, SEES_ALL, grant_plain

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "notice",
        sa.Column("id", sa.Uuid(), primary_key=True),
        _reference("recipient_id", "account"),
        _reference("person_id", "person"),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("told_by", sa.Uuid(), nullable=False),
        sa.Column("told_at", INSTANT, nullable=False),
        sa.Column("by_office", sa.Boolean(), nullable=False),
        sa.Column("read_at", INSTANT),
        sa.CheckConstraint("length(words) BETWEEN 1 AND 1000", name="says_something"),
        sa.CheckConstraint("address ~ '^/([^/]|$)'", name="leads_to_a_page_of_ours"),
        sa.CheckConstraint("read_at >= told_at", name="is_read_after_it_is_told"),
        sa.CheckConstraint("recipient_id <> told_by", name="nobody_tells_themselves"),
    )
    op.create_index("ix_notice_person_id", "notice", ["person_id"])
    op.create_index("ix_notice_recipient_id_told_at_id", "notice", ["recipient_id", "told_at", "id"])
    op.create_index("ix_notice_unread", "notice", ["recipient_id"], postgresql_where=sa.text("read_at IS NULL"))
    _lock()


def downgrade() -> None:
    op.drop_table("notice")


def _lock() -> None:
    """One reads one's own, while one may know of the person; one tells others in one's own name only."""
    mine = f"recipient_id = {MY_ACCOUNT} AND (by_office OR person_id IN ({RELATED_NOW}))"
    grant_plain(op, "notice", rights="SELECT, INSERT")
    op.execute(f"GRANT UPDATE (read_at) ON notice TO {APP_ROLE}")
    op.execute("ALTER TABLE notice ENABLE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY reading ON notice FOR SELECT TO {APP_ROLE} USING ({SEES_ALL} OR {mine})")
    op.execute(f"CREATE POLICY opening ON notice FOR UPDATE TO {APP_ROLE} USING ({SEES_ALL} OR {mine})")
    op.execute(
        f"CREATE POLICY telling ON notice FOR INSERT TO {APP_ROLE} WITH CHECK ({SEES_ALL} OR told_by = {MY_ACCOUNT})"
    )


def _reference(column: str, table: str) -> sa.Column[object]:
    key = sa.ForeignKey(f"{table}.id", name=f"fk_notice_{column}_{table}")
    return sa.Column(column, sa.Uuid(), key, nullable=False)
