"""A person on a social worker's caseload, whom nobody has assessed yet."""

import pytest

from tests.factories.organisations import make_social_worker
from tests.factories.people import make_person


@pytest.fixture
def worker(session):
    return make_social_worker()


@pytest.fixture
def person_id(session, worker):
    found = make_person(social_worker=worker)
    session.commit()
    return found
