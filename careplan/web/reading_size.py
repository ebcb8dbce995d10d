"""The size of the words that somebody chose to read in, kept in a cookie of its own so that it outlives signing out."""

from flask import Flask, Response, g, request

COOKIE = "__Host-careplan-text"
SIZES = (100, 125, 150)
A_YEAR = 365 * 24 * 3600


def register(app: Flask) -> None:
    """Reads the choice before each page."""

    @app.before_request
    def choose_size() -> None:
        chosen = request.cookies.get(COOKIE, "")
        g.reading_size = int(chosen) if chosen in {str(size) for size in SIZES} else SIZES[0]


def remember(response: Response, *, size: int) -> Response:
    """Keeps the choice in this browser for a year."""
    response.set_cookie(COOKIE, str(size), max_age=A_YEAR, path="/", secure=True, httponly=True, samesite="Lax")
    return response
