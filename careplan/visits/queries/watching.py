"""Rules of the council, open alerts, and the visits that call for one."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, Select, case, exists, func, literal, or_, select
from sqlalchemy.orm import aliased
from sqlalchemy.types import Interval

from careplan.db import db
from careplan.plans.domain.content import Rank
from careplan.visits.domain.alert import Alert, AlertKind, by_urgency
from careplan.visits.domain.drawing import Drawing, Draws, Outcome
from careplan.visits.domain.lateness import Windows
from careplan.visits.domain.rules import USUAL_RULES, Rules, RulesOf
from careplan.visits.domain.visit import Visit
from careplan.visits.models import VisitAlertRow, VisitRecordRow, VisitRow, VisitRuleRow
from careplan.visits.queries.rows import whole

Wanted = TypeVar("Wanted")
MOST = 200
# What lies further back was looked at while it was fresh.
LOOKED_BACK = timedelta(days=3)


def find_rules(*, provider_id: UUID | None, at: datetime) -> Rules:
    """The rules that hold at an instant: the provider's own, else those for all, else the usual ones."""
    row = db.session.scalar(_holding(select(VisitRuleRow), provider_id, at))
    return _rules(row) if row else USUAL_RULES


def list_rules(*, at: datetime) -> list[RulesOf]:
    """All rules that hold at an instant or begin later: first those for all, then by provider; each by its start."""
    rows = db.session.scalars(
        select(VisitRuleRow).order_by(
            VisitRuleRow.provider_id.is_not(None), VisitRuleRow.provider_id, VisitRuleRow.since, VisitRuleRow.id
        )
    ).all()
    last = {r.provider_id: r.id for r in rows if r.since <= at}
    found = [RulesOf(r.provider_id, r.since, _rules(r)) for r in rows if r.since > at or r.id == last[r.provider_id]]
    return found if None in last else [RulesOf(None, None, USUAL_RULES), *found]


def draws_that_hold(
    *, provider_id: ColumnElement[UUID], at: ColumnElement[datetime]
) -> ScalarSelect[dict[str, str] | None]:
    """For a greater statement: what `find_rules` says of draws; None where only the usual holds."""
    return _holding(select(VisitRuleRow.draws), provider_id, at).scalar_subquery()


def draws_of(said: dict[str, str] | None) -> Draws:
    """Draws as they are kept."""
    return Draws({Outcome(k): Drawing(v) for k, v in (said or {}).items()})


def _holding(
    query: Select[Wanted], provider_id: UUID | ColumnElement[UUID] | None, at: datetime | ColumnElement[datetime]
) -> Select[Wanted]:
    return (
        query.where(
            or_(VisitRuleRow.provider_id == provider_id, VisitRuleRow.provider_id.is_(None)), VisitRuleRow.since <= at
        )
        .order_by(VisitRuleRow.provider_id.is_(None), VisitRuleRow.since.desc(), VisitRuleRow.id.desc())
        .limit(1)
    )


def narrowest(*, at: datetime) -> Windows:
    """The narrowest windows that any rule sets: a first sieve for all providers at once."""
    critical, late = db.session.execute(
        select(func.min(VisitRuleRow.critical_minutes), func.min(VisitRuleRow.late_minutes)).where(
            VisitRuleRow.since <= at
        )
    ).one()
    usual = USUAL_RULES
    return Windows(
        timedelta(minutes=min(critical or usual.critical_minutes, usual.critical_minutes)),
        timedelta(minutes=min(late or usual.late_minutes, usual.late_minutes)),
    )


def list_alerts(*, provider_id: UUID) -> list[Alert]:
    """A provider's alerts that nobody has answered, the most dangerous first. Once a visit is missed, that speaks for
    it alone.
    """
    missed = aliased(VisitAlertRow)
    overtaken = exists().where(
        VisitAlertRow.kind == AlertKind.NO_START.value,
        missed.visit_id == VisitAlertRow.visit_id,
        missed.kind == AlertKind.MISSED.value,
    )
    rows = db.session.scalars(
        select(VisitAlertRow)
        .where(VisitAlertRow.provider_id == provider_id, VisitAlertRow.acknowledged_at.is_(None), ~overtaken)
        .order_by(VisitAlertRow.raised_at.desc())
        .limit(MOST)
    )
    return by_urgency(_alert(r) for r in rows)


def list_without_start(*, now: datetime) -> list[Visit]:
    """Visits of the last days that nobody began, called off or gave up, past the narrowest patience."""
    waited = _patience(narrowest(at=now))
    return _visits(_open(now).where(VisitRow.planned_start + waited < now, ~_alerted(AlertKind.NO_START)))


