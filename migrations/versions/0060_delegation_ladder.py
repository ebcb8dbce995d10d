"""Whom a worker rings and how fast, who delegated and where to reach them, and the equipment of each instruction."""

import sqlalchemy as sa
from alembic import op

from careplan.db.guards import append_only, protect_person_rows
from careplan.fhir.marks import mark_people

revision = "0060"
down_revision = "0032"
branch_labels = None
depends_on = None

TABLE = "escalation_step"
# All may be missing: what was delegated before this was asked says nothing of it.
COLUMNS = (
    ("regulator", sa.String()),
    ("registration_number", sa.String()),
    ("contact_in_hours", sa.String()),
    ("contact_out_of_hours", sa.String()),
    ("consent_basis", sa.String()),
    ("finding_address", sa.String()),
    ("supervision_on", sa.Date()),
    ("critical_from", sa.Time()),
    ("critical_until", sa.Time()),
)
CHECKS = {
    "registered_with_a_number": "(regulator IS NULL) = (registration_number IS NULL)",
    "known_consent_basis": "consent_basis IN ('person', 'best_interests')",
    "window_has_both_ends": "(critical_from IS NULL) = (critical_until IS NULL)",
}


def upgrade() -> None:
    for name, kind in COLUMNS:
        op.add_column("delegation", sa.Column(name, kind))
    for name, condition in CHECKS.items():
        op.create_check_constraint(op.f(f"ck_delegation_{name}"), "delegation", condition)
    op.add_column("instruction_version", sa.Column("equipment", sa.String()))
    op.create_table(
        TABLE,
        sa.Column("delegation_id", sa.Uuid(), _key("delegation_id", "delegation"), primary_key=True),
        sa.Column("position", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("person_id", sa.Uuid(), _key("person_id", "person"), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("within_minutes", sa.Integer(), nullable=False),
        sa.Column("told_when", sa.String(), nullable=False),
        sa.Column("account_id", sa.Uuid(), _key("account_id", "account")),
        sa.CheckConstraint("position >= 1", name="counted_from_one"),
        sa.CheckConstraint("within_minutes BETWEEN 0 AND 10080", name="within_a_week"),
        sa.CheckConstraint("told_when IN ('in_hours', 'out_of_hours', 'always')", name="known_when"),
    )
    protect_person_rows(op, TABLE, rights="SELECT, INSERT")
    append_only(op, TABLE)
    mark_people(op, TABLE)


def downgrade() -> None:
    op.drop_table(TABLE)
    op.drop_column("instruction_version", "equipment")
    for name in CHECKS:
        op.drop_constraint(op.f(f"ck_delegation_{name}"), "delegation", type_="check")
    for name, _ in reversed(COLUMNS):
        op.drop_column("delegation", name)


def _key(column: str, table: str) -> sa.ForeignKey:
    return sa.ForeignKey(f"{table}.id", name=f"fk_{TABLE}_{column}_{table}")
