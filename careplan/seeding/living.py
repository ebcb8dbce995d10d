"""The visits of an invented council and the ledger's entries for them, made in the database a week at a time.

`seed_call` holds each person's calls of a day; `seed_visit` those of one week, with what became of each.
"""

from datetime import date, timedelta
from typing import Any

import psycopg

from careplan.hours.domain.ledger import Account, Cause, Flow, Kind, checked
from careplan.hours.queries import FOLD

LARGE = ("visit", "visit_worker", "visit_record", "hour_entry", "hour_reservation", "hour_delivery")
DAYS_IN_WEEK = 7
# Of a thousand visits, so many were called off by the person two days before.
CALLED_OFF = 20

CREATE_CALLS = """
    CREATE TEMP TABLE seed_call (
        person_id uuid, plan_id uuid, provider_id uuid, coordinator_id uuid, worker_id uuid,
        service_starts_on date, hour int, minutes int
    )
"""
CREATE_WEEK = """
    CREATE TEMP TABLE seed_visit (
        visit_id uuid, record_id uuid, bank_id uuid, person_id uuid, plan_id uuid, provider_id uuid,
        coordinator_id uuid, worker_id uuid, starts_at timestamptz, ends_at timestamptz, began timestamptz,
        ended timestamptz, day date, week int, minutes int, delivered int, is_past bool, called_off bool
    )
"""


def _id(kind: str, of: str, at: str) -> str:
    """A UUID of version 7 from an instant and a digest, so that the rows of a week lie together, as real ones do."""
    digest = f"md5(%(seed)s || '{kind}' || {of} || ({at})::text)"
    return (
        f"(lpad(to_hex((extract(epoch FROM {at}) * 1000)::bigint), 12, '0') || '7' || substr({digest}, 1, 3)"
        f" || '8' || substr({digest}, 5, 15))::uuid"
    )


_VISIT = _id("visit", "c.person_id || c.hour::text", "t.starts_at")
_RECORD = _id("record", "c.person_id || c.hour::text", "t.starts_at")
# What chance gives a visit: from 0 to 999.
_CHANCE = "(hashtextextended(c.person_id::text || c.hour || d.day, %(seed)s::bigint) & 1023) %% 1000"

FILL_WEEK = f"""
    INSERT INTO seed_visit
    SELECT {_VISIT}, {_RECORD}, b.id, c.person_id, c.plan_id, c.provider_id, c.coordinator_id, c.worker_id,
        t.starts_at, t.starts_at + make_interval(mins => c.minutes),
        t.starts_at + make_interval(mins => x.chance %% 7), t.starts_at + make_interval(mins => x.chance %% 7 + x.stay),
        d.day, (d.day - c.service_starts_on) %% 28 / 7 + 1, c.minutes, x.stay,
        t.starts_at + make_interval(mins => c.minutes + 20) < %(now)s, x.chance < {CALLED_OFF}
    FROM seed_call c
    CROSS JOIN generate_series(%(first)s::date, %(last)s::date, interval '1 day') g(at)
    CROSS JOIN LATERAL (SELECT g.at::date AS day) d
    CROSS JOIN LATERAL (SELECT (d.day + make_time(c.hour, 0, 0)) AT TIME ZONE 'Europe/London' AS starts_at) t
    CROSS JOIN LATERAL (SELECT {_CHANCE} AS chance) r
    CROSS JOIN LATERAL (SELECT r.chance::int AS chance, c.minutes - 8 + (r.chance %% 13)::int AS stay) x
    JOIN hour_bank b ON b.plan_id = c.plan_id AND b.period_number = (d.day - c.service_starts_on) / 28
    WHERE d.day >= c.service_starts_on
"""

_PLANNED_AT = "v.starts_at - interval '7 days'"
_CALLED_OFF_AT = "v.starts_at - interval '2 days'"
_DONE = "v.is_past AND NOT v.called_off"


def _entry(flow: Flow, cause: Cause, *, at: str, of: str) -> str:
    """The entry of one flow for each visit of the week of which something is true."""
    kind, of_record = checked(flow).kind, cause is Cause.RECORD
    return f"""
        INSERT INTO hour_entry (id, bank_id, person_id, kind, from_account, to_account, minutes, cause, cause_id, part,
            week, happened_on, visit_id, record_id, posted_at, posted_by)
        SELECT {_id(kind, "v.visit_id::text", at)}, v.bank_id, v.person_id, '{kind}', '{flow.source}', '{flow.target}',
            {"v.delivered" if of_record else "v.minutes"}, '{cause}', {"v.record_id" if of_record else "v.visit_id"}, 0,
            v.week, v.day, v.visit_id, {"v.record_id" if of_record else "NULL::uuid"}, {at},
            {"v.worker_id" if of_record else "v.coordinator_id"}
        FROM seed_visit v WHERE {of}
    """


