"""A person with a plan in force."""

import pytest

from careplan.plans.domain.plan import PlanVersion
from tests.factories.plans import Around, make_agreed, make_around


@pytest.fixture
def around(session) -> Around:
    return make_around()


@pytest.fixture
def in_force(around, session) -> PlanVersion:
    version = make_agreed(around)
    session.commit()
    return version
