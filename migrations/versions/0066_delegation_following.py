"""What follows an occasion: an escalation up the ladder, what is done about an incident, reviews of a delegation."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql as pg

from careplan.db.guards import append_only, protect_person_rows

revision = "0066"
down_revision = "0065"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
ALERT = "delegation_alert"
EVENTS = "'taken', 'acted', 'debriefed', 'decided', 'provider_closes', 'delegator_closes', 'reopened'"


def upgrade() -> None:
    _create_escalations()
    _create_incident_steps()
    _create_reviews()
    op.add_column(ALERT, _key(ALERT, "escalation_id", "escalation", nullable=True))
    op.create_index(f"ix_{ALERT}_escalation_id", ALERT, ["escalation_id"])


def downgrade() -> None:
    op.drop_column(ALERT, "escalation_id")
    for table in ("delegation_review", "delegation_incident_step", "escalation_told", "escalation"):
        op.drop_table(table)


def _create_escalations() -> None:
    table = "escalation"
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), primary_key=True),
        *(
            _key(table, column, other)
            for column, other in (
                ("person_id", "person"),
                ("delegation_id", "delegation"),
                ("occasion_id", "occasion"),
                ("provider_id", "organisation"),
                ("organisation_id", "organisation"),
            )
        ),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("raised_at", INSTANT, nullable=False),
        sa.Column("ladder", pg.JSONB(), nullable=False),
        sa.Column("answered_at", INSTANT),
        _key(table, "answered_by", "account", nullable=True),
        sa.Column("answered_words", sa.String()),
        sa.CheckConstraint(
            "num_nonnulls(answered_at, answered_by, answered_words) IN (0, 3)", name="is_answered_in_words"
        ),
        sa.UniqueConstraint("occasion_id", name=f"uq_{table}_occasion_id"),
    )
    op.create_index("ix_escalation_open", table, ["raised_at"], postgresql_where=sa.text("answered_at IS NULL"))
    op.create_index("ix_escalation_delegation_id", table, ["delegation_id"])
    op.create_index("ix_escalation_person_id", table, ["person_id"])
    protect_person_rows(op, table, rights="SELECT, INSERT, UPDATE")
    table = "escalation_told"
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), primary_key=True),
        _key(table, "escalation_id", "escalation"),
        _key(table, "person_id", "person"),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        _key(table, "account_id", "account", nullable=True),
        sa.Column("at", INSTANT, nullable=False),
        sa.UniqueConstraint("escalation_id", "position", name=f"uq_{table}_escalation_id_position"),
    )
    op.create_index("ix_escalation_told_person_id", table, ["person_id"])
    _keep(table)


def _create_incident_steps() -> None:
    table = "delegation_incident_step"
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), primary_key=True),
        _key(table, "incident_id", "delegation_incident"),
        _key(table, "person_id", "person"),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        _key(table, "by", "account"),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("stays_suspended", sa.Boolean()),
        sa.CheckConstraint(f"event IN ({EVENTS})", name="known_event"),
        sa.CheckConstraint("words <> ''", name="in_words"),
        sa.CheckConstraint("(stays_suspended IS NOT NULL) = (event = 'decided')", name="a_decision_decides"),
    )
    op.create_index(f"ix_{table}_incident_id_at", table, ["incident_id", "at"])
    op.create_index(f"ix_{table}_person_id", table, ["person_id"])
    _keep(table)


def _create_reviews() -> None:
    table = "delegation_review"
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), primary_key=True),
        _key(table, "delegation_id", "delegation"),
        _key(table, "person_id", "person"),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("findings", sa.String(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("next_on", sa.Date()),
        _key(table, "by", "account"),
        sa.Column("at", INSTANT, nullable=False),
        sa.CheckConstraint("decision IN ('continue', 'change', 'stop')", name="known_decision"),
        sa.CheckConstraint("(decision = 'stop') = (next_on IS NULL)", name="goes_on_until_the_next"),
        sa.CheckConstraint("next_on > held_on", name="the_next_comes_later"),
    )
    op.create_index(f"ix_{table}_delegation_id_held_on", table, ["delegation_id", "held_on"])
    op.create_index(f"ix_{table}_person_id", table, ["person_id"])
    _keep(table)


def _keep(table: str) -> None:
    protect_person_rows(op, table, rights="SELECT, INSERT")
    append_only(op, table)


def _key(table: str, column: str, other: str, *, nullable: bool = False) -> sa.Column[object]:
    key = sa.ForeignKey(f"{other}.id", name=f"fk_{table}_{column}_{other}")
    return sa.Column(column, sa.Uuid(), key, nullable=nullable)
