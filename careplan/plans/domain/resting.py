"""What the next version rests on: after the first full plan has counted, a review of it."""

from uuid import UUID

from careplan.kernel.errors import DomainError
from careplan.plans.domain.content import PlanKind
from careplan.plans.domain.plan import SupportPlan
from careplan.plans.domain.state import VersionState

HAS_COUNTED = frozenset({VersionState.IN_FORCE, VersionState.SUPERSEDED, VersionState.ENDED})
NOT_YET_COUNTING = frozenset({VersionState.PROPOSED, VersionState.AGREED})


class RevisionNeedsReview(DomainError):
    """The next version of a plan that has counted has no review to rest on; `review_at` is where one is written."""

    code = "revision_needs_review"


def needs_review(plan: SupportPlan, kind: PlanKind = PlanKind.FULL) -> bool:
    """Whether the next version needs one. An interim plan never waits for it, and the full plan after it is a first."""
    return kind is PlanKind.FULL and any(v.kind is PlanKind.FULL and v.state in HAS_COUNTED for v in plan.versions)


def resting_on(plan: SupportPlan, kind: PlanKind, given: UUID | None) -> UUID | None:
    """The review on which the next version rests: the one given, else that of the version it goes on from.

    Raises RevisionNeedsReview.
    """
    latest = plan.latest
    inherited = latest.rests_on if latest.state in NOT_YET_COUNTING else None
    rests_on = given or inherited
    if rests_on is None and needs_review(plan, kind):
        raise RevisionNeedsReview(
            "This plan has begun, so its next version rests on a review. Write the review down first.",
            review_at=f"/plans/{plan.id}/reviews/new",
        )
    return rests_on
