"""Assessments, determinations, findings about advocacy, papers given, and notes about others."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql as pg

from careplan.db.guards import RELATED_NOW, append_only, protect_person_rows, protect_rows

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
STAYS_AS_WRITTEN = ("determination", "advocacy_finding", "given_paper")
KINDS = "'eligible', 'discretionary_or_preventive', 'urgent', 'section_117', 'carer', 'not_eligible'"

KEEP_FINISHED = """
CREATE FUNCTION keep_finished_assessment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        RAISE EXCEPTION 'TRUNCATE on assessment is refused: what was finished stays'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF OLD.finished_at IS NULL THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    RAISE EXCEPTION '% on a finished assessment is refused: a correction is written beside it', TG_OP
        USING ERRCODE = 'insufficient_privilege';
END
$$
"""


def upgrade() -> None:
    _create_assessment()
    _create_determination()
    _create_advocacy()
    _create_given()
    _create_notes()
    protect_person_rows(op, "assessment", rights="SELECT, INSERT, UPDATE")
    for table in STAYS_AS_WRITTEN:
        protect_person_rows(op, table, rights="SELECT, INSERT")
        append_only(op, table)
    op.execute(KEEP_FINISHED)
    for name, when in (
        ("refuse_change", "UPDATE OR DELETE ON assessment FOR EACH ROW"),
        ("refuse_truncate", "TRUNCATE ON assessment FOR EACH STATEMENT"),
    ):
        op.execute(f"CREATE TRIGGER {name} BEFORE {when} EXECUTE FUNCTION keep_finished_assessment()")


def downgrade() -> None:
    for table in ("third_party_note", "given_paper", "advocacy_finding", "determination", "assessment"):
        op.drop_table(table)
    op.execute("DROP FUNCTION keep_finished_assessment()")


def _create_assessment() -> None:
    op.create_table(
        "assessment",
        sa.Column("id", sa.Uuid(), primary_key=True),
        _reference("assessment", "person_id", "person"),
        sa.Column("content", pg.JSONB(), nullable=False),
        sa.Column("started_at", INSTANT, nullable=False),
        _reference("assessment", "started_by", "account"),
        sa.Column("saved_at", INSTANT, nullable=False),
        _reference("assessment", "saved_by", "account"),
        sa.Column("finished_at", INSTANT),
        _reference("assessment", "finished_by", "account", nullable=True),
        _reference("assessment", "corrects", "assessment", nullable=True),
        sa.Column("corrects_because", sa.String()),
        sa.CheckConstraint("num_nulls(finished_at, finished_by) IN (0, 2)", name="ck_assessment_finished_whole"),
        sa.CheckConstraint(
            "(corrects IS NULL) = (corrects_because IS NULL)", name="ck_assessment_a_correction_has_its_reason"
        ),
        sa.UniqueConstraint("corrects", name="uq_assessment_corrects"),
    )
    op.create_index(
        "uq_assessment_one_draft",
        "assessment",
        ["person_id"],
        unique=True,
        postgresql_where=sa.text("finished_at IS NULL"),
    )
    op.create_index("ix_assessment_person_id_finished_at", "assessment", ["person_id", "finished_at"])


def _create_determination() -> None:
    op.create_table(
        "determination",
        sa.Column("id", sa.Uuid(), primary_key=True),
        _reference("determination", "person_id", "person"),
        _reference("determination", "assessment_id", "assessment", nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("reasons", sa.String(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        _reference("determination", "decided_by", "account"),
        sa.Column("at", INSTANT, nullable=False),
        sa.CheckConstraint(f"kind IN ({KINDS})", name="ck_determination_known_kind"),
        sa.CheckConstraint(
            "assessment_id IS NOT NULL OR kind IN ('urgent', 'section_117', 'carer')",
            name="ck_determination_rests_on_an_assessment",
        ),
        sa.CheckConstraint("reasons <> ''", name="ck_determination_has_reasons"),
    )
    op.create_index("ix_determination_person_id_at", "determination", ["person_id", "at"])


def _create_advocacy() -> None:
    op.create_table(
        "advocacy_finding",
        sa.Column("id", sa.Uuid(), primary_key=True),
        _reference("advocacy_finding", "person_id", "person"),
        sa.Column("difficulties", pg.JSONB(), nullable=False),
        *(
            sa.Column(name, sa.String(), nullable=False)
            for name in (
                "evidence", "supporter_name", "supporter_paid", "supporter_wanted", "advocate_name", "advocate_from",
            )
        ),
        *(
            sa.Column(name, sa.Boolean(), nullable=False)
            for name in ("long_nhs_stay", "stay_in_best_interests", "material_disagreement", "both_want_advocate")
        ),
        sa.Column("found_on", sa.Date(), nullable=False),
        _reference("advocacy_finding", "found_by", "account"),
        sa.Column("at", INSTANT, nullable=False),
        sa.CheckConstraint(
            "supporter_paid IN ('yes', 'no', 'not_asked') AND supporter_wanted IN ('yes', 'no', 'not_asked')",
            name="ck_advocacy_finding_known_answers",
        ),
    )  # fmt: skip
    op.create_index("ix_advocacy_finding_person_id_at", "advocacy_finding", ["person_id", "at"])


def _create_given() -> None:
    op.create_table(
        "given_paper",
        sa.Column("id", sa.Uuid(), primary_key=True),
        _reference("given_paper", "person_id", "person"),
        _reference("given_paper", "assessment_id", "assessment", nullable=True),
        _reference("given_paper", "determination_id", "determination", nullable=True),
        _reference("given_paper", "plan_version_id", "plan_version", nullable=True),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("format", sa.String(), nullable=False),
        sa.Column("language", sa.String()),
        sa.Column("given_on", sa.Date(), nullable=False),
        _reference("given_paper", "given_by", "account"),
        sa.Column("at", INSTANT, nullable=False),
        sa.CheckConstraint(
            "num_nonnulls(assessment_id, determination_id, plan_version_id) = 1", name="ck_given_paper_one_paper"
        ),
        sa.CheckConstraint("recipient = 'person' OR name <> ''", name="ck_given_paper_says_who_got_it"),
        sa.CheckConstraint("(format = 'language') = (language IS NOT NULL)", name="ck_given_paper_says_which_language"),
    )
    op.create_index("ix_given_paper_person_id_given_on", "given_paper", ["person_id", "given_on"])


def _create_notes() -> None:
    """Shut to the person, representatives and carers, who may neither read nor write them."""
    op.create_table(
        "third_party_note",
        sa.Column("id", sa.Uuid(), primary_key=True),
        _reference("third_party_note", "person_id", "person"),
        sa.Column("words", sa.String(), nullable=False),
        _reference("third_party_note", "written_by", "account"),
        sa.Column("at", INSTANT, nullable=False),
    )
    op.create_index("ix_third_party_note_person_id", "third_party_note", ["person_id"])
    staff = f"person_id IN ({RELATED_NOW} AND r.kind NOT IN ('self', 'authority', 'carer'))"
    protect_rows(op, "third_party_note", rule=staff, rights="SELECT, INSERT")
    append_only(op, "third_party_note")


def _reference(table: str, name: str, to: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Uuid(), sa.ForeignKey(f"{to}.id", name=f"fk_{table}_{name}_{to}"), nullable=nullable)
