"""What people contribute, and which of their care is free."""

import sqlalchemy as sa
from alembic import op

from careplan.db.guards import OF_FINANCE, append_only, protect_person_rows

revision = "0042"
down_revision = "0035"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
EXEMPTIONS = "'reablement', 'intermediate_care', 'aids', 'section_117', 'cjd', 'carer_support'"
TABLES = ("contribution", "charge_exemption")


def upgrade() -> None:
    op.create_table(
        "contribution",
        *_begin("contribution"),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("weekly", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("told_on", sa.Date()),
        *_recorded(),
        sa.CheckConstraint("kind IN ('amount', 'full_cost', 'nil')", name="known_kind"),
        sa.CheckConstraint("status IN ('pending', 'assessed', 'refused')", name="known_status"),
        sa.CheckConstraint("weekly >= 0 AND (kind = 'amount' OR weekly = 0)", name="an_amount_alone_has_pence"),
        sa.CheckConstraint("status = 'pending' OR told_on IS NOT NULL", name="the_person_was_told"),
        sa.CheckConstraint("status <> 'refused' OR kind = 'full_cost'", name="refusing_means_the_full_cost"),
    )
    op.create_index("ix_contribution_person_id_since", "contribution", ["person_id", "since"])
    op.create_table(
        "charge_exemption",
        *_begin("charge_exemption"),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date()),
        sa.Column("cost", sa.Integer()),
        sa.Column("source", sa.String(), nullable=False),
        *_recorded(),
        sa.CheckConstraint(f"kind IN ({EXEMPTIONS})", name="known_kind"),
        sa.CheckConstraint("until >= since", name="ends_after_it_begins"),
        sa.CheckConstraint(
            "(kind = 'aids') = (cost IS NOT NULL) AND cost BETWEEN 0 AND 100000", name="small_aids_alone"
        ),
    )
    op.create_index("ix_charge_exemption_person_id", "charge_exemption", ["person_id"])
    for table in TABLES:
        protect_person_rows(op, table, rights="SELECT, INSERT", also=OF_FINANCE)
        append_only(op, table)


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _begin(table: str) -> tuple[sa.Column[object], ...]:
    person = sa.ForeignKey("person.id", name=f"fk_{table}_person_id_person")
    return (
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("person_id", sa.Uuid(), person, nullable=False),
    )


def _recorded() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
    )
