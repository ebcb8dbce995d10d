"""An occasion: the activity done, declined or not done once, with its readings; and what it set off."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from careplan.delegation.domain.delegation import Instruction
from careplan.delegation.domain.reading import lies_within


class OccasionResult(StrEnum):
    """What came of it."""

    DONE = "done"
    DECLINED = "declined"
    NOT_DONE = "not_done"


@dataclass(frozen=True, slots=True)
class Measured:
    """A reading as somebody read it off."""

    name: str
    value: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A reading and whether it lay in the instruction's range; None where the two cannot be compared."""

    name: str
    value: Decimal
    unit: str
    in_range: bool | None


@dataclass(frozen=True, slots=True)
class Occasion:
    """One occasion as recorded; `effective_at` is when it happened by the server's reckoning."""

    id: UUID
    person_id: UUID
    delegation_id: UUID
    instruction_version: int
    worker_id: UUID
    visit_id: UUID | None
    effective_at: datetime
    received_at: datetime
    result: OccasionResult
    reason: str | None
    authorised: bool
    corrects: UUID | None
    readings: tuple[Reading, ...] = ()


class AlertKind(StrEnum):
    """What an alert is about."""

    UNAUTHORISED = "unauthorised"
    OUT_OF_RANGE = "out_of_range"


@dataclass(frozen=True, slots=True)
class Alert:
    """One party told of one thing, until they acknowledge it. Either an account or an organisation is told."""

    id: UUID
    kind: AlertKind
    person_id: UUID
    delegation_id: UUID | None
    occasion_id: UUID
    account_id: UUID | None
    organisation_id: UUID | None
    words: str
    raised_at: datetime
    acknowledged_at: datetime | None
    acknowledged_by: UUID | None
    escalation_id: UUID | None = None


def compared(measured: Measured, instruction: Instruction | None) -> Reading:
    """A reading held against the instruction's range, in whatever unit it was read."""
    normal = instruction.range_of(measured.name) if instruction else None
    in_range = lies_within(normal, measured.value, measured.unit) if normal else None
    return Reading(measured.name, measured.value, measured.unit, in_range)
