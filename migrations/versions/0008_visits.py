"""Visits, what was recorded of them, receipts, flags, held records, devices and down time."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql as pg

from careplan.db.guards import MY_ORGANISATION, append_only, grant_plain, protect_person_rows, protect_rows

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
TABLES = (
    "visit", "visit_worker", "visit_record", "visit_flag", "sync_receipt", "held_record", "device", "downtime",
    "discard",
)  # fmt: skip


def upgrade() -> None:
    op.create_table(
        "visit",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("person_id", sa.Uuid(), sa.ForeignKey("person.id", name="fk_visit_person_id_person"), nullable=False),
        sa.Column(
            "plan_id", sa.Uuid(), sa.ForeignKey("support_plan.id", name="fk_visit_plan_id_support_plan"), nullable=False
        ),
        sa.Column(
            "provider_id",
            sa.Uuid(),
            sa.ForeignKey("organisation.id", name="fk_visit_provider_id_organisation"),
            nullable=False,
        ),
        sa.Column("funder", sa.String()),
        sa.Column("planned_start", INSTANT, nullable=False),
        sa.Column("planned_end", INSTANT, nullable=False),
        sa.Column("workers_needed", sa.Integer(), nullable=False),
        sa.Column("time_critical", sa.Boolean(), nullable=False),
        sa.Column(
            "created_by", sa.Uuid(), sa.ForeignKey("account.id", name="fk_visit_created_by_account"), nullable=False
        ),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("cancelled_at", INSTANT),
        sa.Column("cancelled_by", sa.String()),
        sa.Column("cancel_reason", sa.String()),
        sa.Column(
            "cancelled_by_account", sa.Uuid(), sa.ForeignKey("account.id", name="fk_visit_cancelled_by_account_account")
        ),
        sa.CheckConstraint("cancelled_by IN ('person', 'provider')", name="ck_visit_known_canceller"),
        sa.CheckConstraint(
            "num_nonnulls(cancelled_at, cancelled_by, cancel_reason, cancelled_by_account) IN (0, 4)",
            name="ck_visit_whole_cancellation",
        ),
        sa.CheckConstraint("planned_end > planned_start", name="ck_visit_ends_after_it_begins"),
        sa.CheckConstraint("workers_needed BETWEEN 1 AND 4", name="ck_visit_workers_needed"),
    )
    op.create_index("ix_visit_person_id_planned_start_id", "visit", ["person_id", "planned_start", "id"])
    op.create_index("ix_visit_provider_id_planned_start", "visit", ["provider_id", "planned_start"])
    op.create_table(
        "visit_worker",
        sa.Column(
            "visit_id", sa.Uuid(), sa.ForeignKey("visit.id", name="fk_visit_worker_visit_id_visit"), primary_key=True
        ),
        sa.Column(
            "worker_id",
            sa.Uuid(),
            sa.ForeignKey("account.id", name="fk_visit_worker_worker_id_account"),
            primary_key=True,
        ),
        sa.Column(
            "person_id", sa.Uuid(), sa.ForeignKey("person.id", name="fk_visit_worker_person_id_person"), nullable=False
        ),
    )
    op.create_index("ix_visit_worker_worker_id", "visit_worker", ["worker_id"])
    op.create_table(
        "visit_record",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("visit_id", sa.Uuid(), sa.ForeignKey("visit.id", name="fk_visit_record_visit_id_visit")),
        sa.Column(
            "person_id", sa.Uuid(), sa.ForeignKey("person.id", name="fk_visit_record_person_id_person"), nullable=False
        ),
        sa.Column("plan_id", sa.Uuid(), sa.ForeignKey("support_plan.id", name="fk_visit_record_plan_id_support_plan")),
        sa.Column("plan_version", sa.Integer()),
        sa.Column(
            "worker_id",
            sa.Uuid(),
            sa.ForeignKey("account.id", name="fk_visit_record_worker_id_account"),
            nullable=False,
        ),
        sa.Column(
            "provider_id", sa.Uuid(), sa.ForeignKey("organisation.id", name="fk_visit_record_provider_id_organisation")
        ),
        sa.Column("device_id", sa.Uuid()),
        sa.Column("started_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT, nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("note", sa.String()),
        sa.Column("present", pg.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("occurred_at", INSTANT, nullable=False),
        sa.Column("received_at", INSTANT, nullable=False),
        sa.Column("skew_ms", sa.BigInteger(), nullable=False),
        sa.Column("effective_started_at", INSTANT, nullable=False),
        sa.Column("effective_ended_at", INSTANT, nullable=False),
        sa.Column("corrects", sa.Uuid()),
        sa.CheckConstraint("ended_at >= started_at", name="ck_visit_record_ends_after_it_begins"),
        sa.CheckConstraint(
            "result IN ('completed', 'no_reply', 'refused', 'in_hospital')", name="ck_visit_record_known_result"
        ),
        sa.CheckConstraint("corrects <> id", name="ck_visit_record_corrects_another"),
    )
    op.create_index("ix_visit_record_corrects", "visit_record", ["corrects"])
    op.create_index(
        "ix_visit_record_person_id_effective_started_at_id", "visit_record", ["person_id", "effective_started_at", "id"]
    )
    op.create_index(
        "ix_visit_record_provider_id_effective_started_at", "visit_record", ["provider_id", "effective_started_at"]
    )
    op.create_index("ix_visit_record_visit_id", "visit_record", ["visit_id"])
    op.create_table(
        "visit_flag",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column(
            "person_id", sa.Uuid(), sa.ForeignKey("person.id", name="fk_visit_flag_person_id_person"), nullable=False
        ),
        sa.Column(
            "provider_id", sa.Uuid(), sa.ForeignKey("organisation.id", name="fk_visit_flag_provider_id_organisation")
        ),
        sa.Column("visit_id", sa.Uuid()),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("raised_at", INSTANT, nullable=False),
        sa.Column("settled_at", INSTANT),
        sa.Column("settled_by", sa.Uuid(), sa.ForeignKey("account.id", name="fk_visit_flag_settled_by_account")),
        sa.Column("settled_words", sa.String()),
        sa.UniqueConstraint("subject_id", "code", name="uq_visit_flag_subject_id_code"),
    )
    op.create_index("ix_visit_flag_provider_id_settled_at", "visit_flag", ["provider_id", "settled_at"])
    op.create_index("ix_visit_flag_record_id", "visit_flag", ["record_id"])
    op.create_table(
        "sync_receipt",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column(
            "worker_id",
            sa.Uuid(),
            sa.ForeignKey("account.id", name="fk_sync_receipt_worker_id_account"),
            nullable=False,
        ),
        sa.Column("device_id", sa.Uuid()),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("body_hash", sa.String(), nullable=False),
        sa.Column("answer", pg.JSONB(), nullable=False),
        sa.Column("received_at", INSTANT, nullable=False),
    )
    op.create_index("ix_sync_receipt_worker_id", "sync_receipt", ["worker_id"])
    op.create_table(
        "held_record",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column(
            "worker_id", sa.Uuid(), sa.ForeignKey("account.id", name="fk_held_record_worker_id_account"), nullable=False
        ),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            sa.ForeignKey("organisation.id", name="fk_held_record_organisation_id_organisation"),
        ),
        sa.Column("device_id", sa.Uuid()),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("body", pg.JSONB(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("skew_ms", sa.BigInteger(), nullable=False),
        sa.Column("received_at", INSTANT, nullable=False),
        sa.Column("taken_at", INSTANT),
        sa.Column("taken_by", sa.Uuid(), sa.ForeignKey("account.id", name="fk_held_record_taken_by_account")),
        sa.CheckConstraint("reason IN ('not_on_round', 'device_revoked')", name="ck_held_record_known_reason"),
    )
    op.create_index("ix_held_record_organisation_id_taken_at", "held_record", ["organisation_id", "taken_at"])
    op.create_table(
        "device",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            sa.ForeignKey("organisation.id", name="fk_device_organisation_id_organisation"),
        ),
        sa.Column("first_seen_at", INSTANT, nullable=False),
        sa.Column("last_seen_at", INSTANT, nullable=False),
        sa.Column(
            "last_worker_id",
            sa.Uuid(),
            sa.ForeignKey("account.id", name="fk_device_last_worker_id_account"),
            nullable=False,
        ),
        sa.Column("revoked_at", INSTANT),
        sa.Column("revoked_by", sa.Uuid(), sa.ForeignKey("account.id", name="fk_device_revoked_by_account")),
    )
    op.create_index("ix_device_organisation_id", "device", ["organisation_id"])
    op.create_table(
        "downtime",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column(
            "worker_id", sa.Uuid(), sa.ForeignKey("account.id", name="fk_downtime_worker_id_account"), nullable=False
        ),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            sa.ForeignKey("organisation.id", name="fk_downtime_organisation_id_organisation"),
        ),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("use", sa.String(), nullable=False),
        sa.Column("note", sa.String()),
        sa.Column("effective_at", INSTANT, nullable=False),
        sa.Column("received_at", INSTANT, nullable=False),
        sa.Column("corrects", sa.Uuid()),
        sa.CheckConstraint("minutes > 0", name="ck_downtime_some_time"),
        sa.CheckConstraint("use IN ('people', 'training', 'community', 'meeting')", name="ck_downtime_known_use"),
    )
    op.create_index("ix_downtime_organisation_id_effective_at", "downtime", ["organisation_id", "effective_at"])
    op.create_table(
        "discard",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column(
            "worker_id", sa.Uuid(), sa.ForeignKey("account.id", name="fk_discard_worker_id_account"), nullable=False
        ),
        sa.Column(
            "organisation_id",
            sa.Uuid(),
            sa.ForeignKey("organisation.id", name="fk_discard_organisation_id_organisation"),
        ),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("effective_at", INSTANT, nullable=False),
        sa.Column("received_at", INSTANT, nullable=False),
    )
    op.create_index("ix_discard_record_id", "discard", ["record_id"])
    protect_person_rows(op, "visit", rights="SELECT, INSERT, UPDATE")
    protect_person_rows(op, "visit_worker", rights="SELECT, INSERT, DELETE")
    protect_person_rows(op, "visit_record", rights="SELECT, INSERT")
    # A provider settles what its workers recorded, also of people who have left it since.
    protect_person_rows(op, "visit_flag", rights="SELECT, INSERT, UPDATE", also=f"provider_id = {MY_ORGANISATION}")
    protect_rows(op, "held_record", rule=f"organisation_id = {MY_ORGANISATION}", rights="SELECT, INSERT, UPDATE")
    grant_plain(op, "device", rights="SELECT, INSERT, UPDATE")
    for table in ("sync_receipt", "downtime", "discard"):
        grant_plain(op, table, rights="SELECT, INSERT")
    for table in ("visit_record", "sync_receipt", "downtime", "discard"):
        append_only(op, table)


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