def list_untouched(*, now: datetime) -> list[tuple[Visit, datetime | None]]:
    """Visits of the last days that nobody began, called off or gave up, each with the start of the person's next."""
    later = aliased(VisitRow)
    following = (
        select(func.min(later.planned_start))
        .where(
            later.person_id == VisitRow.person_id,
            later.planned_start > VisitRow.planned_start,
            later.cancelled_at.is_(None),
        )
        .correlate(VisitRow)
        .scalar_subquery()
    )
    rows = db.session.execute(_open(now).add_columns(following).order_by(VisitRow.planned_start, VisitRow.id)).all()
    visits = whole([row for row, _ in rows])
    return [(visit, following_start) for visit, (_, following_start) in zip(visits, rows, strict=True)]


def list_begun_off_time(*, now: datetime) -> list[Visit]:
    """Visits of the last days whose recorded start may lie outside its window, and of which nobody was told."""
    window = _patience(narrowest(at=now))
    off = or_(
        VisitRecordRow.effective_started_at > VisitRow.planned_start + window,
        VisitRow.time_critical & (VisitRecordRow.effective_started_at < VisitRow.planned_start - window),
    )
    return _visits(_recently_recorded(now).where(off, ~_alerted(AlertKind.LATE)))


def list_not_answered(*, now: datetime) -> list[Visit]:
    """Visits of the last days at which nobody came to the door, and of which nobody was told."""
    found = VisitRecordRow.result == "no_reply"
    return _visits(_recently_recorded(now).where(found, ~_alerted(AlertKind.NO_REPLY)))


def list_perhaps_short_handed(*, now: datetime) -> list[Visit]:
    """Visits of the last days that fewer workers recorded than they need, and of which nobody was told."""
    one = aliased(VisitRecordRow)
    recorded = (
        select(func.count(one.worker_id.distinct()))
        .where(one.visit_id == VisitRow.id)
        .correlate(VisitRow)
        .scalar_subquery()
    )
    fewer = VisitRow.workers_needed > recorded
    return _visits(_recently_recorded(now).where(VisitRow.workers_needed > 1, fewer, ~_alerted(AlertKind.ONE_OF_TWO)))


def _open(now: datetime) -> Select[VisitRow]:
    return select(VisitRow).where(
        VisitRow.planned_start > now - LOOKED_BACK,
        VisitRow.planned_start < now,
        VisitRow.cancelled_at.is_(None),
        VisitRow.missed_at.is_(None),
        ~exists().where(VisitRecordRow.visit_id == VisitRow.id),
    )


def _recently_recorded(now: datetime) -> Select[VisitRow]:
    return (
        select(VisitRow)
        .join(VisitRecordRow, VisitRecordRow.visit_id == VisitRow.id)
        .where(VisitRow.planned_start > now - LOOKED_BACK, VisitRow.planned_start < now + LOOKED_BACK)
    )


def _patience(windows: Windows) -> ColumnElement[timedelta]:
    usual = case(
        (VisitRow.time_critical, literal(windows.critical, Interval())), else_=literal(windows.late_after, Interval())
    )
    own = func.make_interval(0, 0, 0, 0, 0, VisitRow.window_minutes, type_=Interval())
    return func.least(usual, func.coalesce(own, usual))


def _alerted(kind: AlertKind) -> ColumnElement[bool]:
    return exists().where(VisitAlertRow.visit_id == VisitRow.id, VisitAlertRow.kind == kind.value)


def _visits(query: Select[VisitRow]) -> list[Visit]:
    rows: Iterable[VisitRow] = db.session.scalars(query.order_by(VisitRow.planned_start, VisitRow.id)).unique()
    return whole(list(rows))


def _rules(row: VisitRuleRow) -> Rules:
    windows = Windows(timedelta(minutes=row.critical_minutes), timedelta(minutes=row.late_minutes))
    return Rules(windows, draws_of(row.draws))


def _alert(row: VisitAlertRow) -> Alert:
    return Alert(
        id=row.id,
        visit_id=row.visit_id,
        person_id=row.person_id,
        provider_id=row.provider_id,
        kind=AlertKind(row.kind),
        rank=Rank(row.rank),
        contact=row.contact,
        response=row.response,
        tell_contact=row.tell_contact,
        clock_doubtful=row.clock_doubtful,
        raised_at=row.raised_at,
    )
