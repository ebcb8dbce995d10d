"""A person, everyone who may hear of a worry about her, and those who may not."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from careplan.access import service as access
from careplan.access.domain.actor import Actor, Role
from careplan.access.domain.policy import Kind
from careplan.db.scope import see_everything
from careplan.kernel.clock import local_date, utc_now
from careplan.kernel.ids import new_id
from careplan.people import queries as people_queries
from careplan.people import service as people
from tests.factories.organisations import make_account
from tests.factories.people import make_contact
from tests.factories.plans import Around, make_around, make_representative


@dataclass
class Circle:
    """Margaret's people by what they are; `contacts` by the same names."""

    around: Around
    actors: dict[str, Actor]
    contacts: dict[str, UUID]
    browsers: dict[str, FlaskClient] = field(default_factory=dict)

    @property
    def person_id(self) -> UUID:
        return self.around.person_id

    def __getitem__(self, name: str) -> Actor:
        return self.actors[name]


@pytest.fixture
def circle(session: Any) -> Circle:
    around = make_around(now=utc_now() - timedelta(days=3))
    worker, person_id, now = around.social_worker, around.person_id, utc_now()
    manager = access.open_account(
        issuer="test", subject="manager", name="Ruth Adeyemi", role=Role.TEAM_MANAGER, now=now,
        organisation_id=worker.organisation_id, team_id=worker.team_id,
    )  # fmt: skip
    carer = make_account(Role.UNPAID_CARER, name="Ann Hall")
    sister = make_contact(person_id=person_id, actor=worker, account=carer, name="Ann Hall")
    people.add_unpaid_carer(
        person_id=person_id, contact_id=sister, starts_on=local_date(now) - timedelta(days=3), actor=worker, now=now,
        agreed_words="Ann may see who comes.",
    )  # fmt: skip
    access.relate(
        person_id=person_id, kind=Kind.PACKAGE, since=now - timedelta(days=1), source_type="test", source_id=new_id(),
        organisation_id=around.provider.id,
    )  # fmt: skip
    representative = make_representative(around)
    attorney = next(c.id for c in people_queries.list_contacts(person_id=person_id) if c.name == "Jean Hall")
    actors = {
        "citizen": around.citizen,
        "representative": representative,
        "carer": carer,
        "social worker": worker,
        "manager": manager,
        "coordinator": around.coordinator,
        "lead": make_account(Role.SAFEGUARDING_LEAD, name="Yasmin Carter"),
    }
    session.commit()
    return Circle(around, actors, {"carer": sister, "representative": attorney})


@pytest.fixture
def browser(circle: Circle, sign_in: Callable[[Actor], FlaskClient]) -> Callable[[str], FlaskClient]:
    """The browser of one of them."""

    def of(name: str) -> FlaskClient:
        if name not in circle.browsers:
            circle.browsers[name] = sign_in(circle[name])
        return circle.browsers[name]

    return of


@pytest.fixture
def kept(session: Any) -> Callable[[], None]:
    """Commits what was arranged, and goes on seeing everything."""

    def commit() -> None:
        session.commit()
        see_everything(session, as_="test")

    return commit
