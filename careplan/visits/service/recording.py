"""Keeping a record of each kind, with the flags that it raises."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any, cast
from uuid import UUID, uuid5

from sqlalchemy import Table
from sqlalchemy.dialects.postgresql import insert

from careplan.concerns import service as concerns
from careplan.concerns.domain.concern import ConcernCategory
from careplan.db import db
from careplan.delegation import service as delegation
from careplan.kernel.errors import DomainError, Problem
from careplan.kernel.ids import new_id
from careplan.medicines import service as medicines
from careplan.medicines.domain.alert import AlertKind
from careplan.outcomes import service as outcomes
from careplan.outcomes.domain.rating import RatingKind
from careplan.plans import queries as plans
from careplan.visits.domain.flag import Flag
from careplan.visits.domain.incoming import (
    AnyRecord,
    IncomingActivity,
    IncomingConcern,
    IncomingDiscard,
    IncomingDowntime,
    IncomingMedicine,
    IncomingRating,
    IncomingVisit,
    OfPerson,
    Sender,
)
from careplan.visits.domain.visit import Clocked, Visit, VisitRecord
from careplan.visits.models import DiscardRow, DowntimeRow, VisitFlagRow, VisitRecordRow
from careplan.visits.queries import find_record
from careplan.visits.queries.around import Around, look_around, start_of
from careplan.visits.service.answering import answer_by_start
from careplan.visits.service.circumstances import flags_around
from careplan.visits.service.drawing import Seen, draw_anew, draw_first
from careplan.visits.service.locking import lock_person

# These say something of a visit as a whole: they stand once for it, whichever of its records came last.
OF_VISIT = frozenset({Flag.TWO_WORKERS, Flag.RECORDED_TWICE, Flag.VISIT_CANCELLED})
_RECORDS, _FLAGS = cast(Table, VisitRecordRow.__table__), cast(Table, VisitFlagRow.__table__)

FLAGS_OF_DOSE = {
    AlertKind.TOO_EARLY: Flag.DOSE_TOO_EARLY,
    AlertKind.OVER_MAXIMUM: Flag.DOSE_OVER_MAXIMUM,
    AlertKind.NOT_GIVEN: Flag.DOSE_NOT_GIVEN,
    AlertKind.NOT_PRESCRIBED: Flag.DOSE_NOT_PRESCRIBED,
    AlertKind.UNKNOWN_MEDICINE: Flag.MEDICINE_UNKNOWN,
}


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
    around = look_around(record_id=record.id, record=record, sender=sender)
    return keep_seen(record=record, sender=sender, around=around, now=now)


def keep_seen(*, record: AnyRecord, sender: Sender, around: Around, now: datetime) -> set[Flag]:
    """The same for whoever has locked the person, and has read since what stands around the record.

    Raises UnknownVisit, UnknownOutcome.
    """
    if isinstance(record, OfPerson) and record.visit is not None:
        _check_visit(record, around.visit)
    keeper: Callable[..., set[Flag]] = _KEEPERS[type(record)]
    return keeper(record, sender, around, now)


def _keep_visit(record: IncomingVisit, sender: Sender, around: Around, now: datetime) -> set[Flag]:
    kept = _as_kept(record, sender, around, now)
    start, end = kept.effective_start, kept.effective_end
    db.session.execute(_RECORDS.insert(), _as_row(kept))
    if record.corrects is None and not around.is_corrected:
        seen = Seen(around.visit, around.version, around.draws)
        draw_first(record=kept, seen=seen, actor=sender.actor, now=now)
    else:
        draw_anew(record=kept, actor=sender.actor, now=now)
    if record.visit is not None and around.is_alerted:
        answer_by_start(visit_id=record.visit, started_at=start, worker_id=sender.actor.account_id, now=now)
    flags = flags_around(record=record, around=around, start=start, end=end, sender=sender, now=now)
    flags |= {*_flags_of_company(kept, around), *_flags_of_correction(record, sender)}
    if around.version is None:
        flags.add(Flag.NO_PLAN)
    return _raise_flags(flags, record, sender, around, now)


def _as_kept(record: IncomingVisit, sender: Sender, around: Around, now: datetime) -> VisitRecord:
    return VisitRecord(
        id=record.id,
        visit_id=record.visit,
        person_id=record.person,
        plan_id=around.visit.plan_id if around.visit else around.plan_id,
        plan_version=record.plan_version,
        worker_id=sender.actor.account_id,
        provider_id=sender.actor.organisation_id,
        device_id=sender.device_id,
        started_at=record.started_at,
        ended_at=record.ended_at,
        result=record.result,
        note=record.note or None,
        present=record.workers,
        clocked=Clocked(record.occurred_at, now, sender.skew),
        corrects=record.corrects,
    )


def _as_row(kept: VisitRecord) -> dict[str, Any]:
    return {
        "id": kept.id, "visit_id": kept.visit_id, "person_id": kept.person_id, "plan_id": kept.plan_id,
        "plan_version": kept.plan_version, "worker_id": kept.worker_id, "provider_id": kept.provider_id,
        "device_id": kept.device_id, "started_at": kept.started_at, "ended_at": kept.ended_at,
        "result": kept.result.value, "note": kept.note, "present": list(kept.present),
        "occurred_at": kept.clocked.occurred_at, "received_at": kept.clocked.received_at,
        "skew_ms": round(kept.clocked.skew.total_seconds() * 1000), "effective_started_at": kept.effective_start,
        "effective_ended_at": kept.effective_end, "corrects": kept.corrects,
    }  # fmt: skip


def _keep_rating(record: IncomingRating, sender: Sender, around: Around, now: datetime) -> set[Flag]:
    flags = _flags_of_moment(record, sender, around, now)
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
    return _raise_flags(flags, record, sender, around, now)


def _keep_activity(record: IncomingActivity, sender: Sender, around: Around, now: datetime) -> set[Flag]:
    flags = _flags_of_moment(record, sender, around, now)
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
        time_uncertain=Flag.CLOCK_SKEW in flags,
        actor=sender.actor,
        now=now,
    )
    if not found.authority.stood:
        flags.add(Flag.UNAUTHORISED)
    if found.out_of_range:
        flags.add(Flag.OUT_OF_RANGE)
    return _raise_flags(flags, record, sender, around, now)


def _keep_medicine(record: IncomingMedicine, sender: Sender, around: Around, now: datetime) -> set[Flag]:
    flags = _flags_of_moment(record, sender, around, now)
    found = medicines.record_dose(
        dose_id=record.id,
        person_id=record.person,
        medicine_id=record.medicine,
        effective_at=record.occurred_at + sender.skew,
        result=record.result,
        reason=record.reason,
        amount=record.dose,
        note=record.note,
        rang=record.rang,
        visit_id=record.visit,
        corrects=record.corrects,
        time_uncertain=Flag.CLOCK_SKEW in flags,
        actor=sender.actor,
        now=now,
    )
    flags |= {FLAGS_OF_DOSE[kind] for kind in found.alerts}
    if not found.authorised:
        flags.add(Flag.UNAUTHORISED)
    return _raise_flags(flags, record, sender, around, now)


def _keep_concern(record: IncomingConcern, sender: Sender, around: Around, now: datetime) -> set[Flag]:
    flags = _flags_of_moment(record, sender, around, now)
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
    return _raise_flags(flags, record, sender, around, now)


def _keep_downtime(record: IncomingDowntime, sender: Sender, _: Around, now: datetime) -> set[Flag]:
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


def _keep_discard(record: IncomingDiscard, sender: Sender, _: Around, now: datetime) -> set[Flag]:
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
    IncomingMedicine: _keep_medicine,
    IncomingConcern: _keep_concern,
    IncomingDowntime: _keep_downtime,
    IncomingDiscard: _keep_discard,
}


def _flags_of_moment(record: OfPerson, sender: Sender, around: Around, now: datetime) -> set[Flag]:
    at = start_of(record, sender)
    return flags_around(record=record, around=around, start=at, end=at, sender=sender, now=now)


def _check_visit(record: OfPerson, visit: Visit | None) -> None:
    if visit is None or visit.person_id != record.person:
        message = "This is not one of the person's visits. Leave it out if nobody planned the visit."
        raise UnknownVisit(message, problems=(Problem("visit", message),))


def _check_outcome(record: IncomingRating, *, at: datetime) -> None:
    """The worker may have seen an older version, so any version's outcome is known."""
    plan = plans.find_plan(person_id=record.person, at=at)
    if plan is None or not any(o.id == record.outcome for v in plan.versions for o in v.content.outcomes):
        message = "This is not an outcome of the person's plan."
        raise UnknownOutcome(message, problems=(Problem("outcome", message),))


