"""Pages of organisations."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from careplan.access import guard
from careplan.access.domain.policy import Action, Section
from careplan.organisations import queries
from careplan.organisations.domain.organisation import OrganisationKind
from careplan.web import page

blueprint = Blueprint("organisations", __name__)

HEADINGS = {
    OrganisationKind.COUNCIL: "Council",
    OrganisationKind.TEAM: "Teams",
    OrganisationKind.PROVIDER: "Providers",
    OrganisationKind.NHS_TRUST: "NHS trusts",
    OrganisationKind.GP_PRACTICE: "GP practices",
    OrganisationKind.COMMUNITY: "Community organisations",
}


@blueprint.get("/organisations")
@guard.role(Section.ORGANISATIONS, Action.READ)
def listed() -> ResponseReturnValue:
    """Who takes part, by kind."""
    found = queries.list_organisations()
    groups = [(heading, [o for o in found if o.kind is kind]) for kind, heading in HEADINGS.items()]
    return page("organisations/list.html", groups=[g for g in groups if g[1]], names={o.id: o.name for o in found})


@blueprint.get("/commissioning")
@guard.role(Section.COMMISSIONING, Action.READ)
def zones() -> ResponseReturnValue:
    """The zones: who shares their work, by what scheme, at what rate."""
    found = queries.list_zones()
    names = queries.list_organisations_by_id(organisation_ids={s.organisation_id for z in found for s in z.shares})
    return page("organisations/zones.html", zones=found, names={key: o.name for key, o in names.items()})
