"""The person as a Patient."""

from collections.abc import Iterator

from careplan.people.domain.address import Address
from careplan.people.domain.person import Person
from fhir_mappings.building import HL7, UK_CORE, Json, concept, day, identifier, known, period, resource
from fhir_mappings.codes import GENDERS, NHS_NUMBER, NHS_NUMBER_STATUSES, ODS_CODE
from fhir_mappings.context import Context

VERIFICATION = f"{UK_CORE}/Extension-UKCore-NHSNumberVerificationStatus"
LANGUAGES = "urn:ietf:bcp:47"


def resources(context: Context) -> Iterator[Json]:
    """One Patient."""
    person = context.record.about.person
    yield resource(
        "Patient",
        person.id,
        extension=_interpreter(person),
        identifier=[*_nhs_number(person), identifier("person", person.id)],
        active=True,
        name=_names(person),
        telecom=_telecom(person),
        gender=GENDERS[person.gender],
        birthDate=day(person.birth_date),
        deceasedDateTime=day(person.died_on),
        address=[_address(a) for a in context.record.about.addresses],
        communication=_communication(person),
        generalPractitioner=_practice(context),
        managingOrganization=context.council(),
    )


def _nhs_number(person: Person) -> list[Json]:
    status = NHS_NUMBER_STATUSES[person.nhs_number_status]
    if person.nhs_number is None or status is None:
        return []
    verified = {"url": VERIFICATION, "valueCodeableConcept": concept(status)}
    return [{"extension": [verified], "system": NHS_NUMBER, "value": person.nhs_number}]


def _names(person: Person) -> list[Json]:
    official = known(use="official", text=person.name, family=person.family_name, given=person.given_name.split())
    called = person.preferred_name and {"use": "usual", "text": person.preferred_name, "given": [person.preferred_name]}
    return [official, *([called] if called else [])]


def _telecom(person: Person) -> list[Json]:
    phone = [{"system": "phone", "value": person.phone, "use": "home"}] if person.phone else []
    email = [{"system": "email", "value": person.email}] if person.email else []
    return [*phone, *email]


def _address(address: Address) -> Json:
    return known(
        use="old" if address.ends_on else "home",
        line=[line for line in (address.line1, address.line2) if line],
        city=address.town,
        postalCode=address.postcode,
        period=period(address.starts_on, address.ends_on),
    )


def _communication(person: Person) -> list[Json]:
    if not person.language:
        return []
    spoken = known(coding=[{"system": LANGUAGES, "code": person.language}])
    return [{"language": spoken, "preferred": True}]


def _interpreter(person: Person) -> list[Json]:
    """Not asked is said by silence: only a yes or a no is told."""
    if person.interpreter_needed is None:
        return []
    url = f"{HL7}/StructureDefinition/patient-interpreterRequired"
    return [{"url": url, "valueBoolean": person.interpreter_needed}]


def _practice(context: Context) -> list[Json]:
    """By reference, and by its ODS code for whoever keeps a directory of their own."""
    practice_id = context.record.about.person.gp_organisation_id
    found = context.record.directory.organisations.get(practice_id) if practice_id else None
    if found is None:
        return []
    code = {"system": ODS_CODE, "value": found.ods_code} if found.ods_code else None
    return [known(reference=f"Organization/{found.id}", type="Organization", identifier=code, display=found.name)]
