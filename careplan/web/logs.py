"""Structured logs and numbers: what was asked, by which account, how it went and how long it took.

Only fields on a list of allowed ones are written, and of an address only the rule that it matched: no name, number or
note of a person can get in. Other people's libraries may say that something happened and where, not what.
"""

import logging
import sys
import time
from collections.abc import MutableMapping
from typing import Any

import orjson
import structlog
from flask import Flask, Response, g, request
from prometheus_client import Histogram

from careplan.kernel.ids import new_id

ALLOWED = ("correlation_id", "method", "route", "status", "milliseconds", "account_id", "record", "job")
OURS = "careplan"
QUIET = frozenset({"static", "probes.healthz", "probes.readyz"})

SECONDS = Histogram(
    "careplan_request_seconds", "How long answers took, by what was asked.", ["method", "route", "status"]
)
_requests = structlog.wrap_logger(
    logging.getLogger("careplan.requests"),
    processors=[structlog.stdlib.render_to_log_kwargs],
    wrapper_class=structlog.stdlib.BoundLogger,
)


def register(app: Flask) -> None:
    """Gives each request its correlation id, and writes one line when it has been answered."""

    @app.before_request
    def begin() -> None:
        g.correlation_id = str(new_id())
        g.began = time.perf_counter()

    @app.after_request
    def end(response: Response) -> Response:
        if "began" not in g:  # refused before it was taken in
            return response
        response.headers["X-Correlation-Id"] = g.correlation_id
        if request.endpoint not in QUIET:
            _write_down(response, seconds=time.perf_counter() - g.began)
        return response


def configure(*, level: str) -> None:
    """Sends the logs of this process to stdout, a JSON object a line."""
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.ExtraAdder(allow=ALLOWED)],
            processors=[
                structlog.stdlib.add_log_level,
                structlog.processors.TimeStamper(fmt="iso", utc=True),
                _silence_others,
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(serializer=_as_json),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger(OURS).setLevel(level.upper())


def _write_down(response: Response, *, seconds: float) -> None:
    rule = request.url_rule.rule if request.url_rule else "?"
    SECONDS.labels(request.method, rule, str(response.status_code)).observe(seconds)
    actor = g.get("actor")
    _requests.info(
        "request",
        correlation_id=g.correlation_id,
        method=request.method,
        route=rule,
        status=response.status_code,
        milliseconds=round(seconds * 1000),
        account_id=str(actor.account_id) if actor else None,
    )


def _silence_others(logger: Any, name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """What a library says may hold what somebody typed; which one spoke, how loudly and from where does not."""
    record: logging.LogRecord = event["_record"]
    event["logger"] = record.name
    failed = event.pop("exc_info", None) or record.exc_info
    event.pop("stack_info", None)
    if failed and isinstance(failed, tuple) and failed[0] is not None:
        event["error"] = failed[0].__name__
    if record.name != OURS and not record.name.startswith(f"{OURS}."):
        event["event"] = f"{record.module}:{record.lineno}"
    return event


def _as_json(event: Any, **_: Any) -> str:
    return orjson.dumps(event, default=str).decode()
