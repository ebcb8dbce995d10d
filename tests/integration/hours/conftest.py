"""A person with a plan, and threads that act on it each in a session of its own."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from careplan.db import db
from careplan.db.scope import see_everything
from tests.factories.hours import Story, make_terms
from tests.factories.organisations import make_social_worker
from tests.factories.people import make_person

AtOnce = Callable[[int, Callable[[int], Any]], list[Any]]


@pytest.fixture
def person_id(session: Any) -> Any:
    return make_person(social_worker=make_social_worker())


@pytest.fixture
def story(session: Any, person_id: Any) -> Story:
    """Terms agreed for somebody, the bank not yet open."""
    return Story(make_terms(person_id=person_id))


@pytest.fixture
def commit(session: Any) -> Callable[[], None]:
    """Lets others see what was arranged, and goes on seeing everything."""

    def committed() -> None:
        session.commit()
        see_everything(session, as_="test")

    return committed


@pytest.fixture
def at_once(app: Flask) -> AtOnce:
    """Runs the same act in many threads that start together, each in a committed transaction; gives their answers."""

    def run(number: int, act: Callable[[int], Any]) -> list[Any]:
        start, answers, failures = threading.Barrier(number), [None] * number, []

        def one(k: int) -> None:
            with app.app_context():
                try:
                    start.wait(timeout=30)
                    see_everything(db.session, as_="test")
                    answers[k] = act(k)
                    db.session.commit()
                except Exception as failure:  # a thread's failure is the test's
                    failures.append(failure)
                finally:
                    db.session.remove()

        threads = [threading.Thread(target=one, args=(k,)) for k in range(number)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
        if failures:
            raise failures[0]
        return answers

    return run
