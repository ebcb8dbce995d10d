"""Carers in their own right, hidden from the person and from everybody whom they have not chosen."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql as pg

from careplan.db.guards import APP_ROLE, MY_ACCOUNT, RELATED_NOW, SEES_ALL, append_only, grant_plain

revision = "0045"
down_revision = "0031"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
STAYS_AS_WRITTEN = ("carer_saying", "carer_consent", "carer_determination", "carer_plan_agreement", "carer_given")
CHILDREN = (*STAYS_AS_WRITTEN, "carer_assessment", "carer_plan")
SHARED = ("carer_plan", "carer_plan_agreement")
COUNCIL = f"person_id IN ({RELATED_NOW} AND r.kind IN ('caseload', 'team'))"

# It runs with the owner's rights: who is shown the plan sees none of the answers that say so.
CREATE_SHOWS_TO_ME = f"""
CREATE FUNCTION carer_shows_to_me(wanted uuid, person uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH latest AS (
        SELECT DISTINCT ON (matter) matter, given FROM carer_consent
        WHERE carer_id = wanted ORDER BY matter, at DESC, id DESC
    )
    SELECT EXISTS (SELECT FROM latest WHERE matter = 'hold' AND given)
       AND EXISTS (SELECT FROM latest l WHERE l.given AND l.matter <> 'hold'
                   AND person IN ({RELATED_NOW} AND r.kind = l.matter))
$$
"""
KEEP_FINISHED = """
CREATE FUNCTION keep_finished_carer_assessment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.finished_at IS NULL AND TG_OP = 'UPDATE' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% on a carer''s assessment is refused: what was finished stays', TG_OP
        USING ERRCODE = 'insufficient_privilege';
END
$$
"""
KEEP_AGREED = """
CREATE FUNCTION keep_agreed_carer_plan() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NOT EXISTS (SELECT FROM carer_plan_agreement WHERE plan_id = OLD.id) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% on a carer''s plan is refused: what somebody agreed to stays', TG_OP
        USING ERRCODE = 'insufficient_privilege';
END
$$
"""


def upgrade() -> None:
    _create_carer()
    _create_what_is_said()
    _create_assessments()
    _create_plans()
    _create_given()
    for table in CHILDREN:
        op.create_index(f"ix_{table}_person_id", table, ["person_id"])
    op.execute(CREATE_SHOWS_TO_ME)
    _lock()
    for table in STAYS_AS_WRITTEN:
        append_only(op, table)
    op.execute(KEEP_FINISHED)
    op.execute(KEEP_AGREED)
    for table, function in (
        ("carer_assessment", "keep_finished_carer_assessment"),
        ("carer_plan", "keep_agreed_carer_plan"),
    ):
        op.execute(
            f"CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {function}()"
        )
        op.execute(
            f"CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )


def downgrade() -> None:
    for table in ("carer_given", "carer_plan_agreement", "carer_plan", "carer_determination", "carer_assessment"):
        op.drop_table(table)
    op.drop_table("carer_saying")
    op.execute("DROP POLICY shown ON carer")
    op.execute("DROP FUNCTION carer_shows_to_me")
    op.drop_table("carer_consent")
    op.drop_table("carer")
    op.execute("DROP FUNCTION keep_finished_carer_assessment")
    op.execute("DROP FUNCTION keep_agreed_carer_plan")


def _lock() -> None:
    """The council's team and the carer read and write; who was chosen reads the plan and whose it is."""
    grant_plain(op, "carer", rights="SELECT, INSERT, UPDATE")
    for table in CHILDREN:
        changes = table in ("carer_assessment", "carer_plan")
        grant_plain(op, table, rights="SELECT, INSERT, UPDATE" if changes else "SELECT, INSERT")
    _policy("related", "carer", f"{SEES_ALL} OR {COUNCIL} OR account_id = {MY_ACCOUNT}")
    _policy("shown", "carer", "carer_shows_to_me(id, person_id)", reading=True)
    for table in CHILDREN:
        own = f"carer_id IN (SELECT c.id FROM carer c WHERE c.account_id = {MY_ACCOUNT})"
        _policy("related", table, f"{SEES_ALL} OR {COUNCIL} OR {own}")
    for table in SHARED:
        _policy("shown", table, "carer_shows_to_me(carer_id, person_id)", reading=True)


def _policy(name: str, table: str, rule: str, *, reading: bool = False) -> None:
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    what = f"FOR SELECT TO {APP_ROLE} USING ({rule})" if reading else f"USING ({rule}) WITH CHECK ({rule})"
    op.execute(f"CREATE POLICY {name} ON {table} {what}")


def _create_carer() -> None:
    op.create_table(
        "carer",
        sa.Column("id", sa.Uuid(), primary_key=True),
        _key("carer", "person_id", "person"),
        _key("carer", "contact_id", "contact", nullable=True),
        _key("carer", "account_id", "account", nullable=True),
        _key("carer", "own_person_id", "person", nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("opened_at", INSTANT, nullable=False),
        _key("carer", "opened_by", "account"),
        sa.CheckConstraint("name <> ''", name="has_a_name"),
        sa.UniqueConstraint("contact_id", name="uq_carer_contact_id"),
    )
    op.create_index("uq_carer_one_of_an_account", "carer", ["person_id", "account_id"], unique=True)
    op.create_index("ix_carer_account_id", "carer", ["account_id"])


def _create_what_is_said() -> None:
    op.create_table(
        "carer_saying",
        *_of_carer("carer_saying"),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("content", pg.JSONB(), nullable=False),
        *_at_by("carer_saying"),
        sa.CheckConstraint("kind IN ('details', 'caring')", name="known_kind"),
    )
    op.create_index("ix_carer_saying_carer_id_at", "carer_saying", ["carer_id", "at"])
    op.create_table(
        "carer_consent",
        *_of_carer("carer_consent"),
        sa.Column("matter", sa.String(), nullable=False),
        sa.Column("given", sa.Boolean(), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        *_at_by("carer_consent"),
        sa.CheckConstraint("matter IN ('hold', 'self', 'authority', 'package')", name="known_matter"),
        sa.CheckConstraint("how <> ''", name="says_how"),
    )
    op.create_index("ix_carer_consent_carer_id_at", "carer_consent", ["carer_id", "at"])


def _create_assessments() -> None:
    table = "carer_assessment"
    op.create_table(
        table,
        *_of_carer(table),
        sa.Column("content", pg.JSONB(), nullable=False),
        sa.Column("started_at", INSTANT, nullable=False),
        _key(table, "started_by", "account"),
        sa.Column("saved_at", INSTANT, nullable=False),
        _key(table, "saved_by", "account"),
        sa.Column("finished_at", INSTANT),
        _key(table, "finished_by", "account", nullable=True),
        sa.CheckConstraint("num_nulls(finished_at, finished_by) IN (0, 2)", name="finished_whole"),
    )
    op.create_index(f"ix_{table}_carer_id_finished_at", table, ["carer_id", "finished_at"])
    op.create_index(
        f"uq_{table}_one_draft", table, ["carer_id"], unique=True, postgresql_where=sa.text("finished_at IS NULL")
    )
    op.create_table(
        "carer_determination",
        *_of_carer("carer_determination"),
        _key("carer_determination", "assessment_id", "carer_assessment"),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("reasons", sa.String(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        _key("carer_determination", "decided_by", "account"),
        sa.Column("at", INSTANT, nullable=False),
        sa.CheckConstraint("kind IN ('eligible', 'discretionary', 'not_eligible')", name="known_kind"),
        sa.CheckConstraint("reasons <> ''", name="has_reasons"),
    )
    op.create_index("ix_carer_determination_carer_id_at", "carer_determination", ["carer_id", "at"])


def _create_plans() -> None:
    op.create_table(
        "carer_plan",
        *_of_carer("carer_plan"),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", pg.JSONB(), nullable=False),
        sa.Column("saved_at", INSTANT, nullable=False),
        _key("carer_plan", "saved_by", "account"),
        sa.CheckConstraint("number > 0", name="counts_from_one"),
        sa.UniqueConstraint("carer_id", "number", name="uq_carer_plan_carer_id_number"),
    )
    table = "carer_plan_agreement"
    op.create_table(
        table,
        *_of_carer(table),
        _key(table, "plan_id", "carer_plan"),
        sa.Column("party", sa.String(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("witness", sa.String(), nullable=False),
        *_at_by(table),
        sa.CheckConstraint("party IN ('carer', 'council')", name="known_party"),
        sa.CheckConstraint("(how = '') = (witness = '')", name="what_staff_write_down_has_a_witness"),
        sa.CheckConstraint("how = '' OR party = 'carer'", name="only_the_carers_yes_is_written_down"),
        sa.UniqueConstraint("plan_id", "party", name=f"uq_{table}_plan_id_party"),
    )


def _create_given() -> None:
    table = "carer_given"
    op.create_table(
        table,
        *_of_carer(table),
        _key(table, "assessment_id", "carer_assessment", nullable=True),
        _key(table, "determination_id", "carer_determination", nullable=True),
        _key(table, "plan_id", "carer_plan", nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("format", sa.String(), nullable=False),
        sa.Column("language", sa.String()),
        sa.Column("given_on", sa.Date(), nullable=False),
        _key(table, "given_by", "account"),
        sa.Column("at", INSTANT, nullable=False),
        sa.CheckConstraint("num_nonnulls(assessment_id, determination_id, plan_id) = 1", name="one_paper"),
        sa.CheckConstraint("(format = 'language') = (language IS NOT NULL)", name="says_which_language"),
    )
    op.create_index(f"ix_{table}_carer_id_given_on", table, ["carer_id", "given_on"])


def _of_carer(table: str) -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("id", sa.Uuid(), primary_key=True),
        _key(table, "carer_id", "carer"),
        _key(table, "person_id", "person"),
    )


def _at_by(table: str) -> tuple[sa.Column[object], ...]:
    return sa.Column("at", INSTANT, nullable=False), _key(table, "by", "account")


def _key(table: str, column: str, other: str, *, nullable: bool = False) -> sa.Column[object]:
    key = sa.ForeignKey(f"{other}.id", name=f"fk_{table}_{column}_{other}")
    return sa.Column(column, sa.Uuid(), key, nullable=nullable)
