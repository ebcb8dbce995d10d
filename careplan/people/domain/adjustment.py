"""Reasonable adjustments: what has to be done differently so that the person can use the service."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from careplan.people.domain.retraction import Retraction
from careplan.people.domain.span import holds


@dataclass(frozen=True, slots=True)
class Adjustment:
    """One adjustment with its days; that there is one shows to all with access, its words by role."""

    id: UUID
    person_id: UUID
    words: str
    starts_on: date
    recorded_at: datetime
    recorded_by: UUID
    ends_on: date | None = None
    end_reason: str | None = None
    retraction: Retraction | None = None

    def holds_on(self, day: date) -> bool:
        return self.retraction is None and holds(starts_on=self.starts_on, ends_on=self.ends_on, day=day)
