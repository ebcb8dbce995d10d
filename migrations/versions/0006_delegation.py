"""Delegations with their steps, instructions, competences, occasions, incidents and alerts."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql as pg

from careplan.db.guards import MY_ACCOUNT, MY_ORGANISATION, append_only, protect_person_rows

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
TABLES = (
    "delegation", "delegation_step", "instruction_version", "competence", "occasion", "reading",
    "delegation_incident", "delegation_alert",
)  # fmt: skip
STAYS_AS_WRITTEN = ("delegation_step", "instruction_version", "occasion", "reading", "delegation_incident")
# Whoever an alert is addressed to sees it, also where the occasion concerns somebody they are not related to.
ADDRESSED = f"account_id = {MY_ACCOUNT} OR organisation_id = {MY_ORGANISATION}"


def upgrade() -> None:
    op.create_table(
        "delegation",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column(
            "person_id", sa.Uuid(), sa.ForeignKey("person.id", name="fk_delegation_person_id_person"), nullable=False
        ),
        sa.Column("activity_code", sa.String(), nullable=False),
        sa.Column("activity", sa.String(), nullable=False),
        sa.Column(
            "delegator_id",
            sa.Uuid(),
            sa.ForeignKey("account.id", name="fk_delegation_delegator_id_account"),
            nullable=False,
        ),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            sa.ForeignKey("organisation.id", name="fk_delegation_organisation_id_organisation"),
            nullable=False,
        ),
        sa.Column(
            "provider_id",
            sa.Uuid(),
            sa.ForeignKey("organisation.id", name="fk_delegation_provider_id_organisation"),
            nullable=False,
        ),
        sa.Column("funder", sa.String()),
        sa.Column("why_suitable", sa.String(), nullable=False),
        sa.Column("exclusions", sa.String(), nullable=False),
        sa.Column("equipment", sa.String(), nullable=False),
        sa.Column("consent", sa.String(), nullable=False),
        sa.Column("escalation", sa.String(), nullable=False),
        sa.Column("stop_criteria", sa.String(), nullable=False),
        sa.Column("time_window", sa.String()),
        sa.Column("proposed_at", INSTANT, nullable=False),
        sa.Column("ends_on", sa.Date()),
        sa.Column("review_on", sa.Date()),
    )
    op.create_index("ix_delegation_person_id", "delegation", ["person_id"])
    op.create_index("ix_delegation_provider_id", "delegation", ["provider_id"])
    op.create_table(
        "delegation_step",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column(
            "delegation_id",
            sa.Uuid(),
            sa.ForeignKey("delegation.id", name="fk_delegation_step_delegation_id_delegation"),
            nullable=False,
        ),
        sa.Column(
            "person_id",
            sa.Uuid(),
            sa.ForeignKey("person.id", name="fk_delegation_step_person_id_person"),
            nullable=False,
        ),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("by", sa.Uuid(), sa.ForeignKey("account.id", name="fk_delegation_step_by_account"), nullable=False),
        sa.Column("reason", sa.String()),
        sa.Column("next_occasion", sa.String()),
        sa.CheckConstraint(
            "event IN ('accepted', 'declined', 'activated', 'suspended', 'resumed', 'withdrawn')",
            name="ck_delegation_step_known_event",
        ),
    )
    op.create_index("ix_delegation_step_delegation_id_at", "delegation_step", ["delegation_id", "at"])
    op.create_table(
        "instruction_version",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column(
            "delegation_id",
            sa.Uuid(),
            sa.ForeignKey("delegation.id", name="fk_instruction_version_delegation_id_delegation"),
            nullable=False,
        ),
        sa.Column(
            "person_id",
            sa.Uuid(),
            sa.ForeignKey("person.id", name="fk_instruction_version_person_id_person"),
            nullable=False,
        ),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("steps", pg.ARRAY(sa.String()), nullable=False),
        sa.Column("normal_range", pg.JSONB(), nullable=False),
        sa.Column("record_what", sa.String(), nullable=False),
        sa.Column(
            "written_by",
            sa.Uuid(),
            sa.ForeignKey("account.id", name="fk_instruction_version_written_by_account"),
            nullable=False,
        ),
        sa.Column("written_at", INSTANT, nullable=False),
        sa.Column("needs_reconfirmation", sa.Boolean(), nullable=False),
        sa.Column("change_reason", sa.String()),
        sa.CheckConstraint(
            "needs_reconfirmation OR change_reason IS NOT NULL",
            name="ck_instruction_version_reason_where_no_reconfirmation",
        ),
        sa.UniqueConstraint("delegation_id", "number", name="uq_instruction_version_delegation_id_number"),
    )
    op.create_table(
        "competence",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column(
            "delegation_id",
            sa.Uuid(),
            sa.ForeignKey("delegation.id", name="fk_competence_delegation_id_delegation"),
            nullable=False,
        ),
        sa.Column(
            "person_id", sa.Uuid(), sa.ForeignKey("person.id", name="fk_competence_person_id_person"), nullable=False
        ),
        sa.Column("instruction_version", sa.Integer(), nullable=False),
        sa.Column(
            "worker_id", sa.Uuid(), sa.ForeignKey("account.id", name="fk_competence_worker_id_account"), nullable=False
        ),
        sa.Column("trained_on", sa.Date(), nullable=False),
        sa.Column("observed_on", sa.Date(), nullable=False),
        sa.Column(
            "assessed_by",
            sa.Uuid(),
            sa.ForeignKey("account.id", name="fk_competence_assessed_by_account"),
            nullable=False,
        ),
        sa.Column("assessed_at", INSTANT, nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("accepted_at", INSTANT),
        sa.Column("declined_at", INSTANT),
        sa.Column("suspended_at", INSTANT),
        sa.Column("suspended_reason", sa.String()),
        sa.Column("ended_at", INSTANT),
        sa.CheckConstraint("ends_on >= starts_on", name="ck_competence_ends_after_it_begins"),
        sa.CheckConstraint("accepted_at IS NULL OR declined_at IS NULL", name="ck_competence_one_answer"),
        sa.ForeignKeyConstraint(
            ["delegation_id", "instruction_version"],
            ["instruction_version.delegation_id", "instruction_version.number"],
            name="fk_competence_delegation_id_instruction_version_instruc_84c5",
        ),
    )
    op.create_index("ix_competence_delegation_id", "competence", ["delegation_id"])
    op.create_index("ix_competence_worker_id_delegation_id", "competence", ["worker_id", "delegation_id"])
    op.create_table(
        "occasion",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column(
            "person_id", sa.Uuid(), sa.ForeignKey("person.id", name="fk_occasion_person_id_person"), nullable=False
        ),
        sa.Column("delegation_id", sa.Uuid(), nullable=False),
        sa.Column("instruction_version", sa.Integer(), nullable=False),
        sa.Column(
            "worker_id", sa.Uuid(), sa.ForeignKey("account.id", name="fk_occasion_worker_id_account"), nullable=False
        ),
        sa.Column("visit_id", sa.Uuid()),
        sa.Column("effective_at", INSTANT, nullable=False),
        sa.Column("received_at", INSTANT, nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("reason", sa.String()),
        sa.Column("authorised", sa.Boolean(), nullable=False),
        sa.Column("corrects", sa.Uuid()),
        sa.CheckConstraint("result IN ('done', 'declined', 'not_done')", name="ck_occasion_known_result"),
    )
    op.create_index("ix_occasion_delegation_id_effective_at", "occasion", ["delegation_id", "effective_at"])
    op.create_index("ix_occasion_person_id_effective_at", "occasion", ["person_id", "effective_at"])
    op.create_table(
        "reading",
        sa.Column(
            "occasion_id",
            sa.Uuid(),
            sa.ForeignKey("occasion.id", name="fk_reading_occasion_id_occasion"),
            primary_key=True,
        ),
        sa.Column("position", sa.Integer(), primary_key=True),
        sa.Column(
            "person_id", sa.Uuid(), sa.ForeignKey("person.id", name="fk_reading_person_id_person"), nullable=False
        ),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.Numeric(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("in_range", sa.Boolean()),
    )
    op.create_table(
        "delegation_incident",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column(
            "person_id",
            sa.Uuid(),
            sa.ForeignKey("person.id", name="fk_delegation_incident_person_id_person"),
            nullable=False,
        ),
        sa.Column("delegation_id", sa.Uuid(), nullable=False),
        sa.Column(
            "occasion_id",
            sa.Uuid(),
            sa.ForeignKey("occasion.id", name="fk_delegation_incident_occasion_id_occasion"),
            nullable=False,
        ),
        sa.Column(
            "worker_id",
            sa.Uuid(),
            sa.ForeignKey("account.id", name="fk_delegation_incident_worker_id_account"),
            nullable=False,
        ),
        sa.Column(
            "provider_id",
            sa.Uuid(),
            sa.ForeignKey("organisation.id", name="fk_delegation_incident_provider_id_organisation"),
        ),
        sa.Column("lacks", pg.ARRAY(sa.String()), nullable=False),
        sa.Column("occurred_at", INSTANT, nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("time_uncertain", sa.Boolean(), nullable=False),
        sa.UniqueConstraint("occasion_id", name="uq_delegation_incident_occasion_id"),
    )
    op.create_index("ix_delegation_incident_delegation_id", "delegation_incident", ["delegation_id"])
    op.create_index("ix_delegation_incident_person_id", "delegation_incident", ["person_id"])
    op.create_index(
        "ix_delegation_incident_provider_id_recorded_at", "delegation_incident", ["provider_id", "recorded_at"]
    )
    op.create_table(
        "delegation_alert",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column(
            "person_id",
            sa.Uuid(),
            sa.ForeignKey("person.id", name="fk_delegation_alert_person_id_person"),
            nullable=False,
        ),
        sa.Column("delegation_id", sa.Uuid()),
        sa.Column(
            "occasion_id",
            sa.Uuid(),
            sa.ForeignKey("occasion.id", name="fk_delegation_alert_occasion_id_occasion"),
            nullable=False,
        ),
        sa.Column("account_id", sa.Uuid(), sa.ForeignKey("account.id", name="fk_delegation_alert_account_id_account")),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            sa.ForeignKey("organisation.id", name="fk_delegation_alert_organisation_id_organisation"),
        ),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("raised_at", INSTANT, nullable=False),
        sa.Column("acknowledged_at", INSTANT),
        sa.Column(
            "acknowledged_by",
            sa.Uuid(),
            sa.ForeignKey("account.id", name="fk_delegation_alert_acknowledged_by_account"),
        ),
        sa.Column("acknowledged_words", sa.String()),
        sa.CheckConstraint("kind IN ('unauthorised', 'out_of_range')", name="ck_delegation_alert_known_kind"),
        sa.CheckConstraint("num_nonnulls(account_id, organisation_id) = 1", name="ck_delegation_alert_one_audience"),
    )
    op.create_index(
        "ix_delegation_alert_account_id_acknowledged_at", "delegation_alert", ["account_id", "acknowledged_at"]
    )
    op.create_index("ix_delegation_alert_delegation_id", "delegation_alert", ["delegation_id"])
    op.create_index(
        "ix_delegation_alert_organisation_id_acknowledged_at",
        "delegation_alert",
        ["organisation_id", "acknowledged_at"],
    )
    for table in ("delegation", "competence"):
        protect_person_rows(op, table, rights="SELECT, INSERT, UPDATE")
    for table in STAYS_AS_WRITTEN:
        protect_person_rows(op, table, rights="SELECT, INSERT")
        append_only(op, table)
    protect_person_rows(op, "delegation_alert", rights="SELECT, INSERT, UPDATE", also=ADDRESSED)


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
