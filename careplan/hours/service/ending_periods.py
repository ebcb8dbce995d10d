"""The end of a period, for as many banks at once as one likes; all of them must be locked.

In this order: what was set aside comes back; which visits the bank paid for is derived anew; what is left is carried on
or ends; and a statement says what the bank came to.
"""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import text

from careplan.db import db
from careplan.hours.service.mass_posting import COUNTED, post_all
from careplan.hours.service.posting import By

LATE_DAYS = 7


def end_periods(bank_ids: Collection[UUID], by: By) -> None:
    """Ends the periods of these banks and states what they came to, as the next version of each bank's statement."""
    banks = list(bank_ids)
    _release(banks, by)
    fund_in_order(banks, by)
    _carry_or_expire(banks, by)
    _state(banks, by)


def reopen_periods(bank_ids: Collection[UUID], by: By) -> None:
    """Takes back what the end of the period did with what was left, so that it can be done anew."""
    post_all(
        """
        SELECT e.bank_id, e.person_id, 'reverse', e.to_account, e.from_account, e.minutes, 'entry', e.id, 0, e.week,
            e.happened_on, e.visit_id, e.record_id, e.id
        FROM hour_entry e
        WHERE e.bank_id = ANY(:banks) AND e.cause = 'period' AND e.kind IN ('expire', 'carry_out')
          AND NOT EXISTS (SELECT FROM hour_entry r WHERE r.reverses = e.id)
        """,
        by,
        banks=list(bank_ids),
    )


def _release(banks: list[UUID], by: By) -> None:
    """Nothing planned in a period that is over is still to come."""
    post_all(
        """
        SELECT r.bank_id, r.person_id, 'release', 'reserved', 'bank', r.reserved, 'visit', r.visit_id,
            (SELECT count(*) FROM hour_entry e WHERE e.bank_id = r.bank_id AND e.cause = 'visit'
                AND e.cause_id = r.visit_id AND e.kind = 'release')::int,
            (r.starts_on - h.starts_on) / 7 + 1, r.starts_on, r.visit_id, NULL::uuid, NULL::uuid
        FROM hour_reservation r JOIN hour_bank h ON h.id = r.bank_id
        WHERE r.bank_id = ANY(:banks)
        """,
        by,
        banks=banks,
    )
    db.session.execute(
        text("UPDATE hour_reservation SET minutes = 0, reserved = 0 WHERE bank_id = ANY(:banks) AND minutes > 0"),
        {"banks": banks},
    )


# What each visit may have from its bank, in the order of the visits' start, then id; contingency that was agreed for a
# visit and time that a provider took on stand as people decided.
_IN_ORDER = """
    WITH delivered AS (
        SELECT bank_id, group_id, sum(minutes) AS minutes,
            min(coalesce(starts_at, starts_on::timestamp AT TIME ZONE 'Europe/London')) AS starts_at
        FROM hour_delivery WHERE bank_id = ANY(:banks) AND reversed_at IS NULL GROUP BY bank_id, group_id
    ), drawn AS (
        SELECT bank_id, coalesce(visit_id, record_id) AS group_id,
            sum(CASE WHEN (from_account, to_account) = ('bank', 'delivered') THEN minutes
                     WHEN (from_account, to_account) = ('delivered', 'bank') THEN -minutes ELSE 0 END) AS minutes
        FROM hour_entry WHERE bank_id = ANY(:banks) AND record_id IS NOT NULL GROUP BY 1, 2
    ), decided AS (
        SELECT visit_id AS group_id,
            sum(CASE WHEN (from_account, to_account) = ('contingency', 'delivered') THEN minutes
                     WHEN (from_account, to_account) = ('delivered', 'contingency') THEN -minutes ELSE 0 END) AS ahead,
            sum(CASE WHEN to_account = 'unfunded' AND from_account <> 'delivered' THEN minutes
                     WHEN from_account = 'unfunded' AND to_account <> 'delivered' THEN -minutes ELSE 0 END) AS covered
        FROM hour_entry WHERE visit_id IN (SELECT group_id FROM delivered) GROUP BY visit_id
    ), wanted AS (
        SELECT d.bank_id, d.group_id, d.starts_at,
            greatest(d.minutes - coalesce(c.ahead, 0), 0) AS whole,
            greatest(d.minutes - coalesce(c.ahead, 0) - greatest(coalesce(c.covered, 0), 0), 0) AS most,
            coalesce(w.minutes, 0) AS has
        FROM delivered d LEFT JOIN drawn w USING (bank_id, group_id) LEFT JOIN decided c USING (group_id)
    ), queued AS (
        SELECT w.*, b.bank + sum(has) OVER (PARTITION BY bank_id)
            - (sum(most) OVER (PARTITION BY bank_id ORDER BY starts_at, group_id) - most) AS there
        FROM wanted w JOIN hour_balance b USING (bank_id)
    ), given AS (
        SELECT bank_id, group_id, whole, has, least(greatest(there, 0), most) AS gives FROM queued
    )
    SELECT bank_id, group_id, whole::int, gives::int FROM given WHERE gives <> has
"""

