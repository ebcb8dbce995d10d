"""By what a resource can be found."""

from decimal import Decimal

from careplan.fhir.index import Entry, entries_of, folded
from careplan.fhir.parameters import PARAMETERS
from fhir_mappings.mapping import resources_of
from tests.unit.fhir_mappings import story


def of(resource: dict, name: str) -> list[Entry]:
    return [e for e in entries_of(resource) if e.name == name]


def test_a_coded_idea_by_each_of_its_codes():
    codings = [{"system": "a", "code": "1"}, {"system": "b", "code": "2"}]
    goal = {"resourceType": "Goal", "id": "1", "category": [{"coding": codings}]}

    assert of(goal, "category") == [Entry("category", "a", "1"), Entry("category", "b", "2")]


def test_a_plain_code_with_the_system_it_is_from():
    found = of({"resourceType": "Patient", "id": "1", "gender": "female"}, "gender")

    assert found == [Entry("gender", "http://hl7.org/fhir/administrative-gender", "female")]


def test_a_reference_by_what_it_points_at_and_by_its_identifier():
    practice = {"reference": "Organization/7", "identifier": {"system": "ods", "value": "Y1"}}
    patient = {"resourceType": "Patient", "id": "1", "generalPractitioner": [practice]}

    assert [(e.name, e.system, e.code) for e in entries_of(patient)] == [
        ("general-practitioner", "Organization", "7"),
        ("general-practitioner:identifier", "ods", "Y1"),
    ]


def test_a_quantity_with_the_digits_that_were_typed():
    observation = {"resourceType": "Observation", "id": "1", "valueQuantity": {"value": Decimal("7.40"), "code": "h"}}

    assert of(observation, "value-quantity") == [Entry("value-quantity", code="h", number=Decimal("7.40"))]


def test_names_are_compared_without_case_and_accents():
    assert folded("  ÉLodie  O'Brien ") == "elodie o'brien"


def test_each_parameter_finds_a_value_somewhere_in_a_whole_record():
    found = {(r["resourceType"], e.name) for r in resources_of(story.RECORD) for e in entries_of(r)}
    mapped = {r["resourceType"] for r in resources_of(story.RECORD)}
    promised = {(type_, p.name) for type_ in mapped for p in PARAMETERS[type_]}

    # A Provenance is found by its person through whose it is.
    assert promised - found == {("Provenance", "patient")}
