"""Referrals to occupational therapists, and equipment from its order until it is collected."""

import sqlalchemy as sa
from alembic import op

from careplan.db.guards import append_only, protect_person_rows
from careplan.fhir.marks import mark_people

revision = "0067"
down_revision = "0066"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
TABLES = ("referral", "referral_step", "equipment", "equipment_step")


def upgrade() -> None:
    _create_referrals()
    _create_equipment()
    for table in TABLES:
        op.create_index(f"ix_{table}_person_id", table, ["person_id"])
        protect_person_rows(op, table, rights="SELECT, INSERT")
        append_only(op, table)
    for table in ("equipment", "equipment_step"):
        mark_people(op, table)


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _create_referrals() -> None:
    table = "referral"
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), primary_key=True),
        _key(table, "person_id", "person"),
        _key(table, "therapist_id", "account"),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("reason", "urgency", "agreed")),
        sa.Column("sent_at", INSTANT, nullable=False),
        _key(table, "sent_by", "account"),
        sa.CheckConstraint("urgency IN ('urgent', 'soon', 'routine')", name="known_urgency"),
        sa.CheckConstraint("agreed <> ''", name="with_the_persons_yes"),
    )
    op.create_index("ix_referral_therapist_id", table, ["therapist_id"])
    table = "referral_step"
    op.create_table(
        table,
        *_step_columns(table, "referral"),
        sa.Column("visit_on", sa.Date()),
        sa.CheckConstraint(
            "event IN ('accepted', 'declined', 'visit_planned', 'recommended', 'closed')", name="known_event"
        ),
        sa.CheckConstraint("(visit_on IS NOT NULL) = (event = 'visit_planned')", name="a_planned_visit_has_its_day"),
    )
    op.create_index("ix_referral_step_referral_id_at", table, ["referral_id", "at"])


def _create_equipment() -> None:
    table = "equipment"
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), primary_key=True),
        _key(table, "person_id", "person"),
        _key(table, "referral_id", "referral", nullable=True),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("kind", "name", "why", "supplier")),
        *(sa.Column(name, sa.Integer()) for name in ("cost", "minutes_before", "minutes_after")),
        sa.Column("ordered_at", INSTANT, nullable=False),
        _key(table, "ordered_by", "account"),
        sa.CheckConstraint("kind IN ('aid', 'adaptation', 'technology')", name="known_kind"),
        sa.CheckConstraint("cost >= 0", name="costs_something_or_nothing"),
        sa.CheckConstraint("num_nonnulls(minutes_before, minutes_after) IN (0, 2)", name="effect_is_whole"),
        sa.CheckConstraint("minutes_before >= 0 AND minutes_after >= 0", name="effect_in_minutes"),
    )
    table = "equipment_step"
    op.create_table(
        table,
        *_step_columns(table, "equipment"),
        sa.Column("on", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "event IN ('delivered', 'cancelled', 'in_use', 'not_used', 'returned')", name="known_event"
        ),
        sa.CheckConstraint("event NOT IN ('not_used', 'cancelled') OR words <> ''", name="not_used_for_a_reason"),
    )
    op.create_index("ix_equipment_step_equipment_id_at", table, ["equipment_id", "at"])


def _step_columns(table: str, of: str) -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("id", sa.Uuid(), primary_key=True),
        _key(table, f"{of}_id", of),
        _key(table, "person_id", "person"),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        _key(table, "by", "account"),
        sa.Column("words", sa.String(), nullable=False),
    )


def _key(table: str, column: str, other: str, *, nullable: bool = False) -> sa.Column[object]:
    key = sa.ForeignKey(f"{other}.id", name=f"fk_{table}_{column}_{other}")
    return sa.Column(column, sa.Uuid(), key, nullable=nullable)
