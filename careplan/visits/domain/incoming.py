"""What a worker says they did, as sent by a tablet or by the form: one shape for each kind of record."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from careplan.access.domain.actor import Actor
from careplan.delegation.domain.occasion import Measured, OccasionResult
from careplan.kernel.errors import Problem
from careplan.medicines.domain.dose import DoseResult
from careplan.outcomes.domain.level import Level
from careplan.visits.domain.visit import Result


class RecordKind(StrEnum):
    """The kinds of record that a tablet sends."""

    VISIT = "visit"
    RATING = "rating"
    ACTIVITY = "activity"
    MEDICINE = "medicine"
    CONCERN = "concern"
    DOWNTIME = "downtime"
    DISCARD = "discard"


class DowntimeUse(StrEnum):
    """What the time of a shift served that was not with a person."""

    PEOPLE = "people"
    TRAINING = "training"
    COMMUNITY = "community"
    MEETING = "meeting"


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """What every record carries; times are as the device claimed them."""

    id: UUID
    occurred_at: datetime
    plan_version: int | None = None
    corrects: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfPerson(Incoming):
    """A record about one person."""

    person: UUID
    visit: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingVisit(OfPerson):
    """One worker's attendance, from when until when and with what result."""

    started_at: datetime
    ended_at: datetime
    result: Result
    workers: tuple[UUID, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingRating(OfPerson):
    """A note of progress on an outcome."""

    outcome: UUID
    level: Level
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingActivity(OfPerson):
    """A delegated activity done, declined or not done, with its readings."""

    delegation: UUID
    instruction_version: int
    result: OccasionResult
    reason: str | None = None
    readings: tuple[Measured, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingMedicine(OfPerson):
    """One occasion of one medicine; `rang` says who was rung before a dose that came early or was one too many."""

    medicine: UUID
    result: DoseResult
    reason: str | None = None
    dose: str | None = None
    note: str | None = None
    rang: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingConcern(OfPerson):
    """A worry about somebody's safety."""

    text: str
    urgent: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingDowntime(Incoming):
    """Time on a shift that was not with a person."""

    minutes: int
    use: DowntimeUse
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingDiscard(Incoming):
    """That a worker gives up a record which was not taken."""

    record: UUID
    reason: str


AnyRecord = (
    IncomingVisit
    | IncomingRating
    | IncomingActivity
    | IncomingMedicine
    | IncomingConcern
    | IncomingDowntime
    | IncomingDiscard
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A record as it arrived: its body, and what was read from it or what is wrong with it."""

    body: dict[str, Any]
    id: UUID | None
    record: AnyRecord | None
    problems: tuple[Problem, ...] = ()
    code: str = "invalid"

    @property
    def kind(self) -> str:
        return str(self.body.get("kind", ""))


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends, from which device, and how far its clock stood behind the server's when it sent.

    The skew is of whole milliseconds, as it is stored: what is worked out from it now and later must be the same.
    """

    actor: Actor
    device_id: UUID | None = None
    skew: timedelta = timedelta(0)
    route: str = "POST /api/v1/sync"

    def __post_init__(self) -> None:
        object.__setattr__(self, "skew", timedelta(milliseconds=round(self.skew / timedelta(milliseconds=1))))
