"""A provider's week as it is to be confirmed, and workers' shifts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from careplan.db import db
from careplan.kernel.clock import end_of_day, start_of_day
from careplan.kernel.minutes import Minutes, elapsed
from careplan.visits.domain.drawing import Outcome
from careplan.visits.domain.incoming import DowntimeUse
from careplan.visits.domain.rota import week_of
from careplan.visits.domain.shift import Account, Shift, account_of
from careplan.visits.domain.visit import Visit
from careplan.visits.domain.week import Confirmation, Way, Why, exceptions_of
from careplan.visits.models import DowntimeRow, ShiftRow, VisitConfirmationRow, VisitFlagRow, VisitRecordRow
from careplan.visits.queries.reading import list_unplanned_of_provider, list_week_of_provider
from careplan.visits.queries.watching import find_rules


@dataclass(frozen=True, slots=True)
class Exceptional:
    """A visit that is looked at by itself, and why."""

    visit: Visit
    why: tuple[Why, ...]

    @property
    def can_be_confirmed(self) -> bool:
        """Whether anything is known of it to stand by."""
        return Why.NOTHING_HEARD not in self.why


@dataclass(frozen=True, slots=True)
class WeekToConfirm:
    """The visits of a week that are over: those that went as planned, the others one by one, those confirmed before."""

    days: tuple[date, ...]
    unchanged: tuple[Visit, ...]
    exceptions: tuple[Exceptional, ...]
    confirmed: int

    @property
    def is_whole(self) -> bool:
        return not self.unchanged and not self.exceptions


def get_week(*, provider_id: UUID, day: date, now: datetime) -> WeekToConfirm:
    """The provider's visits of the Monday week of a day that are over by now."""
    days = week_of(day)
    since, until = start_of_day(days[0]), end_of_day(days[-1])
    planned = list_week_of_provider(provider_id=provider_id, since=since, until=until)
    loose = list_unplanned_of_provider(provider_id=provider_id, since=since, until=until)
    over = [v for v in (*planned, *loose) if _is_over(v, now)]
    confirmed = list_confirmations(visit_ids=[v.id for v in over])
    waiting = [v for v in over if v.id not in confirmed or not confirmed[v.id].still_holds(v)]
    rules, flagged = find_rules(provider_id=provider_id, at=since), _flagged(provider_id, waiting)
    judged = [(v, exceptions_of(v, rules=rules, flagged=v.id in flagged)) for v in waiting]
    return WeekToConfirm(
        days,
        unchanged=tuple(v for v, why in judged if not why),
        exceptions=tuple(Exceptional(v, why) for v, why in judged if why),
        confirmed=len(over) - len(waiting),
    )


def list_confirmations(*, visit_ids: Iterable[UUID]) -> dict[UUID, Confirmation]:
    """The latest confirmation of each of these visits."""
    rows = db.session.scalars(
        select(VisitConfirmationRow)
        .where(VisitConfirmationRow.visit_id.in_(list(visit_ids)))
        .order_by(VisitConfirmationRow.confirmed_at, VisitConfirmationRow.id)
    )
    return {r.visit_id: Confirmation(r.visit_id, Way(r.how), Outcome(r.outcome), r.confirmed_at) for r in rows}


def list_accounts_of_shifts(*, organisation_id: UUID, since: datetime, until: datetime) -> list[Account]:
    """An organisation's shifts that begin between two instants, each with how it was spent, by start."""
    shifts = [
        Shift(r.id, r.worker_id, r.starts_at, r.ends_at, Minutes(r.down_minutes))
        for r in db.session.scalars(
            select(ShiftRow)
            .where(
                ShiftRow.organisation_id == organisation_id, ShiftRow.starts_at >= since, ShiftRow.starts_at < until
            )
            .order_by(ShiftRow.starts_at, ShiftRow.id)
        )
    ]
    if not shifts:
        return []
    last = max(s.ends_at for s in shifts)
    visits = _with_people(organisation_id, since, last)
    down = _down_time(organisation_id, since, last)
    return [account_of(s, visits=visits.get(s.worker_id, ()), down=down.get(s.worker_id, ())) for s in shifts]


def _is_over(visit: Visit, now: datetime) -> bool:
    end = visit.planned_end or visit.ended_at
    return end is not None and end <= now


def _flagged(provider_id: UUID, visits: Iterable[Visit]) -> frozenset[UUID]:
    """Those of these visits about which a flag is not settled."""
    of_record = {r.id: v.id for v in visits for r in v.records}
    rows = db.session.scalars(
        select(VisitFlagRow.record_id).where(
            VisitFlagRow.provider_id == provider_id,
            VisitFlagRow.settled_at.is_(None),
            VisitFlagRow.record_id.in_(list(of_record)),
        )
    )
    return frozenset(of_record[record_id] for record_id in rows)


def _with_people(organisation_id: UUID, since: datetime, until: datetime) -> dict[UUID, list[tuple[datetime, Minutes]]]:
    found: dict[UUID, list[tuple[datetime, Minutes]]] = {}
    rows = db.session.execute(
        select(VisitRecordRow.worker_id, VisitRecordRow.effective_started_at, VisitRecordRow.effective_ended_at).where(
            VisitRecordRow.provider_id == organisation_id,
            VisitRecordRow.effective_started_at >= since,
            VisitRecordRow.effective_started_at < until,
            VisitRecordRow.id.not_in(
                select(VisitRecordRow.corrects).where(VisitRecordRow.corrects.is_not(None))
            ),
        )
    )
    for worker_id, start, end in rows:
        found.setdefault(worker_id, []).append((start, elapsed(start, end)))
    return found


def _down_time(
    organisation_id: UUID, since: datetime, until: datetime
) -> dict[UUID, list[tuple[datetime, Minutes, DowntimeUse]]]:
    found: dict[UUID, list[tuple[datetime, Minutes, DowntimeUse]]] = {}
    corrected = select(DowntimeRow.corrects).where(DowntimeRow.corrects.is_not(None))
    rows = db.session.scalars(
        select(DowntimeRow).where(
            DowntimeRow.organisation_id == organisation_id,
            DowntimeRow.effective_at >= since,
            DowntimeRow.effective_at < until,
            DowntimeRow.id.not_in(corrected),
        )
    )
    for row in rows:
        found.setdefault(row.worker_id, []).append((row.effective_at, Minutes(row.minutes), DowntimeUse(row.use)))
    return found
