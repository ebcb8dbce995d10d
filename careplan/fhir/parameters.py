"""What each type of resource can be searched by: one table that drives the index, the search and the metadata."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How values of a parameter compare."""

    TOKEN = "token"  # noqa: S105  FHIR's word for a coded value
    DATE = "date"
    REFERENCE = "reference"
    STRING = "string"
    QUANTITY = "quantity"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A name, how it compares, and where in the resource its values stand (dotted paths through lists too).

    `system` is that of a plain code, which does not carry its own. `targets` are the types a reference may point at.
    """

    name: str
    kind: Kind
    paths: tuple[str, ...]
    targets: tuple[str, ...] = ()
    system: str | None = None


HL7 = "http://hl7.org/fhir"
PATIENT = "Patient"


def _token(name: str, *paths: str, system: str | None = None) -> Parameter:
    return Parameter(name, Kind.TOKEN, paths, system=f"{HL7}/{system}" if system else None)


def _date(name: str, *paths: str) -> Parameter:
    return Parameter(name, Kind.DATE, paths)


def _string(name: str, *paths: str) -> Parameter:
    return Parameter(name, Kind.STRING, paths)


def _ref(name: str, path: str, *targets: str) -> Parameter:
    return Parameter(name, Kind.REFERENCE, (path,), targets)


def _patient(path: str = "subject") -> tuple[Parameter, ...]:
    patient = _ref("patient", path, PATIENT)
    return (patient, _ref("subject", path, PATIENT)) if path == "subject" else (patient,)


_IDENTIFIER = _token("identifier", "identifier")
_WORKERS = ("Practitioner", "PractitionerRole", "Organization", PATIENT, "RelatedPerson", "CareTeam")

PARAMETERS: dict[str, tuple[Parameter, ...]] = {
    "Patient": (
        _IDENTIFIER,
        _token("active", "active"),
        _string("name", "name"),
        _string("family", "name.family"),
        _string("given", "name.given"),
        _date("birthdate", "birthDate"),
        _token("gender", "gender", system="administrative-gender"),
        _string("address-postalcode", "address.postalCode"),
        _ref("general-practitioner", "generalPractitioner", "Organization", "Practitioner"),
        _ref("organization", "managingOrganization", "Organization"),
    ),
    "RelatedPerson": (
        _IDENTIFIER,
        *_patient("patient"),
        _token("active", "active"),
        _string("name", "name"),
        _token("relationship", "relationship"),
    ),
    "AllergyIntolerance": (
        _IDENTIFIER,
        *_patient("patient"),
        _token("clinical-status", "clinicalStatus"),
        _token("verification-status", "verificationStatus"),
        _token("code", "code"),
        _date("date", "recordedDate"),
    ),
    "Organization": (
        _IDENTIFIER,
        _token("active", "active"),
        _string("name", "name"),
        _token("type", "type"),
        _ref("partof", "partOf", "Organization"),
    ),
    "Practitioner": (
        _IDENTIFIER,
        _token("active", "active"),
        _string("name", "name"),
        _string("family", "name.family"),
        _string("given", "name.given"),
    ),
    "PractitionerRole": (
        _IDENTIFIER,
        _token("active", "active"),
        _ref("practitioner", "practitioner", "Practitioner"),
        _ref("organization", "organization", "Organization"),
        _token("role", "code"),
    ),
    "CareTeam": (
        _IDENTIFIER,
        *_patient(),
        _token("status", "status", system="care-team-status"),
        _token("category", "category"),
        _date("date", "period"),
        _ref("participant", "participant.member", *_WORKERS),
    ),
    "Condition": (
        _IDENTIFIER,
        *_patient(),
        _token("clinical-status", "clinicalStatus"),
        _token("category", "category"),
        _date("recorded-date", "recordedDate"),
    ),
    "CarePlan": (
        _IDENTIFIER,
        *_patient(),
        _token("status", "status", system="request-status"),
        _token("intent", "intent", system="care-plan-intent"),
        _token("category", "category"),
        _date("date", "period"),
        _ref("goal", "goal", "Goal"),
        _ref("care-team", "careTeam", "CareTeam"),
        _ref("condition", "addresses", "Condition"),
        _ref("part-of", "partOf", "CarePlan"),
        _ref("replaces", "replaces", "CarePlan"),
        _ref("activity-reference", "activity.reference", "ServiceRequest", "Task"),
    ),
    "Goal": (
        _IDENTIFIER,
        *_patient(),
        _token("lifecycle-status", "lifecycleStatus", system="goal-status"),
        _token("achievement-status", "achievementStatus"),
        _token("category", "category"),
        _date("start-date", "startDate"),
        _date("target-date", "target.dueDate"),
    ),
    "ServiceRequest": (
        _IDENTIFIER,
        *_patient(),
        _token("status", "status", system="request-status"),
        _token("intent", "intent", system="request-intent"),
        _token("code", "code"),
        _token("category", "category"),
        _date("authored", "authoredOn"),
        _date("occurrence", "occurrenceDateTime", "occurrencePeriod", "occurrenceTiming.repeat.boundsPeriod"),
        _ref("requester", "requester", *_WORKERS),
        _ref("performer", "performer", *_WORKERS),
        _ref("based-on", "basedOn", "CarePlan", "ServiceRequest"),
    ),
    "Task": (
        _IDENTIFIER,
        *_patient("for"),
        _ref("subject", "for", PATIENT),
        _token("status", "status", system="task-status"),
        _token("intent", "intent", system="request-intent"),
        _token("code", "code"),
        _ref("owner", "owner", *_WORKERS),
        _ref("requester", "requester", *_WORKERS),
        _ref("focus", "focus", "ServiceRequest", "CarePlan"),
        _ref("based-on", "basedOn", "ServiceRequest", "CarePlan"),
        _date("authored-on", "authoredOn"),
        _date("modified", "lastModified"),
        _date("period", "executionPeriod"),
    ),
    "Encounter": (
        _IDENTIFIER,
        *_patient(),
        _token("status", "status", system="encounter-status"),
        _token("class", "class"),
        _token("type", "type"),
        _date("date", "period"),
        _ref("practitioner", "participant.individual", "Practitioner"),
        _ref("episode-of-care", "episodeOfCare", "EpisodeOfCare"),
        _ref("based-on", "basedOn", "ServiceRequest"),
        _ref("service-provider", "serviceProvider", "Organization"),
    ),
    "Observation": (
        _IDENTIFIER,
        *_patient(),
        _token("status", "status", system="observation-status"),
        _token("code", "code"),
        _token("category", "category"),
        _date("date", "effectiveDateTime", "effectivePeriod"),
        _ref("focus", "focus", "Goal"),
        _ref("encounter", "encounter", "Encounter"),
        _ref("performer", "performer", *_WORKERS),
        _ref("based-on", "basedOn", "CarePlan", "ServiceRequest"),
        _token("value-concept", "valueCodeableConcept"),
        Parameter("value-quantity", Kind.QUANTITY, ("valueQuantity",)),
    ),
    "Procedure": (
        _IDENTIFIER,
        *_patient(),
        _token("status", "status", system="event-status"),
        _token("category", "category"),
        _token("code", "code"),
        _date("date", "performedDateTime"),
        _ref("encounter", "encounter", "Encounter"),
        _ref("performer", "performer.actor", *_WORKERS),
        _ref("based-on", "basedOn", "ServiceRequest"),
    ),
    "MedicationStatement": (
        _IDENTIFIER,
        *_patient(),
        _token("status", "status", system="medication-statement-status"),
        _token("code", "medicationCodeableConcept"),
        _date("effective", "effectivePeriod"),
    ),
    "MedicationAdministration": (
        _IDENTIFIER,
        *_patient(),
        _token("status", "status", system="medication-admin-status"),
        _token("code", "medicationCodeableConcept"),
        _date("effective-time", "effectiveDateTime"),
        _ref("context", "context", "Encounter"),
        _ref("performer", "performer.actor", *_WORKERS),
        _token("reason-not-given", "statusReason"),
    ),
    "DeviceRequest": (
        _IDENTIFIER,
        *_patient(),
        _token("status", "status", system="request-status"),
        _token("intent", "intent", system="request-intent"),
        _token("code", "codeCodeableConcept"),
        _date("authored-on", "authoredOn"),
        _ref("requester", "requester", *_WORKERS),
    ),
    "EpisodeOfCare": (
        _IDENTIFIER,
        *_patient("patient"),
        _token("status", "status", system="episode-of-care-status"),
        _token("type", "type"),
        _date("date", "period"),
        _ref("organization", "managingOrganization", "Organization"),
    ),
    "Provenance": (
        _ref("target", "target", "CarePlan", "Consent", "Task", "Observation"),
        _ref("agent", "agent.who", *_WORKERS),
        _date("recorded", "recorded"),
        # Nothing in it names the person: it is found by whose it is.
        Parameter("patient", Kind.REFERENCE, (), (PATIENT,)),
    ),
    "Consent": (
        _IDENTIFIER,
        *_patient("patient"),
        _token("status", "status", system="consent-state-codes"),
        _token("scope", "scope"),
        _token("category", "category"),
        _date("date", "dateTime"),
        _date("period", "provision.period"),
    ),
}

TYPES: tuple[str, ...] = tuple(PARAMETERS)
# Resources of nobody's in particular.
DIRECTORY_TYPES = frozenset({"Organization", "Practitioner", "PractitionerRole"})


def find_parameter(type_: str, name: str) -> Parameter | None:
    """The parameter of this name for this type."""
    return next((p for p in PARAMETERS[type_] if p.name == name), None)
