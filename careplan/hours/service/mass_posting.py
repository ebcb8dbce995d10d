"""Many moves in one statement: the entries and the balances that they move, for what happens to many banks at once.

The banks must be locked. What an account may not hold is refused by the table's own checks, and nothing is posted.
"""

from typing import Any, LiteralString

from sqlalchemy import text

from careplan.db import db
from careplan.hours.domain.ledger import Account
from careplan.hours.queries import FOLD
from careplan.hours.service.posting import By

_COLUMNS = (
    "bank_id, person_id, kind, from_account, to_account, minutes, cause, cause_id, part, week, happened_on, visit_id,"
    " record_id, reverses"
)
_MOVED = ", ".join(f"{a.value} = b.{a.value} + f.{a.value}" for a in Account)


def post_all(moves: LiteralString, by: By, **values: Any) -> None:
    """Posts every row that a statement of ours finds, in the order of its columns: those of an entry between its id
    and who posted it. Rows without minutes are left out."""
    # Made of fixed words of ours alone: nothing that anybody typed reaches this statement but as a value.
    statement = f"""
        WITH moves ({_COLUMNS}) AS ({moves}),
        posted AS (
            INSERT INTO hour_entry (id, {_COLUMNS}, posted_at, posted_by)
            SELECT uuidv7(), {_COLUMNS}, :now, :account FROM moves WHERE minutes > 0
            RETURNING bank_id, from_account, to_account, minutes
        ),
        f AS (SELECT bank_id, {FOLD} FROM posted GROUP BY bank_id)
        UPDATE hour_balance b SET {_MOVED} FROM f WHERE f.bank_id = b.bank_id
    """  # noqa: S608  see above
    db.session.execute(text(statement), {"now": by.now, "account": by.account_id, **values})


# Each line of banks as it counts: what takes another back counts against it, in that other's own way.
COUNTED: LiteralString = """
    SELECT e.bank_id, coalesce(o.kind, e.kind) AS kind, coalesce(o.from_account, e.from_account) AS from_account,
        coalesce(o.to_account, e.to_account) AS to_account,
        CASE WHEN o.id IS NULL THEN e.minutes ELSE -e.minutes END AS minutes
    FROM hour_entry e LEFT JOIN hour_entry o ON o.id = e.reverses
    WHERE e.bank_id = ANY(:banks)
"""
