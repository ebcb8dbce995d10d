"""Terms of hours stand, or were withdrawn before they began to count; their words stay as they were handed down."""

import sqlalchemy as sa
from alembic import op

from careplan.db.guards import APP_ROLE

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

KEEP_TERMS = """
CREATE FUNCTION keep_terms() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.turn >= OLD.turn
       AND to_jsonb(NEW) - ARRAY['withdrawn_at', 'turn'] = to_jsonb(OLD) - ARRAY['withdrawn_at', 'turn'] THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% on hour_terms is refused: what was handed down stays', TG_OP
        USING ERRCODE = 'insufficient_privilege';
END
$$
"""


def upgrade() -> None:
    op.add_column("hour_terms", sa.Column("withdrawn_at", sa.DateTime(timezone=True)))
    op.add_column("hour_terms", sa.Column("turn", sa.SmallInteger(), nullable=False, server_default="0"))
    op.execute(KEEP_TERMS)
    _guard("keep_terms")
    op.execute(f"GRANT UPDATE ON hour_terms TO {APP_ROLE}")


def downgrade() -> None:
    op.execute(f"REVOKE UPDATE ON hour_terms FROM {APP_ROLE}")
    _guard("refuse_change")
    op.execute("DROP FUNCTION keep_terms()")
    op.drop_column("hour_terms", "turn")
    op.drop_column("hour_terms", "withdrawn_at")


def _guard(function: str) -> None:
    """The same two triggers by another function."""
    op.execute("DROP TRIGGER refuse_change ON hour_terms")
    op.execute("DROP TRIGGER refuse_truncate ON hour_terms")
    op.execute(
        f"CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON hour_terms FOR EACH ROW EXECUTE FUNCTION {function}()"
    )
    op.execute(
        f"CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON hour_terms FOR EACH STATEMENT EXECUTE FUNCTION {function}()"
    )
