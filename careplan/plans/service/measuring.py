"""What outcomes are measured by now, and which of them anybody has rated."""

from uuid import UUID

from careplan.outcomes import queries as outcomes
from careplan.outcomes import service as rating
from careplan.plans.domain.content import PlanContent
from careplan.plans.domain.measuring import check_agreed
from careplan.plans.domain.plan import PlanVersion, SupportPlan


def counting_of(plan: SupportPlan) -> list[PlanContent]:
    """The versions by whose levels people rate, or will as soon as they count."""
    return [v.content for v in (plan.in_force, plan.agreed) if v is not None]


def rated_of(plan: SupportPlan, content: PlanContent) -> frozenset[UUID]:
    """The rated outcomes; none without asking where the content measures as the versions that count do."""
    known = {o.id: o for counting in counting_of(plan) for o in counting.outcomes}
    if all(o == known[o.id] for o in content.outcomes if o.id in known):
        return frozenset()
    return outcomes.list_rated(person_id=plan.person_id)


def rated_in(plan: SupportPlan) -> frozenset[UUID]:
    """The outcomes of the versions that count of which anybody has said how they go."""
    held = {o.id for content in counting_of(plan) for o in content.outcomes}
    return outcomes.list_rated(person_id=plan.person_id) & held if held else frozenset()


def refuse_what_was_rated(plan: SupportPlan, version: PlanVersion) -> None:
    """Holds the person's outcomes, so that a first rating comes wholly before a signature or after it.

    Raises RatedMeanwhile.
    """
    rating.hold_outcomes(person_id=plan.person_id)
    check_agreed(counting=counting_of(plan), rated=rated_of(plan, version.content), signed=version.content)
