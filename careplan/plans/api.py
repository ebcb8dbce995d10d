"""JSON of the plans slice."""

from uuid import UUID

from flask import Blueprint, Response, jsonify, request

from careplan.access import guard
from careplan.access.domain.policy import Action, Section
from careplan.kernel.clock import utc_now
from careplan.kernel.errors import DomainError, invalid
from careplan.plans import queries, service
from careplan.plans.domain.plan import PlanVersion
from careplan.plans.schemas import SignatureSchema, plan_json, version_json
from careplan.web import checked, json_body

blueprint = Blueprint("plans_api", __name__, url_prefix="/api/v1")


class EditOfWhat(DomainError):
    """An edit that does not say which text it edits."""

    code = "precondition_required"
    status = 428


@blueprint.get("/plans/<uuid:plan_id>")
@guard.person(Section.PLAN, Action.READ, of=queries.find_person_of_plan)
def show_plan(plan_id: UUID) -> Response:
    """A plan, its versions and its parties; the tag names the latest version and its last save."""
    now = utc_now()
    plan = queries.get_plan(plan_id=plan_id, at=now)
    answer = jsonify(plan_json(plan, names=queries.list_party_names(plan=plan, at=now)))
    answer.set_etag(plan.latest.etag)
    return answer


@blueprint.get("/plans/<uuid:plan_id>/versions/<int:number>")
@guard.person(Section.PLAN, Action.READ, of=queries.find_person_of_plan)
def show_version(plan_id: UUID, number: int) -> Response:
    """A version whole, with its hash and who agreed to it."""
    return _version(queries.get_version(plan_id=plan_id, number=number, at=utc_now()))


@blueprint.patch("/plans/<uuid:plan_id>/draft")
@guard.person(Section.PLAN, Action.WRITE, of=queries.find_person_of_plan)
def edit_draft(plan_id: UUID) -> Response:
    """Replaces the sections that are sent; begins the next version where the tag names a proposed one."""
    return _version(
        service.edit_plan(plan_id=plan_id, changes=json_body(), etag=_wanted_tag(), actor=guard.actor(), now=utc_now())
    )


@blueprint.post("/plans/<uuid:plan_id>/proposals")
@guard.person(Section.PLAN, Action.PROPOSE, of=queries.find_person_of_plan)
def propose(plan_id: UUID) -> tuple[Response, int]:
    """Sends the draft round."""
    return _version(service.propose_plan(plan_id=plan_id, actor=guard.actor(), now=utc_now())), 201


@blueprint.post("/plans/<uuid:plan_id>/versions/<int:number>/agreements")
@guard.person(Section.AGREEMENT, Action.AGREE, of=queries.find_person_of_plan, reach=(Section.PLAN, Action.READ))
def agree(plan_id: UUID, number: int) -> tuple[Response, int]:
    """One party's signature; whoever may read the plan and is no party is told so."""
    signature, recorded_by = checked(SignatureSchema())
    if recorded_by not in (None, guard.actor().account_id):
        raise invalid("recorded_by", "Whoever records it sends it with their own account.")
    version = service.agree_plan(
        plan_id=plan_id, number=number, signature=signature, actor=guard.actor(), now=utc_now()
    )
    return _version(version), 201


def _version(version: PlanVersion) -> Response:
    answer = jsonify(version_json(version))
    answer.set_etag(version.etag)
    return answer


def _wanted_tag() -> str:
    tag = request.headers.get("If-Match", "").strip().removeprefix("W/").strip('"')
    if not tag:
        raise EditOfWhat("Send If-Match with the tag (ETag) of the text that you read.")
    return tag
