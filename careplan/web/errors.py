"""Errors: a page that says what to do next, or a problem in the sense of RFC 9457 for programs.

A broken rule (DomainError), an answer of HTTP's own and an unforeseen failure all become one `Failure`, and the part of
the address space that was asked decides who writes it: pages by default, problems under /api/, others by
`register_error_writer`.
"""

import logging
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson
from flask import Flask, Response, g, make_response, request
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from werkzeug.exceptions import HTTPException, InternalServerError

from careplan.db import db
from careplan.kernel.errors import DomainError, Problem
from careplan.kernel.ids import new_id
from careplan.web.error_words import words_for
from careplan.web.templating import page

PROBLEM_TYPE = "application/problem+json"
RETRY_AFTER_SECONDS = "10"
KEPT_HEADERS = ("Allow", "Retry-After", "WWW-Authenticate")
log = logging.getLogger("careplan.errors")


@dataclass(frozen=True, slots=True)
class Failure:
    """What went wrong, for whoever writes it: `detail` is a sentence for people, `facts` are for programs."""

    status: int
    code: str
    title: str
    detail: str
    correlation_id: str
    problems: tuple[Problem, ...] = ()
    facts: Mapping[str, object] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)


ErrorWriter = Callable[[Failure], Response]
_writers: dict[str, ErrorWriter] = {}


def register_error_writer(prefix: str, writer: ErrorWriter) -> None:
    """Answers errors under an address prefix in a form of its own; the longest prefix wins."""
    _writers[prefix] = writer


def register(app: Flask) -> None:
    """One table: whatever fails is written in the form that its caller reads."""
    app.register_error_handler(DomainError, lambda error: answer(_of_domain(error)))
    app.register_error_handler(HTTPException, lambda error: answer(_of_http(error)))
    for gone in (OperationalError, InterfaceError, NoConnectionFree):
        app.register_error_handler(gone, _away)
    app.before_request(_fail_without_database)
    app.log_exception = _log_unforeseen  # type: ignore[method-assign]  # Flask's own would log the path


def answer(failure: Failure) -> Response:
    """The failure in the form for the address that was asked."""
    g.failed = True
    prefixes = [p for p in _writers if request.path.startswith(p)]
    writer = _writers[max(prefixes, key=len)] if prefixes else write_page
    response = writer(failure)
    response.headers.update(dict(failure.headers))
    return response


def write_problem(failure: Failure) -> Response:
    """RFC 9457; what the facts name cannot take the place of a member that the standard or we define."""
    body: dict[str, Any] = {
        **failure.facts,
        "type": "about:blank",
        "title": failure.title,
        "status": failure.status,
        "detail": failure.detail,
        "code": failure.code,
        "errors": [{"field": p.field, "message": p.message} for p in failure.problems],
        "correlation_id": failure.correlation_id,
    }
    text = orjson.dumps(body, default=str, option=orjson.OPT_NON_STR_KEYS)
    return Response(text, status=failure.status, content_type=PROBLEM_TYPE)


def write_page(failure: Failure) -> Response:
    """A page with what happened, what was wrong and what to do next."""
    advice = words_for(failure.status)
    return make_response(page("errors/error.html", failure=failure, words=advice), failure.status)


register_error_writer("/api/", write_problem)


def _of_domain(error: DomainError) -> Failure:
    return Failure(
        status=error.status,
        code=error.code,
        title=words_for(error.status).title,
        detail=error.message,
        correlation_id=_correlation_id(),
        problems=error.problems,
        facts=error.facts,
        headers=_again_after(error),
    )


def _again_after(error: DomainError) -> dict[str, str]:
    """When to ask again: as the error says, or soon where the database is away."""
    wait = error.facts.get("retry_after", RETRY_AFTER_SECONDS if error.status == 503 else None)
    return {} if wait is None else {"Retry-After": str(wait)}


def _of_http(error: HTTPException) -> Failure:
    """HTTP's own answers; a redirect that travels as an exception is let through by Flask before it comes here."""
    if isinstance(error, InternalServerError) and _is_away(error.original_exception):
        return _unavailable()
    status = error.code or 500
    kept = {name: value for name, value in error.get_headers() if name in KEPT_HEADERS}
    words = words_for(status)
    return Failure(
        status=status,
        code=words.code,
        title=words.title,
        detail=words.sentence,
        correlation_id=_correlation_id(),
        headers=kept,
    )


def _fail_without_database() -> None:
    """The session could not be read, so nobody knows who asks: nothing is served but what needs no session."""
    if (failure := g.get("database_failure")) is not None:
        raise failure


def _away(error: Exception) -> Response:
    """The database does not answer, or has no room: try again soon."""
    db.session.rollback()
    log.error("the database failed: %s", _where(error), extra={"correlation_id": _correlation_id()})
    return answer(_unavailable())


def _unavailable() -> Failure:
    words = words_for(503)
    return Failure(
        status=503,
        code=words.code,
        title=words.title,
        detail=words.sentence,
        correlation_id=_correlation_id(),
        headers={"Retry-After": RETRY_AFTER_SECONDS},
    )


def _is_away(error: BaseException | None) -> bool:
    lost = isinstance(error, DBAPIError) and error.connection_invalidated
    return lost or isinstance(error, OperationalError | InterfaceError | NoConnectionFree)


def _log_unforeseen(exc_info: Any) -> None:
    """Once, with the place in the program and without the message, which may hold what somebody typed."""
    rule = request.url_rule.rule if request.url_rule else "?"
    log.error(
        "unforeseen failure in %s %s: %s",
        request.method,
        rule,
        _where(exc_info[1]),
        extra={"correlation_id": _correlation_id()},
    )


def _where(error: BaseException | None) -> str:
    if error is None:
        return "unknown"
    frames = traceback.extract_tb(error.__traceback__)[-6:]
    steps = " > ".join(f"{f.filename.rsplit('/site-packages/', 1)[-1]}:{f.lineno} {f.name}" for f in frames)
    return f"{type(error).__name__} at {steps}"


def _correlation_id() -> str:
    if "correlation_id" not in g:
        g.correlation_id = str(new_id())
    return str(g.correlation_id)
