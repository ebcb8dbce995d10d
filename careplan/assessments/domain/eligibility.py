"""Whether a person is eligible by the three limbs, and whether a determination may say what it says."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from careplan.assessments.domain.content import Answer, AssessmentContent, OutcomeFound
from careplan.assessments.domain.outcome import Achievable
from careplan.kernel.errors import DomainError, Problem

OUTCOMES_NEEDED = 2
AS_BOOL = {Answer.YES: True, Answer.NO: False, Answer.NOT_ASKED: None}


class Result(StrEnum):
    """What the three limbs together say."""

    ELIGIBLE = "eligible"
    NOT_ELIGIBLE = "not_eligible"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True, slots=True)
class Eligibility:
    """The three limbs, each true, false, or None while too little was asked; and how many outcomes are out of reach."""

    impairment: bool | None
    outcomes: bool | None
    impact: bool | None
    not_achievable: int

    @property
    def result(self) -> Result:
        limbs = (self.impairment, self.outcomes, self.impact)
        if False in limbs:
            return Result.NOT_ELIGIBLE
        return Result.NOT_KNOWN if None in limbs else Result.ELIGIBLE


class Kind(StrEnum):
    """What a determination can say."""

    ELIGIBLE = "eligible"
    DISCRETIONARY = "discretionary_or_preventive"
    URGENT = "urgent"
    SECTION_117 = "section_117"
    CARER = "carer"
    NOT_ELIGIBLE = "not_eligible"


KIND_WORDS = {
    Kind.ELIGIBLE: "Eligible for care and support",
    Kind.DISCRETIONARY: "Not eligible, but the council helps all the same or to prevent needs",
    Kind.URGENT: "Urgent: care starts before the assessment is whole",
    Kind.SECTION_117: "Aftercare under section 117",
    Kind.CARER: "Support for a carer",
    Kind.NOT_ELIGIBLE: "Not eligible",
}
# What the limbs must say for a determination of this kind. The others rest on another ground: the reasons give it.
RESTS_ON = {
    Kind.ELIGIBLE: Result.ELIGIBLE,
    Kind.DISCRETIONARY: Result.NOT_ELIGIBLE,
    Kind.NOT_ELIGIBLE: Result.NOT_ELIGIBLE,
}
RESULT_WORDS = {
    Result.ELIGIBLE: "The three limbs say: eligible.",
    Result.NOT_ELIGIBLE: "The three limbs say: not eligible.",
    Result.NOT_KNOWN: "The three limbs do not say yet: too little was asked.",
}


@dataclass(frozen=True, slots=True)
class Determination:
    """What the council decided, why, who decided it, and on which day. It stays; the latest counts."""

    id: UUID
    person_id: UUID
    assessment_id: UUID | None
    kind: Kind
    reasons: str
    decided_on: date
    decided_by: UUID
    at: datetime


class DeterminationDisagrees(DomainError):
    """A determination says other than the three limbs, and is of a kind that rests on them."""

    code = "determination_disagrees"


class NoAssessment(DomainError):
    """A determination of this kind rests on an assessment, and none is finished."""

    code = "no_assessment"


class ReasonsMissing(DomainError):
    """A determination does not say why."""

    code = "reasons_missing"


def eligibility_of(*, impairment: Answer, outcomes: Iterable[OutcomeFound], significant_impact: Answer) -> Eligibility:
    """The three limbs: needs from impairment or illness, two or more outcomes not achievable, significant impact.

    What carers do is no part of it.
    """
    found = list(outcomes)
    out_of_reach = sum(o.achievable is Achievable.NO for o in found)
    open_ = sum(o.achievable is Achievable.NOT_ASKED for o in found)
    enough: bool | None = out_of_reach >= OUTCOMES_NEEDED
    if not enough and out_of_reach + open_ >= OUTCOMES_NEEDED:
        enough = None
    return Eligibility(AS_BOOL[impairment], enough, AS_BOOL[significant_impact], out_of_reach)


def eligibility_in(content: AssessmentContent) -> Eligibility:
    """What an assessment says of the three limbs."""
    return eligibility_of(
        impairment=content.needs.impairment,
        outcomes=content.needs.outcomes,
        significant_impact=content.impact.significant,
    )


def check_determination(*, kind: Kind, reasons: str, eligibility: Eligibility | None) -> None:
    """Raises ReasonsMissing; NoAssessment or DeterminationDisagrees where the kind rests on the three limbs.

    `eligibility` is that of the finished assessment that counts, or None where there is none.
    """
    if not reasons.strip():
        message = "Give the reasons. The person reads them."
        raise ReasonsMissing(message, problems=(Problem("reasons", message),))
    wanted = RESTS_ON.get(kind)
    if wanted is None:
        return
    if eligibility is None:
        message = "Finish the assessment first: this rests on it."
        raise NoAssessment(message, problems=(Problem("kind", message),))
    if eligibility.result is not wanted:
        message = f"{RESULT_WORDS[eligibility.result]} Choose what agrees with them, or correct the assessment."
        raise DeterminationDisagrees(message, problems=(Problem("kind", message),), limbs=eligibility.result.value)
