"""The blueprint that the pages of plans share, and what most of them need."""

from uuid import UUID

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from careplan.access import guard
from careplan.access.domain.policy import Action, Section
from careplan.kernel.clock import utc_now
from careplan.people import queries as people
from careplan.people.domain.person import Person
from careplan.plans import queries
from careplan.plans.domain.plan import PlanVersion, SupportPlan

blueprint = Blueprint("plans", __name__)

read_plan = guard.person(Section.PLAN, Action.READ, of=queries.find_person_of_plan)
write_plan = guard.person(Section.PLAN, Action.WRITE, of=queries.find_person_of_plan)
propose_plan = guard.person(Section.PLAN, Action.PROPOSE, of=queries.find_person_of_plan)
read_about = guard.person(Section.ABOUT, Action.READ, of=queries.find_person_of_plan)
comment_on_plan = guard.person(Section.PLAN, Action.COMMENT, of=queries.find_person_of_plan)
read_agreements = guard.person(Section.PLAN, Action.READ, of=queries.find_person_of_plan)
answer_plan = guard.person(Section.AGREEMENT, Action.AGREE, of=queries.find_person_of_plan)
record_answers = guard.person(Section.AGREEMENT, Action.RECORD, of=queries.find_person_of_plan)


def the_plan(plan_id: UUID) -> SupportPlan:
    """The plan as it now stands."""
    return queries.get_plan(plan_id=plan_id, at=utc_now())


def the_person(plan: SupportPlan) -> Person:
    """Whose plan it is."""
    return people.get_person(person_id=plan.person_id)


def the_version(plan: SupportPlan, number: int) -> PlanVersion:
    """A version of the plan.  Raises NotFound."""
    return queries.get_version(plan_id=plan.id, number=number, at=utc_now())


def to_plan(plan_id: UUID) -> Response:
    """Back to the plan's own page."""
    return redirect(url_for("plans.show_plan", plan_id=plan_id), 303)


def may(plan: SupportPlan, section: Section, action: Action) -> bool:
    """Whether the policy lets whoever looks at the page do this to a section of the person's record."""
    return (section, action) in guard.allowed()


def to_review(plan: SupportPlan) -> Response:
    """To where a review is written down, for whoever may do that; the others go back to the plan."""
    if may(plan, Section.REVIEW, Action.RECORD):
        return redirect(f"/plans/{plan.id}/reviews/new", 303)
    return to_plan(plan.id)
