"""Planning a visit and calling it off."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from careplan.access.domain.actor import Actor
from careplan.access.domain.policy import Kind
from careplan.access.service import end_relationships, relate
from careplan.db import db
from careplan.hours import service as hours
from careplan.hours.domain.terms import Funder
from careplan.kernel.clock import end_of_day, local_date, start_of_day
from careplan.kernel.errors import Conflict, DomainError, Forbidden, NotFound, invalid
from careplan.kernel.ids import new_id
from careplan.kernel.minutes import Minutes, elapsed
from careplan.plans import queries as plans
from careplan.visits.domain.drawing import Drawing, drawing_of_cancellation
from careplan.visits.domain.pattern import Service, Span
from careplan.visits.domain.visit import Cancellation, CancelledBy, Visit
from careplan.visits.models import VisitRow, VisitWorkerRow
from careplan.visits.queries import find_visit, get_visit
from careplan.visits.queries.watching import find_rules
from careplan.visits.service.locking import lock_workers
from careplan.visits.service.looking import Going, check_free, check_workers

LONGEST = timedelta(hours=24)
MOST_WORKERS = 4
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Recurs:
    """The pattern that a visit comes from, what kind of help it gives, and a narrower window for its start."""

    pattern_id: UUID | None = None
    service: Service | None = None
    window: Minutes | None = None


ONCE = Recurs()


class NoPlan(DomainError):
    """The person has no plan, so there is nothing to plan visits under."""

    code = "no_plan"


class OtherVisit(Conflict):
    """The id was used for another visit."""

    code = "other_content"


class AlreadyRecorded(Conflict):
    """The visit has happened, so it cannot be called off."""

    code = "already_recorded"


def plan_visit(
    *,
    person_id: UUID,
    planned_start: datetime,
    planned_end: datetime,
    actor: Actor,
    now: datetime,
    workers: Sequence[UUID] = (),
    workers_needed: int = 1,
    time_critical: bool = False,
    funder: Funder | None = None,
    visit_id: UUID | None = None,
    recurs: Recurs = ONCE,
) -> Visit:
    """Plans a visit, sets its minutes aside for each worker, and opens the person to those who will go.

    `recurs` says which pattern it comes from. The same id and content again changes nothing.
    Raises Invalid, NoPlan, WorkerBusy, OtherVisit.
    """
    if actor.organisation_id is None:
        raise Forbidden("Only somebody of a provider can plan a visit.")
    check_times(planned_start, planned_end)
    wanted = VisitRow(
        id=visit_id or new_id(),
        person_id=person_id,
        plan_id=_plan_of(person_id, planned_start),
        provider_id=actor.organisation_id,
        funder=funder.value if funder else None,
        planned_start=planned_start,
        planned_end=planned_end,
        workers_needed=max(workers_needed, len(set(workers)), 1),
        time_critical=time_critical,
        pattern_id=recurs.pattern_id,
        service=recurs.service.value if recurs.service else None,
        window_minutes=recurs.window,
        created_by=actor.account_id,
        created_at=now,
    )
    chosen = tuple(sorted(set(workers)))
    lock_workers([wanted.id, *chosen])
    if (planned := find_visit(visit_id=wanted.id)) is not None:
        return _same_or_refuse(planned, wanted, chosen)
    check_workers(chosen, actor.organisation_id)
    check_free(Going(person_id, chosen, (Span(planned_start, planned_end),)))
    db.session.add(wanted)
    db.session.flush()
    for worker_id in chosen:
        put_on_round(wanted, worker_id)
    hours.reserve_visit(
        visit_id=wanted.id,
        plan_id=wanted.plan_id,
        person_id=person_id,
        funder=funder,
        starts_on=local_date(planned_start),
        minutes=Minutes(elapsed(planned_start, planned_end) * wanted.workers_needed),
        actor=actor,
        now=now,
    )
    return get_visit(visit_id=wanted.id)


def cancel_visit(
    *, visit_id: UUID, by: CancelledBy, reason: str, actor: Actor, now: datetime, said_at: datetime | None = None
) -> Visit:
    """Calls a visit off. Its minutes come back, unless the person called it off less than a day before.

    `said_at` is when they said so, where that was earlier: the notice is counted from then.

    A second time changes nothing.  Raises NotFound, Invalid, AlreadyRecorded.
    """
    row = db.session.get(VisitRow, visit_id, with_for_update=True)
    if row is None or row.provider_id != actor.organisation_id:
        raise NotFound("There is no such visit.")
    if row.cancelled_at is not None:
        return get_visit(visit_id=visit_id)
    if get_visit(visit_id=visit_id).records:
        raise AlreadyRecorded("This visit has been recorded, so it cannot be called off.")
    if not reason.strip():
        raise invalid("reason", "Say why the visit is called off.")
    row.cancelled_at, row.cancelled_by, row.cancel_reason = now, by.value, reason.strip()
    row.cancelled_by_account = actor.account_id
    row.cancel_said_at = min(said_at, now) if said_at is not None else None
    db.session.flush()
    end_relationships(person_id=row.person_id, kind=Kind.ROUND, source_id=visit_id, now=now)
    notice = max(row.planned_start - (row.cancel_said_at or now), timedelta(0))
    _settle_cancellation(row, Cancellation(now, by, reason, notice), actor=actor, now=now)
    return get_visit(visit_id=visit_id)


def _settle_cancellation(row: VisitRow, cancellation: Cancellation, *, actor: Actor, now: datetime) -> None:
    draws = find_rules(provider_id=row.provider_id, at=row.planned_start).draws
    if drawing_of_cancellation(cancellation, draws) is Drawing.RELEASED:
        hours.release_visit(visit_id=row.id, actor=actor, now=now)
        return
    hours.draw_for_record(
        record_id=row.id,  # a visit called off too late is its own cause: there is no worker's record
        visit_id=row.id,
        plan_id=row.plan_id,
        person_id=row.person_id,
        funder=Funder(row.funder) if row.funder else None,
        starts_on=local_date(row.planned_start),
        countable=Minutes(elapsed(row.planned_start, row.planned_end) * row.workers_needed),
        actor=actor,
        now=now,
    )


def check_times(start: datetime, end: datetime) -> None:
    """Raises Invalid for an end before the start, or a visit of more than a day."""
    if end <= start:
        raise invalid("planned_end", "The end lies before the start.")
    if end - start > LONGEST:
        raise invalid("planned_end", "A visit lasts at most 24 hours.")


def _plan_of(person_id: UUID, start: datetime) -> UUID:
    plan_id = plans.find_plan_of_person(person_id=person_id)
    if plan_id is None:
        raise NoPlan("This person has no plan yet, so no visit can be planned.")
    if plans.has_ended(plan_id=plan_id, at=start):
        raise NoPlan("The plan has ended by then, so no visit can be planned.")
    return plan_id


def list_busy(*, workers: Iterable[UUID], start: datetime, end: datetime) -> set[UUID]:
    """Those of these workers who are on a visit at some time between two instants."""
    return set(
        db.session.scalars(
            select(VisitWorkerRow.worker_id)
            .join(VisitRow, VisitRow.id == VisitWorkerRow.visit_id)
            .where(
                VisitWorkerRow.worker_id.in_(list(workers)),
                VisitRow.cancelled_at.is_(None),
                VisitRow.missed_at.is_(None),
                VisitRow.planned_start < end,
                VisitRow.planned_end > start,
            )
        )
    )


def _same_or_refuse(planned: Visit, wanted: VisitRow, workers: tuple[UUID, ...]) -> Visit:
    same = (
        planned.person_id == wanted.person_id
        and (planned.planned_start, planned.planned_end) == (wanted.planned_start, wanted.planned_end)
        and (planned.workers, planned.workers_needed) == (workers, wanted.workers_needed)
        and (planned.funder, planned.time_critical) == (wanted.funder, wanted.time_critical)
    )
    if not same:
        raise OtherVisit("This id was used for another visit.")
    return planned


def put_on_round(visit: VisitRow, worker_id: UUID) -> None:
    """The worker is to go, and sees the person around the visit."""
    open_round(visit, worker_id)
    db.session.add(VisitWorkerRow(visit_id=visit.id, worker_id=worker_id, person_id=visit.person_id))
    db.session.flush()


def open_round(visit: VisitRow, worker_id: UUID) -> None:
    """The worker sees the person from the day before the visit until the day after."""
    relate(
        person_id=visit.person_id,
        kind=Kind.ROUND,
        account_id=worker_id,
        since=start_of_day(local_date(visit.planned_start) - A_DAY),
        until=end_of_day(local_date(visit.planned_end) + A_DAY),
        source_type="visit",
        source_id=visit.id,
    )
