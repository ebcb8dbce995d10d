"""From when a version counts; whose place a delegation takes; where a zone lies."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql as pg

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("plan_version", sa.Column("counts_from", sa.Date()))
    op.add_column("delegation", sa.Column("continues", sa.Uuid()))
    op.create_foreign_key(op.f("fk_delegation_continues_delegation"), "delegation", "delegation", ["continues"], ["id"])
    op.add_column("zone", sa.Column("postcodes", pg.ARRAY(sa.String()), nullable=False, server_default=sa.text("'{}'")))


def downgrade() -> None:
    op.drop_column("zone", "postcodes")
    op.drop_constraint(op.f("fk_delegation_continues_delegation"), "delegation", type_="foreignkey")
    op.drop_column("delegation", "continues")
    op.drop_column("plan_version", "counts_from")
