"""Plans, their versions and agreements; the database itself keeps what was proposed as it was."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql as pg

from careplan.db.guards import append_only, protect_person_rows

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)

KEEP_PROPOSED = """
CREATE FUNCTION keep_proposed_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        RAISE EXCEPTION 'TRUNCATE on % is refused: what was proposed stays', TG_TABLE_NAME
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF OLD.proposed_at IS NULL AND OLD.withdrawn_at IS NULL THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.withdrawn_at IS NULL
       AND to_jsonb(NEW) - ARRAY['withdrawn_at', 'withdrawn_by', 'withdrawn_reason']
         = to_jsonb(OLD) - ARRAY['withdrawn_at', 'withdrawn_by', 'withdrawn_reason'] THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% of version % is refused: what was proposed stays as it was', TG_OP, OLD.number
        USING ERRCODE = 'insufficient_privilege';
END
$$
"""

KEEP_SUGGESTION = """
CREATE FUNCTION keep_suggestion() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.decision IS NULL
       AND to_jsonb(NEW) - ARRAY['decision', 'decided_reason', 'decided_by', 'decided_at', 'taken_into']
         = to_jsonb(OLD) - ARRAY['decision', 'decided_reason', 'decided_by', 'decided_at', 'taken_into'] THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% on plan_suggestion is refused: it is decided once, and stays', TG_OP
        USING ERRCODE = 'insufficient_privilege';
