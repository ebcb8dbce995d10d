"""The addresses of the facade: read, versions, search, everything about a person, and what the facade can do."""

import re
from datetime import UTC, datetime
from uuid import UUID

from flask import Blueprint, Response, current_app, request
from sqlalchemy import Select
from werkzeug.http import http_date, parse_date

from careplan.access import guard as plain_guard
from careplan.access.domain.policy import Action, Section
from careplan.access.queries import may_reach, select_visible
from careplan.config import Settings
from careplan.db import db
from careplan.fhir import bundles, capability, cursor, freshness, guard, matching, search, store
from careplan.fhir.outcomes import JSON, FhirRefused, register_writers
from careplan.fhir.parameters import DIRECTORY_TYPES, TYPES
from careplan.fhir.scopes import READ, SEARCH
from careplan.fhir.search import CURSOR, Handling, Query
from careplan.fhir.store import Stored
from careplan.fhir.token_api import issue_token
from careplan.kernel.clock import utc_now

PREFIX = "/fhir/R4"
FORM = "application/x-www-form-urlencoded"
NOT_HERE = "There is no such resource."

POSSIBLE_ID = re.compile(r"[A-Za-z0-9.-]{1,64}")

blueprint = Blueprint("fhir", __name__)
blueprint.post("/oauth/token")(issue_token)
register_writers()


@blueprint.get(f"{PREFIX}/metadata")
@plain_guard.public
def metadata() -> Response:
    """What the facade can do: exactly what works, no more."""
    return _json(store.as_json(capability.statement(base=_base(), public_url=_settings().public_url)))


@blueprint.get(f"{PREFIX}/.well-known/smart-configuration")
@plain_guard.public
def smart_configuration() -> Response:
    """How a system asks for a token."""
    settings = capability.smart_configuration(public_url=_settings().public_url)
    return Response(store.as_json(settings), content_type="application/json")


@blueprint.get(f"{PREFIX}/Patient/<id_>/$everything")
@guard.client
def everything(id_: str) -> Response:
    """All that these scopes show of a person, with the organisations and practitioners it refers to."""
    now = utc_now()
    guard.need_scope(type_="Patient", action=READ)
    person_id = _reachable(id_, now=now)
    if freshness.freshen([person_id], now=now):
        guard.look(guard.caller().client.actor)
    found = store.list_everything(db.session, person_id=person_id, types=guard.types_in_scope(TYPES, action=READ))
    guard.shown([person_id])
    link = f"{_base()}/Patient/{id_}/$everything"
    return _json(
        bundles.searchset(base=_base(), found=found, self_link=link, next_link=None, now=now, total=len(found))
    )


@blueprint.get(f"{PREFIX}/<type_>/<id_>")
@guard.client
def read(type_: str, id_: str) -> Response:
    """The newest version of a resource; 304 where the client has it already, 410 where it is gone."""
    _known(type_, id_)
    guard.need_scope(type_=type_, action=READ)
    found = _current(type_, id_, now=utc_now())
    _show(found)
    if found.deleted:
        raise FhirRefused(410, "This resource was deleted.")
    return _not_modified(found) if _unchanged(found) else _resource(found)


@blueprint.get(f"{PREFIX}/<type_>/<id_>/_history/<version>")
@guard.client
def read_version(type_: str, id_: str, version: str) -> Response:
    """One version of a resource."""
    _known(type_, id_)
    guard.need_scope(type_=type_, action=READ)
    _current(type_, id_, now=utc_now())
    number = int(version) if version.isascii() and version.isdigit() and len(version) < 9 else 0
    found = store.find_version(db.session, type_=type_, id_=id_, version=number, visible=_visible(utc_now()))
    if found is None:
        raise FhirRefused(404, NOT_HERE)
    _show(found)
    if found.deleted:
        raise FhirRefused(410, "This version says that the resource was deleted.")
    return _resource(found)


@blueprint.get(f"{PREFIX}/<type_>/<id_>/_history")
@guard.client
def read_history(type_: str, id_: str) -> Response:
    """Every version of a resource, newest first."""
    now = utc_now()
    _known(type_, id_)
    guard.need_scope(type_=type_, action=READ)
    _show(_current(type_, id_, now=now))
    versions = store.list_versions(db.session, type_=type_, id_=id_, visible=_visible(now))
    link = f"{_base()}/{type_}/{id_}/_history"
    return _json(bundles.history(base=_base(), versions=versions, self_link=link, now=now))


@blueprint.get(f"{PREFIX}/<type_>")
@guard.client
def search_by_address(type_: str) -> Response:
    """A search whose parameters stand in the address."""
    return _search(type_, tuple(request.args.items(multi=True)))


@blueprint.post(f"{PREFIX}/<type_>/_search")
@guard.client
def search_by_form(type_: str) -> Response:
    """The same search with its parameters in the body, which keeps NHS numbers out of addresses and logs."""
    if request.mimetype != FORM and request.content_length:
        raise FhirRefused(415, f"Send the parameters as {FORM}.")
    return _search(type_, (*request.args.items(multi=True), *request.form.items(multi=True)))


