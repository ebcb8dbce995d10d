"""What holds for every resource of a record."""

from enum import Enum

import pytest

from careplan.hours.domain import terms
from careplan.plans.domain import content
from careplan.record.domain.record import next_change
from fhir_mappings import checking, codes, mapping
from fhir_mappings.goal import LIFECYCLE
from tests.unit.fhir_mappings import story

RESOURCES = mapping.resources_of(story.RECORD)
DIRECTORY = [
    *mapping.organisation_resources(story.ORGANISATIONS, list(story.ORGANISATIONS)),
    *(
        resource
        for worker in story.WORKERS.values()
        for resource in mapping.worker_resources(
            worker,
            organisation=story.ORGANISATIONS[worker.organisation_id],
            competences=[("Blood glucose", story.START, story.START)],
        )
    ),
]
ALL = [*RESOURCES, *DIRECTORY]
BY_MEMBER = {
    name: table
    for name, table in vars(codes).items()
    if isinstance(table, dict) and isinstance(next(iter(table)), Enum)
}


def nodes(node: object):
    yield node
    for below in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from nodes(below)


@pytest.mark.parametrize("table", BY_MEMBER)
def test_every_member_of_an_enum_has_a_code(table):
    members = type(next(iter(BY_MEMBER[table])))

    assert set(BY_MEMBER[table]) == set(members)


def test_funders_are_the_same_in_the_plan_and_in_the_bank():
    assert [f.value for f in terms.Funder] == [f.value for f in content.Funder]


def test_every_state_in_which_a_version_leaves_has_a_lifecycle():
    assert set(LIFECYCLE) == {state for state, status in codes.PLAN_STATUSES.items() if status}


def test_each_is_there_once():
    ids = [(r["resourceType"], r["id"]) for r in ALL]

    assert len(ids) == len(set(ids))


def test_each_reference_has_a_display_and_resolves():
    held = {f"{r['resourceType']}/{r['id']}" for r in ALL}
    references = [n for r in ALL for n in nodes(r) if isinstance(n, dict) and isinstance(n.get("reference"), str)]

    assert [n for n in references if n["reference"] not in held or not n.get("display")] == []


def test_each_coding_has_system_and_code_and_all_but_languages_a_display():
    codings = [c for r in ALL for n in nodes(r) if isinstance(n, dict) for c in n.get("coding", [])]

    assert [c for c in codings if not c.get("system") or not c.get("code")] == []
    assert {c["system"] for c in codings if not c.get("display")} <= {"urn:ietf:bcp:47"}


def test_nothing_is_null_or_empty():
    assert [n for r in ALL for n in nodes(r) if n is None or n in ("", [], {})] == []


@pytest.mark.parametrize("resource", ALL, ids=lambda r: f"{r['resourceType']}-{r['id'][:4]}")
def test_each_is_of_the_published_shape(resource):
    checking.check(resource)


def test_an_element_in_the_wrong_place_is_found_and_no_content_told():
    with pytest.raises(checking.NotFhir) as refused:
        checking.check({"resourceType": "Goal", "id": "7", "subjekt": "Margaret"})

    assert "Goal/7" in str(refused.value)
    assert "Margaret" not in str(refused.value)


def test_each_claims_the_profile_of_its_type_where_there_is_one():
    claimed = {r["resourceType"]: r.get("meta", {}).get("profile") for r in ALL}

    assert (claimed.pop("Goal"), claimed.pop("DeviceRequest")) == (None, None)
    assert claimed == {t: [f"https://fhir.hl7.org.uk/StructureDefinition/UKCore-{t}"] for t in claimed}


def test_a_practitioner_tells_what_they_are_competent_for_and_not_for_whom():
    nurse = next(r for r in DIRECTORY if r["id"] == str(story.NURSE.account_id))

    assert nurse["qualification"][0]["code"] == {"text": "Blood glucose"}
    assert "Ellis" not in str(DIRECTORY)


def test_the_record_changes_next_when_its_period_ends():
    assert next_change(story.RECORD).isoformat() == "2026-11-30T00:00:00+00:00"
