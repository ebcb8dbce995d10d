"""Signing in and out."""

from typing import Any, cast
from urllib.parse import urlsplit

from flask import Blueprint, Response, current_app, g, redirect, request, session, url_for
from werkzeug.wrappers import Response as AnyResponse

from careplan.access import guard, queries, sessions, signin
from careplan.access.domain.actor import Role
from careplan.config import Settings
from careplan.kernel.clock import utc_now
from careplan.web import page

blueprint = Blueprint("access", __name__)

HOME_OF_ROLE = {
    Role.CITIZEN: "/me",
    Role.REPRESENTATIVE: "/me",
    Role.UNPAID_CARER: "/me",
    Role.CARE_WORKER: "/round",
    Role.PROVIDER_COORDINATOR: "/provider",
    Role.TRUSTED_ASSESSOR: "/people",
    Role.SOCIAL_WORKER: "/people",
    Role.TEAM_MANAGER: "/people",
    Role.NURSE: "/delegations",
    Role.OCCUPATIONAL_THERAPIST: "/people",
    Role.COMMISSIONER: "/commissioning",
    Role.BROKER: "/commissioning",
    Role.FINANCE_OFFICER: "/organisations",
    Role.SAFEGUARDING_LEAD: "/organisations",
    Role.AUDITOR: "/admin/audit",
    Role.PRIVACY_OFFICER: "/admin/audit",
}


@blueprint.get("/")
@guard.public
def home() -> AnyResponse:
    """Everyone's own first page."""
    actor = g.get("actor")
    return redirect(HOME_OF_ROLE.get(actor.role, "/help") if actor else "/sign-in", 303)


@blueprint.get("/sign-in")
@guard.public
def sign_in() -> Response | str:
    """Says what happens next and leads to the provider."""
    return page("access/sign_in.html", next=_local(request.args.get("next")))


@blueprint.get("/sign-in/start")
@guard.public
def start() -> AnyResponse:
    """Sends the browser to the provider.

    In the demo, whoever typed `localhost` goes on at the address to which they come back: cookies belong to a host.
    """
    settings = _settings()
    if settings.is_demo and request.host != urlsplit(settings.public_url).netloc:
        return redirect(settings.public_url + request.full_path.rstrip("?"), 303)
    session["next"] = _local(request.args.get("next"))
    return signin.lead_to_provider(callback=_own_address("access.callback"))


@blueprint.get("/sign-in/callback")
@guard.public
def callback() -> AnyResponse:
    """The provider's answer: checked, matched to an account, and a new session begun."""
    wanted = session.get("next") or "/"
    claims = signin.read_answer()
    actor = queries.find_account_by_subject(issuer=_issuer(claims), subject=claims["sub"], now=utc_now())
    if actor is None:
        raise signin.SignInFailed(
            "You signed in, but there is no account here for you. Ask your manager to have one opened."
        )
    sessions.begin_for(actor, cast(sessions.ServerSession, session))
    return redirect(wanted, 303)


@blueprint.post("/sign-out")
@guard.public
def sign_out() -> AnyResponse:
    """Ends the session here; the page after it leads on to the provider."""
    sessions.end(cast(sessions.ServerSession, session))
    return redirect("/signed-out", 303)


@blueprint.get("/signed-out")
@guard.public
def signed_out() -> Response | str:
    """Says that it is done."""
    return page("access/signed_out.html", way_out=signin.way_out(back_to=_own_address("access.signed_out")))


def _settings() -> Settings:
    return cast(Settings, current_app.extensions["careplan_settings"])


def _own_address(endpoint: str) -> str:
    return _settings().public_url + url_for(endpoint)


def _issuer(claims: dict[str, Any]) -> str:
    alias = _settings().sign_in.issuer_alias
    return alias or str(claims["iss"])


def _local(address: str | None) -> str:
    """Only a path of our own is followed after signing in."""
    ours = address and address.startswith("/") and not address.startswith(("//", "/\\")) and "\\" not in address
    return address if ours and address else "/"