def _search(type_: str, pairs: tuple[tuple[str, str], ...]) -> Response:
    now = utc_now()
    _known(type_)
    guard.need_scope(type_=type_, action=SEARCH)
    pairs, after = _continued(type_, pairs)
    query = search.parse(type_, pairs, handling=_handling())
    _freshen(query, now=now)
    found, more = matching.run(db.session, query, visible=_visible(now), after=after)
    guard.shown(s.person_id for s in found if s.person_id)
    next_link = _next_link(query, found[-1].id) if more and found else None
    body = bundles.searchset(
        base=_base(), found=found, self_link=capability.self_link(_base(), query), next_link=next_link, now=now
    )
    return _json(body)


def _continued(type_: str, pairs: tuple[tuple[str, str], ...]) -> tuple[tuple[tuple[str, str], ...], str | None]:
    """The whole search and the place to go on from, where a cursor brings them."""
    sealed = next((value for name, value in pairs if name == CURSOR), None)
    if sealed is None:
        return pairs, None
    return cursor.unseal(sealed, secret=_settings().secret, client_id=guard.caller().client.id, type_=type_)


def _next_link(query: Query, after: str) -> str:
    sealed = cursor.seal(
        secret=_settings().secret,
        client_id=guard.caller().client.id,
        type_=query.type,
        pairs=query.pairs,
        after=after,
    )
    return f"{_base()}/{query.type}?{CURSOR}={sealed}"


def _freshen(query: Query, *, now: datetime) -> None:
    visible = _visible(now)
    named = matching.named_people(query)
    if query.type in DIRECTORY_TYPES or named is not None:
        seen = [p for p in named or () if _may_see(p, now=now)]
        moved_on = freshness.freshen(seen, now=now)
    else:
        moved_on = freshness.freshen_visible(visible, now=now)
    if moved_on:
        guard.look(guard.caller().client.actor)


def _current(type_: str, id_: str, *, now: datetime) -> Stored:
    """The newest version, after its person was projected if need be.  Raises FhirRefused with 404."""
    visible = _visible(now)
    found = store.find_current(db.session, type_=type_, id_=id_, visible=visible)
    if found is not None and found.person_id is not None:
        moved_on = freshness.freshen([found.person_id], now=now)
    elif type_ == "Patient" and (person_id := _uuid(id_)) is not None and _may_see(person_id, now=now):
        moved_on = freshness.freshen([person_id], now=now)
    elif type_ in DIRECTORY_TYPES:
        moved_on = freshness.freshen([], now=now)
    else:
        moved_on = freshness.freshen_visible(visible, now=now)
    if moved_on:
        guard.look(guard.caller().client.actor)
        found = store.find_current(db.session, type_=type_, id_=id_, visible=visible)
    if found is None:
        raise FhirRefused(404, NOT_HERE)
    return found


def _reachable(id_: str, *, now: datetime) -> UUID:
    person_id = _uuid(id_)
    if person_id is None or not _may_see(person_id, now=now):
        raise FhirRefused(404, NOT_HERE)
    return person_id


def _visible(now: datetime) -> Select[UUID]:
    return select_visible(actor=guard.caller().client.actor, section=Section.RECORD, action=Action.READ, now=now)


def _may_see(person_id: UUID, *, now: datetime) -> bool:
    actor = guard.caller().client.actor
    return may_reach(actor=actor, person_id=person_id, section=Section.RECORD, action=Action.READ, now=now)


def _known(type_: str, id_: str = "") -> None:
    """Raises FhirRefused with 404 for a type that is not served, or an id that none can have."""
    if type_ not in TYPES:
        raise FhirRefused(404, "This type of resource is not served.")
    if id_ and not POSSIBLE_ID.fullmatch(id_):
        raise FhirRefused(404, NOT_HERE)


def _show(found: Stored) -> None:
    guard.shown([found.person_id] if found.person_id else [])


def _resource(found: Stored) -> Response:
    response = _json(found.body)
    return _dated(response, found)


def _not_modified(found: Stored) -> Response:
    return _dated(Response(status=304), found)


def _dated(response: Response, found: Stored) -> Response:
    response.headers["ETag"] = found.etag
    response.headers["Last-Modified"] = http_date(found.last_updated)
    return response


def _unchanged(found: Stored) -> bool:
    """Whether the client has this version, by its ETag or, where it sent none, by its date."""
    tags = request.headers.get("If-None-Match")
    if tags is not None:
        return tags.strip() == "*" or found.etag in [t.strip() for t in tags.split(",")]
    since = parse_date(request.headers.get("If-Modified-Since"))
    return since is not None and found.last_updated.replace(microsecond=0) <= since.astimezone(UTC)


def _handling() -> Handling:
    prefer = request.headers.get("Prefer", "").replace(" ", "").lower()
    return Handling.STRICT if "handling=strict" in prefer else Handling.LENIENT


def _json(body: bytes) -> Response:
    return Response(body, content_type=JSON)


def _uuid(text: str) -> UUID | None:
    try:
        found = UUID(text)
    except ValueError:
        return None
    return found if str(found) == text else None


def _base() -> str:
    return _settings().public_url + PREFIX


def _settings() -> Settings:
    return current_app.extensions["careplan_settings"]  # type: ignore[no-any-return]
