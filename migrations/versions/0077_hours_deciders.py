"""Fewer hours of somebody found unable to decide wait for whoever may decide for them."""

import sqlalchemy as sa
from alembic import op

revision = "0077"
down_revision = "0061"
branch_labels = None
depends_on = None

TABLE = "hour_adjustment"
MOVES_ON = ("standing", "answered_by", "answered_at", "answer", "taken_back_at", "starts_on")
KEEP = """
CREATE OR REPLACE FUNCTION keep_adjustment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.standing IN ('waits_for_person', 'requested', 'in_force')
       AND to_jsonb(NEW) - ARRAY[{moves}] = to_jsonb(OLD) - ARRAY[{moves}] THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% on hour_adjustment is refused: what was asked for stays', TG_OP
        USING ERRCODE = 'insufficient_privilege';
END
$$
"""


def upgrade() -> None:
    op.add_column(TABLE, sa.Column("decided_for", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column(TABLE, sa.Column("answered_as", sa.String()))
    op.create_check_constraint(
        "answerer_known", TABLE, "answered_as IN ('person', 'representative', 'best_interests')"
    )
    _let_move(*MOVES_ON, "decided_for", "answered_as")


def downgrade() -> None:
    _let_move(*MOVES_ON)
    op.drop_constraint(op.f(f"ck_{TABLE}_answerer_known"), TABLE)
    for column in ("answered_as", "decided_for"):
        op.drop_column(TABLE, column)


def _let_move(*columns: str) -> None:
    op.execute(KEEP.format(moves=", ".join(f"'{c}'" for c in columns)))
