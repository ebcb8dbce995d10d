"""Closing periods seven days after their last day, many at once; what is carried on goes to the next period."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import text

from careplan.access.domain.actor import SYSTEM
from careplan.db import db
from careplan.hours import queries
from careplan.hours.domain.view import DAYS_UNTIL_CLOSE
from careplan.hours.service.ending_periods import end_periods
from careplan.hours.service.mass_posting import post_all
from careplan.hours.service.opening import Where, bank_at
from careplan.hours.service.posting import By, lock
from careplan.kernel.clock import local_date

AT_ONCE = 500


def close_due_periods(*, now: datetime, at_once: int = AT_ONCE) -> int:
    """Closes as many banks as are due, at most so many, the oldest first; says how many. None: nothing is due.

    Each call is whole in itself: stopped between two calls, it goes on where it was, and run twice it does nothing
    more. A bank waits for the periods before it.
    """
    today = local_date(now)
    by = By(SYSTEM.account_id, now)
    due = _due(today, at_once)
    if not due:
        return 0
    _prepare(due, by)
    lock([*due, *_following(due)])
    banks = _still_open(due)
    end_periods(banks, by)
    _carry_in(banks, by)
    return len(banks)


def _due(today: date, at_once: int) -> list[UUID]:
    query = text("""
        SELECT h.id FROM hour_bank h
        WHERE h.closed_at IS NULL AND h.period_number >= 0 AND h.ends_on < :before
          AND NOT EXISTS (
            SELECT FROM hour_bank w WHERE w.plan_id = h.plan_id AND w.funder = h.funder AND w.closed_at IS NULL
                AND w.period_number >= 0 AND w.period_number < h.period_number
          )
        ORDER BY h.ends_on, h.id LIMIT :at_once
    """)
    before = today - timedelta(days=DAYS_UNTIL_CLOSE)
    return list(db.session.scalars(query, {"before": before, "at_once": at_once}))


def _prepare(due: Sequence[UUID], by: By) -> None:
    """What is left of a bank needs one to go to, also where its funder pays no more or nobody opened the period."""
    alone = text("""
        SELECT h.id FROM hour_bank h JOIN hour_balance b ON b.bank_id = h.id
        WHERE h.id = ANY(:banks) AND b.bank + b.reserved > 0
          AND NOT EXISTS (SELECT FROM hour_bank n
            WHERE (n.plan_id, n.funder, n.period_number) = (h.plan_id, h.funder, h.period_number + 1))
          AND NOT EXISTS (SELECT FROM hour_service_end s WHERE s.plan_id = h.plan_id AND s.last_day <= h.ends_on)
        ORDER BY h.plan_id, h.id
    """)
    for bank_id in db.session.scalars(alone, {"banks": list(due)}).all():
        bank = queries.get_bank_by_id(bank_id=bank_id)
        assert bank.period is not None  # noqa: S101  only periods are due
        bank_at(Where(bank.plan_id, bank.person_id, bank.funder, bank.period.ends_on + timedelta(days=1)), by)


def _following(due: Sequence[UUID]) -> list[UUID]:
    query = text("""
        SELECT n.id FROM hour_bank h
        JOIN hour_bank n ON (n.plan_id, n.funder, n.period_number) = (h.plan_id, h.funder, h.period_number + 1)
        WHERE h.id = ANY(:banks)
    """)
    return list(db.session.scalars(query, {"banks": list(due)}))


def _still_open(due: Sequence[UUID]) -> list[UUID]:
    """Those that nobody else has closed while we waited for the lock."""
    query = text("SELECT id FROM hour_bank WHERE id = ANY(:banks) AND closed_at IS NULL")
    return list(db.session.scalars(query, {"banks": list(due)}))


def _carry_in(banks: Sequence[UUID], by: By) -> None:
    """What these periods carried out comes into the next, one line for each, citing the period that it comes from."""
    post_all(
        """
        SELECT n.id, n.person_id, 'carry_in', 'source', 'bank', sum(e.minutes)::int, 'period', h.id, 1, NULL::int,
            NULL::date, NULL::uuid, NULL::uuid, NULL::uuid
        FROM hour_bank h
        JOIN hour_bank n ON (n.plan_id, n.funder, n.period_number) = (h.plan_id, h.funder, h.period_number + 1)
        JOIN hour_entry e ON e.bank_id = h.id AND e.cause = 'period' AND e.kind = 'carry_out'
        WHERE h.id = ANY(:banks) AND NOT EXISTS (SELECT FROM hour_entry r WHERE r.reverses = e.id)
        GROUP BY n.id, h.id
        """,
        by,
        banks=list(banks),
    )
