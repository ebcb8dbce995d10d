"""Changing a planned visit: its time, its length, how many go, and who."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from careplan.access.domain.actor import Actor
from careplan.access.domain.policy import Kind
from careplan.access.service import end_relationships
from careplan.db import db
from careplan.hours import service as hours
from careplan.hours.domain.terms import Funder
from careplan.kernel.clock import local_date
from careplan.kernel.errors import Conflict, NotFound, Problem, invalid
from careplan.kernel.minutes import Minutes, elapsed
from careplan.visits.domain.fitting import Heeded, check_heeded
from careplan.visits.domain.pattern import MOST_WORKERS, Span
from careplan.visits.domain.short_visit import TooShort, is_short
from careplan.visits.domain.visit import Status, Visit
from careplan.visits.models import VisitRow, VisitWorkerRow
from careplan.visits.queries import get_visit
from careplan.visits.queries.patterns import list_activities
from careplan.visits.service.locking import lock_workers
from careplan.visits.service.looking import Going, check_free, check_workers, look_before
from careplan.visits.service.overriding import By, OfWhat, note_override
from careplan.visits.service.planning import check_times, put_on_round


class NotPlannedAnyMore(Conflict):
    """The visit has been recorded, called off or missed, so it is not planned any more."""

    code = "not_planned_any_more"


class AlreadyDue(Conflict):
    """The time of the visit has come: who goes may still change, when it was to be may not."""

    code = "already_due"


def replan_visit(
    *,
    visit_id: UUID,
    span: Span,
    workers: Sequence[UUID],
    workers_needed: int,
    heeded: Heeded | None,
    actor: Actor,
    now: datetime,
) -> Visit:
    """Changes a planned visit of one's own organisation and sets its minutes aside anew.

    Once it is due its time and length stay, for what stood on the rota at the start counts; another worker may go.
    Raises NotFound, Invalid, NotPlannedAnyMore, AlreadyDue, TooShort, WorkerBusy, Unheeded.
    """
    row = db.session.get(VisitRow, visit_id, with_for_update=True)
    if row is None or row.provider_id != actor.organisation_id:
        raise NotFound("There is no such visit.")
    chosen = tuple(sorted(set(workers)))
    _check(row, span, chosen, workers_needed, now)
    lock_workers([visit_id, *chosen])
    check_workers(chosen, actor.organisation_id)
    activities = list_activities(visit_ids=[visit_id]).get(visit_id, ())
    going, but = Going(row.person_id, chosen, (span,), activities), frozenset({visit_id})
    check_free(going, but=but)
    cautions = look_before(going, but=but)
    check_heeded(cautions, heeded)
    _change(row, span, chosen, workers_needed, now)
    note_override(row.person_id, OfWhat(visit_id=row.id), cautions, heeded, By(actor.account_id, now))
    hours.reserve_visit(
        visit_id=row.id,
        plan_id=row.plan_id,
        person_id=row.person_id,
        funder=Funder(row.funder) if row.funder else None,
        starts_on=local_date(span.start),
        minutes=Minutes(elapsed(span.start, span.end) * workers_needed),
        actor=actor,
        now=now,
    )
    return get_visit(visit_id=visit_id)


def _check(row: VisitRow, span: Span, workers: tuple[UUID, ...], workers_needed: int, now: datetime) -> None:
    if get_visit(visit_id=row.id).status is not Status.PLANNED:
        raise NotPlannedAnyMore("This visit is not planned any more: it was recorded, called off or missed.")
    check_times(span.start, span.end)
    if not 1 <= workers_needed <= MOST_WORKERS:
        raise invalid("workers_needed", f"From 1 to {MOST_WORKERS} workers can go together")
    if len(workers) > workers_needed:
        raise invalid("workers", f"Choose at most {workers_needed}, or say that more workers are needed")
    if is_short(elapsed(span.start, span.end)) and not is_short(elapsed(row.planned_start, row.planned_end)):
        message = "A visit of less than 30 minutes needs to be agreed first. Plan it anew, and say what it is for."
        raise TooShort(message, problems=(Problem("minutes", message),))
    same = (span.start, span.end, workers_needed) == (row.planned_start, row.planned_end, row.workers_needed)
    if row.planned_start <= now and not same:
        raise AlreadyDue("The time of this visit has come. Only who goes can still be changed.")
    if not same and span.start < now:
        raise invalid("start", "This time lies in the past")


def _change(row: VisitRow, span: Span, workers: tuple[UUID, ...], workers_needed: int, now: datetime) -> None:
    before = db.session.scalars(select(VisitWorkerRow).where(VisitWorkerRow.visit_id == row.id)).all()
    end_relationships(person_id=row.person_id, kind=Kind.ROUND, source_id=row.id, now=now)
    for gone in before:
        db.session.delete(gone)
    row.planned_start, row.planned_end, row.workers_needed = span.start, span.end, workers_needed
    db.session.flush()
    for worker_id in workers:
        put_on_round(row, worker_id)
