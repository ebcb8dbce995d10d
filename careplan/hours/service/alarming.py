"""Telling people in time: of a week outside the plan's floor or ceiling, and of hours that are about to end."""

from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import insert

from careplan.access.domain.actor import SYSTEM
from careplan.db import db
from careplan.hours import queries
from careplan.hours.domain.view import BankView
from careplan.hours.models import HourAlarm
from careplan.kernel.clock import local_date
from careplan.kernel.words import day, duration
from careplan.notices.domain.notice import Audience, NoticeKind
from careplan.notices.service import tell

AT_ONCE = 200
DAYS_BEFORE_THE_END = 7
# A week is judged too light only when its records have had time to arrive.
DAYS_FOR_RECORDS = 2
# Of weeks that began longer ago nobody needs to be told any more.
DAYS_LOOKED_BACK = 16

_WEEKS = """
    WITH weeks AS (
        SELECT DISTINCT h.plan_id, h.person_id, h.period_number, k.week, h.starts_on + 7 * (k.week - 1) AS starts_on,
            h.starts_on + 7 * k.week - 1 AS ends_on
        FROM hour_bank h CROSS JOIN generate_series(1, 4) AS k (week)
        WHERE h.closed_at IS NULL AND h.period_number >= 0
          AND h.starts_on + 7 * (k.week - 1) BETWEEN :since AND :today
    ), judged AS (
        SELECT w.*, (t.terms ->> 'weekly_floor')::int AS floor, (t.terms ->> 'weekly_ceiling')::int AS ceiling,
            coalesce((
                SELECT sum(d.minutes) FROM hour_delivery d JOIN hour_bank b ON b.id = d.bank_id
                WHERE b.plan_id = w.plan_id AND b.period_number = w.period_number AND d.reversed_at IS NULL
                  AND d.starts_on BETWEEN w.starts_on AND w.ends_on
            ), 0)::int AS delivered,
            EXISTS (SELECT FROM hour_pause p WHERE p.plan_id = w.plan_id AND p.starts_on <= w.ends_on
                AND coalesce(p.ends_on, 'infinity'::date) >= greatest(w.starts_on, p.starts_on)) AS paused,
            EXISTS (SELECT FROM hour_service_end e WHERE e.plan_id = w.plan_id AND e.last_day < w.ends_on) AS over
        FROM weeks w JOIN LATERAL (
            SELECT terms FROM hour_terms WHERE plan_id = w.plan_id AND withdrawn_at IS NULL
                AND takes_effect_on <= w.starts_on ORDER BY version_number DESC LIMIT 1
        ) t ON true
    )
    SELECT j.person_id, j.plan_id, j.period_number, j.week, j.starts_on, j.delivered, k.kind, k.line
    FROM judged j CROSS JOIN LATERAL (VALUES
        ('over', j.ceiling, j.delivered > j.ceiling),
        ('under', j.floor, j.delivered < j.floor AND j.ends_on < :settled AND NOT j.paused AND NOT j.over)
    ) AS k (kind, line, is_so)
    WHERE k.is_so AND NOT EXISTS (SELECT FROM hour_alarm a
        WHERE (a.plan_id, a.period_number, a.week, a.kind) = (j.plan_id, j.period_number, j.week, k.kind))
    ORDER BY j.starts_on, j.plan_id LIMIT :at_once
"""
_ENDING = """
    SELECT DISTINCT h.plan_id, h.person_id, h.period_number FROM hour_bank h
    WHERE h.closed_at IS NULL AND h.ends_on BETWEEN :today AND :soon AND h.starts_on <= :today
      AND NOT EXISTS (SELECT FROM hour_alarm a
        WHERE (a.plan_id, a.period_number, a.week, a.kind) = (h.plan_id, h.period_number, 0, 'ending'))
    ORDER BY h.plan_id LIMIT :at_once
"""


def watch_weeks(*, now: datetime) -> int:
    """Tells coordinator and social worker, once, of each week outside what the plan says; says how many there were.

    Inside the weekly floor and ceiling no alarm sounds, however uneven the weeks are.
    """
    today = local_date(now)
    settled = today - timedelta(days=DAYS_FOR_RECORDS)
    since = today - timedelta(days=DAYS_LOOKED_BACK)
    values = {"today": today, "since": since, "settled": settled, "at_once": AT_ONCE}
    found = db.session.execute(text(_WEEKS), values).all()
    told = 0
    for w in found:
        if _noted(w.plan_id, w.person_id, w.period_number, w.week, w.kind, w.delivered, now):
            told += 1
            _tell_around(w.person_id, _said(w.kind, w.starts_on, w.delivered, w.line), now)
    return told


def announce_endings(*, now: datetime) -> int:
    """A week before a period ends the person hears, once, which hours would end unused; says how many heard."""
    today = local_date(now)
    soon = today + timedelta(days=DAYS_BEFORE_THE_END)
    found = db.session.execute(text(_ENDING), {"today": today, "soon": soon, "at_once": AT_ONCE}).all()
    told = 0
    for f in found:
        view = queries.get_bank_view(plan_id=f.plan_id, number=f.period_number, today=today)
        new = _noted(f.plan_id, f.person_id, f.period_number, 0, "ending", view.expiring, now)
        if new and view.expiring:
            told += 1
            _tell_person(view, now)
    return told


def _noted(plan_id: UUID, person_id: UUID, number: int, week: int, kind: str, minutes: int, now: datetime) -> bool:
    """Writes the alarm down; False where another worker was faster."""
    written = db.session.execute(
        insert(HourAlarm)
        .values(
            plan_id=plan_id, person_id=person_id, period_number=number, week=week, kind=kind, minutes=minutes,
            told_at=now,
        )
        .on_conflict_do_nothing()
        .returning(HourAlarm.plan_id)
    )  # fmt: skip
    return written.scalar() is not None


def _said(kind: str, starts_on: date, delivered: int, line: int) -> str:
    given = f"In the week from {day(starts_on)}, {duration(delivered)} of care was given."
    bound = "no more than" if kind == "over" else "at least"
    return f"{given} The plan says {bound} {duration(line)} a week."


def _tell_around(person_id: UUID, words: str, now: datetime) -> None:
    tell(
        person_id=person_id, audience={Audience.COUNCIL, Audience.PROVIDER}, words=words,
        address=f"/people/{person_id}/hours", actor=SYSTEM, now=now, kind=NoticeKind.HOURS,
    )  # fmt: skip


def _tell_person(view: BankView, now: datetime) -> None:
    ends = day(view.period.ends_on)
    left = f"You have {duration(view.expiring)} that nobody has planned yet."
    words = f"{left} It ends on {ends}. You can ask for a visit."
    tell(
        person_id=view.person_id, audience={Audience.PERSON}, words=words, address="/me/hours", actor=SYSTEM, now=now,
        kind=NoticeKind.HOURS,
    )  # fmt: skip
