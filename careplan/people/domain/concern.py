"""Worries about somebody's safety, kept apart from everything that the person, a representative or a carer sees."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class ConcernCategory(StrEnum):
    """What the worry is about: the kinds of abuse and neglect that the Care Act's guidance names."""

    PHYSICAL = "physical"
    DOMESTIC = "domestic"
    SEXUAL = "sexual"
    PSYCHOLOGICAL = "psychological"
    FINANCIAL = "financial"
    MODERN_SLAVERY = "modern_slavery"
    DISCRIMINATORY = "discriminatory"
    ORGANISATIONAL = "organisational"
    NEGLECT = "neglect"
    SELF_NEGLECT = "self_neglect"
    OTHER = "other"

    @property
    def words(self) -> str:
        return WORDS[self]


WORDS = {
    ConcernCategory.PHYSICAL: "Being hurt",
    ConcernCategory.DOMESTIC: "Violence or control at home",
    ConcernCategory.SEXUAL: "Sexual abuse",
    ConcernCategory.PSYCHOLOGICAL: "Threats, shouting or being cut off from others",
    ConcernCategory.FINANCIAL: "Money or belongings",
    ConcernCategory.MODERN_SLAVERY: "Modern slavery",
    ConcernCategory.DISCRIMINATORY: "Being treated badly for who they are",
    ConcernCategory.ORGANISATIONAL: "Poor care by a service",
    ConcernCategory.NEGLECT: "Not getting the care they need",
    ConcernCategory.SELF_NEGLECT: "Not looking after themselves",
    ConcernCategory.OTHER: "Something else",
}


@dataclass(frozen=True, slots=True)
class Concern:
    """One concern as it was raised; nothing in it changes afterwards."""

    id: UUID
    person_id: UUID
    category: ConcernCategory
    words: str
    immediate_danger: bool
    persons_wishes: str | None
    raised_by: UUID
    raised_at: datetime
    told: tuple[str, ...] = ()
