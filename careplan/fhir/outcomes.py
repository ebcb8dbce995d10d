"""Refusals in FHIR's own words: an OperationOutcome with what was wrong, where, and how to find it in the log."""

from typing import Any

import orjson
from flask import Response, request

from careplan.fhir.store import as_json
from careplan.kernel.errors import DomainError, Problem
from careplan.web.errors import Failure, register_error_writer

JSON = "application/fhir+json; charset=utf-8"
# FHIR's issue type for a status.
ISSUES = {
    400: "invalid",
    401: "login",
    403: "forbidden",
    404: "not-found",
    405: "not-supported",
    406: "not-supported",
    409: "conflict",
    410: "deleted",
    412: "conflict",
    413: "too-long",
    415: "not-supported",
    422: "processing",
    429: "throttled",
    500: "exception",
    503: "transient",
}

CHALLENGES = {401: "invalid_token", 403: "insufficient_scope"}
OAUTH_CODES = frozenset(
    {"invalid_request", "invalid_client", "invalid_scope", "unsupported_grant_type", "server_error", "unavailable"}
)


class FhirRefused(DomainError):
    """The facade refuses: the status is HTTP's, the sentence says what would be accepted."""

    code = "fhir"

    def __init__(self, status: int, message: str, *, expression: str | None = None) -> None:
        problems = (Problem(expression, message),) if expression else ()
        super().__init__(message, problems=problems)
        self.status = status  # type: ignore[misc]  # one class of refusal, any of HTTP's statuses


def register_writers() -> None:
    """Errors under the facade are OperationOutcomes, those of the token endpoint are OAuth's."""
    register_error_writer("/fhir/", write_outcome)
    register_error_writer("/oauth/", write_oauth)


def write_outcome(failure: Failure) -> Response:
    """What went wrong as an OperationOutcome."""
    told = failure.problems or (Problem("", failure.detail),)
    body = {"resourceType": "OperationOutcome", "issue": [_issue(failure, p) for p in told]}
    response = Response(as_json(body), status=failure.status, content_type=JSON)
    if failure.status in CHALLENGES:
        response.headers["WWW-Authenticate"] = f'Bearer realm="careplan"{_challenge(failure.status)}'
    return response


def write_oauth(failure: Failure) -> Response:
    """What went wrong in OAuth's form, which has its own words and tells nothing beyond them."""
    code = failure.code if failure.code in OAUTH_CODES else "invalid_request"
    response = Response(
        orjson.dumps({"error": code, "error_description": failure.detail}),
        status=failure.status,
        content_type="application/json",
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def _issue(failure: Failure, problem: Problem) -> dict[str, Any]:
    issue: dict[str, Any] = {
        "severity": "error",
        "code": ISSUES.get(failure.status, "processing"),
        "details": {"text": problem.message},
        "diagnostics": f"Correlation id {failure.correlation_id}",
    }
    if problem.field:
        issue["expression"] = [problem.field]
    return issue


def _challenge(status: int) -> str:
    """RFC 6750: a request without a token is told the scheme only."""
    if status == 401 and request.authorization is None:
        return ""
    return f', error="{CHALLENGES[status]}"'
