"""Declaring tasks and enqueuing them."""

from collections.abc import Callable
from typing import Any

import procrastinate
from procrastinate.exceptions import AlreadyEnqueued
from sqlalchemy.orm import Session, scoped_session

SCHEMA = "procrastinate"
EACH_MINUTE, EACH_MORNING = "* * * * *", "30 5 * * *"  # by the clock of UTC
MOST_ATTEMPTS = 5
PAUSE_GROWS_BY = 4  # seconds: a task that fails is tried again after 4, 16, 64 and 256 seconds

app = procrastinate.App(connector=procrastinate.PsycopgConnector())

Task = procrastinate.tasks.Task[..., Any, ...]


def task(*, name: str) -> Callable[[Callable[..., None]], Task]:
    """Makes a function a task. Its arguments are what JSON can say; it may run twice, so it must not mind."""
    retry = procrastinate.RetryStrategy(max_attempts=MOST_ATTEMPTS, exponential_wait=PAUSE_GROWS_BY)
    return app.task(name=name, retry=retry)


def every_minute(*, name: str) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Makes a function without arguments a task that runs each minute, once however many workers there are."""
    return _periodic(name, EACH_MINUTE)


def every_day(*, name: str) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """The same once a day, before people begin to work. A day on which nothing ran is not made up for, so what is due
    must be found however late one looks.
    """
    return _periodic(name, EACH_MORNING)


def _periodic(name: str, cron: str) -> Callable[[Callable[[], None]], Callable[[], None]]:
    def declare(function: Callable[[], None]) -> Callable[[], None]:
        def run(timestamp: int) -> None:
            function()

        app.periodic(cron=cron)(app.task(name=name, queueing_lock=name)(run))
        return function

    return declare


def enqueue(
    task: Task, session: Session | scoped_session[Any], *, once_as: str | None = None, **arguments: Any
) -> None:
    """Lets a task run once the caller's transaction has been committed; if it is undone, so is this.

    `once_as` names the work: while a job of that name waits, another is not added.
    """
    if once_as is None:
        _configured(task, session).defer(**arguments)
        return
    try:
        with session.begin_nested():  # a refusal would else undo the caller's transaction
            _configured(task, session, queueing_lock=once_as).defer(**arguments)
    except AlreadyEnqueued:
        return


def _configured(task: Task, session: Session | scoped_session[Any], **how: Any) -> Any:
    """Asking the session for its connection is what makes it set the savepoint, so it is asked here."""
    return task.configure(connection=session.connection().connection.driver_connection, **how)
