"""What an agreed plan version says about hours: all that the bank needs to judge by itself."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from careplan.kernel.minutes import NO_MINUTES, Minutes
from careplan.kernel.period import WEEKS_IN_PERIOD, next_week_boundary
from careplan.kernel.shares import apportion

WHOLE = 100  # percent


class Funder(StrEnum):
    """Who pays for a grant. Each funder's minutes are a bank of their own."""

    COUNCIL = "council"
    NHS_DELEGATED = "nhs_delegated"
    NHS_CONTINUING_HEALTHCARE = "nhs_continuing_healthcare"
    JOINT = "joint"
    SECTION_117 = "section_117"
    PERSON = "person"


FUNDER_WORDS = {
    Funder.COUNCIL: "The council",
    Funder.NHS_DELEGATED: "The NHS, for delegated health activities",
    Funder.NHS_CONTINUING_HEALTHCARE: "NHS continuing healthcare",
    Funder.JOINT: "The council and the NHS together",
    Funder.SECTION_117: "Aftercare under section 117",
    Funder.PERSON: "The person",
}


class Basis(StrEnum):
    """Which minutes of a visit the bank gives: those planned, those that passed, or those that passed within limits."""

    PLANNED = "planned"
    ACTUAL = "actual"
    TOLERANCE = "tolerance"


class CarryOverRule(StrEnum):
    """What becomes of minutes that are left when a period ends."""

    NONE = "none"
    MINUTES = "minutes"
    PERCENT = "percent"


class Direction(StrEnum):
    """Which way a provider may adjust the hours without asking."""

    NONE = "none"
    DOWN = "down"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Parts:
    """What the council and the NHS each pay of hours that they fund together, in whole percents."""

    council: int
    nhs: int

    def __post_init__(self) -> None:
        if min(self.council, self.nhs) < 1 or self.council + self.nhs != WHOLE:
            raise ValueError("the two parts are whole percents that make up a hundred")

    def split(self, whole: int) -> tuple[int, int]:
        """Minutes or pence for the council and for the NHS: together the whole, whichever way a half falls."""
        council, nhs = apportion(whole, (self.council, self.nhs))
        return council, nhs

    @property
    def words(self) -> str:
        return f"The council pays {self.council}% and the NHS {self.nhs}%"


@dataclass(frozen=True, slots=True)
class Grant:
    """Minutes that one funder gives for each of the four weeks of a period; joint ones name both parts."""

    funder: Funder
    weeks: tuple[Minutes, Minutes, Minutes, Minutes]
    parts: Parts | None = None

    def __post_init__(self) -> None:
        if self.parts is not None and self.funder is not Funder.JOINT:
            raise ValueError("only joint hours have parts")
        if len(self.weeks) != WEEKS_IN_PERIOD or any(w < 0 for w in self.weeks):
            raise ValueError("a grant names four weeks, none of them negative")


@dataclass(frozen=True, slots=True)
class Assessed:
    """A circumstance or a service that the plan assessed: its short name and its words."""

    slug: str
    words: str


@dataclass(frozen=True, slots=True)
class NamedOutcome:
    """An outcome of the plan, in the person's words."""

    id: UUID
    words: str


@dataclass(frozen=True, slots=True)
class ContingencyTerms:
    """Minutes a period kept aside, for which circumstances and services, and how many the provider may approve."""

    minutes: Minutes
    circumstances: tuple[Assessed, ...]
    services: tuple[Assessed, ...]
    provider_limit: Minutes = NO_MINUTES


@dataclass(frozen=True, slots=True)
class CarryOver:
    """How much may be carried into the next period; `cap` is minutes or percent by the rule."""

    rule: CarryOverRule = CarryOverRule.NONE
    cap: int = 0

    def most(self, granted: Minutes) -> Minutes:
        """The most minutes that may be carried out of a period with this grant, a part of a minute cut off."""
        match self.rule:
            case CarryOverRule.NONE:
                return NO_MINUTES
            case CarryOverRule.MINUTES:
                return Minutes(self.cap)
            case CarryOverRule.PERCENT:
                return Minutes(granted * self.cap // 100)


@dataclass(frozen=True, slots=True)
class AdjustmentTerms:
    """Limits inside which the provider may adjust: the smaller of the two binds."""

    direction: Direction = Direction.NONE
    percent: int = 0
    minutes: Minutes = NO_MINUTES


@dataclass(frozen=True, slots=True)
class Terms:
    """One plan version's hours. `service_starts_on` is the plan's for ever; `counts_from` is this version's date.

    `turn` counts how often they were withdrawn before: what they post is told apart by it. `person_decides` is False
    where somebody else agreed to the plan because the person cannot decide about it.
    """

    plan_version_id: UUID
    plan_id: UUID
    person_id: UUID
    provider_id: UUID
    version_number: int
    service_starts_on: date
    counts_from: date
    grants: tuple[Grant, ...]
    basis: Basis = Basis.ACTUAL
    tolerance: Minutes = NO_MINUTES
    weekly_floor: Minutes | None = None
    weekly_ceiling: Minutes | None = None
    carry_over: CarryOver = field(default_factory=CarryOver)
    contingency: ContingencyTerms | None = None
    adjustment: AdjustmentTerms = field(default_factory=AdjustmentTerms)
    outcomes: tuple[NamedOutcome, ...] = ()
    person_decides: bool = True
    turn: int = 0

    @property
    def takes_effect_on(self) -> date:
        """The bank week boundary on or after the version's date: from here on these terms are the plan's."""
        return next_week_boundary(self.service_starts_on, self.counts_from)

    @property
    def funders(self) -> tuple[Funder, ...]:
        """Those who pay, in the order in which the plan names them, each once."""
        return tuple(dict.fromkeys(g.funder for g in self.grants))

    @property
    def main_funder(self) -> Funder:
        """Whose bank holds contingency and visits that name no funder: the council's, else the first one's."""
        return main_of(self.funders)

    @property
    def parts(self) -> Parts | None:
        """The parts of the hours that are funded together; None where there are none, or the plan names none."""
        return next((g.parts for g in self.grants if g.parts is not None), None)

    def minutes_of(self, *, funder: Funder, week: int) -> Minutes:
        """What a funder grants for a week of the period, 1 to 4."""
        return Minutes(sum(g.weeks[week - 1] for g in self.grants if g.funder is funder))


def main_of(funders: Sequence[Funder]) -> Funder:
    """Of those who pay, in the order in which the plan names them: the council, else the first, else the council."""
    return Funder.COUNCIL if Funder.COUNCIL in funders or not funders else funders[0]


def payer_words(funder: Funder, parts: Parts | None) -> str:
    """Who pays, as 'The council pays' or 'The council pays 60% and the NHS 40%'."""
    if parts is not None and funder is Funder.JOINT:
        return parts.words
    return f"{FUNDER_WORDS[funder]} {'pay' if funder is Funder.JOINT else 'pays'}"


def terms_on(versions: Iterable[Terms], day: date) -> Terms | None:
    """The terms that hold on a day: of the versions that have taken effect by then, the one with the highest number."""
    begun = [t for t in versions if t.takes_effect_on <= day]
    return max(begun, key=lambda t: t.version_number, default=None)
