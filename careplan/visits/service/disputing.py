"""Noting that a visit is disputed, and that this was answered: facts beside its records, which stay as they came."""

from datetime import datetime
from uuid import UUID

from careplan.access.domain.actor import Actor
from careplan.db import db
from careplan.kernel.errors import Conflict, NotFound
from careplan.kernel.ids import new_id
from careplan.visits.domain.dispute import DisputeKind, DisputeState
from careplan.visits.domain.visit import Visit
from careplan.visits.models import VisitDisputeRow
from careplan.visits.queries import get_attendance

ANSWERED = "answered"


class NotYetOver(Conflict):
    """The visit is still to come, or goes on."""

    code = "not_yet_over"


class AlreadyDisputed(Conflict):
    """The visit is disputed, and the answer is still to come."""

    code = "already_disputed"


def dispute_visit(*, person_id: UUID, visit_id: UUID, kind: DisputeKind, actor: Actor, now: datetime) -> Visit:
    """Notes what the person says of a visit of theirs.  Raises NotYetOver, AlreadyDisputed, NotFound."""
    visit = get_attendance(visit_id=visit_id)
    if visit.person_id != person_id:
        raise NotFound("There is no such visit.")
    if visit.started_at is None and visit.planned_end is not None and visit.planned_end > now:
        raise NotYetOver("This visit is still to come.")
    if visit.dispute is DisputeState.DISPUTED:
        raise AlreadyDisputed("You have told us about this visit. We will answer you.")
    _note(visit.id, person_id, kind.value, actor, now)
    return visit


def answer_dispute(*, person_id: UUID, visit_id: UUID, actor: Actor, now: datetime) -> None:
    """Notes that the dispute about a visit was answered."""
    _note(visit_id, person_id, ANSWERED, actor, now)


def _note(visit_id: UUID, person_id: UUID, kind: str, actor: Actor, now: datetime) -> None:
    row = VisitDisputeRow(
        id=new_id(),
        visit_id=visit_id,
        person_id=person_id,
        kind=kind,
        recorded_at=now,
        recorded_by=actor.account_id,
    )
    db.session.add(row)
    db.session.flush()
