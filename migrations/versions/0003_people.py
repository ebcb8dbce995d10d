"""People and everyone around them; relationships name a person who exists."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql as pg

from careplan.db.guards import APP_ROLE, RELATED_NOW, SEES_ALL, append_only, grant_plain, protect_person_rows

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
PLAIN = (
    "person_address",
    "contact",
    "representative_authority",
    "allergy",
    "reasonable_adjustment",
    "partnership_member",
)
KEPT = ("person_correction", "person_access", "about_me", "sharing_choice")
ENDS_AFTER_START = "ends_on IS NULL OR starts_on IS NULL OR ends_on >= starts_on"
RETRACTED_WHOLE = "num_nonnulls(retracted_at, retracted_by, retracted_because) IN (0, 3)"
# Nothing is deleted; what may change is ended or marked.
CHANGEABLE = "SELECT, INSERT, UPDATE"


def upgrade() -> None:
    _create_person()
    _create_where_they_live()
    _create_people_around()
    _create_what_to_know()
    _create_choices()
    op.create_foreign_key(
        "fk_relationship_person_id_person", "relationship", "person", ["person_id"], ["id"],
        deferrable=True, initially="DEFERRED",
    )  # fmt: skip
    protect_person_rows(op, "person", column="id", rights=CHANGEABLE)
    for table in PLAIN:
        protect_person_rows(op, table, rights=CHANGEABLE)
    for table in KEPT:
        protect_person_rows(op, table, rights="SELECT, INSERT")
        append_only(op, table)
    _protect_concerns()


def downgrade() -> None:
    op.drop_constraint("fk_relationship_person_id_person", "relationship", type_="foreignkey")
    for table in (
        "concern", "sharing_choice", "partnership_member", "about_me", "reasonable_adjustment", "allergy",
        "representative_authority", "contact", "person_access", "person_address", "person_correction", "person",
    ):  # fmt: skip
        op.drop_table(table)


def _create_person() -> None:
    op.create_table(
        "person",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("nhs_number", sa.String(), unique=True),
        sa.Column("nhs_number_status", sa.String(), nullable=False),
        sa.Column("given_name", sa.String(), nullable=False),
        sa.Column("family_name", sa.String(), nullable=False),
        sa.Column("preferred_name", sa.String()),
        sa.Column("name_folded", sa.String(collation="C"), nullable=False),
        sa.Column("birth_date", sa.Date()),
        sa.Column("gender", sa.String(), nullable=False),
        sa.Column("died_on", sa.Date()),
        sa.Column("phone", sa.String()),
        sa.Column("email", sa.String()),
        sa.Column("language", sa.String()),
        sa.Column("interpreter_needed", sa.Boolean()),
        sa.Column("lives_alone", sa.Boolean()),
        _reference("gp_organisation_id", "person", "organisation"),
        sa.Column("communication_note", sa.String()),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.CheckConstraint("(nhs_number IS NULL) = (nhs_number_status = 'missing')", name="a_number_has_its_status"),
        sa.CheckConstraint("nhs_number ~ '^[0-9]{10}$'", name="a_number_has_ten_digits"),
        sa.CheckConstraint("died_on >= birth_date", name="dies_after_birth"),
    )
    op.create_index("ix_person_name_folded_id", "person", ["name_folded", "id"])
    _create("person_correction", sa.Column("changes", pg.JSONB(), nullable=False), _words("reason"))


def _create_where_they_live() -> None:
    _create(
        "person_address",
        _words("line1"),
        sa.Column("line2", sa.String()),
        _words("town"),
        sa.Column("postcode", sa.String()),
        sa.Column("starts_on", sa.Date()),
        sa.Column("ends_on", sa.Date()),
        sa.CheckConstraint(ENDS_AFTER_START, name="ends_after_it_starts"),
    )
    _create("person_access", _words("words"), sa.Column("key_safe_code", sa.String()))


def _create_people_around() -> None:
    _create(
        "contact",
        _words("name"),
        _words("relation"),
        sa.Column("phone", sa.String()),
        _reference("account_id", "contact", "account"),
        _flag("is_next_of_kin"),
        _flag("is_emergency"),
        sa.Column("starts_on", sa.Date()),
        sa.Column("ends_on", sa.Date()),
        sa.Column("carer_starts_on", sa.Date()),
        sa.Column("carer_ends_on", sa.Date()),
        sa.Column("carer_agreed_at", INSTANT),
        sa.Column("carer_agreed_words", sa.String()),
        *_retraction(),
        sa.CheckConstraint(ENDS_AFTER_START, name="ends_after_it_starts"),
        sa.CheckConstraint("carer_ends_on >= carer_starts_on", name="care_ends_after_it_starts"),
        sa.CheckConstraint(
            "carer_starts_on IS NOT NULL OR num_nonnulls(carer_ends_on, carer_agreed_at, carer_agreed_words) = 0",
            name="only_a_carer_has_a_spell",
        ),
    )
    _create(
        "representative_authority",
        _reference("contact_id", "representative_authority", "contact", nullable=False),
        _reference("account_id", "representative_authority", "account"),
        _words("kind"),
        sa.Column("scope", sa.String()),
        _flag("leaves_out_care"),
        sa.Column("registration_seen_on", sa.Date()),
        sa.Column("registration_seen_by", sa.Uuid()),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date()),
        sa.Column("ended_at", INSTANT),
        sa.Column("end_reason", sa.String()),
        *_retraction(),
        sa.CheckConstraint(ENDS_AFTER_START, name="ends_after_it_starts"),
        sa.CheckConstraint(
            "(registration_seen_on IS NULL) = (registration_seen_by IS NULL)", name="somebody_saw_the_registration"
        ),
    )
    _create(
        "partnership_member",
        _words("kind"),
        _reference("account_id", "partnership_member", "account"),
        _reference("organisation_id", "partnership_member", "organisation"),
        _reference("contact_id", "partnership_member", "contact"),
        sa.Column("since", INSTANT, nullable=False),
        sa.Column("until", INSTANT),
        sa.Column("end_reason", sa.String()),
        sa.CheckConstraint("num_nonnulls(account_id, organisation_id, contact_id) = 1", name="one_party"),
        sa.CheckConstraint("until IS NULL OR until >= since", name="ends_after_it_begins"),
    )


def _create_what_to_know() -> None:
    _create(
        "allergy",
        _words("status"),
        sa.Column("substance", sa.String()),
        sa.Column("code", sa.String()),
        sa.Column("reaction", sa.String()),
        *_retraction(),
        sa.CheckConstraint("(status = 'present') = (substance IS NOT NULL)", name="an_allergy_names_its_substance"),
    )
    _create(
        "reasonable_adjustment",
        _words("words"),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date()),
        sa.Column("end_reason", sa.String()),
        *_retraction(),
        sa.CheckConstraint(ENDS_AFTER_START, name="ends_after_it_starts"),
        sa.CheckConstraint("(ends_on IS NULL) = (end_reason IS NULL)", name="an_end_has_its_reason"),
    )
    _create("about_me", sa.Column("sections", pg.JSONB(), nullable=False))


def _create_choices() -> None:
    _create(
        "sharing_choice",
        _words("decision"),
        sa.Column("words", sa.String()),
        sa.Column("closed_to", pg.ARRAY(sa.Uuid()), nullable=False),
    )
    _create(
        "concern",
        _words("category"),
        _words("words"),
        sa.Column("immediate_danger", sa.Boolean(), nullable=False),
        sa.Column("persons_wishes", sa.String()),
        sa.Column("told", pg.ARRAY(sa.String()), nullable=False),
    )


def _protect_concerns() -> None:
    """Anyone around a person may raise a concern; reading it is shut to the person, representatives and carers."""
    staff = RELATED_NOW + " AND r.kind NOT IN ('self', 'authority', 'carer')"
    grant_plain(op, "concern", rights="SELECT, INSERT")
    op.execute("ALTER TABLE concern ENABLE ROW LEVEL SECURITY")
    op.execute(
        f"CREATE POLICY related ON concern FOR SELECT TO {APP_ROLE} USING ({SEES_ALL} OR person_id IN ({staff}))"
    )
    op.execute(
        f"CREATE POLICY raising ON concern FOR INSERT TO {APP_ROLE} WITH CHECK ({SEES_ALL} OR person_id IN ({RELATED_NOW}))"
    )
    append_only(op, "concern")


def _create(table: str, *columns: sa.Column[Any] | sa.CheckConstraint) -> None:
    """A table of rows that concern one person and say who wrote them, and when."""
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), primary_key=True),
        *columns,
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=f"fk_{table}_person_id_person"),
    )
    op.create_index(f"ix_{table}_person_id", table, ["person_id"])


def _retraction() -> tuple[sa.Column[Any] | sa.CheckConstraint, ...]:
    return (
        sa.Column("retracted_at", INSTANT),
        sa.Column("retracted_by", sa.Uuid()),
        sa.Column("retracted_because", sa.String()),
        sa.CheckConstraint(RETRACTED_WHOLE, name="is_retracted_whole"),
    )


def _words(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False)


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false())


def _reference(column: str, table: str, target: str, *, nullable: bool = True) -> sa.Column[Any]:
    key = sa.ForeignKey(f"{target}.id", name=f"fk_{table}_{column}_{target}")
    return sa.Column(column, sa.Uuid(), key, nullable=nullable)
