"""Keeping a record of each kind, with the flags that it raises."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import insert
from sqlalchemy.dialects.postgresql import insert as insert_or_skip

from careplan.concerns import service as concerns
from careplan.concerns.domain.concern import ConcernCategory
from careplan.db import db
from careplan.delegation import service as delegation
from careplan.kernel.errors import DomainError, Problem
from careplan.kernel.ids import new_id
from careplan.outcomes import service as outcomes
from careplan.outcomes.domain.rating import RatingKind
from careplan.people import queries as known
from careplan.plans import queries as plans
from careplan.visits.domain.flag import Flag
from careplan.visits.domain.incoming import (
    AnyRecord,
    IncomingActivity,
    IncomingConcern,
    IncomingDiscard,
    IncomingDowntime,
    IncomingRating,
    IncomingVisit,
    OfPerson,
    Sender,
)
from careplan.visits.domain.visit import Visit
from careplan.visits.models import DiscardRow, DowntimeRow, VisitFlagRow, VisitRecordRow
from careplan.visits.queries import find_record, find_visit
from careplan.visits.service.answering import answer_by_start
from careplan.visits.service.circumstances import Circumstances, look_around
from careplan.visits.service.drawing import Seen, draw_anew
from careplan.visits.service.locking import lock_person

# These say something of a visit as a whole: they stand once for it, whichever of its records came last.
OF_VISIT = frozenset({Flag.TWO_WORKERS, Flag.RECORDED_TWICE, Flag.VISIT_CANCELLED})


class UnknownVisit(DomainError):
    """The record names a visit that is not one of this person's."""

    code = "unknown_visit"


class UnknownOutcome(DomainError):
    """The record names an outcome that no version of the person's plan holds."""

    code = "unknown_outcome"


def keep(*, record: AnyRecord, sender: Sender, now: datetime) -> set[Flag]:
    """Stores a record and what follows from it; answers the flags.  Raises UnknownVisit, UnknownOutcome."""
    if isinstance(record, OfPerson):
        lock_person(record.person)
    keeper: Callable[..., set[Flag]] = _KEEPERS[type(record)]
    return keeper(record, sender, now)


def _keep_visit(record: IncomingVisit, sender: Sender, now: datetime) -> set[Flag]:
    visit = _visit_of(record)
    start, end = record.started_at + sender.skew, record.ended_at + sender.skew
    around = look_around(record=record, visit=visit, start=start, end=end, sender=sender, now=now)
    plan_id = visit.plan_id if visit else plans.find_plan_of_person(person_id=record.person)
    db.session.execute(
        insert(VisitRecordRow).values(
            id=record.id,
            visit_id=record.visit,
            person_id=record.person,
            plan_id=plan_id,
            plan_version=record.plan_version,
            worker_id=sender.actor.account_id,
            provider_id=sender.actor.organisation_id,
            device_id=sender.device_id,
            started_at=record.started_at,
            ended_at=record.ended_at,
            result=record.result.value,
            note=record.note or None,
            present=list(record.workers),
            occurred_at=record.occurred_at,
            received_at=now,
            skew_ms=round(sender.skew.total_seconds() * 1000),
            effective_started_at=start,
            effective_ended_at=end,
            corrects=record.corrects,
        )
    )
    kept = find_record(record_id=record.id)
    assert kept is not None  # noqa: S101  it was inserted just above
    draw_anew(record=kept, actor=sender.actor, now=now, seen=Seen(visit, around.version))
    if record.visit is not None:
        answer_by_start(visit_id=record.visit, started_at=start, worker_id=sender.actor.account_id, now=now)
    flags = {*around.flags, *_flags_of_company(record.visit), *_flags_of_correction(record, sender)}
    if around.version is None:
        flags.add(Flag.NO_PLAN)
    return _raise_flags(flags, record, sender, now)


def _keep_rating(record: IncomingRating, sender: Sender, now: datetime) -> set[Flag]:
    around = _look_around_moment(record, sender, now)
    _check_outcome(record, at=now)
    outcomes.rate(
        rating_id=record.id,
        person_id=record.person,
        outcome_id=record.outcome,
        kind=RatingKind.NOTE,
        level=record.level,
        words=record.note,
        visit_id=record.visit,
        at=record.occurred_at + sender.skew,
        corrects=record.corrects,
        actor=sender.actor,
        now=now,
    )
    return _raise_flags(set(around.flags), record, sender, now)


def _keep_activity(record: IncomingActivity, sender: Sender, now: datetime) -> set[Flag]:
    around = _look_around_moment(record, sender, now)
    found = delegation.record_occasion(
        occasion_id=record.id,
        person_id=record.person,
        delegation_id=record.delegation,
        instruction_version=record.instruction_version,
        effective_at=record.occurred_at + sender.skew,
        result=record.result,
        reason=record.reason,
        readings=record.readings,
        visit_id=record.visit,
        corrects=record.corrects,
        time_uncertain=Flag.CLOCK_SKEW in around.flags,
        actor=sender.actor,
        now=now,
    )
    flags = set(around.flags)
    if not found.authority.stood:
        flags.add(Flag.UNAUTHORISED)
    if found.out_of_range:
        flags.add(Flag.OUT_OF_RANGE)
    return _raise_flags(flags, record, sender, now)


