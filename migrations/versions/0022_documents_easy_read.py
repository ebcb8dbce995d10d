"""Easy Read of a version of a plan; the database itself keeps what the person said yes to."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql as pg

from careplan.db.guards import protect_person_rows

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
KEEP_APPROVED = """
CREATE FUNCTION keep_approved_easy_read() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.approved_at IS NULL THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% on easy_read is refused: what the person said yes to stays', TG_OP
        USING ERRCODE = 'insufficient_privilege';
END
$$
"""


def upgrade() -> None:
    op.create_table(
        "easy_read",
        sa.Column("id", sa.Uuid(), primary_key=True),
        _reference("plan_id", "support_plan", index=True),
        _reference("person_id", "person", index=True),
        _reference("version_id", "plan_version"),
        sa.Column("parts", pg.JSONB(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("begun_at", INSTANT, nullable=False),
        sa.Column("saved_at", INSTANT, nullable=False),
        _reference("saved_by", "account"),
        sa.Column("offered_at", INSTANT),
        sa.Column("approved_on", sa.Date()),
        sa.Column("approved_at", INSTANT),
        sa.Column("approved_by", sa.String()),
        _reference("approved_recorded_by", "account", nullable=True),
        sa.CheckConstraint("jsonb_typeof(parts) = 'array'", name="parts_are_a_list"),
        sa.CheckConstraint(
            "num_nulls(approved_on, approved_at, approved_by, approved_recorded_by) IN (0, 4)", name="approved_whole"
        ),
        sa.CheckConstraint("approved_by IN ('themselves', 'told')", name="known_way_of_saying_yes"),
        sa.CheckConstraint("approved_at IS NULL OR offered_at IS NOT NULL", name="shown_before_a_yes"),
        sa.CheckConstraint("approved_at IS NULL OR jsonb_array_length(parts) > 0", name="a_yes_to_something"),
    )
    op.create_index(
        "uq_easy_read_one_open",
        "easy_read",
        ["version_id"],
        unique=True,
        postgresql_where=sa.text("approved_at IS NULL"),
    )
    op.create_index("ix_easy_read_version_id_approved_at", "easy_read", ["version_id", "approved_at"])
    protect_person_rows(op, "easy_read", rights="SELECT, INSERT, UPDATE")
    op.execute(KEEP_APPROVED)
    op.execute(
        "CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON easy_read"
        " FOR EACH ROW EXECUTE FUNCTION keep_approved_easy_read()"
    )
    op.execute(
        "CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON easy_read"
        " FOR EACH STATEMENT EXECUTE FUNCTION keep_approved_easy_read()"
    )


def downgrade() -> None:
    op.drop_table("easy_read")
    op.execute("DROP FUNCTION keep_approved_easy_read()")


def _reference(column: str, other: str, *, nullable: bool = False, index: bool = False) -> sa.Column[object]:
    key = sa.ForeignKey(f"{other}.id", name=f"fk_easy_read_{column}_{other}")
    return sa.Column(column, sa.Uuid(), key, nullable=nullable, index=index)
