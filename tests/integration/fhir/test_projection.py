"""The stored resources follow the record, whoever changes it, and the clock."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select, text

from careplan.db.scope import see_everything
from careplan.fhir import projection
from careplan.fhir.models import FhirMark, FhirProjection, FhirResource
from careplan.fhir.store import BelongsToAnother, put
from careplan.kernel.clock import local_date, start_of_day, utc_now
from careplan.people import queries as people_queries
from careplan.people import service as people
from careplan.people.domain.allergy import AllergyStatus
from careplan.tables import METADATA
from fhir_mappings import checking
from tests.factories.fhir import System
from tests.factories.organisations import make_worker
from tests.factories.people import some_details
from tests.factories.plans import make_agreed, make_around
from tests.integration.fhir.conftest import keep, share

# What a person's shared record tells nothing of, though the rows are about the person.
UNTOLD = {
    "about_me", "advance_decision", "advocacy_finding", "agreed_level", "assessment", "assessment_mistake",
    "audit_event", "capacity_finding", "carer", "carer_assessment", "carer_consent", "carer_determination",
    "carer_given", "carer_plan", "carer_plan_agreement", "carer_saying", "charge_exemption", "charge_line",
    "charge_line_visit", "competence_preparation", "competence_warning", "complaint", "complaint_answer", "concern",
    "concern_alleged", "concern_step", "contribution", "delegation_alert", "delegation_incident",
    "delegation_incident_step", "delegation_review", "delegation_stop", "determination", "discard", "easy_read",
    "ending", "ending_effect", "escalation", "escalation_told", "fhir_index", "fhir_projection", "fhir_resource",
    "fhir_shared_link", "finance_person", "frozen_visit", "given_paper", "handover_note", "held_record",
    "hour_adjustment", "hour_alarm", "hour_decision", "hour_dispute", "hour_earmark", "hour_pause", "hour_service_end",
    "hour_statement", "medicine_alert", "medicine_delegation", "moving_and_handling", "notice", "pay_line",
    "person_access", "person_answer", "person_correction", "plan_authorisation", "plan_comment", "plan_draft_revision",
    "plan_stance", "plan_suggestion", "plan_unfinished", "reasonable_adjustment", "referral", "referral_step",
    "relationship", "relationship_pause", "review", "stop_acknowledgement", "third_party_note", "transfer",
    "transfer_consultation", "visit_activity", "visit_alert", "visit_confirmation", "visit_dispute", "visit_flag",
    "visit_override", "visit_pattern", "visit_wish",
}  # fmt: skip


def versions(session) -> int:
    return session.scalar(select(func.count()).select_from(FhirResource))


def marks(session) -> int:
    return session.scalar(select(func.count()).select_from(FhirMark).where(FhirMark.kind == projection.PERSON))


def allergies(system: System, person_id: object) -> list[str]:
    found = system.get(f"AllergyIntolerance?patient={person_id}").json
    return [e["resource"]["code"]["text"] for e in found["entry"]]


def test_a_change_shows_in_the_next_read(system, shared, session):
    assert allergies(system, shared.person_id) == ["Allergies: not asked"]
    see_everything(session, as_="test")
    people.record_allergy(
        person_id=shared.person_id,
        status=AllergyStatus.PRESENT,
        substance="Penicillin",
        actor=shared.around.social_worker,
        now=utc_now(),
    )
    keep(session)

    assert allergies(system, shared.person_id) == ["Penicillin"]


def test_what_is_gone_answers_410(system, shared, session):
    gone = system.get(f"AllergyIntolerance?patient={shared.person_id}").json["entry"][0]["resource"]["id"]
    test_a_change_shows_in_the_next_read(system, shared, session)

    assert system.get(f"AllergyIntolerance/{gone}").status_code == 410
    assert system.get(f"AllergyIntolerance/{gone}/_history/1").status_code == 200
    assert system.get(f"AllergyIntolerance/{gone}/_history/2").status_code == 410
    assert system.get(f"AllergyIntolerance/{gone}/_history").json["total"] == 2


def test_a_change_makes_a_new_version_of_what_it_changes_alone(system, shared, session):
    system.get(f"Patient/{shared.person_id}/$everything")
    see_everything(session, as_="test")
    before = versions(session)
    correct(shared, session, family_name="Ellis-Hart")

    answer = system.get(f"Patient/{shared.person_id}")

    assert (answer.json["meta"]["versionId"], answer.headers["ETag"]) == ("2", 'W/"2"')
    assert answer.json["name"][0]["family"] == "Ellis-Hart"
    see_everything(session, as_="test")
    # Names of the person stand in whatever refers to them; the organisations and practitioners stay as they were.
    assert versions(session) > before
    assert system.get(f"Organization/{shared.around.provider.id}").headers["ETag"] == 'W/"1"'
    assert system.get(f"Patient/{shared.person_id}/_history/1").json["name"][0]["family"] == "Ellis"


def correct(shared, session, **said: object) -> None:
    """Corrects the person's own row."""
    see_everything(session, as_="test")
    person = people_queries.get_person(person_id=shared.person_id)
    people.correct_person(
        person_id=shared.person_id,
        details=some_details(nhs_number=person.nhs_number, **said),
        reason="Told us",
        based_on=None,
        actor=shared.around.social_worker,
        now=utc_now(),
    )
    keep(session)


