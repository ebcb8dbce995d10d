"""What a person contributes, from which day, and how that was settled; and what is never charged at all."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from careplan.kernel.money import Pence

# Care and Support (Charging and Assessment of Resources) Regulations 2014: up to six weeks.
FREE_WEEKS = timedelta(weeks=6)


class ContributionKind(StrEnum):
    """An amount a week, the full cost of the care, or nothing."""

    AMOUNT = "amount"
    FULL_COST = "full_cost"
    NIL = "nil"

    @property
    def words(self) -> str:
        return {"amount": "An amount a week", "full_cost": "The full cost", "nil": "Nothing"}[self.value]


class ContributionStatus(StrEnum):
    """How far the financial assessment has come. Who refuses it pays the full cost."""

    PENDING = "pending"
    ASSESSED = "assessed"
    REFUSED = "refused"

    @property
    def words(self) -> str:
        return {
            "pending": "Still being worked out",
            "assessed": "Assessed",
            "refused": "The person did not want to be assessed",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Contribution:
    """What was recorded of a person's contribution from a day on; `weekly` is pence for an amount, else nothing."""

    id: UUID
    person_id: UUID
    kind: ContributionKind
    weekly: Pence
    since: date
    status: ContributionStatus
    source: str
    told_on: date | None
    recorded_at: datetime
    recorded_by: UUID

    @property
    def is_invoiced(self) -> bool:
        """Nothing is invoiced while it is being worked out, nor before the person was told."""
        return self.status is not ContributionStatus.PENDING and self.told_on is not None


def in_force(contributions: Iterable[Contribution], day: date) -> Contribution | None:
    """The one that begins last on a day or before it; of two for one day, the one recorded last."""
    begun = [c for c in contributions if c.since <= day]
    return max(begun, key=lambda c: (c.since, c.recorded_at, c.id), default=None)


class ExemptionKind(StrEnum):
    """Why a person's care is not charged for some days, whatever they contribute."""

    REABLEMENT = "reablement"
    INTERMEDIATE_CARE = "intermediate_care"
    AIDS = "aids"
    SECTION_117 = "section_117"
    CJD = "cjd"
    CARER_SUPPORT = "carer_support"

    @property
    def words(self) -> str:
        return EXEMPTION_WORDS[self]


EXEMPTION_WORDS = {
    ExemptionKind.REABLEMENT: "Reablement, up to six weeks",
    ExemptionKind.INTERMEDIATE_CARE: "Intermediate care, up to six weeks",
    ExemptionKind.AIDS: "Aids and adaptations of £1,000 or less",
    ExemptionKind.SECTION_117: "Aftercare under section 117",
    ExemptionKind.CJD: "Creutzfeldt-Jakob disease",
    ExemptionKind.CARER_SUPPORT: "Support to a carer, given to the person",
}
LIMITED = frozenset({ExemptionKind.REABLEMENT, ExemptionKind.INTERMEDIATE_CARE})


@dataclass(frozen=True, slots=True)
class Exemption:
    """Days on which a person's care is free; without an end it goes on, but for what is free for six weeks only."""

    kind: ExemptionKind
    since: date
    until: date | None
    source: str

    @property
    def last_day(self) -> date | None:
        """The last day that is free; None: it goes on."""
        limit = self.since + FREE_WEEKS - timedelta(days=1) if self.kind in LIMITED else None
        return min((d for d in (self.until, limit) if d is not None), default=None)

    def covers(self, day: date) -> bool:
        last = self.last_day
        return self.since <= day and (last is None or day <= last)


def exemption_on(exemptions: Iterable[Exemption], day: date) -> Exemption | None:
    """Why a day's care is free, if it is."""
    return next((e for e in exemptions if e.covers(day)), None)
