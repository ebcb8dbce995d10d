"""A person with those around her, a sister who cares, and the sister's own record."""

from datetime import timedelta

import pytest

from careplan.access.domain.actor import Role
from careplan.kernel.clock import local_date, utc_now
from careplan.people import queries
from careplan.people import service as people
from tests.factories.carers import make_carer
from tests.factories.organisations import make_account
from tests.factories.people import make_contact
from tests.factories.plans import make_around

LATELY = timedelta(days=3)


@pytest.fixture
def around(session):
    found = make_around()
    session.commit()
    return found


@pytest.fixture
def jean(session, around):
    """The sister's account; Margaret lets her see the record."""
    found = a_carer(around, "Jean Hall")
    session.commit()
    return found


@pytest.fixture
def carer(session, around, jean):
    """The sister's own record."""
    worker = around.social_worker
    contact = next(c for c in queries.list_contacts(person_id=around.person_id) if c.account_id == jean.account_id)
    found = make_carer(
        person_id=around.person_id, contact_id=contact.id, name="Jean Hall", actor=worker, now=utc_now()
    )
    session.commit()
    return found


def a_carer(around, name):
    """Somebody with an account who cares for the person, and may see the record."""
    now, worker = utc_now(), around.social_worker
    account = make_account(Role.UNPAID_CARER, name=name)
    contact_id = make_contact(person_id=around.person_id, actor=worker, account=account, name=name)
    people.add_unpaid_carer(
        person_id=around.person_id, contact_id=contact_id, starts_on=local_date(now) - LATELY, actor=worker, now=now,
        agreed_words="She may see who comes.",
    )  # fmt: skip
    return account
