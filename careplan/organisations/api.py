"""JSON of organisations."""

from typing import Any

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from careplan.access import guard
from careplan.access.domain.policy import Action, Section
from careplan.organisations import queries
from careplan.organisations.domain.organisation import Organisation

blueprint = Blueprint("organisations_api", __name__, url_prefix="/api/v1")


@blueprint.get("/organisations")
@guard.role(Section.ORGANISATIONS, Action.READ)
def listed() -> ResponseReturnValue:
    """Who takes part, by name."""
    return jsonify(items=[_item(o) for o in queries.list_organisations()])


def _item(organisation: Organisation) -> dict[str, Any]:
    return {
        "id": str(organisation.id),
        "kind": organisation.kind.value,
        "name": organisation.name,
        "ods_code": organisation.ods_code,
        "part_of": str(organisation.part_of_id) if organisation.part_of_id else None,
        "phone": organisation.phone,
    }
