"""Jinja's set-up."""

from typing import Any

from flask import Flask, render_template


def page(template: str, **context: Any) -> str:
    """Renders a page."""
    return render_template(template, **context)


def register(app: Flask) -> None:
    """Escapes in every template, whatever its ending."""
    app.jinja_env.autoescape = True
