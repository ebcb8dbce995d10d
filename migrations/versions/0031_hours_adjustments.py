"""Changes of hours that a provider makes inside the plan's limits, or asks for outside them."""

import sqlalchemy as sa
from alembic import op

from careplan.db.guards import protect_person_rows

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

TABLE = "hour_adjustment"
INSTANT = sa.DateTime(timezone=True)
PERSON = sa.ForeignKey("person.id", name="fk_hour_adjustment_person_id_person")
KEEP = """
CREATE FUNCTION keep_adjustment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.standing IN ('waits_for_person', 'requested', 'in_force')
       AND to_jsonb(NEW) - ARRAY['standing', 'answered_by', 'answered_at', 'answer', 'taken_back_at', 'starts_on']
         = to_jsonb(OLD) - ARRAY['standing', 'answered_by', 'answered_at', 'answer', 'taken_back_at', 'starts_on'] THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% on hour_adjustment is refused: what was asked for stays', TG_OP
        USING ERRCODE = 'insufficient_privilege';
END
$$
"""


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("person_id", sa.Uuid(), PERSON, nullable=False, index=True),
        sa.Column("plan_id", sa.Uuid(), nullable=False, index=True),
        sa.Column("plan_version_id", sa.Uuid(), nullable=False),
        sa.Column("funder", sa.String(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("lasting", sa.String(), nullable=False),
        sa.Column("outcome_id", sa.Uuid(), nullable=False),
        sa.Column("outcome_words", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("outside", sa.String()),
        sa.Column("person_said", sa.String(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("standing", sa.String(), nullable=False),
        sa.Column("answered_by", sa.Uuid()),
        sa.Column("answered_at", INSTANT),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("taken_back_at", INSTANT),
        sa.Column("starts_on", sa.Date()),
        sa.CheckConstraint("minutes <> 0", name="changes_something"),
        sa.CheckConstraint("reason <> '' AND outcome_words <> ''", name="has_a_reason"),
        sa.CheckConstraint("lasting IN ('this_period', 'until_next_version')", name="lasting_known"),
        sa.CheckConstraint(
            "standing IN ('waits_for_person', 'requested', 'in_force', 'declined', 'refused', 'taken_back')",
            name="standing_known",
        ),
        sa.CheckConstraint("outside IN ('direction', 'too_much', 'floor_unknown', 'below_floor')", name="limit_known"),
        sa.CheckConstraint(
            "standing NOT IN ('requested', 'refused') OR outside IS NOT NULL", name="inside_is_not_asked"
        ),
        sa.CheckConstraint("standing <> 'in_force' OR starts_on IS NOT NULL", name="in_force_from_a_day"),
        sa.CheckConstraint("num_nulls(answered_by, answered_at) IN (0, 2)", name="answered_whole_or_not"),
    )
    op.create_index(
        "ix_hour_adjustment_requested", TABLE, ["asked_at"], postgresql_where="standing = 'requested'"
    )
    protect_person_rows(op, TABLE, rights="SELECT, INSERT, UPDATE")
    op.execute(KEEP)
    op.execute(
        f"CREATE TRIGGER keep BEFORE UPDATE OR DELETE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION keep_adjustment()"
    )


def downgrade() -> None:
    op.drop_table(TABLE)
    op.execute("DROP FUNCTION keep_adjustment()")
