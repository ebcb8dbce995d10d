"""Jobs run once what caused them is certain, in the application's context, and leave nothing half done."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import psycopg
import pytest
from flask import Flask
from sqlalchemy import text

from careplan import jobs
from careplan.access import service
from careplan.access.domain.actor import Role
from careplan.access.tasks import delete_expired_sessions
from careplan.config import Settings
from careplan.db import db
from careplan.kernel.clock import utc_now


@jobs.task(name="tests.open_account")
def open_account(subject: str) -> None:
    service.open_account(issuer="jobs", subject=subject, name="Job", role=Role.ADMIN, now=utc_now())


@jobs.task(name="tests.fail")
def fail() -> None:
    service.open_account(issuer="jobs", subject="half", name="Half", role=Role.ADMIN, now=utc_now())
    raise ValueError("on purpose")


def waiting(url: str) -> int:
    """How many of these tests' jobs wait; those that the clock calls for may wait beside them."""
    with psycopg.connect(url) as connection:
        row = connection.execute(
            "SELECT count(*) FROM procrastinate.procrastinate_jobs WHERE status = 'todo' AND task_name LIKE 'tests.%'"
        ).fetchone()
    assert row is not None
    return int(row[0])


def subjects() -> list[str]:
    with db.session.begin_nested():
        return list(db.session.scalars(text("SELECT subject FROM account WHERE issuer = 'jobs' ORDER BY subject")))


@pytest.fixture
def work(app: Flask, settings: Settings):  # type: ignore[no-untyped-def]  # a function that takes and gives nothing
    def until_none_is_left() -> None:
        # A thread of its own, as the worker has a process of its own: another test's browser may drive this one's loop.
        with ThreadPoolExecutor(max_workers=1) as thread:
            thread.submit(jobs.work, url=settings.database_url, flask_app=app, wait=False).result()

    return until_none_is_left


@pytest.mark.usefixtures("session")
class TestEnqueue:
    def test_waits_for_the_commit(self, superuser_url: str, work) -> None:  # type: ignore[no-untyped-def]  # see the fixture
        jobs.enqueue(open_account, db.session, subject="one")
        before = waiting(superuser_url)
        db.session.commit()
        work()

        assert before == 0
        assert subjects() == ["one"]

    def test_is_undone_with_what_caused_it(self, superuser_url: str) -> None:
        jobs.enqueue(open_account, db.session, subject="one")
        db.session.rollback()

        assert waiting(superuser_url) == 0

    def test_adds_work_of_one_name_once_and_spares_the_callers_transaction(self, superuser_url: str) -> None:
        service.open_account(issuer="jobs", subject="caller", name="Caller", role=Role.ADMIN, now=utc_now())
        jobs.enqueue(open_account, db.session, once_as="the same", subject="one")
        jobs.enqueue(open_account, db.session, once_as="the same", subject="one")
        db.session.commit()

        assert waiting(superuser_url) == 1
        assert subjects() == ["caller"]


@pytest.mark.usefixtures("session")
class TestWork:
    def test_of_a_failing_job_leaves_nothing_and_is_tried_again_later(self, superuser_url: str, work) -> None:  # type: ignore[no-untyped-def]  # see the fixture
        jobs.enqueue(fail, db.session)
        db.session.commit()
        work()

        assert subjects() == []
        assert waiting(superuser_url) == 1


class TestDeleteExpiredSessions:
    def test_removes_those_that_no_cookie_opens(self, session: object) -> None:
        now = utc_now()
        db.session.execute(
            text("INSERT INTO web_session (id_hash, data, created_at, seen_at) VALUES (:h, '{}', :at, :at)"),
            [{"h": b"old", "at": now - timedelta(hours=13)}, {"h": b"new", "at": now}],
        )
        delete_expired_sessions()

        assert list(db.session.scalars(text("SELECT id_hash FROM web_session"))) == [b"new"]
