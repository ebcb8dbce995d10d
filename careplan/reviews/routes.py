"""Pages of reviews: those of a plan, writing one down, reading one, and which are due."""

from uuid import UUID

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from careplan.access import guard
from careplan.access import queries as access
from careplan.access.domain.policy import Action, Section
from careplan.kernel.clock import local_date, utc_now
from careplan.kernel.errors import DomainError, NotFound
from careplan.kernel.ids import new_id
from careplan.people import queries as people
from careplan.plans import queries as plans
from careplan.plans.domain.plan import SupportPlan
from careplan.plans.domain.resting import needs_review
from careplan.reviews import queries, service
from careplan.reviews.domain.review import Review
from careplan.reviews.forms import WRITE, ReviewForm
from careplan.web import page

blueprint = Blueprint("reviews", __name__)

read_reviews = guard.person(Section.REVIEW, Action.READ, of=plans.find_person_of_plan)
record_reviews = guard.person(Section.REVIEW, Action.RECORD, of=plans.find_person_of_plan)
write_plan = guard.person(Section.PLAN, Action.WRITE, of=plans.find_person_of_plan)


@blueprint.get("/reviews")
@guard.listing(Section.REVIEW)
def list_due() -> str:
    """Plans whose review is due within three weeks, or was, the longest overdue first."""
    now = utc_now()
    visible = access.select_visible(actor=guard.actor(), section=Section.REVIEW, action=Action.READ, now=now)
    found = queries.list_due(people=visible, at=now)
    guard.show(d.person_id for d in found)
    return page(
        "reviews/due.html",
        found=found,
        people=people.list_people_by_id(person_ids={d.person_id for d in found}),
        today=local_date(now),
    )


@blueprint.get("/plans/<uuid:plan_id>/reviews")
@read_reviews
def list_reviews(plan_id: UUID) -> str:
    """Every review of a plan, and when the next is due."""
    now = utc_now()
    plan = plans.get_plan(plan_id=plan_id, at=now)
    return page(
        "reviews/list.html",
        plan=plan,
        person=people.get_person(person_id=plan.person_id),
        reviews=queries.list_reviews(plan_id=plan_id),
        due=queries.find_due(plan=plan, at=now),
        today=local_date(now),
        may_record=_may(plan, Section.REVIEW, Action.RECORD),
    )


@blueprint.route("/plans/<uuid:plan_id>/reviews/new", methods=["GET", "POST"])
@record_reviews
def record_review(plan_id: UUID) -> ResponseReturnValue:
    """Writes a review down, and begins the next version with it where one is to be written."""
    now = utc_now()
    plan = plans.get_plan(plan_id=plan_id, at=now)
    if plan.in_force is None:
        return redirect(url_for("reviews.list_reviews", plan_id=plan_id), 303)
    before = service.figures_of(plan.in_force.content)
    form = ReviewForm(data={"pence_after": before.weekly_pence, "minutes_after": before.weekly_minutes})
    if form.validate_on_submit() and (review := _recorded(plan, form)) is not None:
        if form.then.data != WRITE:
            flash("The review is written down.")
            return redirect(url_for("reviews.show_review", plan_id=plan_id, review_id=review.id), 303)
        flash("The review is written down. You are writing the next version, which rests on it.")
        return redirect(url_for("plans.show_plan", plan_id=plan_id), 303)
    html = page(
        "reviews/new.html",
        plan=plan,
        person=people.get_person(person_id=plan.person_id),
        before=before,
        form=form,
    )
    return html, 422 if form.errors or form.form_errors else 200


@blueprint.get("/plans/<uuid:plan_id>/reviews/<uuid:review_id>")
@read_reviews
def show_review(plan_id: UUID, review_id: UUID) -> str:
    """What was said at a review and what came of it."""
    review, plan = _review(plan_id, review_id), plans.get_plan(plan_id=plan_id, at=utc_now())
    return page(
        "reviews/one.html",
        plan=plan,
        person=people.get_person(person_id=plan.person_id),
        review=review,
        versions=[v for v in plan.versions if v.rests_on == review.id],
        can_begin=_can_begin(plan, review),
    )


@blueprint.post("/plans/<uuid:plan_id>/reviews/<uuid:review_id>/drafts")
@write_plan
def begin_next_version(plan_id: UUID, review_id: UUID) -> ResponseReturnValue:
    """Begins the next version, which rests on this review."""
    review = _review(plan_id, review_id)
    try:
        draft = service.begin_next_version(plan_id=plan_id, review_id=review.id, actor=guard.actor(), now=utc_now())
    except DomainError as refused:
        flash(refused.message, "error")
        return redirect(url_for("reviews.show_review", plan_id=plan_id, review_id=review_id), 303)
    flash(f"You are writing version {draft.number}. What was agreed counts until this one is agreed too.")
    return redirect(url_for("plans.show_plan", plan_id=plan_id), 303)


def _recorded(plan: SupportPlan, form: ReviewForm) -> Review | None:
    """The review, with the next version begun where that comes of it; where refused, the form says why."""
    actor, now = guard.actor(), utc_now()
    try:
        review = service.record_review(review_id=new_id(), plan_id=plan.id, said=form.said, actor=actor, now=now)
        if form.then.data == WRITE:
            service.begin_next_version(plan_id=plan.id, review_id=review.id, actor=actor, now=now)
    except DomainError as refused:
        form.show(refused)
        return None
    return review


def _review(plan_id: UUID, review_id: UUID) -> Review:
    found = queries.get_review(review_id=review_id)
    if found.plan_id != plan_id:
        raise NotFound("There is no such review.")
    return found


def _can_begin(plan: SupportPlan, review: Review) -> bool:
    of_this = plan.in_force is not None and plan.in_force.id == review.version_id
    return of_this and plan.draft is None and needs_review(plan) and _may(plan, Section.PLAN, Action.WRITE)


def _may(plan: SupportPlan, section: Section, action: Action) -> bool:
    return access.may_reach(
        actor=guard.actor(), person_id=plan.person_id, section=section, action=action, now=utc_now()
    )
