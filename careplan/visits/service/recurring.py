"""Planning visits that recur, planning them further as time goes on, and stopping them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import insert, select

from careplan.access import queries as access
from careplan.access.domain.actor import Actor
from careplan.db import db
from careplan.delegation import queries as delegation
from careplan.hours import queries as hours
from careplan.kernel.clock import at_local, local_date, start_of_day
from careplan.kernel.errors import Forbidden, NotFound, Problem, invalid
from careplan.kernel.minutes import Minutes, elapsed
from careplan.people import queries as people
from careplan.plans import queries as plans
from careplan.reviews import queries as reviews
from careplan.visits.domain.fitting import Caution, Heeded, check_heeded
from careplan.visits.domain.pattern import NoSuchDay, Pattern, Wanted, check_wanted, days_of, horizon, span_on
from careplan.visits.domain.short_visit import FIELDS, HALF_AN_HOUR, Circumstances, Short, TooShort, is_short, missing
from careplan.visits.domain.visit import CancelledBy
from careplan.visits.models import VisitActivityRow, VisitPatternRow, VisitRecordRow, VisitRow
from careplan.visits.queries import find_visit
from careplan.visits.queries.patterns import as_pattern, get_pattern, list_met, list_patterns, select_unfinished
from careplan.visits.service.locking import lock_person, lock_workers
from careplan.visits.service.looking import Going, check_free, check_workers, list_clashes, look_before
from careplan.visits.service.overriding import By, OfWhat, note_override
from careplan.visits.service.planning import NoPlan, Recurs, cancel_visit, plan_visit

AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Planned:
    """What came of planning a pattern: how many visits, until which day."""

    pattern: Pattern
    visits: int
    until: date


def plan_pattern(
    *, pattern_id: UUID, person_id: UUID, wanted: Wanted, heeded: Heeded | None, actor: Actor, now: datetime
) -> Planned:
    """Plans a pattern's visits from its first day to its last, or where it has none to the end of the next period.

    `heeded` says that the cautions have been read. The same id again changes nothing.
    Raises Invalid, NoPlan, NoSuchDay, WorkerBusy, TooShort, Unheeded.
    """
    if actor.organisation_id is None:
        raise Forbidden("Only somebody of a provider can plan visits.")
    check_wanted(wanted)
    lock_person(person_id)
    if db.session.get(VisitPatternRow, pattern_id) is not None:
        return _as_before(pattern_id)
    plan_id, began = _service_of(person_id)
    if wanted.from_day < local_date(now):
        raise invalid("from_day", "The first day lies in the past. Choose today or a later day")
    last = horizon(service_starts_on=began, today=max(local_date(now), wanted.from_day))
    days = list(days_of(wanted, service_starts_on=began, first=wanted.from_day, last=last))
    if not days:
        message = "None of these days lies between the first day and the last."
        raise NoSuchDay(message, problems=(Problem("days", message),))
    cautions = _judge(person_id, plan_id, wanted, days, actor=actor, now=now)
    check_heeded(cautions, heeded)
    row = _keep(pattern_id, person_id, plan_id, wanted, actor, now)
    pattern = as_pattern(row)
    _plan_days(pattern, days, actor=actor, now=now)
    row.planned_until = last
    note_override(row.person_id, OfWhat(pattern_id=row.id), cautions, heeded, By(actor.account_id, now))
    db.session.flush()
    return Planned(as_pattern(row), len(days), min(last, wanted.until or last))


def stop_pattern(*, pattern_id: UUID, from_day: date, reason: str, actor: Actor, now: datetime) -> int:
    """From a day on the pattern brings no visits; those planned that nobody has recorded are called off.

    Says how many. A second time changes nothing.  Raises NotFound, Invalid.
    """
    row = db.session.get(VisitPatternRow, pattern_id, with_for_update=True)
    if row is None or row.provider_id != actor.organisation_id:
        raise NotFound("There is no such pattern.")
    if row.stopped_at is not None:
        return 0
    if from_day < local_date(now):
        raise invalid("from_day", "This day lies in the past. Choose today or a later day")
    if not reason.strip():
        raise invalid("reason", "Say why the visits stop")
    row.stopped_from, row.stopped_at, row.stopped_by = from_day, now, actor.account_id
    since = max(start_of_day(from_day), now)
    open_visits = select(VisitRow.id).where(
        VisitRow.pattern_id == pattern_id,
        VisitRow.planned_start >= since,
        VisitRow.cancelled_at.is_(None),
        VisitRow.id.not_in(select(VisitRecordRow.visit_id).where(VisitRecordRow.visit_id.is_not(None))),
    )
    ids = db.session.scalars(open_visits.order_by(VisitRow.planned_start)).all()
    for visit_id in ids:
        cancel_visit(visit_id=visit_id, by=CancelledBy.PROVIDER, reason=reason, actor=actor, now=now)
    return len(ids)


def plan_further(*, now: datetime) -> int:
    """Plans the visits of patterns that go on, to the end of the next period; says how many. Safe to run at any time.

    Where the care has ended or moved, none is planned. A worker who has left or is elsewhere leaves a gap to fill.
    """
    today, planned = local_date(now), 0
    # The farthest horizon that any service can have is two periods from today.
    farthest = date.fromordinal(today.toordinal() + 2 * 28)
    ids = db.session.scalars(select_unfinished(until=farthest).order_by(VisitPatternRow.id).limit(AT_ONCE * 20)).all()
    for pattern_id in ids:
        row = db.session.get(VisitPatternRow, pattern_id, with_for_update={"skip_locked": True})
        if row is not None:
            planned += _further(row, today=today, now=now)
    return planned


def _further(row: VisitPatternRow, *, today: date, now: datetime) -> int:
    pattern = as_pattern(row)
    began = hours.find_service_start(plan_id=pattern.plan_id)
    if began is None or pattern.planned_until is None:
        return 0
    last = horizon(service_starts_on=began, today=today)
    first = max(date.fromordinal(pattern.planned_until.toordinal() + 1), today)
    if first > last or not _goes_on(pattern, first):
        return 0
    days = list(days_of(pattern.wanted, service_starts_on=began, first=first, last=last))
    actor = Actor(row.created_by, "", access.get_account(account_id=row.created_by).role, row.provider_id)
    lock_workers(pattern.wanted.workers)
    for day in days:
        _plan_day_as_can_be(pattern, day, actor=actor, now=now)
    row.planned_until = last
    db.session.flush()
    return len(days)


def _goes_on(pattern: Pattern, day: date) -> bool:
    """Whether the plan goes on that day with the provider that planned it."""
    terms = hours.find_terms(plan_id=pattern.plan_id, on=day)
    ended = plans.has_ended(plan_id=pattern.plan_id, at=start_of_day(day))
    return terms is not None and terms.provider_id == pattern.provider_id and not ended


def _plan_day_as_can_be(pattern: Pattern, day: date, *, actor: Actor, now: datetime) -> None:
    known = {a.account_id for a in access.list_accounts(organisation_id=pattern.provider_id)}
    workers = tuple(w for w in pattern.wanted.workers if w in known)
    busy = {b.worker_id for b in list_clashes(Going(pattern.person_id, workers, (span_on(pattern.wanted, day),)))}
    _plan_day(pattern, day, tuple(w for w in workers if w not in busy), actor=actor, now=now)


def _as_before(pattern_id: UUID) -> Planned:
    pattern = get_pattern(pattern_id=pattern_id)
    count = db.session.query(VisitRow).filter(VisitRow.pattern_id == pattern_id).count()
    assert pattern.planned_until is not None  # noqa: S101  it is set in the transaction that makes the pattern
    return Planned(pattern, count, pattern.planned_until)


def _service_of(person_id: UUID) -> tuple[UUID, date]:
    plan_id = plans.find_plan_of_person(person_id=person_id)
    began = hours.find_service_start(plan_id=plan_id) if plan_id else None
    if plan_id is None or began is None:
        raise NoPlan("No hours have been agreed for this person yet, so no visits can be planned.")
    return plan_id, began


def _judge(
    person_id: UUID, plan_id: UUID, wanted: Wanted, days: Sequence[date], *, actor: Actor, now: datetime
) -> tuple[Caution, ...]:
    """Refuses what cannot be planned, and gives what is to be known first."""
    if plans.has_ended(plan_id=plan_id, at=start_of_day(days[-1])):
        raise NoPlan("The plan has ended by then, so no visit can be planned.")
    workers = tuple(sorted(set(wanted.workers)))
    check_workers(workers, actor.organisation_id)
    _check_activities(person_id, wanted, actor)
    if is_short(wanted.minutes):
        _check_short(person_id, plan_id, _short(wanted), now)
    going = Going(person_id, workers, tuple(span_on(wanted, d) for d in days), wanted.activities)
    lock_workers(workers)
    check_free(going)
    return look_before(going)


def _check_activities(person_id: UUID, wanted: Wanted, actor: Actor) -> None:
    known = {d.id for d in delegation.list_delegations(person_id=person_id) if d.provider_id == actor.organisation_id}
    if not set(wanted.activities) <= known:
        raise invalid("activities", "Choose from the activities delegated to you for this person")


def _short(wanted: Wanted) -> Short:
    start = at_local(wanted.from_day, wanted.at)
    return Short(
        start, start + timedelta(minutes=wanted.minutes), wanted.workers, wanted.short_task, wanted.short_agreed_on
    )


def check_short(*, person_id: UUID, visit_id: UUID, short: Short, now: datetime) -> None:
    """Refuses one planned visit of less than half an hour that lacks something; one that stands is not judged again.

    Raises TooShort.
    """
    if short.end <= short.start or not is_short(elapsed(short.start, short.end)):
        return
    plan_id = hours.find_plan_of_person(person_id=person_id, day=short.day)
    if plan_id is not None and find_visit(visit_id=visit_id) is None:
        _check_short(person_id, plan_id, short, now)


def _check_short(person_id: UUID, plan_id: UUID, wanted: Short, now: datetime) -> None:
    met = list_met(person_id=person_id, worker_ids=wanted.workers) if wanted.workers else frozenset()
    beside = [p for p in list_patterns(person_id=person_id, since=wanted.day) if not is_short(p.wanted.minutes)]
    around = Circumstances(
        first_review_held=bool(reviews.list_reviews(plan_id=plan_id)),
        agreed_on=wanted.agreed_on,
        today=local_date(now),
        all_workers_known=bool(wanted.workers) and met == set(wanted.workers),
        longer_visits_beside=bool(beside) or _has_longer_visit(person_id, wanted.day),
        task=wanted.task,
    )
    if lacking := missing(around):
        name = people.get_person(person_id=person_id).known_as
        raise TooShort(
            f"A visit to {name} of less than {HALF_AN_HOUR} minutes cannot be planned yet. "
            + " ".join(c.words for c in lacking),
            problems=tuple(Problem(FIELDS[c], c.words) for c in lacking),
            missing=[c.value for c in lacking],
        )


def _has_longer_visit(person_id: UUID, day: date) -> bool:
    """Whether a visit of half an hour or more is planned in the week from a day on."""
    start, end = start_of_day(day), start_of_day(date.fromordinal(day.toordinal() + 7))
    rows = db.session.execute(
        select(VisitRow.planned_start, VisitRow.planned_end).where(
            VisitRow.person_id == person_id,
            VisitRow.cancelled_at.is_(None),
            VisitRow.planned_start >= start,
            VisitRow.planned_start < end,
        )
    )
    return any((ends - starts).total_seconds() >= HALF_AN_HOUR * 60 for starts, ends in rows)


def _keep(
    pattern_id: UUID, person_id: UUID, plan_id: UUID, wanted: Wanted, actor: Actor, now: datetime
) -> VisitPatternRow:
    short = is_short(wanted.minutes)
    row = VisitPatternRow(
        id=pattern_id,
        person_id=person_id,
        plan_id=plan_id,
        provider_id=actor.organisation_id,
        weeks=sorted(wanted.weeks),
        days=sorted(wanted.days),
        at=wanted.at,
        minutes=wanted.minutes,
        workers_needed=wanted.workers_needed,
        workers=sorted(set(wanted.workers)),
        activities=sorted(set(wanted.activities)),
        service=wanted.service.value if wanted.service else None,
        funder=wanted.funder.value if wanted.funder else None,
        time_critical=wanted.time_critical,
        window_minutes=wanted.window,
        from_day=wanted.from_day,
        until_day=wanted.until,
        short_task=wanted.short_task if short else None,
        short_agreed_on=wanted.short_agreed_on if short else None,
        created_by=actor.account_id,
        created_at=now,
    )
    db.session.add(row)
    db.session.flush()
    return row


def _plan_days(pattern: Pattern, days: Sequence[date], *, actor: Actor, now: datetime) -> None:
    for day in days:
        _plan_day(pattern, day, pattern.wanted.workers, actor=actor, now=now)


def _plan_day(pattern: Pattern, day: date, workers: tuple[UUID, ...], *, actor: Actor, now: datetime) -> None:
    wanted, span = pattern.wanted, span_on(pattern.wanted, day)
    visit_id = pattern.visit_id(day)
    if db.session.get(VisitRow, visit_id) is not None:
        return
    plan_visit(
        visit_id=visit_id,
        person_id=pattern.person_id,
        planned_start=span.start,
        planned_end=span.end,
        workers=workers,
        workers_needed=wanted.workers_needed,
        time_critical=wanted.time_critical,
        funder=wanted.funder,
        recurs=Recurs(pattern.id, wanted.service, Minutes(wanted.window) if wanted.window else None),
        actor=actor,
        now=now,
    )
    if wanted.activities:
        rows = [{"visit_id": visit_id, "delegation_id": i, "person_id": pattern.person_id} for i in wanted.activities]
        db.session.execute(insert(VisitActivityRow), rows)
