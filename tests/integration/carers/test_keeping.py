"""What the database itself keeps and hides of carers, and who is told."""

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from careplan.carers import queries, service
from careplan.carers.domain.carer import Details
from careplan.carers.domain.consent import Closed, Matter
from careplan.carers.domain.plan import NoGround
from careplan.db.scope import set_actor
from careplan.kernel.clock import local_date, utc_now
from careplan.kernel.errors import Invalid, Stale
from careplan.notices import queries as notices
from careplan.people import queries as people
from tests.factories.carers import make_carer_plan, make_eligible, whole_plan
from tests.factories.people import make_person
from tests.integration.carers.conftest import a_carer


@pytest.fixture
def planned(around, carer, session):
    """Eligible, with a plan that waits for the carer."""
    now, worker = utc_now(), around.social_worker
    make_eligible(carer, actor=worker, now=now)
    plan = make_carer_plan(carer, actor=worker, now=now)
    session.commit()
    return plan


def seen_by(session, actor, person_id):
    """Whose records the database shows to somebody, through the application's own role."""
    session.rollback()
    set_actor(
        session, account_id=actor.account_id, organisation_id=actor.organisation_id, team_id=actor.team_id
    )
    found = [c.name for c in queries.list_carers(person_id=person_id)]
    session.rollback()
    return found


def test_the_second_lock_shows_a_carer_to_the_council_and_to_themselves_alone(around, carer, jean, session):
    other = a_carer(around, "Ann Hall")
    session.commit()

    shown = {
        actor.name: seen_by(session, actor, around.person_id)
        for actor in (around.social_worker, jean, other, around.citizen, around.coordinator)
    }

    assert shown == {
        around.social_worker.name: ["Jean Hall"], "Jean Hall": ["Jean Hall"], "Ann Hall": [], "Margaret Ellis": [],
        "Priya Shah": [],
    }  # fmt: skip


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE carer_assessment SET saved_at = now()",
        "UPDATE carer_plan SET content = '{}'",
        "UPDATE carer_determination SET reasons = 'Other.'",
        "DELETE FROM carer_consent",
        "DELETE FROM carer_plan_agreement",
        "TRUNCATE carer_saying",
    ],
)
def test_what_was_finished_decided_agreed_or_said_stays(planned, superuser_url, statement):
    with psycopg.connect(superuser_url) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(statement)


def test_a_change_after_a_yes_is_a_new_version_and_both_agree_anew(around, carer, jean, planned, session):
    now, worker = utc_now(), around.social_worker
    service.agree_as_carer(carer_id=carer.id, shown_hash=planned.content.hash, actor=jean, now=now)

    changed = whole_plan(now=now, call="Nobody yet")
    latest = service.save_plan(carer_id=carer.id, content=changed, tag=planned.content.hash, actor=worker, now=now)

    assert (latest.number, latest.agreements) == (2, ())
    assert queries.find_agreed_plan(carer_id=carer.id).number == 1
    with pytest.raises(Stale):
        service.save_plan(carer_id=carer.id, content=whole_plan(now=now), tag="old", actor=worker, now=now)


def test_a_plan_rests_on_a_decision(around, carer):
    with pytest.raises(NoGround):
        make_carer_plan(carer, actor=around.social_worker, now=utc_now())


def test_a_closed_record_takes_only_a_new_yes(around, carer):
    now, worker = utc_now(), around.social_worker
    answer = {"carer_id": carer.id, "said_on": local_date(now), "how": "By telephone.", "actor": worker, "now": now}
    service.say_consent(matter=Matter.HOLD, given=False, **answer)

    with pytest.raises(Closed):
        service.save_details(carer_id=carer.id, details=Details("Jean Hall"), actor=worker, now=now)
    with pytest.raises(Closed):
        service.say_consent(matter=Matter.PERSON, given=True, **answer)
    service.say_consent(matter=Matter.HOLD, given=True, **answer)
    service.save_details(carer_id=carer.id, details=Details("Jean Hale"), actor=worker, now=now)
    assert queries.get_carer(person_id=around.person_id, carer_id=carer.id).name == "Jean Hale"


def test_a_carer_with_a_record_of_their_own_is_another_person(around, carer):
    now, worker = utc_now(), around.social_worker
    by = {"carer_id": carer.id, "actor": worker, "now": now}
    own = make_person(social_worker=worker)
    number, cared_for = (people.get_person(person_id=p).nhs_number for p in (own, around.person_id))

    with pytest.raises(Invalid, match="person cared for"):
        service.link_own_record(nhs_number=cared_for, **by)
    with pytest.raises(Invalid):
        service.link_own_record(nhs_number="123", **by)
    service.link_own_record(nhs_number=number, **by)

    assert queries.get_carer(person_id=around.person_id, carer_id=carer.id).own_person_id == own


def test_the_carer_is_told_and_the_person_is_not(around, carer, jean, planned):
    now = utc_now()
    service.agree_as_carer(carer_id=carer.id, shown_hash=planned.content.hash, actor=jean, now=now)

    told = [n.words for n in notices.list_notices(actor=jean, now=now) if n.kind.value == "carer"]
    assert told[0] == "Your plan as a carer is ready to read. Do you agree?"
    assert len(told) == 3
    council = [n.words for n in notices.list_notices(actor=around.social_worker, now=now)]
    assert council[0] == "Jean Hall has agreed to their plan as a carer."
    for other in (around.citizen, around.coordinator):
        assert [n for n in notices.list_notices(actor=other, now=now) if "carer" in n.words] == []


def test_who_is_chosen_is_told_once_there_is_a_plan_to_read_and_nobody_else(around, carer, jean, planned):
    def told():
        now = utc_now()
        readers = (around.citizen, around.coordinator)
        return [sum("lets you read" in n.words for n in notices.list_notices(actor=r, now=now)) for r in readers]

    now = utc_now()
    service.choose_sharing(carer_id=carer.id, chosen=frozenset({Matter.PERSON}), actor=jean, now=now)
    assert told() == [0, 0]
    service.agree_as_carer(carer_id=carer.id, shown_hash=planned.content.hash, actor=jean, now=now)
    assert told() == [1, 0]
    service.choose_sharing(carer_id=carer.id, chosen=frozenset({Matter.PERSON}), actor=jean, now=now)
    assert told() == [1, 0]


def test_a_yes_is_bound_to_the_row_by_the_database(planned, session):
    with pytest.raises(DBAPIError):
        session.execute(text("UPDATE carer_plan_agreement SET party = 'carer'"))
