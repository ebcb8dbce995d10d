"""Clients and tokens, stored resources with what search needs of them, and the marks that record tables leave."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql as pg

from careplan.db.guards import grant_plain, protect_person_rows
from careplan.fhir.marks import (
    CREATE_MARK_DIRECTORY,
    CREATE_MARK_PEOPLE,
    CREATE_MARK_SUBJECTS,
    mark_directory,
    mark_people,
    mark_subjects,
    unmark,
)

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
BYTEWISE = sa.String(collation="C")

# Whose rows tell something that leaves as part of a person's shared record, and the column that names the person.
RECORD_TABLES: dict[str, str] = {
    "person": "id",
    **dict.fromkeys(
        (
            "person_address", "contact", "representative_authority", "allergy", "partnership_member", "sharing_choice",
            "support_plan", "plan_version", "plan_agreement", "best_interests_decision",
            "hour_terms", "hour_bank", "hour_balance", "hour_entry", "hour_reservation", "hour_delivery",
            "reduction_not_taken", "contingency_draw",
            "rating", "delegation", "delegation_step", "instruction_version", "competence", "occasion", "reading",
            "visit", "visit_worker", "visit_record",
        ),
        "person_id",
    ),
}  # fmt: skip
# What several people's records speak of, by name: table, column, kind.
DIRECTORY_TABLES = (
    ("organisation", "id", "organisation"),
    ("worker", "account_id", "worker"),
    ("account", "id", "worker"),
)


def upgrade() -> None:
    _create_clients()
    _create_store()
    _create_marks()
    for table in ("fhir_resource", "fhir_index", "fhir_shared_link", "fhir_projection"):
        protect_person_rows(op, table)
    for table in ("fhir_resource", "fhir_index"):
        op.execute(f"CREATE POLICY shared ON {table} FOR SELECT USING (person_id IS NULL)")
    for table in ("fhir_client", "fhir_jti", "fhir_access_token", "fhir_mark"):
        grant_plain(op, table)


def downgrade() -> None:
    unmark(op, "competence", kind="worker")
    for table in (*RECORD_TABLES, *(name for name, *_ in DIRECTORY_TABLES)):
        unmark(op, table)
    for function in ("fhir_mark_people", "fhir_mark_directory", "fhir_mark_subjects"):
        op.execute(f"DROP FUNCTION {function}()")
    for table in (
        "fhir_mark", "fhir_projection", "fhir_shared_link", "fhir_index", "fhir_resource",
        "fhir_access_token", "fhir_jti", "fhir_client",
    ):  # fmt: skip
        op.drop_table(table)


def _create_clients() -> None:
    op.create_table(
        "fhir_client",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("account_id", sa.Uuid(), nullable=False, unique=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("jwks", pg.JSONB(), nullable=False),
        sa.Column("scopes", sa.String(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("revoked_at", INSTANT),
        sa.Column("last_used_at", INSTANT),
    )
    op.create_table(
        "fhir_jti",
        sa.Column("client_id", sa.String(), sa.ForeignKey("fhir_client.id"), primary_key=True),
        sa.Column("jti", sa.String(), primary_key=True),
        sa.Column("expires_at", INSTANT, nullable=False, index=True),
    )
    op.create_table(
        "fhir_access_token",
        sa.Column("hash", sa.LargeBinary(), primary_key=True),
        sa.Column("client_id", sa.String(), sa.ForeignKey("fhir_client.id"), nullable=False, index=True),
        sa.Column("scopes", sa.String(), nullable=False),
        sa.Column("issued_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False, index=True),
    )


def _create_store() -> None:
    op.create_table(
        "fhir_resource",
        sa.Column("type", BYTEWISE, primary_key=True),
        sa.Column("id", BYTEWISE, primary_key=True),
        sa.Column("version", sa.Integer(), primary_key=True),
        sa.Column("person_id", sa.Uuid()),
        sa.Column("last_updated", INSTANT, nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
    )
    current = sa.text("is_current")
    op.create_index("uq_fhir_resource_current", "fhir_resource", ["type", "id"], unique=True, postgresql_where=current)
    op.create_index("ix_fhir_resource_person", "fhir_resource", ["person_id", "type", "id"], postgresql_where=current)
    op.create_table(
        "fhir_index",
        sa.Column("type", BYTEWISE, nullable=False),
        sa.Column("id", BYTEWISE, nullable=False),
        sa.Column("person_id", sa.Uuid()),
        sa.Column("name", BYTEWISE, nullable=False),
        sa.Column("system", BYTEWISE),
        sa.Column("code", BYTEWISE),
        sa.Column("text", sa.String()),
        sa.Column("starts", INSTANT),
        sa.Column("ends", INSTANT),
        sa.Column("number", sa.Numeric()),
    )
    op.create_index("ix_fhir_index_resource", "fhir_index", ["type", "id", "name"])
    op.create_index("ix_fhir_index_code", "fhir_index", ["type", "name", "code"])
    for column in ("starts", "number"):
        there = sa.text(f"{column} IS NOT NULL")
        op.create_index(f"ix_fhir_index_{column}", "fhir_index", ["type", "name", column], postgresql_where=there)
    op.create_table(
        "fhir_shared_link",
        sa.Column("person_id", sa.Uuid(), primary_key=True),
        sa.Column("type", BYTEWISE, primary_key=True),
        sa.Column("id", BYTEWISE, primary_key=True),
    )
    op.create_index("ix_fhir_shared_link_target", "fhir_shared_link", ["id"])
    op.create_table(
        "fhir_projection",
        sa.Column("person_id", sa.Uuid(), primary_key=True),
        sa.Column("projected_at", INSTANT, nullable=False),
        sa.Column("stale_from", INSTANT, index=True),
    )


def _create_marks() -> None:
    op.create_table(
        "fhir_mark",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), primary_key=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
    )
    op.create_index("ix_fhir_mark_subject", "fhir_mark", ["kind", "subject_id"])
    op.execute(CREATE_MARK_PEOPLE)
    op.execute(CREATE_MARK_DIRECTORY)
    op.execute(CREATE_MARK_SUBJECTS)
    for table, column in RECORD_TABLES.items():
        mark_people(op, table, column=column)
    for table, column, kind in DIRECTORY_TABLES:
        mark_directory(op, table, column=column, kind=kind)
    mark_subjects(op, "competence", column="worker_id", kind="worker")
