"""Whether the ledger adds up: each rule is one statement over all banks; what it finds is a fault with its place."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text

from careplan.db import db
from careplan.hours.domain.ledger import Account
from careplan.hours.queries import FOLD


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that does not add up: which rule, in which bank, and the figures."""

    rule: str
    bank_id: UUID
    detail: str


_DIFFERS = " OR ".join(f"b.{a.value} <> coalesce(f.{a.value}, 0)" for a in Account)
_SAID = " || ' ' || ".join(f"'{a.value} ' || b.{a.value} || '/' || coalesce(f.{a.value}, 0)" for a in Account)

# Made of fixed words of ours alone: nothing that anybody typed reaches these statements.
_RULES = {
    "a balance is the fold of its bank's entries": f"""
        WITH f AS (SELECT bank_id, {FOLD} FROM hour_entry GROUP BY bank_id)
        SELECT b.bank_id, {_SAID} FROM hour_balance b LEFT JOIN f USING (bank_id) WHERE {_DIFFERS}
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
    "a closed bank holds nothing but contingency that waits for a decision": """
        SELECT h.id, 'bank ' || b.bank || ', reserved ' || b.reserved || ', contingency ' || b.contingency
            || ', of it asked for ' || coalesce(sum(c.minutes), 0)
        FROM hour_bank h JOIN hour_balance b ON b.bank_id = h.id
        LEFT JOIN contingency_draw c ON c.bank_id = h.id AND c.decision IS NULL
        WHERE h.closed_at IS NOT NULL
        GROUP BY h.id, b.bank_id
        HAVING b.bank + b.reserved <> 0 OR b.contingency > coalesce(sum(c.minutes), 0)
    """,
    "a bank is closed exactly where it has a statement": """
        SELECT h.id, CASE WHEN h.closed_at IS NULL THEN 'open, with a statement' ELSE 'closed, without one' END
        FROM hour_bank h
        WHERE (h.closed_at IS NOT NULL) <> EXISTS (SELECT FROM hour_statement s WHERE s.bank_id = h.id)
    """,
    "the last statement says what the ledger comes to": """
        WITH s AS (
            SELECT DISTINCT ON (bank_id) * FROM hour_statement ORDER BY bank_id, version DESC
        ), f AS (
            SELECT e.bank_id, count(*) AS entries,
                sum(CASE WHEN (e.from_account, e.to_account) = ('bank', 'delivered') THEN e.minutes
                         WHEN (e.from_account, e.to_account) = ('delivered', 'bank') THEN -e.minutes ELSE 0 END)
                    AS from_bank
            FROM hour_entry e WHERE e.bank_id IN (SELECT bank_id FROM s) GROUP BY e.bank_id
        )
        SELECT s.bank_id, 'statement ' || s.version || ': delivered ' || s.delivered || '/' || b.delivered
            || ', from the bank ' || s.from_bank || '/' || coalesce(f.from_bank, 0)
            || ', lines ' || s.entries || '/' || coalesce(f.entries, 0)
        FROM s JOIN hour_balance b USING (bank_id) LEFT JOIN f USING (bank_id)
        WHERE (s.delivered, s.from_bank, s.entries, s.granted + s.topped_up + s.carried_in)
            IS DISTINCT FROM (b.delivered::int, coalesce(f.from_bank, 0)::int, coalesce(f.entries, 0)::int,
                s.from_bank + s.carried_out + s.expired)
    """,
    "what came into a period is what the one before carried on, or could not be taken back": """
        WITH s AS (
            SELECT DISTINCT ON (bank_id) bank_id, carried_out FROM hour_statement ORDER BY bank_id, version DESC
        ), came AS (
            SELECT bank_id, cause_id, sum(CASE from_account WHEN 'source' THEN minutes ELSE -minutes END) AS minutes
            FROM hour_entry WHERE cause = 'period' AND kind = 'carry_in' GROUP BY bank_id, cause_id
        ), left_in AS (
            SELECT bank_id, cause_id, sum(minutes) AS minutes FROM reduction_not_taken
            WHERE cause = 'period' GROUP BY bank_id, cause_id
        )
        SELECT h.id, 'carried on ' || s.carried_out || ', came in ' || coalesce(c.minutes, 0)
            || ', not taken back ' || coalesce(l.minutes, 0)
        FROM hour_bank h JOIN s ON s.bank_id = h.id
        LEFT JOIN came c ON c.cause_id = h.id LEFT JOIN left_in l ON l.cause_id = h.id
        WHERE coalesce(c.minutes, 0) NOT BETWEEN s.carried_out AND s.carried_out + coalesce(l.minutes, 0)
    """,
    "a decision moves as many minutes as it says": """
        SELECT d.bank_id, d.kind || ' ' || d.id || ' of ' || d.minutes || ' moved ' || coalesce(sum(e.minutes), 0)
        FROM hour_decision d
        LEFT JOIN hour_entry e ON e.cause = 'decision' AND e.cause_id = d.id AND e.bank_id = d.bank_id
        GROUP BY d.id HAVING coalesce(sum(e.minutes), 0) <> d.minutes
    """,
    "pauses give back no more than they withheld": """
        SELECT bank_id, 'week ' || week || ': ' || sum(CASE from_account WHEN 'source' THEN minutes ELSE -minutes END)
        FROM hour_entry WHERE cause = 'pause' GROUP BY bank_id, week
        HAVING sum(CASE from_account WHEN 'source' THEN minutes ELSE -minutes END) > 0
    """,
    "a change of hours gives or takes no more than it says": """
        SELECT e.bank_id, 'change ' || a.id || ' of ' || a.minutes || ' moved '
            || sum(CASE e.from_account WHEN 'source' THEN e.minutes ELSE -e.minutes END)
        FROM hour_entry e JOIN hour_adjustment a ON a.id = e.cause_id WHERE e.cause = 'adjustment'
        GROUP BY e.bank_id, a.id
        HAVING sum(CASE e.from_account WHEN 'source' THEN e.minutes ELSE -e.minutes END)
            NOT BETWEEN least(a.minutes, 0) AND greatest(a.minutes, 0)
    """,
}


def check_ledger() -> list[Fault]:
    """Every fault in every bank; none means that all minutes are accounted for. Reads only."""
    return [
        Fault(rule, bank_id, detail)
        for rule, statement in _RULES.items()
        for bank_id, detail in db.session.execute(text(statement))
    ]
