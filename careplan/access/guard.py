"""What stands before every route: its declared policy, the database's eyes, the audit row and the one commit.

    @blueprint.get("/people/<uuid:person_id>")
    @guard.person(Section.PERSON, Action.READ)
    def show(person_id): ...

A route without a guard keeps the application from starting (`refuse_unguarded_routes`). What may not be seen answers
exactly like what does not exist.
"""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, ParamSpec
from urllib.parse import quote
from uuid import UUID

from flask import Flask, Response, g, make_response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from careplan.access import audit, queries
from careplan.access.domain.actor import Actor
from careplan.access.domain.policy import Action, Section, kinds_that_allow, role_alone_allows
from careplan.db import db
from careplan.db.scope import set_actor
from careplan.kernel.clock import utc_now
from careplan.kernel.errors import DomainError, Forbidden, NotFound

P = ParamSpec("P")
View = Callable[P, Any]
MARK = "_careplan_policy"
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")


class SignedOut(DomainError):
    """Nobody is signed in, or the session has ended."""

    code = "signed_out"
    status = 401


class UnguardedRoute(Exception):
    """A route was registered without saying who may use it."""


def actor() -> Actor:
    """Who acts in this request."""
    return g.actor  # type: ignore[no-any-return]


def person_id() -> UUID:
    """The person whose record this request was allowed to reach."""
    return g.person_id  # type: ignore[no-any-return]


def allowed() -> frozenset[tuple[Section, Action]]:
    """All that the actor may do to the record that this request was allowed to reach."""
    return queries.allowed_by(actor=g.actor, held=g.held)


def show(person_ids: Iterable[UUID]) -> None:
    """A list tells whom it showed, so that each of them can find it in who has looked at their record."""
    g.shown = sorted(set(person_ids))


def naming(ids: Iterable[UUID]) -> None:
    """Adds to the audit row which things this was about, for parts of a record of which some readers know a part."""
    g.named = sorted(set(ids))


def because(reason: str) -> None:
    """Adds to the audit row why something was done, where a reason was given."""
    g.reason = reason


def public(view: View[P]) -> View[P]:
    """Anyone may see it; it holds nothing personal."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> AnyResponse:
        if g.get("actor") is not None:
            _see_as(g.actor)
        return _commit_good(make_response(view(*args, **kwargs)))

    return _marked(guarded, "public")


def signed_in(view: View[P]) -> View[P]:
    """Anyone with an account may see it; it holds nothing of another person."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> AnyResponse:
        if (turned_away := _enter()) is not None:
            return turned_away
        return _commit_good(make_response(view(*args, **kwargs)))

    return _marked(guarded, "signed_in")


def role(section: Section, action: Action) -> Callable[[View[P]], View[P]]:
    """Those whose role alone allows it: no single person's record is concerned."""
    return _role_guard(section, action, "role")


def listing(section: Section) -> Callable[[View[P]], View[P]]:
    """A list of people: the role opens it, `select_visible` fills it, `guard.show` says whom it showed."""
    return _role_guard(section, Action.READ, "listing")


def person(
    section: Section,
    action: Action,
    *,
    of: Callable[..., UUID | None] | None = None,
    reach: tuple[Section, Action] | None = None,
) -> Callable[[View[P]], View[P]]:
    """Those whom the policy lets do this to this section of this person's record.

    `of` finds the person from the view's arguments; without it the argument `person_id` is the person. `reach` lets
    in whoever may do that lesser thing, where the view itself refuses those who know of it and may not act.
    """
    reached, by = reach or (section, action)

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> AnyResponse:
            if (turned_away := _enter()) is not None:
                return turned_away
            found: Any = of(**kwargs) if of else kwargs["person_id"]
            return _serve_record(
                view,
                args,
                kwargs,
                found=found,
                section=section,
                action=action,
                reach=(reached, by),
            )

        return _marked(guarded, f"person:{section}:{action}")

    return decorate


