"""Organisations, those who work for them, and the organisations of accounts and relationships."""

import sqlalchemy as sa
from alembic import op

from careplan.db.guards import grant_plain

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# Where an account works, and the organisations that a person is related to.
REFERENCES = (("account", "organisation_id"), ("account", "team_id"), ("relationship", "organisation_id"))


def upgrade() -> None:
    op.create_table(
        "organisation",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("ods_code", sa.String()),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("part_of_id", sa.Uuid()),
        sa.Column("phone", sa.String()),
        sa.Column("active", sa.Boolean(), nullable=False, server_default=sa.true()),
        sa.ForeignKeyConstraint(["part_of_id"], ["organisation.id"], name="fk_organisation_part_of_id_organisation"),
        sa.UniqueConstraint("ods_code", name="uq_organisation_ods_code"),
        sa.CheckConstraint("(kind = 'team') = (part_of_id IS NOT NULL)", name="a_team_is_part_of_a_whole"),
    )
    op.create_index("ix_organisation_part_of_id", "organisation", ["part_of_id"])
    op.create_table(
        "worker",
        sa.Column("account_id", sa.Uuid(), primary_key=True),
        sa.Column("given_name", sa.String(), nullable=False),
        sa.Column("family_name", sa.String(), nullable=False),
        sa.Column("job_title", sa.String(), nullable=False),
        sa.Column("regulator", sa.String()),
        sa.Column("registration_number", sa.String()),
        sa.Column("phone", sa.String()),
        sa.Column("out_of_hours_phone", sa.String()),
        sa.Column("can_commit", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_worker_account_id_account"),
        sa.CheckConstraint("(regulator IS NULL) = (registration_number IS NULL)", name="a_number_has_its_regulator"),
    )
    op.create_table(
        "zone",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("council_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("scheme", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["council_id"], ["organisation.id"], name="fk_zone_council_id_organisation"),
        sa.UniqueConstraint("name", name="uq_zone_name"),
    )
    op.create_index("ix_zone_council_id", "zone", ["council_id"])
    op.create_table(
        "zone_share",
        sa.Column("zone_id", sa.Uuid(), primary_key=True),
        sa.Column("organisation_id", sa.Uuid(), primary_key=True),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("hourly_pence", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name="fk_zone_share_zone_id_zone"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_zone_share_organisation_id_organisation"
        ),
        sa.CheckConstraint("percent BETWEEN 1 AND 100", name="percent_of_a_whole"),
        sa.CheckConstraint("hourly_pence > 0", name="a_rate_is_paid"),
    )
    for table, column in REFERENCES:
        op.create_foreign_key(f"fk_{table}_{column}_organisation", table, "organisation", [column], ["id"])
    for table in ("organisation", "worker", "zone", "zone_share"):
        grant_plain(op, table)


def downgrade() -> None:
    for table, column in REFERENCES:
        op.drop_constraint(f"fk_{table}_{column}_organisation", table, type_="foreignkey")
    op.drop_table("zone_share")
    op.drop_table("zone")
    op.drop_table("worker")
    op.drop_table("organisation")
