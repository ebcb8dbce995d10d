"""How often one address may ask: counted in PostgreSQL, so that all web processes count together.

    @blueprint.get("/verify/<code>")
    @guard.public
    @limited("30 per minute")
    def verify(code): ...

The counts lie in an unlogged table: they cost no disk write, and a crash forgets them. An address is kept only as a
keyed hash.
"""

import hashlib
import hmac
from collections.abc import Callable
from datetime import UTC, datetime
from math import ceil
from time import time
from typing import Any, ParamSpec

from flask import Flask, current_app, request
from flask_limiter import Limiter, RequestLimit
from limits.storage import Storage
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from careplan.config import Settings
from careplan.db import db
from careplan.kernel.errors import DomainError
from careplan.kernel.words import clock_time, duration

P = ParamSpec("P")
View = Callable[P, Any]

_HIT = text(
    "INSERT INTO rate_count AS r (key, hits, ends_at)"
    " VALUES (:key, :amount, clock_timestamp() + make_interval(secs => :seconds))"
    " ON CONFLICT (key) DO UPDATE SET"
    " hits = CASE WHEN r.ends_at <= clock_timestamp() THEN excluded.hits ELSE r.hits + excluded.hits END,"
    " ends_at = CASE WHEN r.ends_at <= clock_timestamp() THEN excluded.ends_at ELSE r.ends_at END"
    " RETURNING hits"
)
_HITS = text("SELECT hits FROM rate_count WHERE key = :key AND ends_at > clock_timestamp()")
_ENDS = text("SELECT extract(epoch FROM ends_at)::float FROM rate_count WHERE key = :key")
_FORGET = text("DELETE FROM rate_count WHERE key = :key")
_FORGET_OLD = text("DELETE FROM rate_count WHERE ends_at <= clock_timestamp()")


class TooMany(DomainError):
    """One address asked more often than is allowed; `retry_after` is in seconds."""

    code = "too_many"
    status = 429


class DatabaseStorage(Storage):
    """Counts in a table, each in a transaction of its own: a request that fails has still been counted."""

    STORAGE_SCHEME = ["careplan"]  # noqa: RUF012  the library reads it as a list

    @property
    def base_exceptions(self) -> type[Exception]:
        return SQLAlchemyError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        with db.engine.begin() as connection:
            return int(connection.execute(_HIT, {"key": key, "seconds": expiry, "amount": amount}).scalar_one())

    def get(self, key: str) -> int:
        with db.engine.begin() as connection:
            return int(connection.scalar(_HITS, {"key": key}) or 0)

    def get_expiry(self, key: str) -> float:
        with db.engine.begin() as connection:
            return float(connection.scalar(_ENDS, {"key": key}) or time())

    def check(self) -> bool:
        with db.engine.begin() as connection:
            return bool(connection.scalar(text("SELECT true")))

    def reset(self) -> int | None:
        with db.engine.begin() as connection:
            return connection.execute(text("DELETE FROM rate_count")).rowcount

    def clear(self, key: str) -> None:
        with db.engine.begin() as connection:
            connection.execute(_FORGET, {"key": key})


def _asker() -> str:
    """Who asks: the address, hashed with a key so that the table tells nobody who it was."""
    settings: Settings = current_app.extensions["careplan_settings"]
    address = (request.remote_addr or "nowhere").encode()
    return hmac.new(settings.secret.encode(), address, hashlib.sha256).hexdigest()[:32]


def _refuse(limit: RequestLimit) -> None:
    seconds = max(1, int(limit.reset_at - time()))
    # A clock shows whole minutes: the one that has wholly begun by then.
    again = clock_time(datetime.fromtimestamp(limit.reset_at + 59, UTC))
    raise TooMany(
        f"There were too many tries. You can try again in {duration(ceil(seconds / 60))}, at {again}.",
        retry_after=seconds,
    )


limiter = Limiter(_asker, storage_uri="careplan://", on_breach=_refuse, strategy="fixed-window")


def register(app: Flask) -> None:
    """Lets the limits of this application's routes be counted."""
    limiter.init_app(app)


def limited(pace: str | Callable[[], str]) -> Callable[[View[P]], View[P]]:
    """How often one address may ask a route, such as "30 per minute; 300 per day"."""

    def decorate(view: View[P]) -> View[P]:
        return limiter.limit(pace)(view)

    return decorate


def forget_old_counts() -> None:
    """Counts whose time has run out say nothing any more."""
    with db.engine.begin() as connection:
        connection.execute(_FORGET_OLD)
