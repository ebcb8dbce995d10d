"""What a trust reads of a person's record, and what it does not."""

import json
from uuid import uuid4

import pytest
from sqlalchemy import select

from careplan.access.models import AuditEvent, Relationship
from careplan.db.scope import see_everything
from careplan.kernel.clock import utc_now
from tests.factories.fhir import register_trust, system_for
from tests.factories.organisations import make_organisation
from tests.factories.plans import make_around, make_draft
from tests.integration.fhir.conftest import keep, share

EVERY_TYPE = {
    "Patient", "AllergyIntolerance", "CareTeam", "Condition", "CarePlan", "Goal", "ServiceRequest", "Task",
    "EpisodeOfCare", "Observation", "Provenance", "Organization", "Practitioner", "PractitionerRole",
}  # fmt: skip


def entries(answer) -> list[dict]:
    assert answer.status_code == 200, answer.text
    return [e["resource"] for e in answer.json.get("entry", [])]


def references(node: object) -> set[str]:
    """Every reference anywhere in what was read."""
    if isinstance(node, list):
        return set().union(*map(references, node)) if node else set()
    if not isinstance(node, dict):
        return set()
    own = {node["reference"]} if isinstance(node.get("reference"), str) else set()
    return own.union(*map(references, node.values()))


def test_reads_the_person(system, shared):
    answer = system.get(f"Patient/{shared.person_id}")

    assert answer.status_code == 200, answer.text
    assert answer.content_type == "application/fhir+json; charset=utf-8"
    assert answer.json["name"][0]["family"] == "Ellis"
    assert answer.headers["ETag"] == 'W/"1"'
    assert answer.json["meta"]["versionId"] == "1"


class TestEverything:
    def test_holds_each_type(self, system, shared):
        found = entries(system.get(f"Patient/{shared.person_id}/$everything"))

        assert {r["resourceType"] for r in found} >= EVERY_TYPE

    def test_leaves_no_reference_open(self, system, shared):
        found = entries(system.get(f"Patient/{shared.person_id}/$everything"))

        assert references(found) <= {f"{r['resourceType']}/{r['id']}" for r in found}
        assert {system.get(reference).status_code for reference in references(found)} == {200}

    def test_holds_what_the_scopes_cover_and_no_more(self, client, shared):
        system = system_for(client, scope="system/Patient.r system/Goal.rs")

        found = entries(system.get(f"Patient/{shared.person_id}/$everything"))

        assert {r["resourceType"] for r in found} == {"Patient", "Goal"}

    def test_holds_no_draft(self, system, trust, session):
        see_everything(session, as_="test")
        around = make_around()
        share(around.person_id, trust)
        make_draft(around)
        keep(session)

        found = entries(system.get(f"Patient/{around.person_id}/$everything"))

        assert {"CarePlan", "Goal", "Condition"}.isdisjoint(r["resourceType"] for r in found)


class TestConditionalRead:
    @pytest.mark.parametrize("sent", ['W/"1"', '"x", W/"1"', "*"])
    def test_answers_304_to_who_has_it(self, system, shared, sent):
        answer = system.get(f"Patient/{shared.person_id}", If_None_Match=sent)

        assert (answer.status_code, answer.data) == (304, b"")
        assert answer.headers["ETag"] == 'W/"1"'

    def test_answers_304_to_who_has_it_by_date(self, system, shared):
        date = system.get(f"Patient/{shared.person_id}").headers["Last-Modified"]

        assert system.get(f"Patient/{shared.person_id}", If_Modified_Since=date).status_code == 304

    def test_sends_it_to_who_has_another(self, system, shared):
        answer = system.get(f"Patient/{shared.person_id}", If_None_Match='W/"7"')

        assert answer.status_code == 200


class TestVersions:
    def test_reads_one_version(self, system, shared):
        system.get(f"Patient/{shared.person_id}")

        answer = system.get(f"Patient/{shared.person_id}/_history/1")

        assert (answer.status_code, answer.json["id"]) == (200, str(shared.person_id))

    @pytest.mark.parametrize("version", ["2", "0", "x", "99999999999999999999"])
    def test_does_not_know_a_version_that_never_was(self, system, shared, version):
        assert system.get(f"Patient/{shared.person_id}/_history/{version}").status_code == 404

    def test_lists_all_versions(self, system, shared):
        answer = system.get(f"Patient/{shared.person_id}/_history")

        assert (answer.json["type"], answer.json["total"]) == ("history", 1)
        assert answer.json["entry"][0]["response"]["etag"] == 'W/"1"'


