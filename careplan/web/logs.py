"""Structured logs and the correlation id."""

from flask import Flask, g

from careplan.kernel.ids import new_id


def register(app: Flask) -> None:
    """Gives each request its correlation id."""

    @app.before_request
    def name_request() -> None:
        g.correlation_id = str(new_id())
