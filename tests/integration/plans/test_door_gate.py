"""A full plan does not go round while the record is silent about what a worker needs at the door."""

import pytest

from careplan.kernel.clock import utc_now
from careplan.people import service as people
from careplan.people.domain.known import Known, Topic
from careplan.plans import service
from careplan.plans.domain.content import PlanKind
from careplan.plans.domain.gates import NotReady
from tests.factories.people import make_person, some_medicine
from tests.factories.plans import Around, make_draft


@pytest.fixture
def silent(around) -> Around:
    """Somebody of whom nobody has said anything; those around are the same."""
    person_id = make_person(social_worker=around.social_worker, given_name="Ronald", family_name="Peel")
    return Around(person_id, around.social_worker, around.provider, around.coordinator, around.citizen)


def missing(draft, around):
    with pytest.raises(NotReady) as refused:
        service.propose_plan(plan_id=draft.plan_id, actor=around.social_worker, now=utc_now())
    return [p.message for p in refused.value.problems if p.field == "door"]


def test_names_each_silence_until_it_is_broken(silent):
    draft = make_draft(silent)
    by = {"person_id": silent.person_id, "actor": silent.social_worker, "now": utc_now()}
    assert len(missing(draft, silent)) == 7

    people.record_medicine(details=some_medicine(), **by)
    people.record_answers(answers={Topic.ALLERGIES: Known.NOT_ASKED, Topic.MOVING: Known.NONE}, **by)

    assert missing(draft, silent) == [
        "How a worker gets in, or that nobody has asked.",
        "Next of kin, or that nobody has asked.",
        "GP practice, or that nobody has asked.",
        "DNACPR, ReSPECT form or advance decision, or that nobody has asked.",
    ]


def test_leads_from_the_task_list_to_the_door(silent, session, sign_in):
    draft = make_draft(silent)
    session.commit()
    browser = sign_in(silent.social_worker)

    for page in ("", "/check"):
        assert f'href="/people/{silent.person_id}/door"' in browser.get(f"/plans/{draft.plan_id}{page}").text


def test_lets_an_interim_plan_go_round(silent):
    draft = make_draft(silent, kind=PlanKind.INTERIM)

    assert service.propose_plan(plan_id=draft.plan_id, actor=silent.social_worker, now=utc_now()).proposed_at
