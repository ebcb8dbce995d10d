"""JSON of reviews: reading them, writing one down, and beginning the version that rests on it."""

from uuid import UUID

from flask import Blueprint, Response, jsonify

from careplan.access import guard
from careplan.access.domain.policy import Action, Section
from careplan.kernel.clock import utc_now
from careplan.kernel.errors import NotFound
from careplan.plans import queries as plans
from careplan.reviews import queries, service
from careplan.reviews.schemas import ReviewSchema, review_json
from careplan.web import checked

blueprint = Blueprint("reviews_api", __name__, url_prefix="/api/v1")


@blueprint.get("/plans/<uuid:plan_id>/reviews")
@guard.person(Section.REVIEW, Action.READ, of=plans.find_person_of_plan)
def list_reviews(plan_id: UUID) -> Response:
    """Every review of a plan, the latest first, and when the next is due."""
    now = utc_now()
    found = queries.find_due(plan=plans.get_plan(plan_id=plan_id, at=now), at=now)
    due = {"on": found.on.isoformat(), "why": found.why.value} if found else None
    return jsonify(items=[review_json(r) for r in queries.list_reviews(plan_id=plan_id)], due=due)


@blueprint.post("/plans/<uuid:plan_id>/reviews")
@guard.person(Section.REVIEW, Action.RECORD, of=plans.find_person_of_plan)
def record_review(plan_id: UUID) -> tuple[Response, int]:
    """Writes down a review of the version in force."""
    review_id, said = checked(ReviewSchema())
    review = service.record_review(review_id=review_id, plan_id=plan_id, said=said, actor=guard.actor(), now=utc_now())
    return jsonify(review_json(review)), 201


@blueprint.post("/plans/<uuid:plan_id>/reviews/<uuid:review_id>/drafts")
@guard.person(Section.PLAN, Action.WRITE, of=plans.find_person_of_plan)
def begin_next_version(plan_id: UUID, review_id: UUID) -> tuple[Response, int]:
    """Begins the draft that rests on this review; it is then edited as every draft is."""
    if queries.get_review(review_id=review_id).plan_id != plan_id:
        raise NotFound("There is no such review.")
    draft = service.begin_next_version(plan_id=plan_id, review_id=review_id, actor=guard.actor(), now=utc_now())
    answer = jsonify(plan=str(plan_id), draft=draft.number, rests_on=str(review_id))
    answer.set_etag(draft.etag)
    return answer, 201