def fund_in_order(banks: Collection[UUID], by: By) -> None:
    """Which visits the banks paid for, derived anew: by reversing what differs and posting it again."""
    changed = db.session.execute(text(_IN_ORDER), {"banks": list(banks)}).all()
    if not changed:
        return
    anew = {
        "of_bank": [c.bank_id for c in changed],
        "groups": [c.group_id for c in changed],
        "whole": [c.whole for c in changed],
        "gives": [c.gives for c in changed],
    }
    post_all(
        """
        SELECT e.bank_id, e.person_id, 'reverse', e.to_account, e.from_account, e.minutes, 'entry', e.id, 0, e.week,
            e.happened_on, e.visit_id, e.record_id, e.id
        FROM unnest(CAST(:of_bank AS uuid[]), CAST(:groups AS uuid[])) AS n (bank_id, group_id)
        JOIN hour_entry e ON e.bank_id = n.bank_id AND e.record_id IS NOT NULL
            AND coalesce(e.visit_id, e.record_id) = n.group_id AND e.kind IN ('draw', 'draw_unfunded')
        WHERE NOT EXISTS (SELECT FROM hour_entry r WHERE r.reverses = e.id)
        """,
        by,
        of_bank=anew["of_bank"],
        groups=anew["groups"],
    )
    post_all(
        """
        SELECT n.bank_id, d.person_id, k.kind, k.source, 'delivered', k.minutes, 'record', d.record_id,
            (SELECT count(*) FROM hour_entry e WHERE e.bank_id = n.bank_id AND e.cause = 'record'
                AND e.cause_id = d.record_id AND e.kind = k.kind)::int,
            (d.starts_on - h.starts_on) / 7 + 1, d.starts_on, d.visit_id, d.record_id, NULL::uuid
        FROM unnest(CAST(:of_bank AS uuid[]), CAST(:groups AS uuid[]), CAST(:whole AS int[]), CAST(:gives AS int[]))
            AS n (bank_id, group_id, whole, gives)
        JOIN hour_bank h ON h.id = n.bank_id
        JOIN LATERAL (
            SELECT * FROM hour_delivery d WHERE d.bank_id = n.bank_id AND d.group_id = n.group_id
                AND d.reversed_at IS NULL ORDER BY d.received_at DESC, d.record_id DESC LIMIT 1
        ) d ON true
        CROSS JOIN LATERAL (VALUES ('draw', 'bank', n.gives), ('draw_unfunded', 'unfunded', n.whole - n.gives))
            AS k (kind, source, minutes)
        """,
        by,
        **anew,
    )


# The same decisions as `domain.closing` makes; a test holds them together.
_AT_END = f"""
    WITH counted AS ({COUNTED}), f AS (
        SELECT bank_id,
            coalesce(sum(minutes) FILTER (WHERE from_account = 'source' AND to_account = 'bank'
                AND kind IN ('allocate', 'adjust')), 0)
            - coalesce(sum(minutes) FILTER (WHERE from_account = 'bank' AND to_account = 'source'
                AND kind = 'adjust'), 0) AS granted,
            coalesce(sum(CASE from_account WHEN 'source' THEN minutes ELSE -minutes END)
                FILTER (WHERE kind = 'carry_in'), 0) AS carried_in,
            coalesce(sum(minutes) FILTER (WHERE kind = 'draw'), 0) AS from_bank
        FROM counted GROUP BY bank_id
    ), said AS (
        SELECT h.id AS bank_id, h.person_id, b.bank, coalesce(f.granted, 0) AS granted,
            greatest(b.contingency - coalesce(q.minutes, 0), 0) AS contingency,
            coalesce(f.carried_in, 0) AS carried_in, coalesce(f.from_bank, 0) AS from_bank,
            least(coalesce(p.earmarked, 0), coalesce(f.carried_in, 0)) AS earmarked_in,
            least(b.bank, coalesce(m.minutes, 0)) AS kept,
            t.terms -> 'carry_over' ->> 'rule' AS rule, (t.terms -> 'carry_over' ->> 'cap')::bigint AS cap,
            n.id IS NOT NULL AS goes_on
        FROM hour_bank h
        JOIN hour_balance b ON b.bank_id = h.id
        LEFT JOIN f ON f.bank_id = h.id
        LEFT JOIN LATERAL (
            SELECT sum(d.minutes) AS minutes FROM contingency_draw d WHERE d.bank_id = h.id AND d.decision IS NULL
        ) q ON true
        LEFT JOIN hour_bank n ON (n.plan_id, n.funder, n.period_number) = (h.plan_id, h.funder, h.period_number + 1)
        LEFT JOIN LATERAL (
            SELECT terms FROM hour_terms WHERE plan_id = h.plan_id AND withdrawn_at IS NULL
                AND takes_effect_on <= h.ends_on ORDER BY version_number DESC LIMIT 1
        ) t ON true
        LEFT JOIN LATERAL (
            SELECT s.earmarked FROM hour_bank w JOIN hour_statement s ON s.bank_id = w.id
            WHERE (w.plan_id, w.funder, w.period_number) = (h.plan_id, h.funder, h.period_number - 1)
            ORDER BY s.version DESC LIMIT 1
        ) p ON true
        LEFT JOIN LATERAL (
            SELECT sum(e.minutes) AS minutes FROM hour_earmark e
            WHERE e.plan_id = h.plan_id AND e.funder = h.funder AND e.until > h.ends_on
              AND e.made_on <= h.ends_on + {LATE_DAYS}
              AND (e.ended_on IS NULL OR e.ended_on > h.ends_on + {LATE_DAYS})
        ) m ON true
        WHERE h.id = ANY(:banks)
    ), aged AS (
        SELECT *, CASE WHEN goes_on THEN kept ELSE 0 END AS earmarked,
            CASE WHEN NOT goes_on THEN 0 ELSE least(
                bank - kept - least(greatest(carried_in - earmarked_in - from_bank, 0), bank - kept),
                CASE rule WHEN 'minutes' THEN cap WHEN 'percent' THEN granted * cap / 100 ELSE 0 END
            ) END AS fresh
        FROM said
    ), split AS (
        SELECT *, fresh + earmarked AS carried, bank - fresh - earmarked AS ends,
            (SELECT count(*) FROM hour_statement s WHERE s.bank_id = aged.bank_id)::int + 1 AS version
        FROM aged
    )
"""  # noqa: S608  made of fixed words of ours alone


