"""Errors as pages or as problem details."""

from flask import Flask, jsonify, request
from flask.typing import ResponseReturnValue

from careplan.kernel.errors import DomainError
from careplan.web.templating import page


def register(app: Flask) -> None:
    """One table: a broken rule becomes a page, or a problem under /api/."""

    @app.errorhandler(DomainError)
    def refused(error: DomainError) -> ResponseReturnValue:
        if request.path.startswith("/api/"):
            answer = jsonify(code=error.code, detail=error.message, status=error.status)
            answer.status_code = error.status
            answer.content_type = "application/problem+json"
            return answer
        return page("errors/refused.html", error=error), error.status
