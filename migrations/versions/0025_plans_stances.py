"""Each party's answer to a suggestion, counter-proposals, comments on a suggestion, and taking one's own back."""

import sqlalchemy as sa
from alembic import op

from careplan.db.guards import append_only, protect_person_rows

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("plan_suggestion", _to_suggestion("plan_suggestion", "answers_to", nullable=True))
    op.add_column("plan_comment", _to_suggestion("plan_comment", "suggestion_id", nullable=True))
    _know_decisions("'taken', 'declined', 'withdrawn'")
    op.create_table(
        "plan_stance",
        sa.Column("id", sa.Uuid(), primary_key=True),
        _to_suggestion("plan_stance", "suggestion_id", nullable=False),
        _reference("plan_id", "support_plan", index=True),
        _reference("person_id", "person", index=True),
        sa.Column("party", sa.String(), nullable=False),
        sa.Column("stance", sa.String(), nullable=False),
        sa.Column("reason", sa.String()),
        _reference("by", "account"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("party IN ('council', 'provider', 'person')", name="known_party"),
        sa.CheckConstraint("stance IN ('accepts', 'declines')", name="known_stance"),
        sa.CheckConstraint("stance <> 'declines' OR reason <> ''", name="declined_with_a_reason"),
    )
    protect_person_rows(op, "plan_stance", rights="SELECT, INSERT")
    append_only(op, "plan_stance")


def downgrade() -> None:
    op.drop_table("plan_stance")
    _know_decisions("'taken', 'declined'")
    op.drop_column("plan_comment", "suggestion_id")
    op.drop_column("plan_suggestion", "answers_to")


def _know_decisions(decisions: str) -> None:
    op.drop_constraint("known_decision", "plan_suggestion", type_="check")
    op.create_check_constraint("known_decision", "plan_suggestion", f"decision IN ({decisions})")


def _to_suggestion(table: str, column: str, *, nullable: bool) -> sa.Column[object]:
    key = sa.ForeignKey("plan_suggestion.id", name=f"fk_{table}_{column}_plan_suggestion")
    return sa.Column(column, sa.Uuid(), key, nullable=nullable)


def _reference(column: str, table: str, *, index: bool = False) -> sa.Column[object]:
    key = sa.ForeignKey(f"{table}.id", name=f"fk_plan_stance_{column}_{table}")
    return sa.Column(column, sa.Uuid(), key, nullable=False, index=index)
