"""A party takes its yes back, an advocate supports, and the council goes on without a person's yes."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql as pg

from careplan.db.guards import APP_ROLE, append_only, protect_person_rows
from careplan.fhir.marks import mark_people, unmark

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
TAKEN_BACK = ("withdrawn_at", "withdrawn_by", "withdrawn_by_name", "withdrawn_reason", "withdrawn_channel")
ADVOCATE = ("advocate_name", "advocate_organisation")
# One standing signature a party and a signer; those taken back stay beside it.
STANDING = {"uq_plan_agreement_one_a_party": "party", "uq_plan_agreement_one_a_signer": "signer_id"}

KEEP_AGREEMENT = """
CREATE FUNCTION keep_agreement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.withdrawn_at IS NULL
       AND to_jsonb(NEW)
           - ARRAY['withdrawn_at', 'withdrawn_by', 'withdrawn_by_name', 'withdrawn_reason', 'withdrawn_channel']
         = to_jsonb(OLD)
           - ARRAY['withdrawn_at', 'withdrawn_by', 'withdrawn_by_name', 'withdrawn_reason', 'withdrawn_channel'] THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% on plan_agreement is refused: it is taken back once, and stays', TG_OP
        USING ERRCODE = 'insufficient_privilege';
END
$$
"""


def upgrade() -> None:
    _add_to_agreements()
    op.execute(KEEP_AGREEMENT)
    _guard("plan_agreement", "keep_agreement")
    op.execute(f"GRANT UPDATE ON plan_agreement TO {APP_ROLE}")
    _create_not_agreed()
    protect_person_rows(op, "plan_not_agreed", rights="SELECT, INSERT")
    append_only(op, "plan_not_agreed")
    mark_people(op, "plan_not_agreed")


def downgrade() -> None:
    unmark(op, "plan_not_agreed")
    op.drop_table("plan_not_agreed")
    op.execute(f"REVOKE UPDATE ON plan_agreement FROM {APP_ROLE}")
    _guard("plan_agreement", "refuse_change")
    op.execute("DROP FUNCTION keep_agreement()")
    for name in STANDING:
        op.drop_index(name, "plan_agreement")
    for name in ("taken_back_whole", "taken_back_with_a_reason", "advocate_whole"):
        op.drop_constraint(name, "plan_agreement", type_="check")
    op.create_unique_constraint("uq_plan_agreement_version_id_party", "plan_agreement", ["version_id", "party"])
    op.create_unique_constraint("uq_plan_agreement_version_id_signer_id", "plan_agreement", ["version_id", "signer_id"])
    for column in (*TAKEN_BACK, *ADVOCATE):
        op.drop_column("plan_agreement", column)


def _add_to_agreements() -> None:
    table = "plan_agreement"
    for column in ADVOCATE:
        op.add_column(table, sa.Column(column, sa.String()))
    op.add_column(table, sa.Column("withdrawn_at", INSTANT))
    key = sa.ForeignKey("account.id", name="fk_plan_agreement_withdrawn_by_account")
    op.add_column(table, sa.Column("withdrawn_by", sa.Uuid(), key))
    for column in TAKEN_BACK[2:]:
        op.add_column(table, sa.Column(column, sa.String()))
    op.create_check_constraint("taken_back_whole", table, f"num_nulls({', '.join(TAKEN_BACK)}) IN (0, 5)")
    op.create_check_constraint("taken_back_with_a_reason", table, "withdrawn_reason <> ''")
    op.create_check_constraint("advocate_whole", table, f"num_nulls({', '.join(ADVOCATE)}) IN (0, 2)")
    op.drop_constraint("uq_plan_agreement_version_id_party", table, type_="unique")
    op.drop_constraint("uq_plan_agreement_version_id_signer_id", table, type_="unique")
    for name, column in STANDING.items():
        op.create_index(
            name, table, ["version_id", column], unique=True, postgresql_where=sa.text("withdrawn_at IS NULL")
        )


def _guard(table: str, function: str) -> None:
    """The same two triggers by another function."""
    op.execute(f"DROP TRIGGER refuse_change ON {table}")
    op.execute(f"DROP TRIGGER refuse_truncate ON {table}")
    op.execute(
        f"CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {function}()"
    )
    op.execute(
        f"CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {function}()"
    )


def _create_not_agreed() -> None:
    table = "plan_not_agreed"
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("plan_id", sa.Uuid(), _key(table, "plan_id", "support_plan"), nullable=False, index=True),
        sa.Column("person_id", sa.Uuid(), _key(table, "person_id", "person"), nullable=False, index=True),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("steps", pg.JSONB(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("complaint_route", sa.String(), nullable=False),
        sa.Column("review_by", sa.Date(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), _key(table, "decided_by", "account"), nullable=False),
        sa.Column("decided_by_name", sa.String(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id", "content_hash"],
            ["plan_version.id", "plan_version.content_hash"],
            name="fk_plan_not_agreed_version_id_content_hash_plan_version",
        ),
        sa.UniqueConstraint("version_id", name="uq_plan_not_agreed_version_id"),
        sa.CheckConstraint("cause IN ('disagrees', 'not_reached')", name="known_cause"),
        sa.CheckConstraint("cause <> 'disagrees' OR words <> ''", name="in_their_own_words"),
        sa.CheckConstraint("jsonb_array_length(steps) > 0", name="something_was_tried"),
        sa.CheckConstraint("complaint_route <> ''", name="told_how_to_complain"),
        sa.CheckConstraint(
            "review_by > decided_on AND review_by <= decided_on + 28", name="reviewed_within_28_days"
        ),
    )


def _key(table: str, column: str, other: str) -> sa.ForeignKey:
    return sa.ForeignKey(f"{other}.id", name=f"fk_{table}_{column}_{other}")
