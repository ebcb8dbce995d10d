"""What stands before every address of the facade: token, scopes, the database's eyes, the audit row, the commit.

What a client may not see answers exactly like what does not exist.
"""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, ParamSpec
from uuid import UUID

from flask import Response, g, make_response, request

from careplan.access import audit
from careplan.access.domain.actor import Actor
from careplan.access.domain.policy import Action, Section
from careplan.access.guard import MARK
from careplan.db import db
from careplan.db.scope import set_actor
from careplan.fhir import scopes as smart
from careplan.fhir.outcomes import FhirRefused
from careplan.fhir.tokens import Caller, find_caller
from careplan.kernel.clock import utc_now
from careplan.kernel.errors import DomainError

P = ParamSpec("P")
View = Callable[P, Any]
JSON_NAMES = frozenset({"json", "application/json", "application/fhir+json"})
JSON_TYPES = ("application/fhir+json", "application/json")
AUDITED_REFUSALS = (403, 404, 410)


def client(view: View[P]) -> View[P]:
    """Systems with a token. The view says of whom it showed something, or the audit row names nobody."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> Response:
        _accept_json_only()
        g.fhir_shown = []
        g.fhir_caller = _authenticated()
        g.actor = g.fhir_caller.client.actor
        look(g.actor)
        try:
            response = make_response(view(*args, **kwargs))
        except DomainError as refused:
            _write_refusal(refused)
            raise
        _write_read()
        db.session.commit()
        return response

    setattr(guarded, MARK, "fhir:client")
    return guarded


def caller() -> Caller:
    """Who asks, and with which scopes."""
    return g.fhir_caller  # type: ignore[no-any-return]


def look(actor: Actor) -> None:
    """Gives the transaction that now begins the eyes of this actor."""
    set_actor(db.session, account_id=actor.account_id, organisation_id=actor.organisation_id, team_id=actor.team_id)


def shown(people: Iterable[UUID]) -> None:
    """Whose resources the answer holds."""
    g.fhir_shown = sorted(set(people))


def need_scope(*, type_: str, action: str) -> None:
    """Raises FhirRefused with 403 unless the token's scopes let this be done to this type."""
    if not smart.allows(caller().scopes, type_=type_, action=action):
        raise FhirRefused(403, f"The token's scopes do not cover system/{type_}.{action}.")


def types_in_scope(types: Iterable[str], *, action: str) -> tuple[str, ...]:
    """Of these types, those that the token's scopes cover."""
    return tuple(t for t in types if smart.allows(caller().scopes, type_=t, action=action))


def _authenticated() -> Caller:
    presented = request.authorization
    if presented is None or presented.type != "bearer" or not presented.token:
        raise FhirRefused(401, "Present an access token: Authorization: Bearer ….")
    found = find_caller(presented.token, now=utc_now())
    if found is None:
        db.session.rollback()
        raise FhirRefused(401, "The access token is not one that we granted, or its time is over.")
    return found


def _accept_json_only() -> None:
    wanted = request.args.get("_format")
    if wanted is not None and wanted.split(";")[0].strip().replace(" ", "+") not in JSON_NAMES:
        raise FhirRefused(406, "Only JSON is served: application/fhir+json.")
    accepts = request.accept_mimetypes
    if wanted is None and accepts and not any(accepts[t] > 0 for t in JSON_TYPES):
        raise FhirRefused(406, "Only JSON is served: application/fhir+json.")


def _write_read() -> None:
    people: list[UUID] = g.fhir_shown
    audit.record(db.session, [_entry(Action.READ, people)], now=utc_now())


def _write_refusal(refused: DomainError) -> None:
    """What was refused is written down in a transaction of its own, for the request's own is undone."""
    db.session.rollback()
    if refused.status in AUDITED_REFUSALS:
        audit.record(db.session, [_entry(audit.REFUSED, g.fhir_shown)], now=utc_now())
        db.session.commit()


def _entry(action: Action | str, people: list[UUID]) -> audit.Entry:
    opened = people[0] if len(people) == 1 and action is Action.READ else None
    return audit.Entry(
        actor=caller().client.actor,
        section=Section.RECORD,
        action=action,
        route=f"{request.method} {request.url_rule.rule if request.url_rule else '?'}",
        person_id=opened,
        subjects=people,
        correlation_id=g.get("correlation_id"),
    )
