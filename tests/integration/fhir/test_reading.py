"""What a trust reads of a person's record, and what it does not."""

import json


def entries(answer) -> list[dict]:
    assert answer.status_code == 200, answer.text
    return [e["resource"] for e in answer.json.get("entry", [])]


def test_reads_the_person(system, shared):
    answer = system.get(f"Patient/{shared.person_id}")

    assert answer.status_code == 200, answer.text
    assert answer.content_type == "application/fhir+json; charset=utf-8"
    assert answer.json["name"][0]["family"] == "Ellis"
    assert answer.headers["ETag"] == 'W/"1"'
    assert answer.json["meta"]["versionId"] == "1"


def test_everything_holds_each_type_and_every_reference_resolves(system, shared):
    found = entries(system.get(f"Patient/{shared.person_id}/$everything"))

    held = {f"{r['resourceType']}/{r['id']}" for r in found}
    assert {"Patient", "CarePlan", "Goal", "Condition", "ServiceRequest", "Organization", "Practitioner"} <= {
        r["resourceType"] for r in found
    }
    assert references(found) - held == set()
    for reference in references(found):
        assert system.get(reference).status_code == 200, reference


def references(found: list[dict]) -> set[str]:
    told: set[str] = set()

    def walk(node: object) -> None:
        if isinstance(node, dict):
            if isinstance(node.get("reference"), str):
                told.add(node["reference"])
            for below in node.values():
                walk(below)
        elif isinstance(node, list):
            for below in node:
                walk(below)

    walk(found)
    return told


def test_no_draft_leaves(system, shared):
    text = json.dumps(entries(system.get(f"Patient/{shared.person_id}/$everything")))

    assert "draft" not in text
