"""What a plan says, as frozen values. Exactly this is hashed and agreed.

The person's contacts, their address and the names of workers are no part of it.

A draft may lack anything; `gates` says what must be there before it is proposed. Durations are minutes, money is pence,
dates are London's. Items keep their ids from version to version.
"""

from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from enum import Enum, StrEnum
from typing import Any
from uuid import UUID

from careplan.assessments.domain.outcome import CareActOutcome as CareActOutcome
from careplan.hours.domain.terms import Basis as Basis
from careplan.hours.domain.terms import CarryOverRule as CarryOverRule
from careplan.hours.domain.terms import Direction as Direction
from careplan.hours.domain.terms import Funder as Funder
from careplan.hours.domain.terms import Parts as Parts
from careplan.kernel.minutes import NO_MINUTES, Minutes
from careplan.kernel.money import Pence

SCHEMA = 1
# Fields that came after plans had been signed: left out where they say nothing, so that a content stays what it was.
LATER = frozenset({"parts"})
LEVELS = (-2, -1, 0, 1, 2)
NO_WEEKS = (NO_MINUTES,) * 4


class PlanKind(StrEnum):
    """A full plan, or the little that must be known before care starts in an emergency."""

    FULL = "full"
    INTERIM = "interim"


class Wellbeing(StrEnum):
    """The seven areas of wellbeing that councils report by."""

    QUALITY_OF_LIFE = "quality_of_life"
    PHYSICAL_AND_MENTAL = "physical_and_mental"
    FEELING_SAFE = "feeling_safe"
    DAY_TO_DAY_LIVING = "day_to_day_living"
    PART_OF_THE_COMMUNITY = "part_of_the_community"
    INDEPENDENCE = "independence"
    CONTROL = "control"


class Aim(StrEnum):
    """Whether an outcome is to get better or to be kept."""

    IMPROVE = "improve"
    MAINTAIN = "maintain"


class DoneBy(StrEnum):
    """Who does an action."""

    PERSON = "person"
    UNPAID_CARER = "unpaid_carer"
    PROVIDER = "provider"
    NURSE = "nurse"
    COMMUNITY = "community"
    DEVICE = "device"


class Rank(StrEnum):
    """How soon a missed visit becomes dangerous."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Frequency(StrEnum):
    """How often a direct payment is made."""

    WEEKLY = "weekly"
    FOUR_WEEKLY = "four_weekly"
    MONTHLY = "monthly"


class InterimReason(StrEnum):
    """Why care starts before there is a full plan."""

    URGENT_NEED = "urgent_need"
    HOSPITAL_DISCHARGE = "hospital_discharge"
    PROVIDER_FAILURE = "provider_failure"
    CARER_BREAKDOWN = "carer_breakdown"
    CARRIED_OVER = "carried_over"


@dataclass(frozen=True, slots=True)
class Provider:
    """The organisation that gives the care, with its name as it stood when the plan was written."""

    organisation: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Need:
    """What the person needs; where nothing is to be done about it, why."""

    id: UUID
    care_act: CareActOutcome
    words: str
    unmet_because: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the person wants, in their own words, on five described levels from −2 to +2.

    Importance and confidence are the person's own, 1 to 10, or None where not asked; weight is 0 to 9.
    """

    id: UUID
    need: UUID | None
    words: str
    aim: Aim = Aim.IMPROVE
    care_act: tuple[CareActOutcome, ...] = ()
    wellbeing: tuple[Wellbeing, ...] = ()
    importance: int | None = None
    confidence: int | None = None
    target_date: date | None = None
    levels: tuple[str, ...] = ("", "", "", "", "")
    baseline: int = -1
    weight: int = 1

    def level_words(self, level: int) -> str:
        """What a level, from −2 to 2, means for this outcome."""
        return self.levels[LEVELS.index(level)]


@dataclass(frozen=True, slots=True)
class Action:
    """Who does what, when, to reach an outcome."""

    id: UUID
    outcome: UUID | None
    words: str
    by: DoneBy = DoneBy.PROVIDER
    who: str = ""
    when: str = ""


@dataclass(frozen=True, slots=True)
class Grant:
    """Minutes from one funder for each of the four weeks of a period; joint ones name both parts."""

    id: UUID
    funder: Funder = Funder.COUNCIL
    weeks: tuple[Minutes, ...] = NO_WEEKS
    parts: Parts | None = None

    @property
    def total(self) -> Minutes:
        return Minutes(sum(self.weeks))


@dataclass(frozen=True, slots=True)
class CarryOver:
    """What is kept of minutes left; the cap is in minutes or percent, by the rule."""

    rule: CarryOverRule = CarryOverRule.NONE
    cap: int = 0


