"""Concerns from the first word to the outcome, hidden from whoever is alleged; and pauses of what opens a record."""

import sqlalchemy as sa
from alembic import op

from careplan.db.guards import (
    APP_ROLE,
    MY_ACCOUNT,
    MY_ORGANISATION,
    RELATED_NOW,
    SEES_ALL,
    append_only,
    grant_plain,
    protect_person_rows,
)

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
FAMILY = "('self', 'authority', 'carer')"
STAFF_BEFORE = RELATED_NOW + f" AND r.kind NOT IN {FAMILY}"
STAFF = RELATED_NOW + " AND r.kind NOT IN ('self', 'authority', 'carer', 'sharing')"
MY_TEAM = "(SELECT NULLIF(current_setting('careplan.team', true), '')::uuid)"
CONCERN_OF_NOTICE = "substring(address from '^/concerns/([0-9a-f-]{36})')::uuid"
KINDS = (
    "'reminded', 'acknowledged', 'note', 'decided', 'action', 'done', 'suspended', 'lifted', 'withheld', 'shown',"
    " 'closed'"
)

# Both run with the owner's rights: whoever is alleged sees none of the rows that say so.
CREATE_ALLEGES_ME = f"""
CREATE FUNCTION concern_alleges_me(wanted uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM concern_alleged a LEFT JOIN contact c ON c.id = a.contact_id
        WHERE a.concern_id = wanted
          AND (a.account_id = {MY_ACCOUNT} OR c.account_id = {MY_ACCOUNT}
               OR a.organisation_id = {MY_ORGANISATION} OR a.organisation_id = {MY_TEAM}))
$$
"""
CREATE_HIDDEN_FROM_ME = f"""
CREATE FUNCTION concerns_hidden_from_me(person uuid) RETURNS TABLE (concern_id uuid, since timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT c.id, c.recorded_at FROM concern c
    WHERE c.person_id = person
      AND (concern_alleges_me(c.id)
           OR (EXISTS (SELECT FROM concern_step s
                       WHERE s.concern_id = c.id AND s.kind = 'withheld'
                         AND NOT EXISTS (SELECT FROM concern_step e WHERE e.answers = s.id))
               AND person IN ({RELATED_NOW} AND r.kind IN {FAMILY})))
$$
"""


def upgrade() -> None:
    _create_pauses()
    op.add_column("concern", sa.Column("visit_id", sa.Uuid()))
    _create_alleged()
    _create_steps()
    op.execute(CREATE_ALLEGES_ME)
    op.execute(CREATE_HIDDEN_FROM_ME)
    _hide("concern", concern="id", raised_by_all=True)
    _hide("concern_alleged", concern="concern_id", raised_by_all=True)
    _hide("concern_step", concern="concern_id", raised_by_all=False)
    # What somebody was told of a concern is gone once it alleges them.
    op.execute(
        f"CREATE POLICY not_alleged ON notice AS RESTRICTIVE FOR SELECT TO {APP_ROLE} USING ({SEES_ALL}"
        f" OR kind <> 'concern' OR NOT concern_alleges_me({CONCERN_OF_NOTICE}))"
    )


def downgrade() -> None:
    op.execute("DROP POLICY not_alleged ON notice")
    for policy in ("related", "raising"):
        op.execute(f"DROP POLICY {policy} ON concern")
    op.execute("DROP FUNCTION concerns_hidden_from_me")
    op.drop_table("concern_step")
    op.drop_table("concern_alleged")
    op.execute("DROP FUNCTION concern_alleges_me")
    op.drop_column("concern", "visit_id")
    op.execute(
        f"CREATE POLICY related ON concern FOR SELECT TO {APP_ROLE} USING ({SEES_ALL} OR person_id IN ({STAFF_BEFORE}))"
    )
    op.execute(
        f"CREATE POLICY raising ON concern FOR INSERT TO {APP_ROLE} WITH CHECK ({SEES_ALL} OR person_id IN ({RELATED_NOW}))"
    )
    op.drop_constraint(op.f("ck_relationship_only_what_rests_would_end"), "relationship")
    op.drop_column("relationship", "would_end_at")
    op.drop_column("relationship", "pause_id")
    op.drop_table("relationship_pause")


