"""The person's choice whether the NHS trust may read their record."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from careplan.kernel.errors import Conflict


class SharingDecision(StrEnum):
    """What the person chose."""

    SHARES = "shares"
    OBJECTS = "objects"


@dataclass(frozen=True, slots=True)
class SharingChoice:
    """One choice in the person's words; the latest counts. `closed_to` are those from whom an objection took access."""

    id: UUID
    person_id: UUID
    decision: SharingDecision
    decided_at: datetime
    recorded_by: UUID
    words: str | None = None
    closed_to: tuple[UUID, ...] = ()


class SharingObjectedTo(Conflict):
    """The person objects to sharing, so the record is opened to no trust."""

    code = "sharing_objected_to"


def decision_of(latest: SharingChoice | None) -> SharingDecision:
    """A person who has not said otherwise shares with those who look after them."""
    return latest.decision if latest else SharingDecision.SHARES
