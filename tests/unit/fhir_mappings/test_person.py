"""Who the person is and who is around them."""

from dataclasses import replace

import pytest

from careplan.people.domain.allergy import Allergy, AllergyRecord, AllergyStatus
from careplan.people.domain.nhs_number import NhsNumberStatus
from careplan.people.domain.sharing import SharingDecision
from careplan.record.domain.record import Record
from fhir_mappings import allergy_intolerance, care_team, consent, patient, related_person
from fhir_mappings.context import Context
from tests.unit.fhir_mappings import story

RECORD = story.RECORD
VERIFICATION = "https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-NHSNumberVerificationStatus"


def about(**said: object) -> Record:
    """The story's record with another person section."""
    return replace(RECORD, about=replace(RECORD.about, **said))


def told(kind, record: Record = RECORD) -> list[dict]:
    return list(kind.resources(Context(record)))


class TestPatient:
    @pytest.mark.parametrize(("status", "code"), [(NhsNumberStatus.VERIFIED, "01"), (NhsNumberStatus.UNVERIFIED, "02")])
    def test_tells_the_nhs_number_with_how_far_it_can_be_relied_on(self, status, code):
        person = replace(story.PERSON, nhs_number_status=status)

        number = told(patient, about(person=person))[0]["identifier"][0]

        assert (number["system"], number["value"]) == ("https://fhir.nhs.uk/Id/nhs-number", "9990000018")
        assert number["extension"][0]["url"] == VERIFICATION
        assert number["extension"][0]["valueCodeableConcept"]["coding"][0]["code"] == code

    def test_tells_no_nhs_number_that_is_missing(self):
        person = replace(story.PERSON, nhs_number=None, nhs_number_status=NhsNumberStatus.MISSING)

        systems = [i["system"] for i in told(patient, about(person=person))[0]["identifier"]]

        assert systems == ["https://careplan.example/id/person"]

    def test_tells_the_name_and_what_to_call_her(self):
        official, usual = told(patient)[0]["name"]

        assert (official["family"], official["given"]) == ("Ellis", ["Margaret"])
        assert (usual["use"], usual["text"]) == ("usual", "Peggy")

    def test_names_the_practice_by_its_ods_code(self):
        practice = told(patient)[0]["generalPractitioner"][0]

        assert practice["identifier"] == {"system": "https://fhir.nhs.uk/Id/ods-organization-code", "value": "Y99901"}

    @pytest.mark.parametrize(("asked", "said"), [(None, None), (True, True), (False, False)])
    def test_keeps_not_asked_apart_from_no(self, asked, said):
        found = told(patient, about(person=replace(story.PERSON, interpreter_needed=asked)))[0].get("extension", [])

        assert [e["valueBoolean"] for e in found] == ([] if said is None else [said])

    def test_tells_the_language(self):
        spoken = told(patient)[0]["communication"][0]["language"]["coding"][0]

        assert spoken == {"system": "urn:ietf:bcp:47", "code": "en"}


class TestRelatedPerson:
    def test_tells_each_part_that_a_daughter_plays(self):
        daughter, neighbour = told(related_person)

        codes = [r["coding"][0]["code"] for r in daughter["relationship"]]
        assert codes == ["DAUC", "N", "C", "Carer"]
        assert (daughter["active"], neighbour["active"]) == (True, False)
        assert neighbour["period"] == {"end": "2026-05-01"}


class TestAllergies:
    def codes(self, record: AllergyRecord) -> list[str]:
        return [a["code"]["coding"][0]["code"] for a in told(allergy_intolerance, about(allergies=record))]

    def test_not_asked_and_none_known_are_two_codes(self):
        nobody = Allergy(story.made("none"), story.PERSON.id, AllergyStatus.NONE_KNOWN, story.NOW, story.made("sw"))

        assert self.codes(AllergyRecord(AllergyStatus.NOT_ASKED)) == ["NASK"]
        assert self.codes(AllergyRecord(AllergyStatus.NONE_KNOWN, (), nobody)) == ["716186003"]

    def test_what_was_entered_in_error_says_so_and_stays(self):
        present, mistaken = told(allergy_intolerance)

        assert present["clinicalStatus"]["coding"][0]["code"] == "active"
        assert mistaken["verificationStatus"]["coding"][0]["code"] == "entered-in-error"
        assert "clinicalStatus" not in mistaken


class TestCareTeam:
    def test_names_each_member_with_part_and_dates(self):
        worker, provider, carer = told(care_team)[0]["participant"]

        assert worker["member"]["reference"] == f"Practitioner/{story.SOCIAL_WORKER.account_id}"
        assert provider["role"][0]["coding"][0]["code"] == "provider"
        assert carer["member"] == {"reference": f"RelatedPerson/{story.DAUGHTER.id}", "display": "Helen Ellis"}
        assert provider["period"] == {"start": "2026-10-23T10:00:00Z"}

    def test_is_none_without_members(self):
        assert told(care_team, about(partnership=())) == []


class TestConsent:
    def test_tells_the_choice(self):
        shares, _ = told(consent)
        objects, _ = told(consent, about(sharing=replace(RECORD.about.sharing, decision=SharingDecision.OBJECTS)))

        assert (shares["provision"]["type"], objects["provision"]["type"]) == ("permit", "deny")

    def test_tells_who_may_act_and_that_the_registration_was_seen(self):
        _, authority = told(consent)

        assert authority["status"] == "active"
        assert authority["provision"]["actor"][0]["reference"]["display"] == "Helen Ellis"
        assert authority["verification"] == [{"verified": True, "verificationDate": "2026-10-01"}]

    def test_is_silent_where_nobody_was_asked(self):
        assert told(consent, about(sharing=None, authorities=())) == []
