"""Server-side sessions in PostgreSQL: the cookie is a random name, its hash finds the row."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from flask import Flask, Request, Response, current_app, g
from flask.json.tag import TaggedJSONSerializer
from flask.sessions import SessionInterface, SessionMixin
from sqlalchemy import Row, bindparam, delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from werkzeug.datastructures import CallbackDict

from careplan.access.domain.actor import Actor
from careplan.access.models import Account, WebSession
from careplan.access.queries import as_actor
from careplan.config import Settings
from careplan.db import db
from careplan.kernel.clock import utc_now

TOUCH_AFTER = timedelta(minutes=1)
_tags = TaggedJSONSerializer()
_OPEN = (
    select(WebSession, Account)
    .outerjoin(Account, Account.id == WebSession.account_id)
    .where(
        WebSession.id_hash == bindparam("id_hash"),
        WebSession.seen_at > bindparam("seen_after"),
        WebSession.created_at > bindparam("created_after"),
    )
)


class ServerSession(CallbackDict[str, Any], SessionMixin):
    """What a browser's session holds; the row behind it is found by the hash of the cookie."""

    def __init__(self, data: dict[str, Any] | None = None, *, token: str | None = None) -> None:
        def changed(_: Any) -> None:
            self.modified = True

        super().__init__(data or {}, changed)
        self.token = token
        self.account_id: UUID | None = None
        self.seen_at: datetime | None = None
        self.replaces: str | None = None
        self.ended = False
        self.modified = False
        self.new = token is None


class DatabaseSessions(SessionInterface):
    """Idle for too long, too old, or ended by somebody: the session is gone at the next request."""

    def __init__(self, settings: Settings) -> None:
        self.name = settings.cookie_name
        self.idle = timedelta(seconds=settings.session_idle)
        self.longest = timedelta(seconds=settings.session_longest)

    def open_session(self, app: Flask, request: Request) -> ServerSession:
        g.actor = None
        token = request.cookies.get(self.name)
        if token is None or request.path.startswith(("/static/", "/healthz", "/readyz")):
            return ServerSession()
        now = utc_now()
        try:
            row = self._find(token, now)
        except (OperationalError, InterfaceError, NoConnectionFree) as failure:
            # Flask cannot answer before the session is open: the request fails when it begins (careplan.web.errors).
            g.database_failure = failure
            return ServerSession()
        if row is None:
            return ServerSession()
        stored, account = row
        session = ServerSession(_tags.loads(_tags_text(stored.data)), token=token)
        session.seen_at = stored.seen_at
        if account is not None and _is_active(account, now):
            session.account_id = account.id
            g.actor = as_actor(account)
        return session

    def _find(self, token: str, now: datetime) -> Row[WebSession, Account] | None:
        said = {"id_hash": hashed(token), "seen_after": now - self.idle, "created_after": now - self.longest}
        return db.session.execute(_OPEN, said).one_or_none()

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        assert isinstance(session, ServerSession)  # noqa: S101  it narrows the type: open_session makes no other
        if session.ended:
            self._forget(session.token)
            response.delete_cookie(self.name, path="/", secure=True, httponly=True, samesite="Lax")
            return
        now = utc_now()
        if session.modified or session.replaces:
            self._store(session, now)
            response.set_cookie(self.name, session.token or "", path="/", secure=True, httponly=True, samesite="Lax")
            response.headers.add("Vary", "Cookie")
        elif session.seen_at is not None and now - session.seen_at > TOUCH_AFTER:
            with db.engine.begin() as connection:
                connection.execute(
                    update(WebSession).where(WebSession.id_hash == hashed(session.token or "")).values(seen_at=now)
                )

    def _store(self, session: ServerSession, now: datetime) -> None:
        if session.replaces:
            self._forget(session.replaces)
        session.token = session.token or secrets.token_urlsafe(32)
        values = {"data": {"tagged": _tags.dumps(dict(session))}, "seen_at": now, "account_id": session.account_id}
        with db.engine.begin() as connection:
            connection.execute(
                insert(WebSession)
                .values(id_hash=hashed(session.token), created_at=now, **values)
                .on_conflict_do_update(index_elements=["id_hash"], set_=values)
            )

    def _forget(self, token: str | None) -> None:
        if token:
            with db.engine.begin() as connection:
                connection.execute(delete(WebSession).where(WebSession.id_hash == hashed(token)))


def begin_for(actor: Actor, session: ServerSession) -> None:
    """Signs an actor in: what the browser held before is dropped and its name is replaced by a new one."""
    session.replaces = session.token
    session.token = None
    session.clear()
    session.account_id = actor.account_id
    session.modified = True
    g.actor = actor


def end(session: ServerSession) -> None:
    """Signs out."""
    session.clear()
    session.ended = True
    g.actor = None


def open_for_script(*, actor: Actor, now: datetime) -> str:
    """A session for a test that needs one signed in without walking there; answers the cookie's value."""
    token = secrets.token_urlsafe(32)
    with db.engine.begin() as connection:
        connection.execute(
            insert(WebSession).values(
                id_hash=hashed(token),
                account_id=actor.account_id,
                data={"tagged": _tags.dumps({})},
                created_at=now,
                seen_at=now,
            )
        )
    return token


def delete_expired(*, now: datetime) -> int:
    """Removes rows that no cookie can open any more; says how many."""
    interface = current_app.session_interface
    assert isinstance(interface, DatabaseSessions)  # noqa: S101  it narrows the type: create_app sets no other
    stale = (WebSession.seen_at < now - interface.idle) | (WebSession.created_at < now - interface.longest)
    return db.session.execute(delete(WebSession).where(stale)).rowcount  # type: ignore[attr-defined,no-any-return]


def hashed(token: str) -> bytes:
    """What is stored of a cookie's value."""
    return hashlib.sha256(token.encode()).digest()


def _tags_text(data: dict[str, Any]) -> str:
    return str(data.get("tagged", "{}"))


def _is_active(account: Account, now: datetime) -> bool:
    return account.active_from <= now and (account.active_until is None or account.active_until > now)
