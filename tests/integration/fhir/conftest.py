"""A person whose record a trust may read, with a plan in force."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import pytest

from careplan.access import service as access
from careplan.access.domain.policy import Kind
from careplan.db.scope import see_everything
from careplan.kernel.clock import local_date, utc_now
from careplan.kernel.ids import new_id
from careplan.organisations.domain.organisation import Organisation, OrganisationKind
from careplan.plans.domain.plan import PlanVersion
from tests.factories.fhir import System, register_trust, system_for
from tests.factories.organisations import make_organisation
from tests.factories.plans import Around, make_agreed, make_around


@dataclass(frozen=True)
class Shared:
    """Who is read, by whom."""

    trust: Organisation
    around: Around
    version: PlanVersion

    @property
    def person_id(self) -> UUID:
        return self.around.person_id


def keep(session) -> None:
    """Commits what the application is to see, and goes on seeing everything."""
    session.commit()
    see_everything(session, as_="test")


def share(person_id: UUID, trust: Organisation) -> None:
    """The trust may read this person's record."""
    access.relate(
        person_id=person_id,
        kind=Kind.SHARING,
        since=utc_now() - timedelta(days=1),
        organisation_id=trust.id,
        source_type="test",
        source_id=new_id(),
    )


@pytest.fixture
def trust(session) -> Organisation:
    """A trust with a client registered for everything."""
    found = make_organisation(kind=OrganisationKind.NHS_TRUST, name="Northbridge Community Healthcare NHS Trust")
    register_trust(found)
    keep(session)
    return found


@pytest.fixture
def shared(session, trust) -> Shared:
    """A person with a plan in force, shared with the trust."""
    see_everything(session, as_="test")
    around = make_around()
    share(around.person_id, trust)
    version = make_agreed(around, starts_on=local_date(utc_now()))
    keep(session)
    return Shared(trust, around, version)


@pytest.fixture
def system(client, trust) -> System:
    """The trust's system, with a token."""
    return system_for(client)
