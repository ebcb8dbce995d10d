"""Allergies, none known, and not asked: three different things, each with a code of its own."""

from collections.abc import Iterator

from careplan.people.domain.allergy import Allergy, AllergyStatus
from fhir_mappings.building import SNOMED, TERMINOLOGY, Json, coding, concept, derived_id, identifier, moment, resource
from fhir_mappings.codes import ALLERGIES
from fhir_mappings.context import Context

_CLINICAL = f"{TERMINOLOGY}/allergyintolerance-clinical"
_VERIFICATION = f"{TERMINOLOGY}/allergyintolerance-verification"
ACTIVE = coding(_CLINICAL, "active", "Active")
CONFIRMED = coding(_VERIFICATION, "confirmed", "Confirmed")
UNCONFIRMED = coding(_VERIFICATION, "unconfirmed", "Unconfirmed")
IN_ERROR = coding(_VERIFICATION, "entered-in-error", "Entered in Error")
# A code of SNOMED CT is digits only; anything else was typed and is told as text.
SHORTEST_CONCEPT = 6


def resources(context: Context) -> Iterator[Json]:
    """Each allergy; or that none is known; or that nobody has asked. What was entered in error says so."""
    record = context.record.about.allergies
    for allergy in record.present:
        yield _stated(context, allergy, code=_substance(allergy))
    for allergy in record.retracted:
        yield _retracted(context, allergy)
    if record.status is AllergyStatus.NONE_KNOWN and record.none_known is not None:
        yield _stated(context, record.none_known, code=_answer(AllergyStatus.NONE_KNOWN, "No known allergy"))
    if record.status is AllergyStatus.NOT_ASKED:
        yield resource(
            "AllergyIntolerance",
            derived_id(context.person_id, "allergies-not-asked"),
            clinicalStatus=concept(ACTIVE),
            verificationStatus=concept(UNCONFIRMED),
            code=_answer(AllergyStatus.NOT_ASKED, "Allergies: not asked"),
            patient=context.patient(),
        )


def _stated(context: Context, allergy: Allergy, *, code: Json | None) -> Json:
    return resource(
        "AllergyIntolerance",
        allergy.id,
        identifier=[identifier("allergy", allergy.id)],
        clinicalStatus=concept(ACTIVE),
        verificationStatus=concept(CONFIRMED),
        code=code,
        patient=context.patient(),
        recordedDate=moment(allergy.recorded_at),
        recorder=context.practitioner(allergy.recorded_by),
        reaction=[{"manifestation": [concept(text=allergy.reaction)]}] if allergy.reaction else None,
    )


def _retracted(context: Context, allergy: Allergy) -> Json:
    """Entered in error has no clinical status: FHIR forbids one."""
    code = _substance(allergy) if allergy.substance else _answer(allergy.status, allergy.status.value)
    return resource(
        "AllergyIntolerance",
        allergy.id,
        identifier=[identifier("allergy", allergy.id)],
        verificationStatus=concept(IN_ERROR),
        code=code,
        patient=context.patient(),
        recordedDate=moment(allergy.recorded_at),
        recorder=context.practitioner(allergy.recorded_by),
    )


def _substance(allergy: Allergy) -> Json | None:
    code = allergy.code or ""
    coded = [coding(SNOMED, code, allergy.substance or "")] if code.isdigit() and len(code) >= SHORTEST_CONCEPT else []
    return concept(*coded, text=allergy.substance)


def _answer(status: AllergyStatus, text: str) -> Json | None:
    coded = ALLERGIES[status]
    return concept(*([coded] if coded else []), text=text)
