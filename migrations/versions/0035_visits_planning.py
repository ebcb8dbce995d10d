"""Patterns of visits, what they are for, whom people wish to come, and visits that nobody began."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql as pg

from careplan.db.guards import MY_ORGANISATION, append_only, protect_person_rows, protect_rows

revision = "0035"
down_revision = "0041"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
KNOWN_CANCELLER = "ck_visit_known_canceller"
NEW_COLUMNS = (
    "pattern_id", "service", "window_minutes", "missed_at", "missed_by", "missed_because", "merged_into",
)  # fmt: skip
TABLES = ("worker_trait", "visit_wish", "visit_override", "visit_activity", "visit_pattern")


def upgrade() -> None:
    _create_patterns()
    _widen_visits()
    _create_what_goes_with_visits()
    _create_wishes()
    protect_person_rows(op, "visit_pattern", rights="SELECT, INSERT, UPDATE")
    protect_person_rows(op, "visit_activity", rights="SELECT, INSERT, DELETE")
    for table in ("visit_override", "visit_wish"):
        protect_person_rows(op, table, rights="SELECT, INSERT")
        append_only(op, table)
    protect_rows(op, "worker_trait", rule=f"organisation_id = {MY_ORGANISATION}", rights="SELECT, INSERT, UPDATE")


def downgrade() -> None:
    op.execute("UPDATE visit SET cancelled_by = 'council' WHERE cancelled_by = 'hospital'")
    op.drop_constraint(op.f(KNOWN_CANCELLER), "visit", type_="check")
    op.create_check_constraint(
        op.f(KNOWN_CANCELLER), "visit", "cancelled_by IN ('person', 'provider', 'council')"
    )
    op.drop_index("ix_visit_pattern_id_planned_start", "visit")
    for column in reversed(NEW_COLUMNS):
        op.drop_column("visit", column)
    for table in TABLES:
        op.drop_table(table)


def _create_patterns() -> None:
    op.create_table(
        "visit_pattern",
        _id(),
        _key("visit_pattern", "person_id", "person"),
        _key("visit_pattern", "plan_id", "support_plan"),
        _key("visit_pattern", "provider_id", "organisation"),
        sa.Column("weeks", pg.ARRAY(sa.Integer()), nullable=False),
        sa.Column("days", pg.ARRAY(sa.Integer()), nullable=False),
        sa.Column("at", sa.Time(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("workers_needed", sa.Integer(), nullable=False),
        sa.Column("workers", pg.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("activities", pg.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("service", sa.String()),
        sa.Column("funder", sa.String()),
        sa.Column("time_critical", sa.Boolean(), nullable=False),
        sa.Column("window_minutes", sa.Integer()),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("until_day", sa.Date()),
        sa.Column("short_task", sa.String()),
        sa.Column("short_agreed_on", sa.Date()),
        sa.Column("planned_until", sa.Date()),
        _key("visit_pattern", "created_by", "account"),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("stopped_from", sa.Date()),
        sa.Column("stopped_at", INSTANT),
        _key("visit_pattern", "stopped_by", "account", nullable=True),
        sa.CheckConstraint("cardinality(weeks) > 0 AND weeks <@ ARRAY[1, 2, 3, 4]", name="weeks_of_four"),
        sa.CheckConstraint("cardinality(days) > 0 AND days <@ ARRAY[0, 1, 2, 3, 4, 5, 6]", name="days_of_a_week"),
        sa.CheckConstraint("minutes BETWEEN 1 AND 1440", name="at_most_a_day"),
        sa.CheckConstraint("workers_needed BETWEEN 1 AND 4", name="workers_needed"),
        sa.CheckConstraint("window_minutes BETWEEN 1 AND 45", name="a_narrower_window"),
        sa.CheckConstraint("until_day >= from_day", name="ends_after_it_begins"),
        sa.CheckConstraint("num_nonnulls(stopped_from, stopped_at, stopped_by) IN (0, 3)", name="stopped_whole"),
        sa.CheckConstraint("(short_task IS NULL) = (short_agreed_on IS NULL)", name="short_whole"),
    )
    op.create_index("ix_visit_pattern_person_id_from_day", "visit_pattern", ["person_id", "from_day"])
    op.create_index("ix_visit_pattern_provider_id", "visit_pattern", ["provider_id"])


def _widen_visits() -> None:
    op.add_column("visit", _key("visit", "pattern_id", "visit_pattern", nullable=True))
    op.add_column("visit", sa.Column("service", sa.String()))
    op.add_column("visit", sa.Column("window_minutes", sa.Integer()))
    op.add_column("visit", sa.Column("missed_at", INSTANT))
    op.add_column("visit", _key("visit", "missed_by", "account", nullable=True))
    op.add_column("visit", sa.Column("missed_because", sa.String()))
    op.add_column("visit", _key("visit", "merged_into", "visit", nullable=True))
    op.drop_constraint(op.f(KNOWN_CANCELLER), "visit", type_="check")
    for name, rule in (
        ("known_canceller", "cancelled_by IN ('person', 'provider', 'council', 'hospital')"),
        ("whole_miss", "(missed_at IS NULL) = (missed_because IS NULL)"),
        ("a_narrower_window", "window_minutes BETWEEN 1 AND 45"),
    ):
        op.create_check_constraint(op.f(f"ck_visit_{name}"), "visit", rule)
    op.create_index("ix_visit_pattern_id_planned_start", "visit", ["pattern_id", "planned_start"])


def _create_what_goes_with_visits() -> None:
    op.create_table(
        "visit_activity",
        _key("visit_activity", "visit_id", "visit", primary=True),
        _key("visit_activity", "delegation_id", "delegation", primary=True),
        _key("visit_activity", "person_id", "person"),
    )
    op.create_index("ix_visit_activity_person_id", "visit_activity", ["person_id"])
    op.create_table(
        "visit_override",
        _id(),
        _key("visit_override", "person_id", "person"),
        _key("visit_override", "pattern_id", "visit_pattern", nullable=True),
        _key("visit_override", "visit_id", "visit", nullable=True),
        sa.Column("cautions", pg.ARRAY(sa.String()), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("person_agreed", sa.Boolean(), nullable=False),
        _key("visit_override", "recorded_by", "account"),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.CheckConstraint("num_nonnulls(pattern_id, visit_id) = 1", name="of_one_thing"),
        sa.CheckConstraint("reason <> ''", name="a_reason"),
    )
    op.create_index("ix_visit_override_person_id", "visit_override", ["person_id"])


def _create_wishes() -> None:
    op.create_table(
        "visit_wish",
        _id(),
        _key("visit_wish", "person_id", "person"),
        sa.Column("gender", sa.String()),
        sa.Column("language", sa.String()),
        sa.Column("culture", sa.String()),
        sa.Column("latitude", sa.Integer()),
        sa.Column("longitude", sa.Integer()),
        _key("visit_wish", "recorded_by", "account"),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.CheckConstraint("gender IN ('female', 'male')", name="known_gender"),
        sa.CheckConstraint("num_nonnulls(latitude, longitude) IN (0, 2)", name="a_whole_place"),
    )
    op.create_index("ix_visit_wish_person_id_recorded_at", "visit_wish", ["person_id", "recorded_at"])
    op.create_table(
        "worker_trait",
        _key("worker_trait", "worker_id", "account", primary=True),
        _key("worker_trait", "organisation_id", "organisation"),
        sa.Column("gender", sa.String()),
        sa.Column("languages", pg.ARRAY(sa.String())),
        sa.Column("culture", sa.String()),
        sa.Column("said_at", INSTANT, nullable=False),
        _key("worker_trait", "said_to", "account"),
        sa.CheckConstraint("gender IN ('female', 'male', 'other')", name="known_gender"),
    )
    op.create_index("ix_worker_trait_organisation_id", "worker_trait", ["organisation_id"])


def _id() -> sa.Column[object]:
    return sa.Column("id", sa.Uuid(), primary_key=True)


def _key(table: str, column: str, other: str, *, nullable: bool = False, primary: bool = False) -> sa.Column[object]:
    key = sa.ForeignKey(f"{other}.id", name=f"fk_{table}_{column}_{other}")
    return sa.Column(column, sa.Uuid(), key, nullable=nullable, primary_key=primary)
