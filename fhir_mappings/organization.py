"""Councils, providers, trusts, practices and teams as Organization."""

from careplan.organisations.domain.organisation import Organisation
from fhir_mappings.building import Json, concept, identifier, reference, resource
from fhir_mappings.codes import ODS_CODE, ORGANISATIONS, OWN_ORGANISATIONS


def organization(organisation: Organisation, *, whole: Organisation | None) -> Json:
    """An organisation, by its ODS code where it has one; `whole` is what a team is part of."""
    ods = [{"system": ODS_CODE, "value": organisation.ods_code}] if organisation.ods_code else []
    return resource(
        "Organization",
        organisation.id,
        identifier=[*ods, identifier("organisation", organisation.id)],
        active=organisation.active,
        type=[concept(ORGANISATIONS[organisation.kind], OWN_ORGANISATIONS[organisation.kind])],
        name=organisation.name,
        telecom=[{"system": "phone", "value": organisation.phone, "use": "work"}] if organisation.phone else None,
        partOf=reference("Organization", whole.id, whole.name) if whole else None,
    )
