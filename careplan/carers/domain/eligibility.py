"""Whether a carer is eligible, and whether a determination may say what it says."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from careplan.assessments.domain.content import Answer
from careplan.assessments.domain.eligibility import (
    AS_BOOL,
    RESULT_WORDS,
    DeterminationDisagrees,
    ReasonsMissing,
    Result,
)
from careplan.assessments.domain.outcome import Achievable, Meaning
from careplan.carers.domain.outcome import CarerOutcome
from careplan.kernel.errors import Problem


@dataclass(frozen=True, slots=True)
class Found:
    """What was found about one of the eight outcomes."""

    outcome: CarerOutcome
    able: Achievable = Achievable.NOT_ASKED
    meanings: tuple[Meaning, ...] = ()
    words: str = ""


@dataclass(frozen=True, slots=True)
class Eligibility:
    """The three conditions, each true, false, or None while too little was asked.

    `effect` is the second: health that is or may be getting worse, or any one outcome out of reach.
    """

    necessary: bool | None
    effect: bool | None
    impact: bool | None
    unable: int

    @property
    def result(self) -> Result:
        conditions = (self.necessary, self.effect, self.impact)
        if False in conditions:
            return Result.NOT_ELIGIBLE
        return Result.NOT_KNOWN if None in conditions else Result.ELIGIBLE


class Kind(StrEnum):
    """What a determination about a carer can say."""

    ELIGIBLE = "eligible"
    DISCRETIONARY = "discretionary"
    NOT_ELIGIBLE = "not_eligible"


KIND_WORDS = {
    Kind.ELIGIBLE: "Eligible for support as a carer",
    Kind.DISCRETIONARY: "Not eligible, but the council helps all the same",
    Kind.NOT_ELIGIBLE: "Not eligible",
}
RESTS_ON = {
    Kind.ELIGIBLE: Result.ELIGIBLE,
    Kind.DISCRETIONARY: Result.NOT_ELIGIBLE,
    Kind.NOT_ELIGIBLE: Result.NOT_ELIGIBLE,
}
CARRIES_A_PLAN = frozenset({Kind.ELIGIBLE, Kind.DISCRETIONARY})


@dataclass(frozen=True, slots=True)
class Determination:
    """What the council decided about a carer, why, who decided it, and on which day. It stays; the latest counts."""

    id: UUID
    carer_id: UUID
    assessment_id: UUID
    kind: Kind
    reasons: str
    decided_on: date
    decided_by: UUID
    at: datetime


def eligibility_of(
    *, necessary: Answer, health: Answer, outcomes: Iterable[Found], significant_impact: Answer
) -> Eligibility:
    """Necessary care, **and** health at risk **or** any one outcome out of reach, **and** a significant impact."""
    found = {f.outcome: f.able for f in outcomes}
    states = [found.get(outcome, Achievable.NOT_ASKED) for outcome in CarerOutcome]
    unable = states.count(Achievable.NO)
    effect: bool | None = health is Answer.YES or unable > 0
    if not effect and (health is Answer.NOT_ASKED or Achievable.NOT_ASKED in states):
        effect = None
    return Eligibility(AS_BOOL[necessary], effect, AS_BOOL[significant_impact], unable)


def check_determination(*, kind: Kind, reasons: str, eligibility: Eligibility) -> None:
    """Raises ReasonsMissing, or DeterminationDisagrees with what the assessment says."""
    if not reasons.strip():
        message = "Give the reasons. The carer reads them."
        raise ReasonsMissing(message, problems=(Problem("reasons", message),))
    if eligibility.result is not RESTS_ON[kind]:
        message = f"{RESULT_WORDS[eligibility.result]} Choose what agrees with them, or assess anew."
        raise DeterminationDisagrees(message, problems=(Problem("kind", message),), limbs=eligibility.result.value)
