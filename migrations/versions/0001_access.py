"""Accounts, sessions, relationships, the audit trail, and the function by which tables refuse change."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql as pg

from careplan.db.guards import CREATE_REFUSE_CHANGE, append_only, grant_plain

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.execute(CREATE_REFUSE_CHANGE)
    op.create_table(
        "account",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.Uuid()),
        sa.Column("team_id", sa.Uuid()),
        sa.Column("active_from", INSTANT, nullable=False),
        sa.Column("active_until", INSTANT),
        sa.UniqueConstraint("issuer", "subject", name="uq_account_issuer_subject"),
    )
    op.create_table(
        "web_session",
        sa.Column("id_hash", sa.LargeBinary(), primary_key=True),
        sa.Column(
            "account_id", sa.Uuid(), sa.ForeignKey("account.id", name="fk_web_session_account_id_account"), index=True
        ),
        sa.Column("data", pg.JSONB(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("seen_at", INSTANT, nullable=False),
    )
    op.create_table(
        "relationship",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("account_id", sa.Uuid(), sa.ForeignKey("account.id", name="fk_relationship_account_id_account")),
        sa.Column("organisation_id", sa.Uuid()),
        sa.Column("since", INSTANT, nullable=False),
        sa.Column("until", INSTANT),
        sa.Column("source_type", sa.String(), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("num_nonnulls(account_id, organisation_id) = 1", name="one_holder"),
        sa.CheckConstraint("until IS NULL OR until >= since", name="ends_after_it_begins"),
    )
    op.create_index("ix_relationship_account_id_person_id", "relationship", ["account_id", "person_id"])
    op.create_index("ix_relationship_organisation_id_person_id", "relationship", ["organisation_id", "person_id"])
    op.create_index("ix_relationship_person_id_kind", "relationship", ["person_id", "kind"])
    op.create_table(
        "audit_head",
        sa.Column("stream_id", sa.Uuid(), primary_key=True),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
    )
    op.create_table(
        "audit_event",
        sa.Column("stream_id", sa.Uuid(), primary_key=True),
        sa.Column("seq", sa.Integer(), primary_key=True),
        sa.Column("id", sa.Uuid(), nullable=False, unique=True),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.Uuid()),
        sa.Column("person_id", sa.Uuid()),
        sa.Column("section", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("route", sa.String(), nullable=False),
        sa.Column("subjects", pg.ARRAY(pg.UUID(as_uuid=True)), nullable=False),
        sa.Column("reason", sa.String()),
        sa.Column("correlation_id", sa.String()),
        sa.Column("previous_hash", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
    )
    op.create_index("ix_audit_event_subjects", "audit_event", ["subjects"], postgresql_using="gin")
    op.create_index("ix_audit_event_at_id", "audit_event", ["at", "id"])
    for table in ("account", "web_session", "relationship"):
        grant_plain(op, table)
    grant_plain(op, "audit_head", rights="SELECT, INSERT, UPDATE")
    grant_plain(op, "audit_event", rights="SELECT, INSERT")
    append_only(op, "audit_event")


def downgrade() -> None:
    for table in ("audit_event", "audit_head", "relationship", "web_session", "account"):
        op.drop_table(table)
    op.execute("DROP FUNCTION refuse_change()")
