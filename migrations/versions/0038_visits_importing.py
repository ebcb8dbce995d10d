"""Files of visits that were brought in from other systems."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql as pg

from careplan.db.guards import MY_ORGANISATION, append_only, protect_rows

revision = "0038"
down_revision = "0044"
branch_labels = None
depends_on = None


def upgrade() -> None:
    key = sa.ForeignKey("organisation.id", name="fk_visit_import_provider_id_organisation")
    op.create_table(
        "visit_import",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("provider_id", sa.Uuid(), key, nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("good", sa.Integer(), nullable=False),
        sa.Column("known", sa.Integer(), nullable=False),
        sa.Column("problems", pg.JSONB(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_by", sa.Uuid(), nullable=False),
        sa.UniqueConstraint("provider_id", "reference", name="uq_visit_import_provider_id_reference"),
    )
    protect_rows(op, "visit_import", rule=f"provider_id = {MY_ORGANISATION}", rights="SELECT, INSERT")
    append_only(op, "visit_import")


def downgrade() -> None:
    op.drop_table("visit_import")
