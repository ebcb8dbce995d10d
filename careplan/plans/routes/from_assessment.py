"""Starting the needs of a plan from what the assessment found."""

from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from careplan.access import guard
from careplan.access import queries as access
from careplan.access.domain.policy import Action, Section
from careplan.assessments import queries as assessments
from careplan.kernel.clock import utc_now
from careplan.plans import service
from careplan.plans.domain.content import Need
from careplan.plans.domain.from_assessment import needs_found
from careplan.plans.domain.plan import SupportPlan
from careplan.plans.routes.blueprint import blueprint, the_plan, to_plan, write_plan


@blueprint.post("/plans/<uuid:plan_id>/needs/from-assessment")
@write_plan
def take_needs(plan_id: UUID) -> ResponseReturnValue:
    """Puts the needs that were found into the draft; each is then written in the person's own words."""
    plan = the_plan(plan_id)
    if plan.draft is None:
        return to_plan(plan_id)
    found = needs_to_take(plan)
    service.take_needs(plan_id=plan_id, found=found, actor=guard.actor(), now=utc_now())
    how_many = "One need is" if len(found) == 1 else f"{len(found)} needs are"
    flash(f"{how_many} taken from the assessment. Change the words until they are the person’s own.")
    return redirect(url_for("plans.edit_list", plan_id=plan_id, name="needs"), 303)


def needs_to_take(plan: SupportPlan) -> tuple[Need, ...]:
    """What the assessment that counts found and the draft does not hold; nothing for whoever may not read it."""
    may_read = access.may_reach(
        actor=guard.actor(), person_id=plan.person_id, section=Section.ASSESSMENT, action=Action.READ, now=utc_now()
    )
    assessment = assessments.find_assessment(person_id=plan.person_id) if may_read else None
    if plan.draft is None or assessment is None:
        return ()
    return needs_found(assessment.content.needs.not_achievable, held=plan.draft.content.needs)
