"""A person and those around them, for each test."""

import pytest

from tests.factories.plans import Around, make_around


@pytest.fixture
def around(session) -> Around:
    return make_around()
