"""Many moves in one statement: the entries and the balances that they move, for what happens to many banks at once.

The banks must be locked. What an account may not hold is refused by the table's own checks, and nothing is posted.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any, LiteralString

import orjson
from sqlalchemy import TextClause, text

from careplan.db import db
from careplan.hours.domain.bank import Bank
from careplan.hours.domain.ledger import Account, checked
from careplan.hours.queries import FOLD
from careplan.hours.service.posting import By, Move
from careplan.kernel.minutes import Minutes

_COLUMNS = (
    "bank_id, person_id, kind, from_account, to_account, minutes, cause, cause_id, part, week, happened_on, visit_id,"
    " record_id, reverses"
)
_MOVED = ", ".join(f"{a.value} = b.{a.value} + f.{a.value}" for a in Account)


def post_all(moves: LiteralString, by: By, **values: Any) -> None:
    """Posts every row that a statement of ours finds, in the order of its columns: those of an entry between its id
    and who posted it. Rows without minutes are left out."""
    db.session.execute(_statement(moves), {"now": by.now, "account": by.account_id, **values})


def post_together(bank: Bank, moves: Sequence[tuple[Move, Minutes]], by: By) -> None:
    """Posts several moves of one bank: exactly these minutes, or nothing of them; a move of none is left out."""
    said = [
        {
            "kind": checked(m.flow).kind, "from_account": m.flow.source, "to_account": m.flow.target,
            "minutes": minutes, "cause": m.cause, "cause_id": m.cause_id, "part": m.part, "week": m.week,
            "happened_on": m.happened_on, "visit_id": m.visit_id, "record_id": m.record_id, "reverses": m.reverses,
        }
        for m, minutes in moves
        if minutes
    ]  # fmt: skip
    if said:
        post_all(_GIVEN, by, bank=bank.id, person=bank.person_id, given=orjson.dumps(said).decode())


@cache
def _statement(moves: LiteralString) -> TextClause:
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
    return text(statement)


_GIVEN: LiteralString = """
    SELECT CAST(:bank AS uuid), CAST(:person AS uuid), given.*
    FROM jsonb_to_recordset(CAST(:given AS jsonb)) AS given (
        kind text, from_account text, to_account text, minutes integer, cause text, cause_id uuid, part smallint,
        week smallint, happened_on date, visit_id uuid, record_id uuid, reverses uuid)
"""
# Each line of banks as it counts: what takes another back counts against it, in that other's own way.
COUNTED: LiteralString = """
    SELECT e.bank_id, coalesce(o.kind, e.kind) AS kind, coalesce(o.from_account, e.from_account) AS from_account,
        coalesce(o.to_account, e.to_account) AS to_account,
        CASE WHEN o.id IS NULL THEN e.minutes ELSE -e.minutes END AS minutes
    FROM hour_entry e LEFT JOIN hour_entry o ON o.id = e.reverses
    WHERE e.bank_id = ANY(:banks)
"""
