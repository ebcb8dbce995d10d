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
