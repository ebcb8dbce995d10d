"""Confirming a week: all that went as planned in one act, the others one by one; and planning whole shifts."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID, uuid5

from sqlalchemy import insert

from careplan.access.domain.actor import Actor
from careplan.db import db
from careplan.kernel.clock import local_date
from careplan.kernel.errors import Conflict, Forbidden, NotFound
from careplan.kernel.ids import new_id
from careplan.kernel.minutes import elapsed
from careplan.visits.domain.drawing import outcome_of
from careplan.visits.domain.rota import week_of
from careplan.visits.domain.shift import check_shift, down_time_in
from careplan.visits.domain.visit import Visit
from careplan.visits.domain.week import Way
from careplan.visits.models import ShiftRow, VisitConfirmationRow
from careplan.visits.queries import get_attendance, place_of
from careplan.visits.queries.confirming import get_week, list_confirmations
from careplan.visits.service.locking import lock_record
from careplan.visits.service.looking import check_workers


class NothingKnown(Conflict):
    """Nothing is known of the visit, so there is nothing to stand by."""

    code = "nothing_known"


def confirm_unchanged(*, day: date, actor: Actor, now: datetime) -> frozenset[UUID]:
    """Confirms, in one act, every visit of a week that is over and went as planned; answers whose they are."""
    provider_id = _provider(actor)
    _one_at_a_time(provider_id, day)
    week = get_week(provider_id=provider_id, day=day, now=now)
    _write(week.unchanged, Way.UNCHANGED, actor, now)
    return frozenset(v.person_id for v in week.unchanged)


def confirm_exception(*, visit_id: UUID, actor: Actor, now: datetime) -> Visit:
    """Confirms one visit that did not go as planned, as it stands now. A second time changes nothing.

    Raises NotFound where it does not wait, NothingKnown.
    """
    provider_id = _provider(actor)
    visit = get_attendance(visit_id=visit_id)
    day = local_date(place_of(visit).starts_at)
    _one_at_a_time(provider_id, day)
    week = get_week(provider_id=provider_id, day=day, now=now)
    found = next((e for e in week.exceptions if e.visit.id == visit_id), None)
    if found is None and visit.provider_id == provider_id and list_confirmations(visit_ids=[visit_id]):
        return visit
    if found is None:
        raise NotFound("This visit does not wait to be confirmed.")
    if not found.can_be_confirmed:
        raise NothingKnown("Nothing has been heard of this visit. Say first what became of it.")
    _write([found.visit], Way.EXCEPTION, actor, now)
    return found.visit


def plan_shift(*, worker_id: UUID, starts_at: datetime, ends_at: datetime, actor: Actor, now: datetime) -> UUID:
    """A whole shift of a worker of one's own organisation, with its down time.  Raises Invalid."""
    organisation_id = _provider(actor)
    check_shift(starts_at, ends_at)
    check_workers([worker_id], organisation_id)
    row = ShiftRow(
        id=new_id(),
        worker_id=worker_id,
        organisation_id=organisation_id,
        starts_at=starts_at,
        ends_at=ends_at,
        down_minutes=down_time_in(elapsed(starts_at, ends_at)),
        planned_by=actor.account_id,
        planned_at=now,
    )
    db.session.add(row)
    db.session.flush()
    return row.id


def _provider(actor: Actor) -> UUID:
    if actor.organisation_id is None:
        raise Forbidden("Only somebody of a provider can do this.")
    return actor.organisation_id


def _one_at_a_time(provider_id: UUID, day: date) -> None:
    """Two who confirm the same week at once confirm each visit once."""
    lock_record(uuid5(provider_id, week_of(day)[0].isoformat()))


def _write(visits: Iterable[Visit], how: Way, actor: Actor, now: datetime) -> None:
    rows = [_row(v, how, actor, now) for v in visits]
    if rows:
        db.session.execute(insert(VisitConfirmationRow), rows)


def _row(visit: Visit, how: Way, actor: Actor, now: datetime) -> dict[str, object]:
    outcome = outcome_of(visit)
    if outcome is None:
        raise NothingKnown("Nothing has been heard of this visit. Say first what became of it.")
    return {
        "id": new_id(),
        "visit_id": visit.id,
        "person_id": visit.person_id,
        "provider_id": actor.organisation_id,
        "week_starts_on": week_of(local_date(place_of(visit).starts_at))[0],
        "how": how.value,
        "outcome": outcome.value,
        "confirmed_at": now,
        "confirmed_by": actor.account_id,
    }
