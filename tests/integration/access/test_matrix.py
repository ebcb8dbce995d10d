"""The policy as SQL: for every role and relationship, the people that lists show are those whom the grid opens."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import insert

from careplan.access import queries
from careplan.access.domain.actor import Actor, Role
from careplan.access.domain.policy import Action, Kind, Section
from careplan.access.models import Relationship
from careplan.kernel.clock import utc_now
from careplan.kernel.ids import new_id
from careplan.organisations.queries import get_organisation
from tests.factories.organisations import make_account, make_organisation, make_social_worker, make_team
from tests.factories.people import make_person
from tests.oracles.who_may import ALLOWED

A_DAY = timedelta(days=1)


@pytest.fixture
def now() -> datetime:
    return utc_now()


@pytest.fixture
def people(session) -> dict[Kind, UUID]:
    """One person for each kind of relationship."""
    social_worker = make_social_worker()
    return {kind: make_person(social_worker=social_worker) for kind in Kind}


@pytest.fixture
def actors(session, people, now) -> dict[Role, Actor]:
    """An account of every role, related to each of the people in the one way that the person stands for."""
    made = {role: make_account(role) for role in Role}
    for actor in made.values():
        for kind, person_id in people.items():
            _relate(session, person_id, kind, since=now - A_DAY, account_id=actor.account_id)
    return made


def test_lists_show_exactly_whom_the_grid_opens(actors, people, now, session):
    wrong = []
    for role, actor in actors.items():
        for section in Section:
            for action in Action:
                visible = queries.select_visible(actor=actor, section=section, action=action, now=now)
                wanted = {people[k] for k in Kind if (role, k, section, action) in ALLOWED}
                if set(session.scalars(visible)) != wanted:
                    wrong.append((role, section, action))

    assert wrong == []


def test_pages_offer_exactly_what_the_grid_opens(actors, people, now):
    wrong = []
    for role, actor in actors.items():
        for kind, person_id in people.items():
            offered = queries.list_allowed(actor=actor, person_id=person_id, now=now)
            if offered != {(s, a) for r, k, s, a in ALLOWED if (r, k) == (role, kind)}:
                wrong.append((role, kind))

    assert wrong == []


@pytest.mark.parametrize(
    ("since", "until", "opens"),
    [
        (-2 * A_DAY, None, True),
        (-2 * A_DAY, A_DAY, True),
        (timedelta(0), None, True),
        (-2 * A_DAY, timedelta(0), False),
        (-2 * A_DAY, -A_DAY, False),
        (timedelta(seconds=1), None, False),
    ],
)
def test_a_relationship_opens_from_its_first_instant_until_its_last(session, now, since, until, opens):
    worker = make_account(Role.SOCIAL_WORKER)
    person_id = make_person(social_worker=make_social_worker())
    end = None if until is None else now + until
    _relate(session, person_id, Kind.CASELOAD, since=now + since, until=end, account_id=worker.account_id)

    assert _may_read(worker, person_id, now) is opens


def test_what_opens_to_an_organisation_opens_to_those_in_it_and_to_nobody_else(session, now):
    person_id, house = make_person(social_worker=make_social_worker()), make_organisation()
    inside = make_account(Role.PROVIDER_COORDINATOR, organisation=house)
    outside = make_account(Role.PROVIDER_COORDINATOR, organisation=make_organisation())
    _relate(session, person_id, Kind.PACKAGE, since=now, organisation_id=house.id)

    assert [_may_read(a, person_id, now) for a in (inside, outside)] == [True, False]


def test_what_opens_to_a_team_opens_to_those_in_it_and_not_to_the_whole_council(session, now):
    person_id, east = make_person(social_worker=make_social_worker()), make_team()
    west = make_team(council=get_organisation(organisation_id=east.part_of_id))
    inside, outside = (make_account(Role.TEAM_MANAGER, team=team) for team in (east, west))
    _relate(session, person_id, Kind.TEAM, since=now, organisation_id=east.id)

    assert [_may_read(a, person_id, now) for a in (inside, outside)] == [True, False]


def _relate(session, person_id: UUID, kind: Kind, **said: object) -> None:
    session.execute(
        insert(Relationship).values(
            id=new_id(), person_id=person_id, kind=kind.value, source_type="test", source_id=new_id(), **said
        )
    )


def _may_read(actor: Actor, person_id: UUID, now: datetime) -> bool:
    return queries.may_reach(actor=actor, person_id=person_id, section=Section.PERSON, action=Action.READ, now=now)
