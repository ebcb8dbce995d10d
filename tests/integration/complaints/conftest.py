"""A person with a plan in force, a visit that was recorded, and those who answer."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from careplan.db.scope import see_everything
from careplan.kernel.clock import utc_now
from careplan.visits import service
from careplan.visits.domain.incoming import Sender
from careplan.visits.domain.visit import Visit
from careplan.visits.schemas import read_entry
from tests.factories.plans import make_representative
from tests.factories.visits import Care, make_care, make_visit, visit_body


@pytest.fixture
def now() -> datetime:
    return utc_now().replace(microsecond=0)


@pytest.fixture
def kept(session: Any) -> Callable[[], None]:
    """Commits what was arranged, and goes on seeing everything."""

    def commit() -> None:
        session.commit()
        see_everything(session, as_="test")

    return commit


@pytest.fixture
def care(session: Any, now: datetime, kept: Callable[[], None]) -> Care:
    made = make_care(now=now)
    kept()
    return made


@pytest.fixture
def record(care: Care, kept: Callable[[], None]) -> Callable[..., None]:
    """Takes what a worker's tablet sends."""

    def take(body: dict[str, Any], at: datetime) -> None:
        entry = read_entry(body)
        assert entry.problems == ()
        service.receive(entries=[entry], sender=Sender(care.joy, route="test"), now=at)
        kept()

    return take


@pytest.fixture
def visit(care: Care, now: datetime, kept: Callable[[], None], record: Callable[..., None]) -> Visit:
    """An hour this morning, recorded whole."""
    start = now - timedelta(hours=3)
    made = make_visit(care, start=start)
    kept()
    record(visit_body(care, start=start, visit=made), now)
    return made


@pytest.fixture
def representative(care: Care, kept: Callable[[], None]) -> Any:
    made = make_representative(care.around)
    kept()
    return made
