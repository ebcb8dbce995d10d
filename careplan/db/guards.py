"""What migrations lay over tables: grants, the second lock on rows, and the refusal to change what was recorded."""

from typing import Protocol

APP_ROLE = "careplan_app"


class Operations(Protocol):
    """As much of Alembic's operations as is needed here."""

    def execute(self, sqltext: str) -> None: ...


# Who is related to a person now. A statement evaluates it once, for it depends on the transaction's settings alone.
# Now is when the statement starts: what opens a record and the record's first row are written in one transaction, by
# an instant read after that began. The minute is for a web server whose clock runs ahead; the policy judges exactly.
RELATED_NOW = """
    SELECT r.person_id FROM relationship r
    WHERE r.since <= statement_timestamp() + interval '1 minute'
      AND (r.until IS NULL OR r.until > statement_timestamp())
      AND (r.account_id = (SELECT NULLIF(current_setting('careplan.account', true), '')::uuid)
        OR r.organisation_id = (SELECT NULLIF(current_setting('careplan.organisation', true), '')::uuid)
        OR r.organisation_id = (SELECT NULLIF(current_setting('careplan.team', true), '')::uuid))
"""
MY_ACCOUNT = "(SELECT NULLIF(current_setting('careplan.account', true), '')::uuid)"
MY_TEAM = "(SELECT NULLIF(current_setting('careplan.team', true), '')::uuid)"
MY_ORGANISATION = "(SELECT NULLIF(current_setting('careplan.organisation', true), '')::uuid)"
# Those who pay and charge for a whole council; no single person's record is opened to them.
OF_FINANCE = """
    (SELECT NULLIF(current_setting('careplan.account', true), '')::uuid)
        IN (SELECT a.id FROM account a WHERE a.role IN ('finance_officer', 'commissioner'))
"""
SEES_ALL = "(SELECT current_setting('careplan.sees_all', true) = 'on')"


def grant_plain(op: Operations, table: str, *, rights: str = "SELECT, INSERT, UPDATE, DELETE") -> None:
    """The application role may use the table; it owns nothing."""
    op.execute(f"GRANT {rights} ON {table} TO {APP_ROLE}")


def protect_person_rows(
    op: Operations,
    table: str,
    *,
    column: str = "person_id",
    rights: str = "SELECT, INSERT, UPDATE, DELETE",
    also: str | None = None,
) -> None:
    """Grants, and row-level security: only rows of people to whom the transaction's actor is related show.

    `also` is a condition on the row itself that shows it without a relationship, such as being addressed to the actor.
    """
    related = f"{column} IN ({RELATED_NOW})"
    protect_rows(op, table, rule=f"{related} OR {also}" if also else related, rights=rights)


def protect_rows(op: Operations, table: str, *, rule: str, rights: str = "SELECT, INSERT, UPDATE, DELETE") -> None:
    """Grants, and row-level security by a condition of the table's own."""
    grant_plain(op, table, rights=rights)
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    whole = f"{SEES_ALL} OR {rule}"
    op.execute(f"CREATE POLICY related ON {table} USING ({whole}) WITH CHECK ({whole})")


def append_only(op: Operations, table: str) -> None:
    """The database itself refuses UPDATE, DELETE and TRUNCATE."""
    op.execute(
        f"CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    op.execute(
        f"CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )


CREATE_REFUSE_CHANGE = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% on % is refused: what was recorded stays', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END
$$
"""
