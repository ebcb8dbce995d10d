"""What was written down as given, or noted of others, can be marked as a mistake; a draft can be given up."""

import sqlalchemy as sa
from alembic import op

from careplan.db.guards import RELATED_NOW, append_only, protect_rows

revision = "0046"
down_revision = "0038"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
TABLE = "assessment_mistake"
KEEP = """
CREATE OR REPLACE FUNCTION keep_finished_assessment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        RAISE EXCEPTION 'TRUNCATE on assessment is refused: what was finished stays'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF {open} THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    RAISE EXCEPTION '% on a finished assessment is refused: a correction is written beside it', TG_OP
        USING ERRCODE = 'insufficient_privilege';
END
$$
"""


def upgrade() -> None:
    op.add_column("assessment", sa.Column("given_up_at", INSTANT))
    op.add_column(
        "assessment",
        sa.Column("given_up_by", sa.Uuid(), sa.ForeignKey("account.id", name="fk_assessment_given_up_by_account")),
    )
    op.add_column("assessment", sa.Column("given_up_because", sa.String()))
    op.create_check_constraint(
        "given_up_whole",
        "assessment",
        "num_nonnulls(given_up_at, given_up_by, given_up_because) IN (0, 3)"
        " AND (given_up_at IS NULL OR finished_at IS NULL)",
    )
    _one_draft("finished_at IS NULL AND given_up_at IS NULL")
    # What was given up frees the place of the correction that it would have been.
    op.drop_constraint("uq_assessment_corrects", "assessment")
    op.create_index(
        "uq_assessment_corrects", "assessment", ["corrects"], unique=True,
        postgresql_where=sa.text("given_up_at IS NULL"),
    )  # fmt: skip
    op.execute(KEEP.format(open="OLD.finished_at IS NULL AND OLD.given_up_at IS NULL"))
    _create_mistakes()


def downgrade() -> None:
    op.drop_table(TABLE)
    op.execute(KEEP.format(open="OLD.finished_at IS NULL"))
    op.drop_index("uq_assessment_corrects", "assessment")
    op.create_unique_constraint("uq_assessment_corrects", "assessment", ["corrects"])
    op.execute("DELETE FROM assessment WHERE given_up_at IS NOT NULL")
    _one_draft("finished_at IS NULL")
    op.drop_constraint(op.f("ck_assessment_given_up_whole"), "assessment")
    for column in ("given_up_at", "given_up_by", "given_up_because"):
        op.drop_column("assessment", column)


def _one_draft(where: str) -> None:
    op.drop_index("uq_assessment_one_draft", "assessment")
    op.create_index(
        "uq_assessment_one_draft", "assessment", ["person_id"], unique=True, postgresql_where=sa.text(where)
    )


def _create_mistakes() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.Uuid(), primary_key=True),
        _key("person_id", "person"),
        _key("given_id", "given_paper", nullable=True),
        _key("note_id", "third_party_note", nullable=True),
        sa.Column("because", sa.String(), nullable=False),
        _key("by", "account"),
        sa.Column("at", INSTANT, nullable=False),
        sa.CheckConstraint("num_nonnulls(given_id, note_id) = 1", name="is_of_one_thing"),
        sa.CheckConstraint("because <> ''", name="has_its_reason"),
        sa.UniqueConstraint("given_id", name=f"uq_{TABLE}_given_id"),
        sa.UniqueConstraint("note_id", name=f"uq_{TABLE}_note_id"),
    )
    op.create_index(f"ix_{TABLE}_person_id", TABLE, ["person_id"])
    # What is about a note about others is told to nobody to whom the note itself is not.
    given = f"(given_id IS NOT NULL AND person_id IN ({RELATED_NOW}))"
    staff = f"person_id IN ({RELATED_NOW} AND r.kind NOT IN ('self', 'authority', 'carer'))"
    protect_rows(op, TABLE, rule=f"({given} OR {staff})", rights="SELECT, INSERT")
    append_only(op, TABLE)


def _key(column: str, other: str, *, nullable: bool = False) -> sa.Column[object]:
    key = sa.ForeignKey(f"{other}.id", name=f"fk_{TABLE}_{column}_{other}")
    return sa.Column(column, sa.Uuid(), key, nullable=nullable)
