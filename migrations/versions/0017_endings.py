"""Endings and what each ended; the end of a service; delegations that were closed; visits called off by the council."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql as pg

from careplan.db.guards import protect_person_rows

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
# The convention for names was laid over a name that followed it already.
DOUBLED, PLAIN = "ck_visit_ck_visit_known_canceller", "ck_visit_known_canceller"
TABLES = ("ending_effect", "ending", "hour_service_end")


def upgrade() -> None:
    _create_endings()
    _create_effects()
    op.create_table(
        "hour_service_end",
        sa.Column("plan_id", sa.Uuid(), primary_key=True),
        _person("hour_service_end"),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("ended_at", INSTANT, nullable=False),
        sa.Column("ended_by", sa.Uuid(), nullable=False),
    )
    op.create_index("ix_hour_service_end_person_id", "hour_service_end", ["person_id"])
    protect_person_rows(op, "ending", rights="SELECT, INSERT, UPDATE")
    protect_person_rows(op, "ending_effect", rights="SELECT, INSERT, UPDATE")
    protect_person_rows(op, "hour_service_end")
    op.add_column("delegation", sa.Column("closed_at", INSTANT))
    op.add_column("delegation", sa.Column("closed_because", sa.String()))
    op.create_check_constraint(
        op.f("ck_delegation_closed_with_a_reason"), "delegation", "(closed_at IS NULL) = (closed_because IS NULL)"
    )
    _let_call_off("'person', 'provider', 'council'", was=DOUBLED, named=PLAIN)


def downgrade() -> None:
    op.execute("UPDATE visit SET cancelled_by = 'provider' WHERE cancelled_by = 'council'")
    _let_call_off("'person', 'provider'", was=PLAIN, named=DOUBLED)
    op.drop_constraint(op.f("ck_delegation_closed_with_a_reason"), "delegation")
    op.drop_column("delegation", "closed_because")
    op.drop_column("delegation", "closed_at")
    for table in TABLES:
        op.drop_table(table)


def _let_call_off(who: str, *, was: str, named: str) -> None:
    op.drop_constraint(op.f(was), "visit")
    op.create_check_constraint(op.f(named), "visit", f"cancelled_by IN ({who})")


def _create_endings() -> None:
    op.create_table(
        "ending",
        sa.Column("id", sa.Uuid(), primary_key=True),
        _person("ending"),
        sa.Column("plan_id", sa.Uuid(), sa.ForeignKey("support_plan.id", name="fk_ending_plan_id_support_plan")),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("ends_at", INSTANT, nullable=False),
        sa.Column("told_by", sa.String(), nullable=False),
        sa.Column("moved_to", sa.String()),
        sa.Column("capacity", sa.String()),
        sa.Column("equipment", pg.ARRAY(sa.String()), nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column(
            "recorded_by", sa.Uuid(), sa.ForeignKey("account.id", name="fk_ending_recorded_by_account"), nullable=False
        ),
        sa.Column("retracted_at", INSTANT),
        sa.Column("retracted_by", sa.Uuid(), sa.ForeignKey("account.id", name="fk_ending_retracted_by_account")),
        sa.Column("retracted_because", sa.String()),
        sa.CheckConstraint("kind IN ('died', 'care_home', 'moved_away', 'withdrawn')", name="known_kind"),
        sa.CheckConstraint(
            "kind <> 'withdrawn' OR capacity IS NOT NULL", name="withdrawn_by_one_who_can_decide"
        ),
        sa.CheckConstraint(
            "num_nonnulls(retracted_at, retracted_by, retracted_because) IN (0, 3)", name="is_retracted_whole"
        ),
    )
    op.create_index("ix_ending_person_id_ends_at", "ending", ["person_id", "ends_at"])


def _create_effects() -> None:
    op.create_table(
        "ending_effect",
        sa.Column(
            "ending_id",
            sa.Uuid(),
            sa.ForeignKey("ending.id", name="fk_ending_effect_ending_id_ending"),
            primary_key=True,
        ),
        sa.Column("what", sa.String(), primary_key=True),
        sa.Column("subject_id", sa.Uuid(), primary_key=True),
        _person("ending_effect"),
        sa.Column("before", pg.JSONB(), nullable=False),
        sa.Column("outcome", sa.String()),
        sa.CheckConstraint(
            "what IN ('plan', 'relationship', 'member', 'delegation', 'visit', 'death')",
            name="effect_known_effect",
        ),
        sa.CheckConstraint(
            "outcome IN ('back', 'uncovered', 'too_late', 'changed_since')", name="effect_known_outcome"
        ),
    )
    op.create_index("ix_ending_effect_person_id", "ending_effect", ["person_id"])


def _person(table: str) -> sa.Column[object]:
    key = sa.ForeignKey("person.id", name=f"fk_{table}_person_id_person")
    return sa.Column("person_id", sa.Uuid(), key, nullable=False)