def _create_pauses() -> None:
    op.create_table(
        "relationship_pause",
        sa.Column("id", sa.Uuid(), primary_key=True),
        _reference("relationship_pause", "person_id", "person", nullable=False),
        _reference("relationship_pause", "account_id", "account", nullable=False),
        sa.Column("since", INSTANT, nullable=False),
        sa.Column("until", INSTANT),
        sa.Column("source_type", sa.String(), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("until >= since", name="ends_after_it_begins"),
    )
    op.create_index("ix_relationship_pause_person_id_account_id", "relationship_pause", ["person_id", "account_id"])
    protect_person_rows(op, "relationship_pause", rights="SELECT, INSERT, UPDATE")
    op.add_column("relationship", _reference("relationship", "pause_id", "relationship_pause"))
    op.add_column("relationship", sa.Column("would_end_at", INSTANT))
    op.create_check_constraint(
        "only_what_rests_would_end", "relationship", "would_end_at IS NULL OR pause_id IS NOT NULL"
    )


def _create_alleged() -> None:
    op.create_table(
        "concern_alleged",
        *_of_concern("concern_alleged"),
        sa.Column("kind", sa.String(), nullable=False),
        _reference("concern_alleged", "account_id", "account"),
        _reference("concern_alleged", "organisation_id", "organisation"),
        _reference("concern_alleged", "contact_id", "contact"),
        sa.CheckConstraint("kind IN ('account', 'organisation', 'contact', 'unknown')", name="known_kind"),
        sa.CheckConstraint(
            "(kind = 'account') = (account_id IS NOT NULL) AND (kind = 'organisation') = (organisation_id IS NOT NULL)"
            " AND (kind = 'contact') = (contact_id IS NOT NULL)",
            name="names_what_it_says",
        ),
    )
    _index("concern_alleged")


def _create_steps() -> None:
    op.create_table(
        "concern_step",
        *_of_concern("concern_step"),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("enquiry", sa.Boolean()),
        sa.Column("who", sa.String()),
        sa.Column("due_on", sa.Date()),
        sa.Column("outcome", sa.String()),
        _reference("concern_step", "contact_id", "contact"),
        _reference("concern_step", "answers", "concern_step"),
        sa.Column("number", sa.Integer()),
        sa.CheckConstraint(f"kind IN ({KINDS})", name="known_kind"),
        sa.CheckConstraint("words <> '' OR kind IN ('reminded', 'acknowledged')", name="says_something"),
        sa.CheckConstraint("(kind = 'decided') = (enquiry IS NOT NULL)", name="a_decision_says_yes_or_no"),
        sa.CheckConstraint("(kind IN ('action', 'suspended', 'withheld')) = (due_on IS NOT NULL)", name="has_its_day"),
        sa.CheckConstraint("(kind = 'suspended') = (contact_id IS NOT NULL)", name="a_suspension_names_somebody"),
        sa.CheckConstraint(
            "(kind IN ('done', 'lifted', 'shown')) = (answers IS NOT NULL)", name="an_end_names_what_ends"
        ),
        sa.CheckConstraint("(kind = 'closed') = (outcome IS NOT NULL)", name="a_closing_has_its_outcome"),
        sa.CheckConstraint("(kind = 'reminded') = (number IS NOT NULL)", name="reminders_are_counted"),
        sa.UniqueConstraint("answers", name="uq_concern_step_answers"),
        sa.UniqueConstraint("concern_id", "number", name="uq_concern_step_concern_id_number"),
    )
    _index("concern_step")
    op.create_index(
        "uq_concern_step_once", "concern_step", ["concern_id", "kind"], unique=True,
        postgresql_where=sa.text("kind IN ('acknowledged', 'closed')"),
    )  # fmt: skip


def _hide(table: str, *, concern: str, raised_by_all: bool) -> None:
    """Staff around the person read it, unless it alleges them; family may raise a concern and read none."""
    if table == "concern":
        op.execute("DROP POLICY related ON concern")
        op.execute("DROP POLICY raising ON concern")
    else:
        grant_plain(op, table, rights="SELECT, INSERT")
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        append_only(op, table)
    may_read = f"{SEES_ALL} OR (person_id IN ({STAFF}) AND NOT concern_alleges_me({concern}))"
    may_write = f"{SEES_ALL} OR person_id IN ({RELATED_NOW})" if raised_by_all else may_read
    op.execute(f"CREATE POLICY related ON {table} FOR SELECT TO {APP_ROLE} USING ({may_read})")
    op.execute(f"CREATE POLICY raising ON {table} FOR INSERT TO {APP_ROLE} WITH CHECK ({may_write})")


def _of_concern(table: str) -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("id", sa.Uuid(), primary_key=True),
        _reference(table, "concern_id", "concern", nullable=False),
        _reference(table, "person_id", "person", nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
    )


def _index(table: str) -> None:
    for column in ("concern_id", "person_id"):
        op.create_index(f"ix_{table}_{column}", table, [column])


def _reference(table: str, column: str, to: str, *, nullable: bool = True) -> sa.Column[object]:
    key = sa.ForeignKey(f"{to}.id", name=f"fk_{table}_{column}_{to}")
    return sa.Column(column, sa.Uuid(), key, nullable=nullable)
