"""What a person's assessment and plan take from family and friends, and what happens where that fails."""

from dataclasses import dataclass

from careplan.assessments.domain.content import Answer, AssessmentContent, CarerPart
from careplan.plans.domain.content import Action, DoneBy, PlanContent


@dataclass(frozen=True, slots=True)
class Resting:
    """The needs that a carer was found willing and able to meet, what the plan has them do, and what if they fail."""

    needs: tuple[CarerPart, ...] = ()
    actions: tuple[Action, ...] = ()
    if_carer_fails: str = ""

    def __bool__(self) -> bool:
        return bool(self.needs or self.actions)


def resting_on_carers(*, assessment: AssessmentContent | None, plan: PlanContent | None) -> Resting:
    """What rests on carers; nothing where nobody has assessed and there is no plan."""
    return Resting(
        needs=tuple(p for p in assessment.carers.parts if p.willing_and_able is Answer.YES) if assessment else (),
        actions=tuple(a for a in plan.actions if a.by is DoneBy.UNPAID_CARER) if plan else (),
        if_carer_fails=plan.emergency_plan.if_carer_fails if plan else "",
    )
