"""Reasonable adjustments: what has to be done differently so that the person can use the service."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from careplan.access.domain.actor import Role
from careplan.people.domain.retraction import Retraction
from careplan.people.domain.span import holds

# Those who have to act on it, and the person. Others with access see that there is one.
READS_WORDS = frozenset(
    {
        Role.CITIZEN,
        Role.REPRESENTATIVE,
        Role.SOCIAL_WORKER,
        Role.TEAM_MANAGER,
        Role.PROVIDER_COORDINATOR,
        Role.TRUSTED_ASSESSOR,
        Role.CARE_WORKER,
        Role.NURSE,
        Role.OCCUPATIONAL_THERAPIST,
    }
)


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


def may_read_words(role: Role) -> bool:
    """Whether this role sees what has to be done differently, beyond that something has."""
    return role in READS_WORDS
