"""Carers as tests need them: a record, an assessment, a decision, and a plan that both have agreed to."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from careplan.access.domain.actor import Actor
from careplan.assessments.domain.content import Answer, How, Impact, Method
from careplan.assessments.domain.outcome import Achievable, Meaning, WellbeingArea
from careplan.carers import service
from careplan.carers.domain.assessment import CarerAssessmentContent
from careplan.carers.domain.carer import Carer, Caring, Details
from careplan.carers.domain.eligibility import Found, Kind
from careplan.carers.domain.outcome import CarerOutcome
from careplan.carers.domain.plan import Aim, Break, CarerPlan, CarerPlanContent
from careplan.carers.service.assessing import tag_of as tag_of_assessment
from careplan.carers.service.recording import tag_of
from careplan.kernel.clock import local_date

# Words that stand nowhere else: where one of them shows, a carer's record shows.
PLANTED = ("heartscan", "sleepless", "respitebreak", "reasonsgiven", "worndown")


def make_carer(
    *, person_id: UUID, actor: Actor, now: datetime, contact_id: UUID | None = None, name: str = "Ann Hall"
) -> Carer:
    """A record begun on the carer's yes, with what they say of caring."""
    carer = service.open_record(
        person_id=person_id,
        details=Details(name=name, relation="sister"),
        said_on=local_date(now),
        how="By telephone.",
        contact_id=contact_id,
        actor=actor,
        now=now,
    )
    service.save_caring(
        carer_id=carer.id,
        caring=Caring("I cook and sit with her.", "I am sleepless.", Answer.YES, "Sundays.", "Lifting her."),
        tag=tag_of(Caring()),
        actor=actor,
        now=now,
    )
    return carer


def make_eligible(carer: Carer, *, actor: Actor, now: datetime) -> None:
    """Assessed, and found to be eligible."""
    service.save_assessment(
        carer_id=carer.id,
        content=whole_assessment(now=now),
        tag=tag_of_assessment(CarerAssessmentContent()),
        actor=actor,
        now=now,
    )
    service.finish_assessment(carer_id=carer.id, actor=actor, now=now)
    service.determine(
        carer_id=carer.id,
        kind=Kind.ELIGIBLE,
        reasons="reasonsgiven: you cannot rest.",
        decided_on=local_date(now),
        actor=actor,
        now=now,
    )


def make_carer_plan(carer: Carer, *, actor: Actor, now: datetime) -> CarerPlan:
    """A whole plan to which the council has agreed; it waits for the carer."""
    plan = service.save_plan(
        carer_id=carer.id,
        content=whole_plan(now=now),
        tag=service.NOTHING_YET.hash,
        actor=actor,
        now=now,
    )
    return service.agree_as_council(carer_id=carer.id, shown_hash=plan.content.hash, actor=actor, now=now)


def whole_assessment(*, now: datetime, **changes: Any) -> CarerAssessmentContent:
    """Necessary care, one outcome out of reach, a significant impact."""
    said: dict[str, Any] = {
        "how": How(local_date(now), Method.FACE_TO_FACE, "", "I want to sleep."),
        "necessary": Answer.YES,
        "necessary_words": "She cooks and keeps her safe.",
        "health": Answer.YES,
        "health_words": "heartscan: her own heart.",
        "outcomes": tuple(
            Found(o, Achievable.NO, (Meaning.WITHOUT_ASSISTANCE,), "worndown")
            if o is CarerOutcome.LEISURE
            else Found(o, Achievable.YES)
            for o in CarerOutcome
        ),
        "impact": Impact(Answer.YES, (WellbeingArea.HEALTH,), "She is tired out."),
    }
    return CarerAssessmentContent(**{**said, **changes})


def whole_plan(*, now: datetime, **changes: Any) -> CarerPlanContent:
    """An aim, a break, what happens if they stop, and a day on which it is looked at again."""
    said: dict[str, Any] = {
        "aims": (Aim("I want to sing again.", "A sitter on Thursdays.", "Harbour Care"),),
        "breaks_wanted": Answer.YES,
        "breaks": (Break("respitebreak by the sea", "One week in spring", "Harbour Care stays overnight"),),
        "if_they_stop": "Harbour Care comes on Sundays too.",
        "call": "Northbridge duty team, 01632 960700",
        "review_on": local_date(now) + timedelta(days=180),
    }
    return CarerPlanContent(**{**said, **changes})
