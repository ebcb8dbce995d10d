"""What each provider would have been paid by every model, over the visits of a pay run."""

import sqlalchemy as sa
from alembic import op

from careplan.db.guards import OF_FINANCE, append_only, protect_rows

revision = "0044"
down_revision = "0037"
branch_labels = None
depends_on = None

TABLE = "pay_simulation"


def upgrade() -> None:
    op.create_table(
        TABLE,
        _key("freeze_id", "settlement_freeze"),
        _key("provider_id", "organisation"),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("pence", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("freeze_id", "provider_id", "model"),
    )
    protect_rows(op, TABLE, rule=OF_FINANCE, rights="SELECT, INSERT")
    append_only(op, TABLE)


def downgrade() -> None:
    op.drop_table(TABLE)


def _key(column: str, other: str) -> sa.Column[object]:
    key = sa.ForeignKey(f"{other}.id", name=f"fk_{TABLE}_{column}_{other}")
    return sa.Column(column, sa.Uuid(), key, nullable=False)