def _keep_concern(record: IncomingConcern, sender: Sender, now: datetime) -> set[Flag]:
    around = _look_around_moment(record, sender, now)
    concerns.raise_concern(
        concern_id=record.id,
        visit_id=record.visit,
        person_id=record.person,
        category=ConcernCategory.OTHER,
        words=record.text,
        immediate_danger=record.urgent,
        actor=sender.actor,
        now=now,
    )
    return _raise_flags(set(around.flags), record, sender, now)


def _keep_downtime(record: IncomingDowntime, sender: Sender, now: datetime) -> set[Flag]:
    db.session.execute(
        insert(DowntimeRow).values(
            id=record.id,
            worker_id=sender.actor.account_id,
            organisation_id=sender.actor.organisation_id,
            minutes=record.minutes,
            use=record.use.value,
            note=record.note or None,
            effective_at=record.occurred_at + sender.skew,
            received_at=now,
            corrects=record.corrects,
        )
    )
    return set()


def _keep_discard(record: IncomingDiscard, sender: Sender, now: datetime) -> set[Flag]:
    db.session.execute(
        insert(DiscardRow).values(
            id=record.id,
            record_id=record.record,
            worker_id=sender.actor.account_id,
            organisation_id=sender.actor.organisation_id,
            reason=record.reason,
            effective_at=record.occurred_at + sender.skew,
            received_at=now,
        )
    )
    return set()


_KEEPERS: dict[type[Any], Callable[..., set[Flag]]] = {
    IncomingVisit: _keep_visit,
    IncomingRating: _keep_rating,
    IncomingActivity: _keep_activity,
    IncomingConcern: _keep_concern,
    IncomingDowntime: _keep_downtime,
    IncomingDiscard: _keep_discard,
}


def _look_around_moment(record: OfPerson, sender: Sender, now: datetime) -> Circumstances:
    at = record.occurred_at + sender.skew
    return look_around(record=record, visit=_visit_of(record), start=at, end=at, sender=sender, now=now)


def _visit_of(record: OfPerson) -> Visit | None:
    if record.visit is None:
        return None
    visit = find_visit(visit_id=record.visit)
    if visit is None or visit.person_id != record.person:
        message = "This is not one of the person's visits. Leave it out if nobody planned the visit."
        raise UnknownVisit(message, problems=(Problem("visit", message),))
    return visit


def _check_outcome(record: IncomingRating, *, at: datetime) -> None:
    """The worker may have seen an older version, so any version's outcome is known."""
    plan = plans.find_plan(person_id=record.person, at=at)
    if plan is None or not any(o.id == record.outcome for v in plan.versions for o in v.content.outcomes):
        message = "This is not an outcome of the person's plan."
        raise UnknownOutcome(message, problems=(Problem("outcome", message),))


def _flags_of_company(visit_id: UUID | None) -> set[Flag]:
    """Whether more workers, or the same one more often, recorded a visit than it needs."""
    visit = find_visit(visit_id=visit_id) if visit_id else None
    if visit is None:
        return set()
    times = Counter(r.worker_id for r in visit.standing)
    crowded = {Flag.TWO_WORKERS} if len(times) > visit.workers_needed else set()
    return crowded | ({Flag.RECORDED_TWICE} if any(n > 1 for n in times.values()) else set())


def _flags_of_correction(record: IncomingVisit, sender: Sender) -> set[Flag]:
    corrected = find_record(record_id=record.corrects) if record.corrects else None
    if corrected is None:
        return set()
    own = (corrected.worker_id, corrected.person_id) == (sender.actor.account_id, record.person)
    return set() if own else {Flag.CORRECTS_ANOTHERS}


def _raise_flags(flags: Iterable[Flag], record: OfPerson, sender: Sender, now: datetime) -> set[Flag]:
    raised = set(flags)
    for flag in sorted(raised):
        db.session.execute(
            insert_or_skip(VisitFlagRow)
            .values(
                id=new_id(),
                subject_id=_subject_of(flag, record, sender),
                record_id=record.id,
                person_id=record.person,
                provider_id=sender.actor.organisation_id,
                visit_id=record.visit,
                code=flag.value,
                raised_at=now,
            )
            .on_conflict_do_nothing(index_elements=["subject_id", "code"])
        )
    return raised


def _subject_of(flag: Flag, record: OfPerson, sender: Sender) -> UUID:
    """What a flag stands once for: a record, a visit, or an objection, which each provider learns of once."""
    if flag in OF_VISIT and record.visit:
        return record.visit
    choice = known.find_sharing_choice(person_id=record.person) if flag is Flag.PERSON_OBJECTED else None
    return uuid5(choice.id, str(sender.actor.organisation_id)) if choice else record.id