def _carry_or_expire(banks: list[UUID], by: By) -> None:
    """What is left goes to the next period as far as the plan lets it, and ends as to the rest.

    Contingency ends too, but for what somebody has asked for and nobody has decided.
    """
    post_all(
        f"""
        {_AT_END}
        SELECT bank_id, person_id, k.kind, k.source, k.target, k.minutes::int, 'period', bank_id, k.part, NULL::int,
            NULL::date, NULL::uuid, NULL::uuid, NULL::uuid
        FROM split CROSS JOIN LATERAL (VALUES
            ('carry_out', 'bank', 'source', carried - earmarked, version * 2),
            ('carry_out', 'bank', 'source', earmarked, version * 2 + 1),
            ('expire', 'bank', 'expired', ends, version * 2),
            ('expire', 'contingency', 'expired', contingency, version * 2 + 1)
        ) AS k (kind, source, target, minutes, part)
        """,  # noqa: S608  see above
        by,
        banks=banks,
    )


def _state(banks: list[UUID], by: By) -> None:
    """What the banks came to, and that they are closed."""
    moved = "coalesce(sum(c.minutes) FILTER (WHERE {}), 0)"
    way = "c.from_account = '{}' AND c.to_account = '{}'".format
    granted = moved.format(way("source", "bank") + " AND c.kind IN ('allocate', 'adjust')")
    cut = moved.format(way("bank", "source") + " AND c.kind = 'adjust'")
    statement = f"""
        WITH c AS ({COUNTED})
        INSERT INTO hour_statement (bank_id, version, person_id, granted, topped_up, carried_in, carried_out, earmarked,
            delivered, from_bank, from_contingency, unfunded, absorbed, expired, contingency_granted, entries,
            stated_at, stated_by)
        SELECT h.id, (SELECT count(*) FROM hour_statement s WHERE s.bank_id = h.id) + 1, h.person_id,
            {granted} - {cut},
            {moved.format("c.kind = 'top_up'")},
            {moved.format("c.kind = 'carry_in' AND c.from_account = 'source'")}
                - {moved.format("c.kind = 'carry_in' AND c.from_account = 'bank'")},
            {moved.format("c.kind = 'carry_out'")},
            coalesce((SELECT sum(e.minutes) FROM hour_entry e WHERE e.bank_id = h.id AND e.kind = 'carry_out'
                AND e.cause = 'period' AND e.part % 2 = 1
                AND NOT EXISTS (SELECT FROM hour_entry r WHERE r.reverses = e.id)), 0),
            b.delivered, {moved.format(way("bank", "delivered"))},
            {moved.format("c.kind = 'contingency_draw'")}, greatest(-b.unfunded, 0), -b.written_off,
            {moved.format(way("bank", "expired"))},
            {moved.format("c.kind = 'allocate' AND c.to_account = 'contingency'")}
                - {moved.format("c.kind = 'adjust' AND c.from_account = 'contingency'")},
            count(c.bank_id), :now, :account
        FROM hour_bank h JOIN hour_balance b ON b.bank_id = h.id LEFT JOIN c ON c.bank_id = h.id
        WHERE h.id = ANY(:banks)
        GROUP BY h.id, b.bank_id
    """  # noqa: S608  made of fixed words of ours alone
    db.session.execute(text(statement), {"banks": banks, "now": by.now, "account": by.account_id})
    db.session.execute(
        text("UPDATE hour_bank SET closed_at = coalesce(closed_at, :now) WHERE id = ANY(:banks)"),
        {"banks": banks, "now": by.now},
    )
