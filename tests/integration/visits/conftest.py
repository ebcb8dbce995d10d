"""A person with a plan in force and those who visit her."""

import threading
from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

import pytest

from careplan.access.domain.actor import Actor
from careplan.db.scope import see_everything
from careplan.kernel.clock import at_local, local_date, utc_now
from tests.factories.visits import Care, envelope, make_care
from tests.pages import send_json

NOON = time(12)
Send = Callable[..., Any]
AtOnce = Callable[[int, Callable[[int], Any]], list[Any]]


def look_again(session: Any) -> None:
    """A request ends the transaction that the test was looking from: begin another that sees everything."""
    session.rollback()
    see_everything(session, as_="test")


@pytest.fixture
def now() -> datetime:
    return utc_now()


@pytest.fixture
def commit(session: Any) -> Callable[[], None]:
    """Lets others see what was arranged, and goes on seeing everything."""

    def committed() -> None:
        session.commit()
        see_everything(session, as_="test")

    return committed


@pytest.fixture
def care(session: Any, now: datetime, commit: Callable[[], None]) -> Care:
    made = make_care(now=now)
    commit()
    return made


@pytest.fixture
def earlier(now: datetime) -> datetime:
    """Two hours ago, to the second."""
    return now.replace(microsecond=0) - timedelta(hours=2)


@pytest.fixture
def noon(now: datetime) -> datetime:
    """Today at twelve by London's clocks."""
    return at_local(local_date(now), NOON)


@pytest.fixture
def send(session: Any, sign_in: Callable[[Actor], Any]) -> Send:
    """Sends records as a worker's tablet does and gives the verdicts."""

    def sent(worker: Actor, *records: dict[str, Any], **said: Any) -> list[dict[str, Any]]:
        answer = send_json(sign_in(worker), "/api/v1/sync", envelope(worker, list(records), **said))
        assert answer.status_code == 200, answer.text
        look_again(session)
        results: list[dict[str, Any]] = answer.json["results"]
        return results

    return sent


@pytest.fixture
def at_once() -> AtOnce:
    """Runs the same act in threads that start together; gives their answers."""

    def run(number: int, act: Callable[[int], Any]) -> list[Any]:
        start, answers, failures = threading.Barrier(number), [None] * number, []

        def one(k: int) -> None:
            try:
                start.wait(timeout=30)
                answers[k] = act(k)
            except Exception as failure:  # a thread's failure is the test's
                failures.append(failure)

        threads = [threading.Thread(target=one, args=(k,)) for k in range(number)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
        if failures:
            raise failures[0]
        return answers

    return run