class TestNotYours:
    def test_who_does_not_share_looks_like_nobody(self, system, trust, session):
        see_everything(session, as_="test")
        around = make_around()
        keep(session)

        hidden = system.get(f"Patient/{around.person_id}")
        absent = system.get(f"Patient/{uuid4()}")

        assert (hidden.status_code, absent.status_code) == (404, 404)
        assert without_correlation(hidden) == without_correlation(absent)
        assert system.get(f"Patient/{around.person_id}/$everything").status_code == 404

    def test_an_objection_works_on_the_very_next_request(self, system, shared, session):
        assert system.get(f"Patient/{shared.person_id}").status_code == 200
        for row in session.scalars(select(Relationship).where(Relationship.organisation_id == shared.trust.id)):
            row.until = utc_now()
        keep(session)

        assert system.get(f"Patient/{shared.person_id}").status_code == 404
        assert system.get(f"Patient/{shared.person_id}/_history/1").status_code == 404
        assert entries(system.get(f"CarePlan?patient={shared.person_id}")) == []
        assert entries(system.get("Patient")) == []

    def test_another_trust_sees_nothing_of_it(self, client, shared, session):
        register_trust(make_organisation(), client_id="other")
        keep(session)
        stranger = system_for(client, client_id="other")

        assert stranger.get(f"Patient/{shared.person_id}").status_code == 404
        assert entries(stranger.get("Goal")) == []

    def test_the_refusal_is_written_down(self, system, session):
        system.get(f"Patient/{uuid4()}")

        assert session.scalars(select(AuditEvent.action).order_by(AuditEvent.at.desc())).first() == "refused"


def without_correlation(answer) -> dict:
    told = answer.json
    del told["issue"][0]["diagnostics"]
    return told


class TestAudit:
    def test_a_read_stands_in_the_persons_trail(self, system, shared, session):
        system.get(f"Patient/{shared.person_id}")

        row = session.scalars(select(AuditEvent).order_by(AuditEvent.at.desc())).first()
        assert (row.person_id, row.stream_id) == (shared.person_id, shared.person_id)
        assert (row.role, row.organisation_id) == ("nhs_system", shared.trust.id)
        assert row.route == "GET /fhir/R4/<type_>/<id_>"

    def test_a_search_names_whom_it_showed(self, system, shared, session):
        system.get("Goal?category=improve")

        row = session.scalars(select(AuditEvent).order_by(AuditEvent.at.desc())).first()
        assert row.subjects == [shared.person_id]


class TestRefusals:
    def refused(self, answer, status: int) -> dict:
        assert answer.status_code == status, answer.text
        assert answer.content_type.startswith("application/fhir+json")
        assert answer.json["resourceType"] == "OperationOutcome"
        assert "Correlation id" in answer.json["issue"][0]["diagnostics"]
        return answer.json["issue"][0]

    def test_without_a_token(self, client, shared):
        answer = client.get(f"/fhir/R4/Patient/{shared.person_id}")

        assert self.refused(answer, 401)["code"] == "login"
        assert answer.headers["WWW-Authenticate"] == 'Bearer realm="careplan"'

    def test_with_a_token_that_is_none_of_ours(self, client):
        answer = client.get("/fhir/R4/Patient", headers={"Authorization": "Bearer made-up"})

        self.refused(answer, 401)
        assert 'error="invalid_token"' in answer.headers["WWW-Authenticate"]

    def test_outside_the_scopes(self, client, shared):
        system = system_for(client, scope="system/Goal.s")

        answer = system.get(f"Patient/{shared.person_id}")

        assert self.refused(answer, 403)["code"] == "forbidden"
        assert 'error="insufficient_scope"' in answer.headers["WWW-Authenticate"]
        assert system.get("Goal").status_code == 200
        assert system.get(f"Goal/{uuid4()}").status_code == 403

    @pytest.mark.parametrize(
        "path",
        [
            "Nothing/1",
            "Nothing",
            "patient/1",
            "Medication",
            "a/b/c/d",
            "Goal/%00",
            "Goal/%F0",
            "Goal/a_b",
            "Patient/%00/$everything",
        ],
    )
    def test_an_unknown_address(self, system, path):
        assert self.refused(system.get(path), 404)["code"] == "not-found"

    def test_a_write(self, client, trust):
        self.refused(client.put("/fhir/R4/Patient/1", json={}), 405)
        self.refused(client.delete("/fhir/R4/Patient/1"), 405)

    @pytest.mark.parametrize("accept", ["application/fhir+xml", "text/html"])
    def test_another_format(self, system, accept):
        self.refused(system.get("Patient", Accept=accept), 406)
        self.refused(system.get("Patient?_format=xml"), 406)

    @pytest.mark.parametrize("accept", ["*/*", "application/json", "application/fhir+json;q=0.5, text/html"])
    def test_takes_json_by_any_of_its_names(self, system, accept):
        assert system.get("Patient", Accept=accept).status_code == 200
        assert system.get("Patient?_format=application/fhir%2Bjson").status_code == 200


def test_metadata_promises_each_type_and_needs_no_token(client):
    told = client.get("/fhir/R4/metadata").json

    assert told["fhirVersion"] == "4.0.1"
    assert {r["type"] for r in told["rest"][0]["resource"]} > EVERY_TYPE
    assert json.dumps(told).count('"everything"') == 1