@dataclass(frozen=True, slots=True)
class PlanHours:
    """The hours a plan grants and how they are drawn. Floor and ceiling are minutes a week."""

    grants: tuple[Grant, ...] = ()
    basis: Basis = Basis.ACTUAL
    tolerance: Minutes = NO_MINUTES
    weekly_floor: Minutes | None = None
    weekly_ceiling: Minutes | None = None
    carry_over: CarryOver = field(default_factory=CarryOver)
    double_handed: bool = False

    @property
    def weeks(self) -> tuple[Minutes, ...]:
        """All funders' minutes, week by week."""
        return tuple(Minutes(sum(g.weeks[k] for g in self.grants)) for k in range(4))

    @property
    def total(self) -> Minutes:
        return Minutes(sum(self.weeks))


@dataclass(frozen=True, slots=True)
class Named:
    """A circumstance or a service that was assessed: a slug that machines use, and words."""

    slug: str
    words: str


@dataclass(frozen=True, slots=True)
class Contingency:
    """Minutes kept aside in each period for assessed circumstances; the provider may approve up to a limit."""

    minutes: Minutes
    circumstances: tuple[Named, ...] = ()
    services: tuple[Named, ...] = ()
    provider_limit: Minutes = NO_MINUTES


@dataclass(frozen=True, slots=True)
class Adjustment:
    """What a provider may change without a new version: the smaller of percent and minutes binds."""

    direction: Direction = Direction.NONE
    percent: int = 0
    minutes: Minutes = NO_MINUTES


@dataclass(frozen=True, slots=True)
class PlanDelegation:
    """A delegated health activity by its instruction version, and who does it until a worker is competent."""

    delegation: UUID
    activity: str
    instruction_version: int
    until_competent: str = ""


@dataclass(frozen=True, slots=True)
class Risk:
    """What could go wrong and what is done about it."""

    id: UUID
    words: str
    response: str = ""


@dataclass(frozen=True, slots=True)
class MissedVisit:
    """What happens when a visit is missed or late: how dangerous it is, whom to tell, what to do."""

    rank: Rank
    contact: str
    response: str


@dataclass(frozen=True, slots=True)
class NoReplyStep:
    """A step when nobody opens the door, counted in minutes from the first try."""

    after_minutes: Minutes
    step: str


@dataclass(frozen=True, slots=True)
class EmergencyPlan:
    """When it is an emergency, what to do, whom to call, and what if the unpaid carer cannot go on."""

    triggers: str = ""
    steps: str = ""
    call: str = ""
    if_carer_fails: str = ""


@dataclass(frozen=True, slots=True)
class DirectPayment:
    """Money instead of care: for which needs, how much and how often."""

    needs: tuple[UUID, ...]
    amount_pence: Pence
    frequency: Frequency


@dataclass(frozen=True, slots=True)
class Budget:
    """The personal budget by the week."""

    total_weekly_pence: Pence
    person_weekly_pence: Pence
    council_weekly_pence: Pence
    direct_payment: DirectPayment | None = None


@dataclass(frozen=True, slots=True)
class Interim:
    """The little that must be known before care starts; `told_on` is the day the person was told."""

    reason: InterimReason
    needs_as_known: str = ""
    allergies: str = ""
    access: str = ""
    told_on: date | None = None


@dataclass(frozen=True, slots=True)
class PlanContent:
    """One version of a plan, whole."""

    plan: UUID
    version: int
    kind: PlanKind = PlanKind.FULL
    starts_on: date | None = None
    provider: Provider | None = None
    needs: tuple[Need, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    actions: tuple[Action, ...] = ()
    hours: PlanHours = field(default_factory=PlanHours)
    contingency: Contingency | None = None
    adjustment: Adjustment = field(default_factory=Adjustment)
    delegations: tuple[PlanDelegation, ...] = ()
    risks: tuple[Risk, ...] = ()
    missed_visit: MissedVisit | None = None
    no_reply: tuple[NoReplyStep, ...] = ()
    emergency_plan: EmergencyPlan = field(default_factory=EmergencyPlan)
    budget: Budget | None = None
    how_met: str = ""
    prevention_advice: str = ""
    review_on: date | None = None
    interim: Interim | None = None


def as_json(content: PlanContent) -> dict[str, Any]:
    """The JSON that is stored, shown and hashed."""
    return {"schema": SCHEMA, **_plain(content)}


def _plain(value: object) -> Any:
    if is_dataclass(value):
        held = {f.name: getattr(value, f.name) for f in fields(value)}
        return {name: _field(name, v) for name, v in held.items() if v is not None or name not in LATER}
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def _field(name: str, value: object) -> Any:
    if name == "levels" and isinstance(value, tuple):
        return {str(level): words for level, words in zip(LEVELS, value, strict=True)}
    return _plain(value)
