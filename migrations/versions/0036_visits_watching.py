"""Rules that a council sets for visits, and alerts about them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql as pg

from careplan.db.guards import MY_ORGANISATION, append_only, grant_plain, protect_person_rows

revision = "0036"
down_revision = "0045"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("visit", sa.Column("cancel_said_at", INSTANT))
    op.create_table(
        "visit_rule",
        sa.Column("id", sa.Uuid(), primary_key=True),
        _key("visit_rule", "provider_id", "organisation", nullable=True),
        sa.Column("critical_minutes", sa.Integer(), nullable=False),
        sa.Column("late_minutes", sa.Integer(), nullable=False),
        sa.Column("draws", pg.JSONB(), nullable=False),
        sa.Column("since", INSTANT, nullable=False),
        _key("visit_rule", "set_by", "account"),
        sa.CheckConstraint("critical_minutes BETWEEN 1 AND 60", name="a_window"),
        sa.CheckConstraint("late_minutes BETWEEN 1 AND 240", name="a_patience"),
    )
    op.create_index("ix_visit_rule_provider_id_since", "visit_rule", ["provider_id", "since"])
    op.create_table(
        "visit_alert",
        sa.Column("id", sa.Uuid(), primary_key=True),
        _key("visit_alert", "visit_id", "visit"),
        _key("visit_alert", "person_id", "person"),
        _key("visit_alert", "provider_id", "organisation"),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("kind", "rank", "contact", "response")),
        *(sa.Column(name, sa.Boolean(), nullable=False) for name in ("tell_contact", "clock_doubtful")),
        sa.Column("raised_at", INSTANT, nullable=False),
        sa.Column("acknowledged_at", INSTANT),
        _key("visit_alert", "acknowledged_by", "account", nullable=True),
        sa.Column("acknowledged_words", sa.String()),
        *(sa.Column(name, sa.Boolean()) for name in ("person_told", "contact_told", "confirmed")),
        sa.UniqueConstraint("visit_id", "kind", name="uq_visit_alert_visit_id_kind"),
        sa.CheckConstraint("kind IN ('no_start', 'late', 'missed', 'no_reply', 'one_of_two')", name="known_kind"),
        sa.CheckConstraint("rank IN ('high', 'medium', 'low')", name="known_rank"),
        sa.CheckConstraint(
            "num_nonnulls(acknowledged_at, acknowledged_by, acknowledged_words) IN (0, 3)", name="whole_answer"
        ),
    )
    op.create_index("ix_visit_alert_person_id", "visit_alert", ["person_id"])
    op.create_index("ix_visit_alert_provider_id_acknowledged_at", "visit_alert", ["provider_id", "acknowledged_at"])
    grant_plain(op, "visit_rule", rights="SELECT, INSERT")
    append_only(op, "visit_rule")
    # A provider answers for its visits, also of people who have left it since.
    protect_person_rows(op, "visit_alert", rights="SELECT, INSERT, UPDATE", also=f"provider_id = {MY_ORGANISATION}")


def downgrade() -> None:
    for table in ("visit_alert", "visit_rule"):
        op.drop_table(table)
    op.drop_column("visit", "cancel_said_at")


def _key(table: str, column: str, other: str, *, nullable: bool = False) -> sa.Column[object]:
    key = sa.ForeignKey(f"{other}.id", name=f"fk_{table}_{column}_{other}")
    return sa.Column(column, sa.Uuid(), key, nullable=nullable)
