"""The worker: takes jobs one by one and runs them in the application's context."""

from collections.abc import Callable
from typing import Any

import procrastinate
from flask import Flask
from procrastinate.jobs import DeleteJobCondition

from careplan.jobs.queue import SCHEMA, app

CONCURRENCY = 2
LONGEST_FINISH = 25  # seconds that jobs in hand have after SIGTERM; the process is given thirty


def work(*, url: str, flask_app: Flask, wait: bool = True) -> None:
    """Works off jobs until SIGTERM or, where it is not to wait, until none is left."""
    connector = procrastinate.PsycopgConnector(
        conninfo=url.replace("postgresql+psycopg://", "postgresql://", 1),
        kwargs={"options": f"-c search_path={SCHEMA}"},
        min_size=1,
        max_size=CONCURRENCY + 2,
    )
    with app.replace_connector(connector) as live:
        live.run_worker(
            concurrency=CONCURRENCY,
            wait=wait,
            delete_jobs=DeleteJobCondition.SUCCESSFUL,
            shutdown_graceful_timeout=LONGEST_FINISH,
            install_signal_handlers=wait,
            task_middleware=[_in_context_of(flask_app)],
        )


def _in_context_of(flask_app: Flask) -> Callable[..., Any]:
    """The edge of a job commits once, as that of a request does."""

    def around(call_next: Callable[[], Any], context: object, worker: object) -> Any:
        with flask_app.app_context():
            session = flask_app.extensions["sqlalchemy"].session
            answer = call_next()
            session.commit()
            return answer

    return around
