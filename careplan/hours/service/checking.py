"""Whether the ledger adds up: each rule is one statement over all banks; what it finds is a fault with its place."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text

from careplan.db import db
from careplan.hours.domain.ledger import Account


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that does not add up: which rule, in which bank, and the figures."""

    rule: str
    bank_id: UUID
    detail: str


_FOLD = " OR ".join(f"b.{a.value} <> coalesce(f.{a.value}, 0)" for a in Account)
_FOLDED = ", ".join(
    f"sum(minutes * ((to_account = '{a.value}')::int - (from_account = '{a.value}')::int)) AS {a.value}"
    for a in Account
)
_SAID = " || ' ' || ".join(f"'{a.value} ' || b.{a.value} || '/' || coalesce(f.{a.value}, 0)" for a in Account)

# Made of fixed words of ours alone: nothing that anybody typed reaches these statements.
_RULES = {
    "a balance is the fold of its bank's entries": f"""
        WITH f AS (SELECT bank_id, {_FOLDED} FROM hour_entry GROUP BY bank_id)
        SELECT b.bank_id, {_SAID} FROM hour_balance b LEFT JOIN f USING (bank_id) WHERE {_FOLD}
    """,  # noqa: S608  see above
    "every bank has its balance": """
        SELECT h.id, 'none' FROM hour_bank h LEFT JOIN hour_balance b ON b.bank_id = h.id WHERE b.bank_id IS NULL
    """,
    "reserved minutes are those of planned visits": """
        SELECT b.bank_id, 'reserved ' || b.reserved || ', planned visits hold ' || coalesce(sum(r.reserved), 0)
        FROM hour_balance b LEFT JOIN hour_reservation r ON r.bank_id = b.bank_id
        GROUP BY b.bank_id, b.reserved HAVING b.reserved <> coalesce(sum(r.reserved), 0)
    """,
    "a delivered visit's minutes are its draws, its contingency and what is unfunded": """
        WITH delivered AS (
            SELECT bank_id, group_id, sum(minutes) FILTER (WHERE reversed_at IS NULL) AS minutes
            FROM hour_delivery GROUP BY bank_id, group_id
        ), drawn AS (
            SELECT bank_id, coalesce(visit_id, record_id) AS group_id,
                sum(CASE WHEN to_account = 'delivered' THEN minutes
                         WHEN from_account = 'delivered' THEN -minutes ELSE 0 END) AS minutes
            FROM hour_entry WHERE record_id IS NOT NULL GROUP BY 1, 2
        ), ahead AS (
            SELECT visit_id AS group_id,
                sum(CASE WHEN to_account = 'delivered' THEN minutes ELSE -minutes END) AS minutes
            FROM hour_entry
            WHERE visit_id IS NOT NULL
              AND (from_account, to_account) IN (('contingency', 'delivered'), ('delivered', 'contingency'))
            GROUP BY visit_id
        )
        SELECT d.bank_id, 'visit ' || d.group_id || ' delivered ' || coalesce(d.minutes, 0)
            || ', drawn ' || coalesce(w.minutes, 0) || ', contingency ' || coalesce(a.minutes, 0)
        FROM delivered d LEFT JOIN drawn w USING (bank_id, group_id) LEFT JOIN ahead a USING (group_id)
        WHERE coalesce(w.minutes, 0) <> greatest(coalesce(d.minutes, 0) - coalesce(a.minutes, 0), 0)
    """,
    "no more contingency is spent than was approved": """
        SELECT c.bank_id, 'draw ' || c.id || ' of ' || c.minutes || ' spent ' || coalesce(sum(e.minutes), 0)
        FROM contingency_draw c
        LEFT JOIN hour_entry e ON e.cause = 'draw' AND e.cause_id = c.id AND e.bank_id = c.bank_id
        GROUP BY c.id, c.bank_id, c.minutes, c.decision
        HAVING coalesce(sum(e.minutes), 0) <> CASE WHEN c.decision = 'approved' THEN c.minutes ELSE 0 END
    """,
}


def check_ledger() -> list[Fault]:
    """Every fault in every bank; none means that all minutes are accounted for. Reads only."""
    return [
        Fault(rule, bank_id, detail)
        for rule, statement in _RULES.items()
        for bank_id, detail in db.session.execute(text(statement))
    ]
