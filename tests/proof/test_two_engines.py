"""Two engines agree to the penny: Python's lines and PostgreSQL's sums, on twelve models over a million visits."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from benchmarks import paying
from careplan.db import embedded

pytestmark = [pytest.mark.proof, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def connection(server: embedded.EmbeddedServer, database_name: str) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(server.url(role=embedded.SUPERUSER, database=database_name)) as opened:
        paying.make_visits(opened)
        yield opened
        opened.rollback()


def test_twelve_models_over_a_million_visits_are_the_same_to_the_penny_in_both(connection):
    first, second = paying.by_first_engine(connection), paying.by_second_engine(connection)

    assert len(paying.MODELS) == 12
    assert paying.by_provider_and_model(first) == second
    assert sum(second.values()) > 10**10
    assert len(first) == paying.PROVIDERS
