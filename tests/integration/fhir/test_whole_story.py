"""A person about whom everything is recorded: all of it leaves, whole, and nothing else."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, true

from careplan.access.domain.actor import Role
from careplan.delegation import service as delegation
from careplan.delegation.domain.delegation import Delegation
from careplan.delegation.domain.occasion import OccasionResult
from careplan.equipment import service as equipment
from careplan.equipment.domain.item import ItemKind, NewItem
from careplan.fhir import store
from careplan.fhir.guard import look
from careplan.fhir.parameters import TYPES
from careplan.kernel.clock import utc_now
from careplan.kernel.ids import new_id
from careplan.medicines import service as medicines
from careplan.medicines.domain.dose import DoseResult
from careplan.organisations import service as organisations
from careplan.outcomes import service as outcomes
from careplan.outcomes.domain.level import Level
from careplan.outcomes.domain.rating import RatingKind
from careplan.people import service as people
from careplan.people.domain.partnership import MemberKind
from careplan.people.domain.sharing import SharingDecision
from careplan.people.models import PersonRow
from tests.factories.delegation import make_active, make_nurse
from tests.factories.organisations import make_account, make_organisation
from tests.factories.people import some_medicine
from tests.factories.plans import make_representative
from tests.factories.visits import Care, make_care, make_visit
from tests.integration.fhir.conftest import keep, share
from tests.integration.fhir.test_reading import entries, references


@pytest.fixture
def care(session, trust) -> Care:
    """Margaret's plan a week old, with a visit, a rating, a delegated activity and a sister who may act for her."""
    now = utc_now()
    care = make_care()
    share(care.person_id, trust)
    nurse = make_nurse()
    for actor in (care.joy, care.sam, care.around.social_worker):
        organisations.register_worker(
            account_id=actor.account_id, given_name=actor.name.split()[0], family_name=actor.name.split()[1],
            job_title="Their job", actor=actor, now=now,
        )  # fmt: skip
    given = make_active(
        person_id=care.person_id, provider_id=care.around.provider.id, nurse=nurse, coordinator=care.around.coordinator,
        worker=care.joy, now=now - timedelta(days=2),
    )  # fmt: skip
    do_once(care, given, now)
    make_representative(care.around)
    people.choose_sharing(
        person_id=care.person_id, decision=SharingDecision.SHARES, actor=care.around.social_worker, now=now
    )
    make_visit(care, start=now + timedelta(days=1))
    rate(care, care.around.citizen, RatingKind.REVIEW, Level.HOPED_FOR)
    keep(session)
    return care


def do_once(care: Care, given: Delegation, now: datetime) -> None:
    """The activity and a medicine done once, and a rail ordered."""
    by = {"person_id": care.person_id, "actor": care.joy, "now": now}
    delegation.record_occasion(
        occasion_id=new_id(), delegation_id=given.id, instruction_version=1, effective_at=now,
        result=OccasionResult.DONE, **by,
    )  # fmt: skip
    medicine_id = people.record_medicine(details=some_medicine(), **by)
    medicines.record_dose(
        dose_id=new_id(), medicine_id=medicine_id, effective_at=now, result=DoseResult.GIVEN, **by
    )
    equipment.prescribe(said=NewItem(ItemKind.AID, "Stair rail", "To go up by herself."), **by)


def rate(care: Care, actor, kind: RatingKind, level: Level) -> None:
    outcomes.rate(
        rating_id=new_id(), person_id=care.person_id, outcome_id=care.outcome_id, kind=kind, level=level, actor=actor,
        now=utc_now(),
    )  # fmt: skip


def test_every_type_leaves_and_every_reference_resolves(system, care):
    found = entries(system.get(f"Patient/{care.person_id}/$everything"))

    assert {r["resourceType"] for r in found} == set(TYPES)
    assert references(found) <= {f"{r['resourceType']}/{r['id']}" for r in found}


def test_a_rating_shows_in_the_next_search(system, care, session):
    path = f"Observation?patient={care.person_id}&code=107334-5"
    assert len(entries(system.get(path))) == 1

    rate(care, care.around.citizen, RatingKind.REVIEW, Level.MORE)
    session.commit()

    assert len(entries(system.get(path))) == 2


def test_a_planned_visit_is_an_encounter_of_its_workers(system, care):
    found = entries(system.get(f"Encounter?status=planned&practitioner=Practitioner/{care.joy.account_id}"))

    assert [e["participant"][0]["individual"]["display"] for e in found] == ["Joy Mensah"]


def test_a_worker_is_told_competent_without_a_word_of_for_whom(system, care):
    joy = system.get(f"Practitioner/{care.joy.account_id}").json

    assert joy["qualification"][0]["code"] == {"text": "Checking oxygen"}
    assert "Margaret" not in str(joy)


def test_the_partnership_is_a_care_team(system, care):
    people_in = entries(system.get(f"CareTeam?patient={care.person_id}"))[0]["participant"]

    roles = {p["role"][0]["coding"][0]["code"] for p in people_in}
    assert roles == {MemberKind.SOCIAL_WORKER, MemberKind.PROVIDER, MemberKind.REPRESENTATIVE}


def test_the_database_shows_nobody_elses_rows_even_where_the_filter_is_forgotten(system, care, session):
    system.get(f"Patient/{care.person_id}")
    stranger = make_account(Role.NHS_SYSTEM, organisation=make_organisation())
    session.commit()
    look(stranger)
    everybody = select(PersonRow.id).where(true())

    found = store.find_current(session, type_="Patient", id_=str(care.person_id), visible=everybody)

    assert found is None
