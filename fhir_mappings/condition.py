"""Needs as Condition, by the outcome of the Care Act that they touch."""

from collections.abc import Iterator

from fhir_mappings.building import TERMINOLOGY, Json, coding, concept, identifier, moment, notes, resource
from fhir_mappings.codes import CARE_ACT
from fhir_mappings.context import Context, item_id

PROBLEM = coding(f"{TERMINOLOGY}/condition-category", "problem-list-item", "Problem List Item")
ACTIVE = coding(f"{TERMINOLOGY}/condition-clinical", "active", "Active")
INACTIVE = coding(f"{TERMINOLOGY}/condition-clinical", "inactive", "Inactive")
CONFIRMED = coding(f"{TERMINOLOGY}/condition-ver-status", "confirmed", "Confirmed")


def resources(context: Context) -> Iterator[Json]:
    """Each need that is or was in force; one that the current version no longer holds is inactive."""
    for version, need in context.needs.values():
        standing = context.current is not None and version.id == context.current.id
        yield resource(
            "Condition",
            item_id(version, need.id),
            identifier=[identifier("need", need.id)],
            clinicalStatus=concept(ACTIVE if standing else INACTIVE),
            verificationStatus=concept(CONFIRMED),
            category=[concept(PROBLEM, CARE_ACT[need.care_act])],
            code=concept(text=need.words),
            subject=context.patient(),
            recordedDate=moment(version.proposed_at),
            note=notes(need.unmet_because),
        )