RESERVE = Flow(Kind.RESERVE, Account.BANK, Account.RESERVED)
RELEASE = Flow(Kind.RELEASE, Account.RESERVED, Account.BANK)
DRAW = Flow(Kind.DRAW, Account.BANK, Account.DELIVERED)
STEPS = (
    f"""
    INSERT INTO visit (id, person_id, plan_id, provider_id, funder, planned_start, planned_end, workers_needed,
        time_critical, created_by, created_at, cancelled_at, cancelled_by, cancel_reason, cancelled_by_account)
    SELECT v.visit_id, v.person_id, v.plan_id, v.provider_id, 'council', v.starts_at, v.ends_at, 1, false,
        v.coordinator_id, {_PLANNED_AT},
        CASE WHEN v.called_off THEN {_CALLED_OFF_AT} END, CASE WHEN v.called_off THEN 'person' END,
        CASE WHEN v.called_off THEN 'My daughter is here.' END, CASE WHEN v.called_off THEN v.coordinator_id END
    FROM seed_visit v
    """,
    """
    INSERT INTO visit_worker (visit_id, worker_id, person_id) SELECT visit_id, worker_id, person_id FROM seed_visit
    """,
    f"""
    INSERT INTO visit_record (id, visit_id, person_id, plan_id, plan_version, worker_id, provider_id, started_at,
        ended_at, result, note, present, occurred_at, received_at, skew_ms, effective_started_at, effective_ended_at)
    SELECT v.record_id, v.visit_id, v.person_id, v.plan_id, 1, v.worker_id, v.provider_id, v.began, v.ended,
        'completed', 'Washed and dressed, ate well.', '{{}}', v.ended, v.ended + interval '1 minute', 0, v.began,
        v.ended
    FROM seed_visit v WHERE {_DONE}
    """,
    f"""
    INSERT INTO hour_delivery (record_id, bank_id, person_id, visit_id, group_id, starts_on, starts_at, minutes,
        received_at)
    SELECT v.record_id, v.bank_id, v.person_id, v.visit_id, v.visit_id, v.day, v.began, v.delivered,
        v.ended + interval '1 minute'
    FROM seed_visit v WHERE {_DONE}
    """,
    f"""
    INSERT INTO hour_reservation (visit_id, bank_id, person_id, starts_on, minutes, reserved)
    SELECT v.visit_id, v.bank_id, v.person_id, v.day, m.minutes, m.minutes FROM seed_visit v
    CROSS JOIN LATERAL (SELECT CASE WHEN {_DONE} OR v.called_off THEN 0 ELSE v.minutes END AS minutes) m
    """,
    _entry(RESERVE, Cause.VISIT, at=_PLANNED_AT, of="true"),
    _entry(RELEASE, Cause.VISIT, at=_CALLED_OFF_AT, of="v.called_off"),
    _entry(RELEASE, Cause.VISIT, at="v.ended", of=_DONE),
    _entry(DRAW, Cause.RECORD, at="v.ended", of=_DONE),
)
# A worker sees a person from the day before the first visit of a stay until the day after the last.
OPEN_ROUNDS = f"""
    INSERT INTO relationship (id, person_id, kind, account_id, since, until, source_type, source_id)
    SELECT {_id("round", "c.person_id || c.worker_id::text", "%(since)s::timestamptz")}, c.person_id, 'round',
        c.worker_id, %(since)s, %(until)s, 'visit', c.plan_id
    FROM (SELECT DISTINCT person_id, worker_id, plan_id FROM seed_call) c
"""
BALANCES = f"""
    UPDATE hour_balance b SET {", ".join(f"{a} = f.{a}" for a in Account)}
    FROM (SELECT bank_id, {FOLD} FROM hour_entry GROUP BY bank_id) f WHERE f.bank_id = b.bank_id
"""


def live(connection: psycopg.Connection[Any], *, first: date, last: date, values: dict[str, Any]) -> int:
    """Makes the visits from one day to another, both included; says how many. `seed_call` must be filled."""
    connection.execute(CREATE_WEEK)
    made, day = 0, first
    while day <= last:
        until = min(day + timedelta(days=DAYS_IN_WEEK - 1), last)
        connection.execute("TRUNCATE seed_visit")
        made += connection.execute(FILL_WEEK, {**values, "first": day, "last": until}).rowcount
        for step in STEPS:
            connection.execute(step, values)
        day = until + timedelta(days=1)
    return made