def _flags_of_company(kept: VisitRecord, around: Around) -> set[Flag]:
    """Whether more workers, or the same one more often, recorded a visit than it needs."""
    if around.visit is None:
        return set()
    elsewhere = {kept.id} if around.is_corrected_elsewhere else set()
    visit = replace(
        around.visit,
        records=(*around.visit.records, kept),
        corrected_elsewhere=around.visit.corrected_elsewhere | elsewhere,
    )
    times = Counter(r.worker_id for r in visit.standing)
    crowded = {Flag.TWO_WORKERS} if len(times) > visit.workers_needed else set()
    return crowded | ({Flag.RECORDED_TWICE} if any(n > 1 for n in times.values()) else set())


def _flags_of_correction(record: IncomingVisit, sender: Sender) -> set[Flag]:
    corrected = find_record(record_id=record.corrects) if record.corrects else None
    if corrected is None:
        return set()
    own = (corrected.worker_id, corrected.person_id) == (sender.actor.account_id, record.person)
    return set() if own else {Flag.CORRECTS_ANOTHERS}


def _raise_flags(flags: set[Flag], record: OfPerson, sender: Sender, around: Around, now: datetime) -> set[Flag]:
    rows = [
        {
            "id": new_id(), "subject_id": _subject_of(flag, record, sender, around), "record_id": record.id,
            "person_id": record.person, "provider_id": sender.actor.organisation_id, "visit_id": record.visit,
            "code": flag.value, "raised_at": now,
        }
        for flag in sorted(flags)
    ]  # fmt: skip
    if rows:
        db.session.execute(insert(_FLAGS).values(rows).on_conflict_do_nothing(index_elements=["subject_id", "code"]))
    return flags


def _subject_of(flag: Flag, record: OfPerson, sender: Sender, around: Around) -> UUID:
    """What a flag stands once for: a record, a visit, or an objection, which each provider learns of once."""
    if flag in OF_VISIT and record.visit:
        return record.visit
    if flag is Flag.PERSON_OBJECTED and around.objection is not None:
        return uuid5(around.objection, str(sender.actor.organisation_id))
    return record.id
