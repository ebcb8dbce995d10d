"""Medicines have times by the clock; each occasion of one is recorded, and what somebody must be told of it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql as pg

from careplan.db.guards import MY_ORGANISATION, append_only, protect_person_rows
from careplan.fhir.marks import mark_people, unmark

revision = "0065"
down_revision = "0055"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
RESULTS = "'given', 'reminded', 'taken', 'declined', 'not_available', 'omitted', 'spoiled'"
KINDS = "'too_early', 'over_maximum', 'not_given', 'not_recorded', 'not_prescribed', 'unknown_medicine'"


def upgrade() -> None:
    op.add_column("medicine", sa.Column("clock", pg.ARRAY(sa.Time()), nullable=False, server_default="{}"))
    op.add_column("medicine", sa.Column("on_time", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("medicine", sa.Column("technique", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_check_constraint("on_time_has_times", "medicine", "NOT on_time OR cardinality(clock) > 0")
    _create_doses()
    _create_links()
    _create_alerts()
    mark_people(op, "medicine")
    mark_people(op, "medicine_dose")


def downgrade() -> None:
    unmark(op, "medicine")
    for table in ("medicine_alert", "medicine_delegation", "medicine_dose"):
        op.drop_table(table)
    op.drop_constraint(op.f("ck_medicine_on_time_has_times"), "medicine")
    for column in ("technique", "on_time", "clock"):
        op.drop_column("medicine", column)


def _create_doses() -> None:
    table = "medicine_dose"
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), primary_key=True),
        _key(table, "person_id", "person"),
        sa.Column("medicine_id", sa.Uuid(), nullable=False),
        _key(table, "worker_id", "account"),
        sa.Column("visit_id", sa.Uuid()),
        sa.Column("effective_at", INSTANT, nullable=False),
        sa.Column("received_at", INSTANT, nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        *(sa.Column(name, sa.String()) for name in ("reason", "amount", "note", "rang")),
        sa.Column("corrects", sa.Uuid()),
        sa.CheckConstraint(f"result IN ({RESULTS})", name="known_result"),
        sa.CheckConstraint("result <> 'omitted' OR reason IS NOT NULL", name="omitted_with_a_reason"),
        sa.CheckConstraint("corrects <> id", name="corrects_another"),
    )
    op.create_index("ix_medicine_dose_person_id_effective_at", table, ["person_id", "effective_at"])
    op.create_index("ix_medicine_dose_medicine_id_effective_at", table, ["medicine_id", "effective_at"])
    protect_person_rows(op, table, rights="SELECT, INSERT")
    append_only(op, table)


def _create_links() -> None:
    table = "medicine_delegation"
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), primary_key=True),
        _key(table, "person_id", "person"),
        _key(table, "medicine_id", "medicine"),
        _key(table, "delegation_id", "delegation"),
        sa.Column("linked_at", INSTANT, nullable=False),
        _key(table, "linked_by", "account"),
    )
    op.create_index("ix_medicine_delegation_medicine_id_linked_at", table, ["medicine_id", "linked_at"])
    op.create_index("ix_medicine_delegation_person_id", table, ["person_id"])
    protect_person_rows(op, table, rights="SELECT, INSERT")
    append_only(op, table)


def _create_alerts() -> None:
    table = "medicine_alert"
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("kind", sa.String(), nullable=False),
        _key(table, "person_id", "person"),
        sa.Column("medicine_id", sa.Uuid(), nullable=False),
        _key(table, "dose_id", "medicine_dose", nullable=True),
        sa.Column("due_at", INSTANT),
        _key(table, "organisation_id", "organisation"),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("raised_at", INSTANT, nullable=False),
        sa.Column("acknowledged_at", INSTANT),
        _key(table, "acknowledged_by", "account", nullable=True),
        sa.Column("acknowledged_words", sa.String()),
        sa.CheckConstraint(f"kind IN ({KINDS})", name="known_kind"),
        sa.CheckConstraint("(dose_id IS NULL) = (kind = 'not_recorded')", name="is_of_a_dose_or_of_none"),
        sa.CheckConstraint("(due_at IS NOT NULL) = (kind = 'not_recorded')", name="silence_has_its_time"),
        sa.CheckConstraint(
            "num_nonnulls(acknowledged_at, acknowledged_words) IN (0, 2)", name="is_acknowledged_in_words"
        ),
        sa.UniqueConstraint("medicine_id", "due_at", name="uq_medicine_alert_medicine_id_due_at"),
        sa.UniqueConstraint("dose_id", "kind", name="uq_medicine_alert_dose_id_kind"),
    )
    op.create_index("ix_medicine_alert_organisation_id_acknowledged_at", table, ["organisation_id", "acknowledged_at"])
    op.create_index("ix_medicine_alert_person_id", table, ["person_id"])
    # The provider answers what it was told, though the care of the person has ended since.
    protect_person_rows(op, table, rights="SELECT, INSERT, UPDATE", also=f"organisation_id = {MY_ORGANISATION}")


def _key(table: str, column: str, other: str, *, nullable: bool = False) -> sa.Column[object]:
    key = sa.ForeignKey(f"{other}.id", name=f"fk_{table}_{column}_{other}")
    return sa.Column(column, sa.Uuid(), key, nullable=nullable)
