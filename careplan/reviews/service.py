"""Writing a review down, and beginning the next version that rests on it; nothing here commits."""

from datetime import datetime
from uuid import UUID

from careplan.access.domain.actor import Actor
from careplan.db import db
from careplan.kernel.clock import local_date
from careplan.kernel.errors import Conflict
from careplan.kernel.minutes import Minutes
from careplan.kernel.words import short_day
from careplan.notices import service as notices
from careplan.notices.domain.notice import Audience, NoticeKind
from careplan.plans import queries as plans
from careplan.plans import service as plan_service
from careplan.plans.domain.content import PlanContent, PlanKind
from careplan.plans.domain.plan import PlanVersion, SupportPlan
from careplan.reviews import queries
from careplan.reviews.domain.review import Figures, Review, Said, check_said
from careplan.reviews.models import ReviewRow

CONCERNED = frozenset({Audience.COUNCIL, Audience.PROVIDER, Audience.PERSON})


class NothingToReview(Conflict):
    """No version of the plan is in force."""

    code = "nothing_to_review"


class ReviewIdUsed(Conflict):
    """The id was used for another review."""

    code = "id_used"


class OfAnotherVersion(Conflict):
    """The review was of a version that is no longer in force, so the next one cannot rest on it."""

    code = "of_another_version"


def record_review(*, review_id: UUID, plan_id: UUID, said: Said, actor: Actor, now: datetime) -> Review:
    """Writes down a review of the version in force; the same again changes nothing.

    Raises NothingToReview, ReviewIncomplete, ReviewIdUsed, NotFound.
    """
    before = queries.find_review(review_id=review_id)
    if before is not None:
        if (before.plan_id, before.said) != (plan_id, _tidy(said)):
            raise ReviewIdUsed("This id was used for another review. Make a new one.")
        return before
    plan = plans.get_plan(plan_id=plan_id, at=now)
    version = _in_force(plan)
    began_on = local_date(version.in_force_from or now)
    check_said(said, began_on=began_on, today=local_date(now))
    db.session.add(_row(review_id, version, _tidy(said), actor, now))
    db.session.flush()
    review = queries.get_review(review_id=review_id)
    _tell(review, actor=actor, now=now)
    return review


def begin_next_version(*, plan_id: UUID, review_id: UUID, actor: Actor, now: datetime) -> PlanVersion:
    """Begins the draft that rests on a review; an interim plan is followed by a full one.

    Raises OfAnotherVersion, NotFound, and what `plans.service.start_draft` raises.
    """
    review, plan = queries.get_review(review_id=review_id), plans.get_plan(plan_id=plan_id, at=now)
    version = _in_force(plan)
    if review.version_id != version.id:
        raise OfAnotherVersion(
            f"This review was of version {review.version_number}. Version {version.number} counts now: review it first."
        )
    kind = PlanKind.FULL if version.kind is PlanKind.INTERIM else None
    return plan_service.start_draft(plan_id=plan_id, kind=kind, rests_on=review.id, actor=actor, now=now)


def figures_of(content: PlanContent) -> Figures:
    """What a version costs and gives in a week, on average over four, a part of a minute cut off."""
    return Figures(
        weekly_pence=content.budget.total_weekly_pence if content.budget else None,
        weekly_minutes=Minutes(content.hours.total // 4),
    )


def _in_force(plan: SupportPlan) -> PlanVersion:
    if plan.in_force is None:
        raise NothingToReview("No version of this plan is in force, so there is nothing to review yet.")
    return plan.in_force


def _tidy(said: Said) -> Said:
    return Said(
        kind=said.kind,
        held_on=said.held_on,
        took_part=said.took_part.strip(),
        words=said.words.strip(),
        after=said.after,
        reason=said.reason,
        met=said.met,
        next_on=said.next_on,
    )


def _row(review_id: UUID, version: PlanVersion, said: Said, actor: Actor, now: datetime) -> ReviewRow:
    before = figures_of(version.content)
    return ReviewRow(
        id=review_id,
        plan_id=version.plan_id,
        person_id=version.person_id,
        version_id=version.id,
        version_number=version.number,
        kind=said.kind.value,
        reason=said.reason.value if said.reason else None,
        held_on=said.held_on,
        took_part=said.took_part,
        words=said.words,
        met=said.met.value if said.met else None,
        next_on=said.next_on,
        pence_before=before.weekly_pence,
        minutes_before=before.weekly_minutes,
        pence_after=said.after.weekly_pence,
        minutes_after=said.after.weekly_minutes,
        recorded_by=actor.account_id,
        recorded_by_name=actor.name,
        at=now,
    )


def _tell(review: Review, *, actor: Actor, now: datetime) -> None:
    """Everyone who agreed to the plan hears that it was reviewed, and can read what was said."""
    notices.tell(
        person_id=review.person_id,
        audience=CONCERNED,
        words=f"{actor.name} has written down a review of the plan, held on {short_day(review.said.held_on)}.",
        address=f"/plans/{review.plan_id}/reviews/{review.id}",
        actor=actor,
        now=now,
        kind=NoticeKind.REVIEW,
    )
