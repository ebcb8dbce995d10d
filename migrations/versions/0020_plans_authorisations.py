"""Versions above a social worker's limit, sent to a team manager and answered once."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql as pg

from careplan.db.guards import protect_person_rows

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
TABLE = "plan_authorisation"

KEEP_AUTHORISATION = """
CREATE FUNCTION keep_authorisation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.answer IS NULL
       AND to_jsonb(NEW) - ARRAY['answer', 'answered_by', 'answered_at', 'reason']
         = to_jsonb(OLD) - ARRAY['answer', 'answered_by', 'answered_at', 'reason'] THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% on plan_authorisation is refused: it is answered once, and stays', TG_OP
        USING ERRCODE = 'insufficient_privilege';
END
$$
"""


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("plan_id", sa.Uuid(), _key("plan_id", "support_plan"), nullable=False, index=True),
        sa.Column("person_id", sa.Uuid(), _key("person_id", "person"), nullable=False, index=True),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("beyond", pg.JSONB(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), _key("asked_by", "account"), nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("answer", sa.String()),
        sa.Column("answered_by", sa.Uuid(), _key("answered_by", "account")),
        sa.Column("answered_at", INSTANT),
        sa.Column("reason", sa.String()),
        sa.ForeignKeyConstraint(
            ["version_id", "content_hash"],
            ["plan_version.id", "plan_version.content_hash"],
            name="fk_plan_authorisation_version_id_content_hash_plan_version",
        ),
        sa.CheckConstraint("answer IN ('agreed', 'sent_back')", name="known_answer"),
        sa.CheckConstraint("num_nulls(answer, answered_by, answered_at) IN (0, 3)", name="answered_whole"),
        sa.CheckConstraint("answer IS DISTINCT FROM 'sent_back' OR reason <> ''", name="sent_back_with_a_reason"),
    )
    op.create_index(
        "uq_plan_authorisation_one_open",
        TABLE,
        ["version_id"],
        unique=True,
        postgresql_where=sa.text("answer IS NULL"),
    )
    protect_person_rows(op, TABLE, rights="SELECT, INSERT, UPDATE")
    op.execute(KEEP_AUTHORISATION)
    op.execute(
        f"CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON {TABLE}"
        " FOR EACH ROW EXECUTE FUNCTION keep_authorisation()"
    )
    op.execute(
        f"CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON {TABLE}"
        " FOR EACH STATEMENT EXECUTE FUNCTION keep_authorisation()"
    )


def downgrade() -> None:
    op.drop_table(TABLE)
    op.execute("DROP FUNCTION keep_authorisation()")


def _key(column: str, other: str) -> sa.ForeignKey:
    return sa.ForeignKey(f"{other}.id", name=f"fk_{TABLE}_{column}_{other}")
