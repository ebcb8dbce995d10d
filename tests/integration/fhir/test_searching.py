"""Searches: each parameter hits and misses, pages hold together, and what cannot be understood is said."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from cryptography.fernet import Fernet

from careplan.db.scope import see_everything
from careplan.kernel.clock import local_date, utc_now
from careplan.people import queries as people
from tests.factories.fhir import register_trust, system_for
from tests.factories.organisations import make_organisation
from tests.factories.plans import make_around
from tests.integration.fhir.conftest import keep, share

NHS = "https://fhir.nhs.uk/Id/nhs-number"
TODAY = local_date(utc_now())
TOMORROW = TODAY + timedelta(days=1)
YESTERDAY = TODAY - timedelta(days=1)


def ids(answer) -> list[str]:
    assert answer.status_code == 200, answer.text
    assert answer.json["type"] == "searchset"
    return [e["resource"]["id"] for e in answer.json.get("entry", [])]


def link(answer, relation: str) -> str | None:
    found = [x["url"] for x in answer.json["link"] if x["relation"] == relation]
    return found[0] if found else None


def below(address: str) -> str:
    """The part of an address under the facade."""
    parts = urlsplit(address)
    return parts.path.removeprefix("/fhir/R4/") + (f"?{parts.query}" if parts.query else "")


HITS_AND_MISSES = [
    ("Patient?family=ellis", "Patient?family=smith"),
    ("Patient?name=marg", "Patient?name=argaret"),
    ("Patient?name:contains=argar", "Patient?name:contains=xyz"),
    ("Patient?given:exact=Margaret", "Patient?given:exact=margaret"),
    ("Patient?birthdate=1942-03-09", "Patient?birthdate=1942-03-10"),
    ("Patient?birthdate=1942", "Patient?birthdate=1943"),
    ("Patient?birthdate=1942-03", "Patient?birthdate=1942-04"),
    ("Patient?birthdate=gt1942-03-08", "Patient?birthdate=gt1942-03-09"),
    ("Patient?birthdate=ge1942-03-09", "Patient?birthdate=ge1942-03-10"),
    ("Patient?birthdate=lt1942-03-10", "Patient?birthdate=lt1942-03-09"),
    ("Patient?birthdate=le1942-03-09", "Patient?birthdate=le1942-03-08"),
    ("Patient?birthdate=ne1950", "Patient?birthdate=ne1942"),
    ("Patient?birthdate=sa1942-03-08", "Patient?birthdate=sa1942-03-09"),
    ("Patient?birthdate=eb1942-03-10", "Patient?birthdate=eb1942-03-09"),
    ("Patient?birthdate=ap1942-03-10", "Patient?birthdate=ap1942-05-10"),
    ("Patient?gender=unknown", "Patient?gender=female"),
    ("Patient?gender=male,unknown", "Patient?gender=male,female"),
    ("Patient?gender:not=female", "Patient?gender:not=unknown"),
    ("Patient?gender=http://hl7.org/fhir/administrative-gender|unknown", "Patient?gender=http://other|unknown"),
    ("Patient?active=true", "Patient?active=false"),
    ("Patient?general-practitioner:missing=true", "Patient?general-practitioner:missing=false"),
    ("Patient?_lastUpdated=gt2020-01-01", "Patient?_lastUpdated=lt2020-01-01"),
    ("Patient?family=ellis&gender=unknown", "Patient?family=ellis&gender=female"),
    ("CarePlan?status=active&category=http://snomed.info/sct|734163000", "CarePlan?status=revoked"),
    ("CarePlan?category=2181441000000107", "CarePlan?category=http://other|"),
    (f"CarePlan?date=ge{YESTERDAY}&date=le{TODAY}", "CarePlan?date=lt2020"),
    (f"CarePlan?date=ge{TODAY}", f"CarePlan?date=eb{YESTERDAY}"),
    ("Goal?lifecycle-status=active", "Goal?lifecycle-status=completed"),
    ("Goal?achievement-status=in-progress", "Goal?achievement-status=achieved"),
    (f"Goal?start-date={TODAY}", f"Goal?start-date={TOMORROW}"),
    ("Condition?category=home_used_safely", "Condition?category=nutrition"),
    ("Condition?clinical-status=active", "Condition?clinical-status=inactive"),
    ("ServiceRequest?category=hours&intent=plan", "ServiceRequest?category=delegation"),
    ("Task?status=requested", "Task?status=completed"),
    ("Observation?code=hour-bank-statement", "Observation?code=107334-5"),
    ("EpisodeOfCare?status=active", "EpisodeOfCare?status=finished"),
    ("Organization?name=harbour", "Organization?name=nobody"),
    ("Practitioner?family=shah", "Practitioner?family=nobody"),
    ("AllergyIntolerance?code=NASK", "AllergyIntolerance?code=716186003"),
]


def test_finds_what_it_should_and_nothing_else(system, shared):
    assert [hit for hit, _ in HITS_AND_MISSES if not ids(system.get(hit))] == []
    assert [miss for _, miss in HITS_AND_MISSES if ids(system.get(miss))] == []


class TestByPerson:
    def test_by_id(self, system, shared):
        assert ids(system.get(f"Patient?_id={shared.person_id}")) == [str(shared.person_id)]

    @pytest.mark.parametrize("value", ["{}", "Patient/{}"])
    def test_by_reference(self, system, shared, value):
        asked = value.format(shared.person_id)

        assert ids(system.get(f"CarePlan?patient={asked}")) == ids(system.get(f"CarePlan?subject:Patient={asked}"))
        assert len(ids(system.get(f"Provenance?patient={asked}"))) == 3

    def test_by_nhs_number(self, system, shared, session):
        number = people.get_person(person_id=shared.person_id).nhs_number

        assert ids(system.get(f"Patient?identifier={NHS}|{number}")) == [str(shared.person_id)]
        assert ids(system.get(f"Goal?patient.identifier={NHS}|{number}")) != []
        assert len(ids(system.get(f"Provenance?patient.identifier={NHS}|{number}"))) == 3
        assert ids(system.get(f"Goal?subject:Patient.identifier={NHS}|9990000026")) == []

    def test_by_a_reference_to_a_goal(self, system, shared):
        goal = ids(system.get("Goal"))[0]

        assert len(ids(system.get(f"CarePlan?goal=Goal/{goal}"))) == 1
        assert ids(system.get("CarePlan?goal=Goal/other")) == []

    def test_by_form(self, system, shared, session):
        number = people.get_person(person_id=shared.person_id).nhs_number

        answer = system.post("Patient/_search", {"identifier": f"{NHS}|{number}"})

        assert ids(answer) == [str(shared.person_id)]

    def test_a_form_must_be_one(self, system, shared):
        answer = system.browser.post(
            "/fhir/R4/Patient/_search", json={}, headers={"Authorization": f"Bearer {system.token}"}
        )

        assert answer.status_code == 415


@pytest.fixture
def many(session, trust) -> list[str]:
    """Seven people who share."""
    see_everything(session, as_="test")
    people_shared = [make_around().person_id for _ in range(7)]
    for person_id in people_shared:
        share(person_id, trust)
    keep(session)
    return sorted(map(str, people_shared))


class TestPages:
    def walk(self, system, path: str) -> list[str]:
        found, address = [], path
        while address is not None:
            answer = system.get(address)
            found += ids(answer)
            following = link(answer, "next")
            address = below(following) if following else None
        return found

    def test_hold_everyone_once(self, system, many):
        assert self.walk(system, "Patient?_count=3&family=ellis") == many

    def test_are_not_disturbed_by_who_comes_meanwhile(self, system, many, trust, session):
        first = system.get("Patient?_count=3")
        see_everything(session, as_="test")
        later = make_around().person_id
        share(later, trust)
        keep(session)

        assert ids(first) + self.walk(system, below(link(first, "next"))) == [*many, str(later)]

    def test_end_without_a_next(self, system, many):
        assert link(system.get("Patient?_count=7"), "next") is None

    def test_of_none(self, system, many):
        answer = system.get("Patient?_count=0")

        assert (ids(answer), link(answer, "next")) == ([], None)

    def test_do_not_show_an_nhs_number_in_an_address(self, system, many):
        answer = system.post("Patient/_search?_count=1", {"identifier": f"{NHS}|", "_count": "1"})

        assert NHS not in link(answer, "next")

    def test_are_no_one_elses(self, client, system, many, session):
        following = below(link(system.get("Patient?_count=3"), "next"))
        see_everything(session, as_="test")
        register_trust(make_organisation(), client_id="other")
        keep(session)

        assert system_for(client, client_id="other").get(following).status_code == 400
        assert system.get(following.replace("Patient", "Goal")).status_code == 400

    @pytest.mark.parametrize(
        "cursor",
        ["x", "", "é", Fernet(Fernet.generate_key()).encrypt(b"[]").decode()],
        ids=["a letter", "nothing", "an accent", "sealed with another key"],
    )
    def test_go_on_from_no_cursor_but_ours(self, system, cursor):
        assert system.get(f"Patient?_cursor={cursor}").status_code == 400

    def test_go_on_from_no_cursor_that_was_changed(self, system, many):
        following = below(link(system.get("Patient?_count=3"), "next"))

        assert system.get(following[:-6] + "AAAAA=").status_code == 400


MEANINGLESS = [
    "Patient?birthdate=soon", "Patient?birthdate=1942-13", "Patient?birthdate=1942-02-30", "Patient?birthdate=",
    "Patient?gender:exact=x", "Patient?family:below=x", "Patient?_count=many", "Patient?_count=-1",
    "Patient?gender:missing=perhaps", "Observation?value-quantity=much", "Patient?gender=" + ",".join("abc" * 40),
    "Patient?name=%00", "Patient?birthdate=9999-12-31T23:59:60Z",
]  # fmt: skip
STRANGE = ["%", "_", "\\", "a\\,b", "'; DROP TABLE person; --", "𝔐", "a|b|c", "|", "||"]
STRANGE_NAMES = ["family", "family:contains", "identifier", "gender"]


class TestUnderstanding:
    def test_leaves_an_unknown_parameter_out_of_self(self, system, shared):
        answer = system.get("Patient?colour=red&family=ellis")

        assert ids(answer) == [str(shared.person_id)]
        assert link(answer, "self").endswith("/Patient?family=ellis")

    def test_refuses_an_unknown_parameter_when_strict(self, system, shared):
        answer = system.get("Patient?colour=red", Prefer="handling=strict")

        assert answer.status_code == 400
        assert answer.json["issue"][0]["expression"] == ["http.colour"]

    def test_refuses_what_no_search_can_mean(self, system):
        answers = {wrong: system.get(wrong) for wrong in MEANINGLESS}

        assert [wrong for wrong, answer in answers.items() if answer.status_code != 400] == []
        assert {answer.json["resourceType"] for answer in answers.values()} == {"OperationOutcome"}

    def test_takes_signs_for_themselves(self, system, shared):
        found = [(name, odd) for name in STRANGE_NAMES for odd in STRANGE if ids(self.ask(system, name, odd))]

        assert found == []
        assert ids(system.get("Patient")) == [str(shared.person_id)]

    def ask(self, system, name: str, value: str):
        sent = {"Authorization": f"Bearer {system.token}"}
        return system.browser.get("/fhir/R4/Patient", query_string={name: value}, headers=sent)
