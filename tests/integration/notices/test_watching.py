"""The provider hears of a new or changed medicine or allergy, once, and nobody else does."""

from datetime import timedelta

import pytest

from careplan.access import service as access
from careplan.access.domain.policy import Kind
from careplan.kernel.clock import utc_now
from careplan.kernel.ids import new_id
from careplan.notices import queries, service
from careplan.people import queries as people_queries
from careplan.people import service as people
from careplan.people.domain.allergy import AllergyStatus
from tests.factories.people import some_medicine
from tests.factories.plans import make_around


@pytest.fixture
def around(session):
    """Margaret, with a provider at work."""
    found = make_around(now=utc_now() - timedelta(days=3))
    access.relate(
        person_id=found.person_id, kind=Kind.PACKAGE, since=utc_now() - timedelta(days=1), source_type="test",
        source_id=new_id(), organisation_id=found.provider.id,
    )  # fmt: skip
    return found


def told(around, actor):
    return [n.words for n in queries.list_notices(actor=actor, now=utc_now()) if n.kind.value == "door"]


def test_hears_of_each_change_once(around):
    now, worker = utc_now(), around.social_worker
    by = {"person_id": around.person_id, "actor": worker, "now": now}
    medicine = people.record_medicine(details=some_medicine(), **by)
    people.record_allergy(status=AllergyStatus.PRESENT, substance="Penicillin", **by)
    assert (service.tell_of_health(now=now), service.tell_of_health(now=now)) == (2, 0)
    people.correct_medicine(medicine_id=medicine, details=some_medicine(dose="2 tablets"), **by)

    service.tell_of_health(now=now)

    name = people_queries.get_person(person_id=around.person_id).known_as
    assert set(told(around, around.coordinator)) == {
        f"{worker.name} wrote down the medicine Furosemide for {name}.",
        f"{worker.name} wrote down that {name} is allergic to Penicillin.",
        f"{worker.name} corrected the medicine Furosemide of {name}.",
    }
    assert told(around, around.citizen) == told(around, worker) == []


def test_hears_what_was_a_mistake_and_nothing_that_is_old(around):
    now, by = utc_now(), {"person_id": around.person_id, "actor": around.social_worker}
    old = people.record_allergy(
        status=AllergyStatus.PRESENT, substance="Nuts", now=now - timedelta(days=2), **by
    )
    people.retract_allergy(allergy_id=old, reason="Another Margaret.", now=now, **by)

    service.tell_of_health(now=now)

    name = people_queries.get_person(person_id=around.person_id).known_as
    (words,) = told(around, around.coordinator)
    assert words.endswith(f"marked the allergy to Nuts of {name} as entered in error.")
