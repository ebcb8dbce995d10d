"""How a worker came to be found able, competences that fall away, and who knows of it."""

import sqlalchemy as sa
from alembic import op

from careplan.db.guards import MY_ACCOUNT, MY_ORGANISATION, append_only, protect_person_rows

revision = "0061"
down_revision = "0076"
branch_labels = None
depends_on = None

# As the database has called it since the table was made.
ONE_ANSWER = "ck_competence_ck_competence_one_answer"
INSTANT = sa.DateTime(timezone=True)
CAUSES = (
    "'suspended', 'withdrawn', 'expired', 'new_instruction', 'incident', 'worker_suspended', 'worker_declined', "
    "'competence_over', 'worker_left'"
)
# An expired delegation opens no record any more, but the two who must know of its end still do.
ADDRESSED = {
    "delegation_stop": f"delegator_id = {MY_ACCOUNT} OR provider_id = {MY_ORGANISATION}",
    "stop_acknowledgement": f"by = {MY_ACCOUNT}",
}
TABLES = ("competence_preparation", "competence_warning", "delegation_stop", "stop_acknowledgement")


def upgrade() -> None:
    op.drop_constraint(op.f(ONE_ANSWER), "competence", type_="check")
    op.create_check_constraint(
        op.f("ck_competence_declined_after_accepted"),
        "competence",
        "declined_at IS NULL OR accepted_at IS NULL OR declined_at >= accepted_at",
    )
    op.add_column("competence", sa.Column("trained_by", sa.String()))
    op.add_column("competence", sa.Column("observed_by", sa.String()))
    op.add_column("competence", sa.Column("confirms", sa.Uuid()))
    op.create_foreign_key(op.f("fk_competence_confirms_competence"), "competence", "competence", ["confirms"], ["id"])
    op.create_index("ix_competence_ends_on", "competence", ["ends_on"])
    op.create_table(
        "competence_preparation",
        sa.Column("id", sa.Uuid(), primary_key=True),
        _about("competence_preparation", "delegation_id", "delegation"),
        _about("competence_preparation", "person_id", "person"),
        _about("competence_preparation", "worker_id", "account"),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("instruction_version", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("by_whom", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        _about("competence_preparation", "recorded_by", "account"),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.CheckConstraint("kind IN ('trained', 'observed')", name="known_kind"),
    )
    op.create_index("ix_competence_preparation_delegation_id", "competence_preparation", ["delegation_id"])
    op.create_table(
        "competence_warning",
        sa.Column(
            "competence_id",
            sa.Uuid(),
            sa.ForeignKey("competence.id", name="fk_competence_warning_competence_id_competence"),
            primary_key=True,
        ),
        sa.Column("days", sa.Integer(), primary_key=True, autoincrement=False),
        _about("competence_warning", "person_id", "person"),
        sa.Column("told_at", INSTANT, nullable=False),
    )
    _create_stops()
    for table in TABLES:
        protect_person_rows(op, table, rights="SELECT, INSERT", also=ADDRESSED.get(table))
        append_only(op, table)


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
    op.drop_index("ix_competence_ends_on", "competence")
    for name in ("confirms", "observed_by", "trained_by"):
        op.drop_column("competence", name)
    op.drop_constraint(op.f("ck_competence_declined_after_accepted"), "competence", type_="check")
    op.create_check_constraint(
        op.f(ONE_ANSWER), "competence", "accepted_at IS NULL OR declined_at IS NULL"
    )


def _create_stops() -> None:
    op.create_table(
        "delegation_stop",
        sa.Column("id", sa.Uuid(), primary_key=True),
        _about("delegation_stop", "delegation_id", "delegation"),
        _about("delegation_stop", "person_id", "person"),
        sa.Column("activity", sa.String(), nullable=False),
        _about("delegation_stop", "delegator_id", "account"),
        _about("delegation_stop", "provider_id", "organisation"),
        sa.Column("worker_id", sa.Uuid(), sa.ForeignKey("account.id", name="fk_delegation_stop_worker_id_account")),
        sa.Column(
            "competence_id",
            sa.Uuid(),
            sa.ForeignKey("competence.id", name="fk_delegation_stop_competence_id_competence"),
        ),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("next_occasion", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("by", sa.Uuid(), sa.ForeignKey("account.id", name="fk_delegation_stop_by_account")),
        sa.Column("raised_at", INSTANT, nullable=False),
        sa.CheckConstraint(f"cause IN ({CAUSES})", name="known_cause"),
    )
    for column in ("delegation_id", "delegator_id", "provider_id"):
        op.create_index(f"ix_delegation_stop_{column}", "delegation_stop", [column])
    once = {"delegation_id": "expired", "competence_id": "competence_over"}
    for column, cause in once.items():
        op.create_index(
            f"uq_delegation_stop_{cause}", "delegation_stop", [column], unique=True,
            postgresql_where=sa.text(f"cause = '{cause}'"),
        )  # fmt: skip
    op.create_table(
        "stop_acknowledgement",
        sa.Column(
            "stop_id",
            sa.Uuid(),
            sa.ForeignKey("delegation_stop.id", name="fk_stop_acknowledgement_stop_id_delegation_stop"),
            primary_key=True,
        ),
        sa.Column("party", sa.String(), primary_key=True),
        _about("stop_acknowledgement", "person_id", "person"),
        sa.Column("at", INSTANT, nullable=False),
        _about("stop_acknowledgement", "by", "account"),
        sa.Column("words", sa.String()),
        sa.CheckConstraint("party IN ('delegator', 'provider')", name="known_party"),
    )


def _about(table: str, column: str, target: str) -> sa.Column[object]:
    key = sa.ForeignKey(f"{target}.id", name=f"fk_{table}_{column}_{target}")
    return sa.Column(column, sa.Uuid(), key, nullable=False)
