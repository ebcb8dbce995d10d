"""What a character of the demo is: who they are, what they want, and how far their plan has come."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Stage(StrEnum):
    """How far a character's plan has come when the demo begins."""

    NO_PLAN = "no_plan"
    DRAFT = "draft"
    PROPOSED = "proposed"
    PROVIDER_AGREED = "provider_agreed"
    STARTS_NEXT_WEEK = "starts_next_week"
    IN_FORCE = "in_force"
    BANK_RUN_OUT = "bank_run_out"
    BEST_INTERESTS = "best_interests"
    BY_ATTORNEY = "by_attorney"
    NOT_AGREED = "not_agreed"
    INTERIM = "interim"
    INTERIM_OVERDUE = "interim_overdue"


@dataclass(frozen=True, slots=True)
class Step:
    """An action that serves an outcome: what, done by whom (kind and name), when."""

    words: str
    by: str
    who: str
    when: str


@dataclass(frozen=True, slots=True)
class Aim:
    """A need and the outcome that answers it, with five described levels from the worst (−2) to the best (+2)."""

    care_act: str
    need: str
    want: str
    wellbeing: str
    levels: tuple[str, str, str, str, str]
    steps: tuple[Step, ...]
    importance: int = 8
    confidence: int = 5
    maintain: bool = False


@dataclass(frozen=True, slots=True)
class Character:
    """One invented person; `weeks` are the hours granted in each week of a period."""

    key: str
    given: str
    family: str
    born: date
    gender: str
    nhs_number: str | None
    street: str
    postcode: str
    provider: str
    stage: Stage
    most_important: str
    communicate: str
    weeks: tuple[int, int, int, int]
    aims: tuple[Aim, ...]
    preferred: str | None = None
    language: str = "en"
    lives_alone: bool = True
    objects_to_sharing: bool = False
    double_handed: bool = False
    council_percent: int | None = None  # of hours that the NHS pays too
