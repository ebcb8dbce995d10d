"""What providers confirmed of a week, and workers' shifts."""

import sqlalchemy as sa
from alembic import op

from careplan.db.guards import MY_ACCOUNT, MY_ORGANISATION, append_only, protect_person_rows, protect_rows

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "visit_confirmation",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        _key("visit_confirmation", "person_id", "person"),
        _key("visit_confirmation", "provider_id", "organisation"),
        sa.Column("week_starts_on", sa.Date(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("confirmed_at", INSTANT, nullable=False),
        _key("visit_confirmation", "confirmed_by", "account"),
        sa.CheckConstraint("how IN ('unchanged', 'exception')", name="known_way"),
    )
    for columns in (["provider_id", "week_starts_on"], ["visit_id", "confirmed_at"], ["person_id"]):
        op.create_index(f"ix_visit_confirmation_{'_'.join(columns)}", "visit_confirmation", columns)
    op.create_table(
        "shift",
        sa.Column("id", sa.Uuid(), primary_key=True),
        _key("shift", "worker_id", "account"),
        _key("shift", "organisation_id", "organisation"),
        sa.Column("starts_at", INSTANT, nullable=False),
        sa.Column("ends_at", INSTANT, nullable=False),
        sa.Column("down_minutes", sa.Integer(), nullable=False),
        _key("shift", "planned_by", "account"),
        sa.Column("planned_at", INSTANT, nullable=False),
        sa.CheckConstraint("ends_at > starts_at", name="ends_after_it_begins"),
        sa.CheckConstraint("down_minutes >= 0", name="some_time"),
    )
    for column in ("organisation_id", "worker_id"):
        op.create_index(f"ix_shift_{column}_starts_at", "shift", [column, "starts_at"])
    own = f"provider_id = {MY_ORGANISATION}"
    protect_person_rows(op, "visit_confirmation", rights="SELECT, INSERT", also=own)
    append_only(op, "visit_confirmation")
    protect_rows(
        op, "shift", rule=f"organisation_id = {MY_ORGANISATION} OR worker_id = {MY_ACCOUNT}", rights="SELECT, INSERT"
    )
    append_only(op, "shift")


def downgrade() -> None:
    for table in ("shift", "visit_confirmation"):
        op.drop_table(table)


def _key(table: str, column: str, other: str) -> sa.Column[object]:
    key = sa.ForeignKey(f"{other}.id", name=f"fk_{table}_{column}_{other}")
    return sa.Column(column, sa.Uuid(), key, nullable=False)
