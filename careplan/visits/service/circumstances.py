"""What stood around a record at the time of its event: the plan, the round, the package, and the person."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import or_, select

from careplan.access import queries as access
from careplan.access.domain.policy import Kind
from careplan.db import db
from careplan.kernel.clock import end_of_day, local_date, start_of_day
from careplan.people import queries as people
from careplan.people.domain.sharing import SharingDecision
from careplan.plans import queries as plans
from careplan.plans.domain.plan import PlanVersion
from careplan.visits.domain.flag import Flag, flags_of_times, has_died
from careplan.visits.domain.incoming import OfPerson, Sender
from careplan.visits.domain.visit import Visit
from careplan.visits.models import VisitRow, VisitWorkerRow


@dataclass(frozen=True, slots=True)
class Circumstances:
    """The version in force at the time, and everything that somebody should look at."""

    version: PlanVersion | None
    flags: frozenset[Flag]


def look_around(
    *, record: OfPerson, visit: Visit | None, start: datetime, end: datetime, sender: Sender, now: datetime
) -> Circumstances:
    """The circumstances of a record whose effective times these are."""
    version = plans.find_in_force(person_id=record.person, at=start)
    seen = record.plan_version
    checks = (
        (version is not None and seen is not None and seen != version.number, Flag.PLAN_CHANGED),
        (visit is not None and visit.cancellation is not None, Flag.VISIT_CANCELLED),
        (not _is_on_round(record, visit, local_date(start), sender), Flag.NOT_ON_ROUND),
        (not _is_with_provider(record.person, sender, start), Flag.PERSON_LEFT),
        (has_died(died_on=people.get_person(person_id=record.person).died_on, at=start), Flag.PERSON_DIED),
        (people.get_sharing(person_id=record.person) is SharingDecision.OBJECTS, Flag.PERSON_OBJECTED),
    )
    raised = {flag for found, flag in checks if found}
    return Circumstances(
        version, frozenset(raised.union(flags_of_times(start=start, end=end, now=now, skew=sender.skew)))
    )


def _is_on_round(record: OfPerson, visit: Visit | None, day: date, sender: Sender) -> bool:
    """Whether the worker was to see the person that day, or through the night before it."""
    if visit is not None and sender.actor.account_id in visit.workers:
        return True
    return _has_visit(record.person, sender.actor.account_id, day)


def _has_visit(person_id: UUID, worker_id: UUID, day: date) -> bool:
    found = (
        select(VisitRow.id)
        .join(VisitWorkerRow, VisitWorkerRow.visit_id == VisitRow.id)
        .where(
            VisitWorkerRow.worker_id == worker_id,
            VisitRow.person_id == person_id,
            VisitRow.planned_start < end_of_day(day),
            or_(VisitRow.planned_start >= start_of_day(day), VisitRow.planned_end > start_of_day(day)),
            VisitRow.planned_start >= start_of_day(day - timedelta(days=1)),
        )
    )
    return db.session.scalar(found.limit(1)) is not None


def _is_with_provider(person_id: UUID, sender: Sender, at: datetime) -> bool:
    organisation_id = sender.actor.organisation_id
    return organisation_id is not None and access.is_related(
        person_id=person_id, kind=Kind.PACKAGE, at=at, organisation_id=organisation_id
    )