def me(section: Section, action: Action) -> Callable[[View[P]], View[P]]:
    """One's own record, or that of the person whom one represents."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> AnyResponse:
            if (turned_away := _enter()) is not None:
                return turned_away
            found = queries.find_own_person(actor=g.actor, section=section, action=action, now=utc_now())
            return _serve_record(
                view, args, kwargs, found=found, section=section, action=action, reach=(section, action)
            )

        return _marked(guarded, f"me:{section}:{action}")

    return decorate


def policy_of(view: Callable[..., Any]) -> str | None:
    """The policy that a view declares, in words for tests and for the start."""
    return getattr(view, MARK, None)


def refuse_unguarded_routes(app: Flask, *, exempt: frozenset[str]) -> None:
    """Raises UnguardedRoute, naming every route that does not say who may use it."""
    bare = sorted(
        f"{rule.rule} ({rule.endpoint})"
        for rule in app.url_map.iter_rules()
        if rule.endpoint not in exempt and policy_of(app.view_functions[rule.endpoint]) is None
    )
    if bare:
        raise UnguardedRoute("These routes declare no policy: " + ", ".join(bare))


def _role_guard(section: Section, action: Action, word: str) -> Callable[[View[P]], View[P]]:
    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> AnyResponse:
            if (turned_away := _enter()) is not None:
                return turned_away
            if not role_alone_allows(role=g.actor.role, section=section, action=action):
                _write_refusal(section, subjects=[])
                raise Forbidden("Your role does not open this page.")
            response = make_response(view(*args, **kwargs))
            return _finish(response, section=section, action=action, person=None)

        return _marked(guarded, f"{word}:{section}:{action}")

    return decorate


def _serve_record(
    view: Callable[..., Any],
    args: Any,
    kwargs: Any,
    *,
    found: UUID | None,
    section: Section,
    action: Action,
    reach: tuple[Section, Action],
) -> AnyResponse:
    if found is None or not _may_reach(found, *reach):
        _write_refusal(section, subjects=[found] if found else [])
        raise NotFound
    g.person_id = found
    response = make_response(view(*args, **kwargs))
    return _finish(response, section=section, action=action, person=found)


def _may_reach(found: UUID, section: Section, action: Action) -> bool:
    """The point decision; how the actor is related to the person is kept for the view."""
    g.held = queries.list_held(actor=g.actor, person_id=found, now=utc_now())
    return not g.held.isdisjoint(kinds_that_allow(role=g.actor.role, section=section, action=action))


def _enter() -> AnyResponse | None:
    """Sets the database's eyes to the signed-in actor; turns away whoever is not signed in."""
    if g.get("actor") is None:
        if request.path.startswith(("/api/", "/fhir/")):
            raise SignedOut("Sign in first: your session has ended or never began.")
        wanted = request.full_path.rstrip("?") if request.method == "GET" else "/"
        return redirect(f"/sign-in?next={quote(wanted)}" if wanted != "/" else "/sign-in", 303)
    _see_as(g.actor)
    return None


def _see_as(a: Actor) -> None:
    set_actor(db.session, account_id=a.account_id, organisation_id=a.organisation_id, team_id=a.team_id)


def _finish(response: Response, *, section: Section, action: Action, person: UUID | None) -> AnyResponse:
    """Audits and commits. An answer of 4xx undoes what the view did; what it showed is still written down."""
    if response.status_code >= 400:
        db.session.rollback()
    subjects = g.get("shown", [])
    if person is not None or subjects or action is not Action.READ:
        entry = audit.Entry(
            actor=g.actor,
            section=section,
            action=action if response.status_code < 400 else Action.READ,
            route=_route(),
            person_id=person,
            subjects=[*([person] if person else subjects), *g.get("named", [])],
            reason=g.get("reason"),
            correlation_id=g.get("correlation_id"),
        )
        audit.record(db.session, [entry], now=utc_now())
    db.session.commit()
    return response


def _write_refusal(section: Section, *, subjects: list[UUID]) -> None:
    """What was refused is written down in a transaction of its own, for the request's own is undone."""
    db.session.rollback()
    entry = audit.Entry(
        actor=g.actor, section=section, action=audit.REFUSED, route=_route(), subjects=subjects,
        correlation_id=g.get("correlation_id"),
    )  # fmt: skip
    audit.record(db.session, [entry], now=utc_now())
    db.session.commit()


def _commit_good(response: Response) -> AnyResponse:
    if response.status_code < 400:
        db.session.commit()
    else:
        db.session.rollback()
    return response


def _route() -> str:
    return f"{request.method} {request.url_rule.rule if request.url_rule else '?'}"


def _marked(view: View[P], policy: str) -> View[P]:
    setattr(view, MARK, policy)
    return view