END
$$
"""

GUARDED = (
    ("plan_version", "keep_proposed_version"),
    ("plan_suggestion", "keep_suggestion"),
)


def upgrade() -> None:
    _create_plans()
    _create_versions()
    _create_findings()
    _create_agreements()
    _create_best_interests()
    _create_suggestions()
    _create_comments()
    protect_person_rows(op, "support_plan", rights="SELECT, INSERT, UPDATE")
    protect_person_rows(op, "plan_version", rights="SELECT, INSERT, UPDATE")
    protect_person_rows(op, "plan_suggestion", rights="SELECT, INSERT, UPDATE")
    for table in ("capacity_finding", "plan_agreement", "best_interests_decision", "plan_comment"):
        protect_person_rows(op, table, rights="SELECT, INSERT")
        append_only(op, table)
    op.execute(KEEP_PROPOSED)
    op.execute(KEEP_SUGGESTION)
    for table, function in GUARDED:
        op.execute(
            f"CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {function}()"
        )
        op.execute(
            f"CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {function}()"
        )


def downgrade() -> None:
    for table in (
        "plan_comment", "plan_suggestion", "best_interests_decision", "plan_agreement", "capacity_finding",
        "plan_version", "support_plan",
    ):  # fmt: skip
        op.drop_table(table)
    for _, function in GUARDED:
        op.execute(f"DROP FUNCTION {function}()")


def _create_plans() -> None:
    op.create_table(
        "support_plan",
        _id(),
        _person("support_plan"),
        sa.Column("created_at", INSTANT, nullable=False),
        _account("support_plan", "created_by"),
        sa.Column("service_starts_on", sa.Date()),
        sa.Column("ended_at", INSTANT),
        sa.Column("ended_reason", sa.String()),
        sa.CheckConstraint("(ended_at IS NULL) = (ended_reason IS NULL)", name="an_ending_has_its_reason"),
    )


def _create_versions() -> None:
    op.create_table(
        "plan_version",
        _id(),
        _plan("plan_version", index=False),
        _person("plan_version"),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("content", pg.JSONB(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("based_on", sa.Integer()),
        sa.Column("created_at", INSTANT, nullable=False),
        _account("plan_version", "created_by"),
        sa.Column("saved_at", INSTANT, nullable=False),
        _account("plan_version", "saved_by"),
        sa.Column("proposed_at", INSTANT),
        _account("plan_version", "proposed_by", nullable=True),
        sa.Column("canonical", sa.LargeBinary()),
        sa.Column("content_hash", sa.String()),
        sa.Column("withdrawn_at", INSTANT),
        _account("plan_version", "withdrawn_by", nullable=True),
        sa.Column("withdrawn_reason", sa.String()),
        sa.UniqueConstraint("plan_id", "number", name="uq_plan_version_plan_id_number"),
        sa.UniqueConstraint("id", "content_hash", name="uq_plan_version_id_content_hash"),
        sa.CheckConstraint(
            "num_nulls(proposed_at, proposed_by, canonical, content_hash) IN (0, 4)", name="proposed_whole"
        ),
        sa.CheckConstraint("content_hash = encode(sha256(canonical), 'hex')", name="hash_is_of_the_canonical_form"),
        sa.CheckConstraint("convert_from(canonical, 'UTF8')::jsonb = content", name="canonical_form_is_of_the_content"),
        sa.CheckConstraint("num_nulls(withdrawn_at, withdrawn_by, withdrawn_reason) IN (0, 3)", name="withdrawn_whole"),
        sa.CheckConstraint("kind IN ('full', 'interim')", name="known_kind"),
    )
    op.create_index(
        "uq_plan_version_one_draft",
        "plan_version",
        ["plan_id"],
        unique=True,
        postgresql_where=sa.text("proposed_at IS NULL AND withdrawn_at IS NULL"),
    )
    op.create_index("ix_plan_version_content_hash", "plan_version", ["content_hash"])


def _create_findings() -> None:
    op.create_table(
        "capacity_finding",
        _id(),
        _plan("capacity_finding"),
        _person("capacity_finding"),
        _version("capacity_finding"),
        sa.Column("lacks_capacity", sa.Boolean(), nullable=False),
        sa.Column("why_doubted", sa.String(), nullable=False),
        sa.Column("support_given", sa.String(), nullable=False),
        sa.Column("abilities", pg.JSONB(), nullable=False),
        sa.Column("impairment", sa.String(), nullable=False),
        sa.Column("causal_link", sa.String(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        _account("capacity_finding", "assessor_id"),
        sa.Column("assessor_name", sa.String(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
    )


def _create_agreements() -> None:
    op.create_table(
        "plan_agreement",
        _id(),
        _plan("plan_agreement"),
        _person("plan_agreement"),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("party", sa.String(), nullable=False),
        sa.Column("capacity", sa.String(), nullable=False),
        sa.Column("signer_id", sa.Uuid(), nullable=False),
        sa.Column("signer_name", sa.String(), nullable=False),
        _reference("plan_agreement", "authority_id", "representative_authority", nullable=True),
        _reference("plan_agreement", "finding_id", "capacity_finding", nullable=True),
        sa.Column("statement", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        _account("plan_agreement", "recorded_by"),
        _account("plan_agreement", "witness_id", nullable=True),
        sa.Column("witness_name", sa.String()),
        sa.Column("agreed_on", sa.Date(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        _content("plan_agreement"),
        sa.UniqueConstraint("version_id", "party", name="uq_plan_agreement_version_id_party"),
        sa.UniqueConstraint("version_id", "signer_id", name="uq_plan_agreement_version_id_signer_id"),
        sa.CheckConstraint("party IN ('council', 'provider', 'person')", name="known_party"),
        sa.CheckConstraint("channel IN ('online', 'paper', 'telephone')", name="known_channel"),
        sa.CheckConstraint("channel = 'online' OR witness_name IS NOT NULL", name="witnessed_unless_online"),
        sa.CheckConstraint(
            "witness_id IS NULL OR witness_id NOT IN (recorded_by, signer_id)", name="witness_is_another"
        ),
    )


def _create_best_interests() -> None:
    op.create_table(
        "best_interests_decision",
        _id(),
        _plan("best_interests_decision"),
        _person("best_interests_decision"),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        _reference("best_interests_decision", "finding_id", "capacity_finding"),
        _account("best_interests_decision", "decision_maker_id"),
        sa.Column("decision_maker_name", sa.String(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("wishes", sa.String(), nullable=False),
        sa.Column("consulted", sa.String(), nullable=False),
        sa.Column("less_restrictive", sa.String(), nullable=False),
        sa.Column("advocate", sa.String(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        _account("best_interests_decision", "recorded_by"),
        sa.Column("at", INSTANT, nullable=False),
        _content("best_interests_decision"),
        sa.UniqueConstraint("version_id", name="uq_best_interests_decision_version_id"),
    )


def _create_suggestions() -> None:
    op.create_table(
        "plan_suggestion",
        _id(),
        _plan("plan_suggestion"),
        _person("plan_suggestion"),
        _version("plan_suggestion"),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("was", pg.JSONB(), nullable=False),
        sa.Column("value", pg.JSONB(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        _account("plan_suggestion", "by"),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("decision", sa.String()),
        sa.Column("decided_reason", sa.String()),
        _account("plan_suggestion", "decided_by", nullable=True),
        sa.Column("decided_at", INSTANT),
        sa.Column("taken_into", sa.Integer()),
        sa.CheckConstraint("decision IN ('taken', 'declined')", name="known_decision"),
        sa.CheckConstraint("num_nulls(decision, decided_by, decided_at) IN (0, 3)", name="decided_whole"),
        sa.CheckConstraint(
            "decision IS DISTINCT FROM 'declined' OR decided_reason <> ''", name="declined_with_a_reason"
        ),
    )


def _create_comments() -> None:
    op.create_table(
        "plan_comment",
        _id(),
        _plan("plan_comment"),
        _person("plan_comment"),
        _version("plan_comment"),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        _account("plan_comment", "by"),
        sa.Column("at", INSTANT, nullable=False),
    )


def _id() -> sa.Column[object]:
    return sa.Column("id", sa.Uuid(), primary_key=True)


def _person(table: str) -> sa.Column[object]:
    key = sa.ForeignKey("person.id", name=f"fk_{table}_person_id_person")
    return sa.Column("person_id", sa.Uuid(), key, nullable=False, index=True)


def _plan(table: str, *, index: bool = True) -> sa.Column[object]:
    key = sa.ForeignKey("support_plan.id", name=f"fk_{table}_plan_id_support_plan")
    return sa.Column("plan_id", sa.Uuid(), key, nullable=False, index=index)


def _version(table: str) -> sa.Column[object]:
    key = sa.ForeignKey("plan_version.id", name=f"fk_{table}_version_id_plan_version")
    return sa.Column("version_id", sa.Uuid(), key, nullable=False, index=True)


def _account(table: str, column: str, *, nullable: bool = False) -> sa.Column[object]:
    return _reference(table, column, "account", nullable=nullable)


def _reference(table: str, column: str, other: str, *, nullable: bool = False) -> sa.Column[object]:
    key = sa.ForeignKey(f"{other}.id", name=f"fk_{table}_{column}_{other}")
    return sa.Column(column, sa.Uuid(), key, nullable=nullable)


def _content(table: str) -> sa.ForeignKeyConstraint:
    """Ties a signature to exactly the content that it was given for."""
    return sa.ForeignKeyConstraint(
        ["version_id", "content_hash"],
        ["plan_version.id", "plan_version.content_hash"],
        name=f"fk_{table}_version_id_content_hash_plan_version",
    )
