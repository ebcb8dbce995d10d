"""Where a person stands: what was assessed, determined and found last, and what a full plan still wants of it."""

from dataclasses import dataclass

from careplan.assessments.domain.advocacy import AdvocacyFinding
from careplan.assessments.domain.assessment import Assessment, missing_advocate
from careplan.assessments.domain.eligibility import Determination, Kind
from careplan.kernel.words import short_day


@dataclass(frozen=True, slots=True)
class Standing:
    """The assessment, the determination and the finding about advocacy that count; None where there is none yet."""

    assessment: Assessment | None = None
    determination: Determination | None = None
    advocacy: AdvocacyFinding | None = None

    @property
    def is_determined(self) -> bool:
        """Whether what was decided last was decided after what was assessed last."""
        if self.determination is None:
            return False
        finished = self.assessment.finished_at if self.assessment else None
        return finished is None or finished <= self.determination.at


def missing_determination(standing: Standing) -> str | None:
    """What a full plan wants of the determination; None when it has it."""
    determination, assessment = standing.determination, standing.assessment
    if determination is None:
        return "A determination: whether they are eligible, or why they are helped all the same."
    if not standing.is_determined and assessment is not None and assessment.finished_at is not None:
        return f"A determination on the assessment that was finished on {short_day(assessment.finished_at)}."
    if determination.kind is Kind.NOT_ELIGIBLE:
        return "A determination that a plan can rest on: the last one says not eligible."
    return None


def missing_advocacy(standing: Standing) -> str | None:
    """What a full plan wants of the advocacy duty; None when it is met."""
    finding = standing.advocacy
    return None if finding is not None and finding.is_met else missing_advocate(finding)