def test_projecting_again_makes_no_new_version(system, shared, session):
    system.get(f"Patient/{shared.person_id}/$everything")
    see_everything(session, as_="test")
    before = versions(session)

    changed = projection.project_person(shared.person_id, now=utc_now())

    assert changed == 0
    see_everything(session, as_="test")
    assert versions(session) == before


def test_each_resource_is_of_the_published_shape(shared):
    projection.project_directory(now=utc_now(), check=checking.check)

    assert projection.project_person(shared.person_id, now=utc_now(), check=checking.check) > 10


def test_the_clock_alone_brings_a_version_into_force(system, trust, session):
    see_everything(session, as_="test")
    around = make_around()
    share(around.person_id, trust)
    starts_on = local_date(utc_now()) + timedelta(days=3)
    make_agreed(around, starts_on=starts_on)
    keep(session)
    assert "entry" not in system.get(f"CarePlan?patient={around.person_id}").json
    see_everything(session, as_="test")
    assert session.get_one(FhirProjection, around.person_id).stale_from == start_of_day(starts_on)
    session.commit()

    with time_machine.travel(start_of_day(starts_on) + timedelta(seconds=1), tick=False):
        later = system_later(system)
        found = later.get(f"CarePlan?patient={around.person_id}").json["entry"]

    assert [e["resource"]["status"] for e in found] == ["active", "active"]


def system_later(system: System) -> System:
    """The same system with a token of the moment."""
    from tests.factories.fhir import system_for

    return system_for(system.browser)


def test_a_new_organisation_name_shows_wherever_it_is_said(system, shared, session):
    provider = shared.around.provider
    assert system.get(f"Organization/{provider.id}").json["name"] == "Harbour Care"
    system.get(f"Patient/{shared.person_id}/$everything")
    see_everything(session, as_="test")
    session.execute(text("UPDATE organisation SET name = 'Harbour Care North' WHERE id = :id"), {"id": provider.id})
    keep(session)

    assert system.get(f"Organization/{provider.id}").json["name"] == "Harbour Care North"
    episode = system.get(f"EpisodeOfCare?patient={shared.person_id}").json["entry"][0]["resource"]
    assert episode["managingOrganization"]["display"] == "Harbour Care North"


def test_a_new_worker_can_be_read_at_once(system, shared, session):
    see_everything(session, as_="test")
    worker = make_worker(organisation=shared.around.provider)
    keep(session)

    assert system.get(f"Practitioner/{worker.account_id}").json["name"][0]["family"] == "Mensah"
    assert system.get(f"PractitionerRole/{worker.account_id}").json["organization"]["display"] == "Harbour Care"


def test_a_resource_of_one_person_never_becomes_anothers(shared, session):
    projection.project_person(shared.person_id, now=utc_now())
    see_everything(session, as_="test")
    other = make_around().person_id

    with pytest.raises(BelongsToAnother):
        put(
            session,
            person_id=other,
            resources=[{"resourceType": "Patient", "id": str(shared.person_id)}],
            now=utc_now(),
        )


class TestMarks:
    def test_each_table_about_a_person_sets_them_or_is_known_not_to(self, session):
        rows = session.execute(text("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'fhir_mark_update'"))
        marking = set(rows.scalars())
        about_people = {t.name for t in METADATA.tables.values() if "person_id" in t.columns}

        assert about_people - marking - UNTOLD == set()
        assert UNTOLD & marking == set()
        assert {"person", "organisation", "worker", "account"} < marking

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE person SET phone = '+441632960999'",
            "INSERT INTO person_address (id, person_id, line1, town, recorded_at, recorded_by)"
            " SELECT gen_random_uuid(), id, '1 New Road', 'Northbridge', now(), recorded_by FROM person",
            "DELETE FROM sharing_choice",
        ],
    )
    def test_are_set_by_any_statement_whoever_runs_it(self, shared, session, superuser_url, statement):
        import psycopg

        projection.project_person(shared.person_id, now=utc_now())
        see_everything(session, as_="test")
        assert marks(session) == 0
        people.choose_sharing(
            person_id=shared.person_id,
            decision=people_queries.SharingDecision.SHARES,
            actor=shared.around.social_worker,
            now=utc_now(),
        )
        keep(session)
        projection.project_person(shared.person_id, now=utc_now())

        with psycopg.connect(superuser_url, autocommit=True) as connection:
            connection.execute("ALTER TABLE sharing_choice DISABLE TRIGGER refuse_change")
            try:
                connection.execute(statement)
            finally:
                connection.execute("ALTER TABLE sharing_choice ENABLE TRIGGER refuse_change")

        assert marks(session) == 1

    def test_are_listed_for_the_worker_with_those_whom_time_moved(self, shared, session):
        assert projection.list_marked_people(now=utc_now(), most=10) == [shared.person_id]
        projection.project_person(shared.person_id, now=utc_now())

        assert projection.list_marked_people(now=utc_now(), most=10) == []
        assert projection.list_marked_people(now=utc_now() + timedelta(days=40), most=10) == [shared.person_id]
