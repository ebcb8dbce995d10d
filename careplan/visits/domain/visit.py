"""A visit: one planned or unplanned attendance. Planned and actual times are different things and both are kept."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from careplan.kernel import corrections
from careplan.kernel.minutes import Minutes, elapsed
from careplan.visits.domain.dispute import DisputeState


class Result(StrEnum):
    """What a worker found and did at the door."""

    COMPLETED = "completed"
    NO_REPLY = "no_reply"
    REFUSED = "refused"
    IN_HOSPITAL = "in_hospital"


class CancelledBy(StrEnum):
    """Who called a visit off, or that the person is in hospital."""

    PERSON = "person"
    PROVIDER = "provider"
    COUNCIL = "council"
    HOSPITAL = "hospital"


class Status(StrEnum):
    """How a visit stands; derived from its records and its cancellation."""

    PLANNED = "planned"
    COMPLETED = "completed"
    NO_REPLY = "no_reply"
    REFUSED = "refused"
    IN_HOSPITAL = "in_hospital"
    CANCELLED = "cancelled"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Clocked:
    """What a device claimed, and how far its clock stood behind the server's (negative: ahead)."""

    occurred_at: datetime
    received_at: datetime
    skew: timedelta

    def effective(self, claimed: datetime) -> datetime:
        """The instant of a claimed time by the server's reckoning."""
        return claimed + self.skew


@dataclass(frozen=True, slots=True)
class VisitRecord:
    """What one worker did at one attendance. Times are as claimed; the effective ones stand beside them.

    `plan_version` is the version that the worker saw, `present` are the other workers whom they name.
    """

    id: UUID
    visit_id: UUID | None
    person_id: UUID
    plan_id: UUID | None
    plan_version: int | None
    worker_id: UUID
    provider_id: UUID | None
    device_id: UUID | None
    started_at: datetime
    ended_at: datetime
    result: Result
    note: str | None
    present: tuple[UUID, ...]
    clocked: Clocked
    corrects: UUID | None = None

    @property
    def effective_start(self) -> datetime:
        return self.clocked.effective(self.started_at)

    @property
    def effective_end(self) -> datetime:
        return self.clocked.effective(self.ended_at)

    @property
    def actual_minutes(self) -> Minutes:
        return elapsed(self.started_at, self.ended_at)


@dataclass(frozen=True, slots=True)
class Cancellation:
    """Who called a visit off, when and why; the notice is counted from when they said so to the planned start."""

    at: datetime
    by: CancelledBy
    reason: str
    notice: timedelta


@dataclass(frozen=True, slots=True)
class Missed:
    """That nobody began a visit: when that was settled, by whom (None: by itself), why, and which visit took it in."""

    at: datetime
    by: UUID | None
    reason: str
    merged_into: UUID | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    """An attendance, planned or not. One that nobody planned has no planned times and bears its record's id.

    `corrected_elsewhere` are records in whose place one stands that belongs to another visit. `window` is a narrower
    one than usual for its start, on either side where it is time-critical.
    """

    id: UUID
    person_id: UUID
    plan_id: UUID | None
    provider_id: UUID | None
    funder: str | None
    planned_start: datetime | None
    planned_end: datetime | None
    workers_needed: int
    time_critical: bool
    workers: tuple[UUID, ...] = ()
    cancellation: Cancellation | None = None
    records: tuple[VisitRecord, ...] = ()
    corrected_elsewhere: frozenset[UUID] = frozenset()
    dispute: DisputeState | None = None
    missed: Missed | None = None
    pattern_id: UUID | None = None
    service: str | None = None
    window: timedelta | None = None

    @property
    def planned_minutes(self) -> Minutes | None:
        """Minutes planned for each worker."""
        if self.planned_start is None or self.planned_end is None:
            return None
        return elapsed(self.planned_start, self.planned_end)

    @property
    def standing(self) -> tuple[VisitRecord, ...]:
        """The records that no correction replaced, earliest first."""
        return tuple(r for r in standing_records(self.records) if r.id not in self.corrected_elsewhere)

    @property
    def status(self) -> Status:
        """Completed where any worker completed it; else what the first worker found; else cancelled, missed or planned.

        A record that comes later corrects what was settled without it.
        """
        results = [r.result for r in self.standing]
        if Result.COMPLETED in results:
            return Status.COMPLETED
        if results:
            return Status(results[0].value)
        if self.cancellation is not None:
            return Status.IN_HOSPITAL if self.cancellation.by is CancelledBy.HOSPITAL else Status.CANCELLED
        return Status.MISSED if self.missed is not None else Status.PLANNED

    @property
    def came(self) -> frozenset[UUID]:
        """Everybody who was there, as those who recorded it say."""
        return frozenset(i for r in self.standing for i in (r.worker_id, *r.present))

    @property
    def is_short_handed(self) -> bool:
        """Whether it was done by fewer workers than it needs."""
        return self.planned_start is not None and 0 < len(self.came) < self.workers_needed

    @property
    def lacks_workers(self) -> int:
        """How many workers it needs beyond those who are to come."""
        return max(self.workers_needed - len(self.workers), 0)

    @property
    def started_at(self) -> datetime | None:
        """The earliest effective start among the records that hold."""
        return min((r.effective_start for r in self.standing), default=None)

    @property
    def ended_at(self) -> datetime | None:
        """The latest effective end among the records that hold."""
        return max((r.effective_end for r in self.standing), default=None)


def standing_records(records: tuple[VisitRecord, ...]) -> tuple[VisitRecord, ...]:
    """Those that hold, by effective start and id."""
    holding = corrections.standing(corrections.Version(r.id, r.corrects, (r.worker_id, r.person_id)) for r in records)
    return tuple(sorted((r for r in records if r.id in holding), key=lambda r: (r.effective_start, r.id)))
