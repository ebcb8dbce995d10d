"""Saying what became of a visit of which no worker sends a record: missed, or merged into another."""

from datetime import datetime
from uuid import UUID

from careplan.access.domain.actor import Actor
from careplan.access.domain.policy import Kind
from careplan.access.service import end_relationships
from careplan.db import db
from careplan.hours import service as hours
from careplan.kernel.errors import Conflict, NotFound, invalid
from careplan.visits.domain.alert import AlertKind
from careplan.visits.domain.visit import Status, Visit
from careplan.visits.models import VisitRow
from careplan.visits.queries import find_visit, get_visit
from careplan.visits.service.watching import raise_alert


class NotDueYet(Conflict):
    """The time of the visit has not come, so it cannot have been missed."""

    code = "not_due_yet"


class NotOpen(Conflict):
    """The visit was recorded or called off, so nobody missed it."""

    code = "not_open"


def miss_visit(
    *, visit_id: UUID, reason: str, actor: Actor, now: datetime, merged_into: UUID | None = None
) -> Visit:
    """Says that nobody came; its minutes come back, and the person's side is told. A second time changes nothing.

    `merged_into` is another visit of the person at which both were done in one: then this one counts as missed. A start
    that comes later corrects it.  Raises NotFound, NotDueYet, NotOpen, Invalid.
    """
    row = db.session.get(VisitRow, visit_id, with_for_update=True)
    if row is None or row.provider_id != actor.organisation_id:
        raise NotFound("There is no such visit.")
    visit = get_visit(visit_id=visit_id)
    if visit.status is Status.MISSED:
        return visit
    if visit.status is not Status.PLANNED:
        raise NotOpen("This visit was recorded or called off, so it was not missed.")
    _check(row, reason, merged_into, now)
    row.missed_at, row.missed_by, row.missed_because = now, actor.account_id, reason.strip()
    row.merged_into = merged_into
    db.session.flush()
    end_relationships(person_id=row.person_id, kind=Kind.ROUND, source_id=visit_id, now=now)
    hours.release_visit(visit_id=visit_id, actor=actor, now=now)
    missed = get_visit(visit_id=visit_id)
    if merged_into is None:
        raise_alert(missed, AlertKind.MISSED, now, actor=actor)
    return missed


def _check(row: VisitRow, reason: str, merged_into: UUID | None, now: datetime) -> None:
    if not reason.strip():
        raise invalid("reason", "Say why")
    if merged_into is None:
        if row.planned_start > now:
            raise NotDueYet("The time of this visit has not come yet. Call it off, or change it.")
        return
    other = find_visit(visit_id=merged_into)
    if merged_into == row.id or other is None or other.person_id != row.person_id:
        raise invalid("merged_into", "Choose another visit of this person")
