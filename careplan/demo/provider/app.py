"""The provider's pages: discovery, keys, picking a persona, tokens and the way out."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from authlib.oauth2 import OAuth2Error
from flask import Flask, Response, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from joserfc.jwk import ECKey, KeySet

from careplan.demo.personas import BY_SLUG, PERSONAS
from careplan.demo.provider.grants import ALGORITHM, SCOPES, Client, authorization_server

ROOT = Path(__file__).resolve().parents[3]
GROUPS = (
    ("The person and those close to them", ("citizen", "representative", "unpaid-carer")),
    ("The council’s teams", ("social-worker", "social-worker-other-team", "team-manager")),
    (
        "The care providers",
        (
            "provider-coordinator",
            "care-worker",
            "care-worker-uncertified",
            "trusted-assessor",
            "other-provider-coordinator",
        ),
    ),
    ("The NHS", ("nurse", "occupational-therapist")),
    (
        "Offices of the council",
        (
            "commissioner", "broker", "finance-officer", "safeguarding-lead", "auditor", "privacy-officer", "admin",
        ),
    ),
)  # fmt: skip
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


@dataclass(frozen=True, slots=True)
class Provider:
    """Where the provider answers, whom it serves and with which keys."""

    issuer: str
    client_address: str
    client_public: Path
    key: Path


def create_provider(provider: Provider) -> Flask:
    """The provider as an application; what it remembers lives in its process only."""
    app = Flask("careplan.demo.provider", template_folder=str(ROOT / "templates"), static_folder=str(ROOT / "static"))
    app.jinja_env.autoescape = True
    key = ECKey.import_key(json.loads(provider.key.read_text()))
    client = Client(provider.client_address, KeySet.import_key_set(json.loads(provider.client_public.read_text())))
    server = authorization_server(app, client=client, issuer=provider.issuer, key=key)
    _register_metadata(app, issuer=provider.issuer, key=key)
    _register_choice(app, server, client_address=provider.client_address)
    app.add_url_rule("/token", "token", server.create_token_response, methods=["POST"])

    @app.after_request
    def set_headers(response: Response) -> Response:
        for name, value in HEADERS.items():
            if name != "Cache-Control" or request.endpoint != "static":
                response.headers[name] = value
        return response

    return app


def _register_metadata(app: Flask, *, issuer: str, key: ECKey) -> None:
    @app.get("/.well-known/openid-configuration")
    def metadata() -> Response:
        return jsonify(
            issuer=issuer,
            authorization_endpoint=f"{issuer}/authorize",
            token_endpoint=f"{issuer}/token",
            jwks_uri=f"{issuer}/jwks",
            end_session_endpoint=f"{issuer}/end-session",
            scopes_supported=SCOPES,
            response_types_supported=["code"],
            grant_types_supported=["authorization_code"],
            subject_types_supported=["public"],
            id_token_signing_alg_values_supported=[ALGORITHM],
            token_endpoint_auth_methods_supported=["private_key_jwt"],
            token_endpoint_auth_signing_alg_values_supported=[ALGORITHM],
            code_challenge_methods_supported=["S256"],
            claims_supported=["sub", "name", "amr", "auth_time"],
        )

    @app.get("/jwks")
    def jwks() -> Response:
        return jsonify(KeySet([key]).as_dict(private=False))


def _register_choice(app: Flask, server: Any, *, client_address: str) -> None:
    @app.get("/")
    def home() -> ResponseReturnValue:
        return redirect(f"{client_address}/sign-in", 303)

    @app.get("/authorize")
    def authorize() -> ResponseReturnValue:
        """Shows the personas; each card is a link with its slug, which sends the browser back with a code."""
        try:
            grant = server.get_consent_grant()
        except OAuth2Error as wrong:
            if wrong.redirect_uri:
                return server.handle_error_response(None, wrong)  # type: ignore[no-any-return]  # Authlib carries no types
            return _refused(wrong.description or wrong.error)
        picked = request.args.get("persona")
        if picked in BY_SLUG:
            return server.create_authorization_response(grant_user=BY_SLUG[picked], grant=grant)  # type: ignore[no-any-return]  # Authlib carries no types
        return render_template("provider/choose.html", groups=_cards(), client_address=client_address)

    @app.get("/end-session")
    def end_session() -> ResponseReturnValue:
        return server.create_endpoint_response("end_session") or render_template(
            "provider/signed_out.html", client_address=client_address
        )

    def _refused(why: str) -> ResponseReturnValue:
        return render_template("provider/refused.html", why=why, client_address=client_address), 400


def _cards() -> list[tuple[str, list[tuple[Any, str]]]]:
    asked = {name: value for name, value in request.args.items() if name != "persona"}
    assert sum(len(slugs) for _, slugs in GROUPS) == len(PERSONAS)  # noqa: S101  a card that is missing would go unseen
    return [(heading, [(BY_SLUG[slug], _picking(slug, asked)) for slug in slugs]) for heading, slugs in GROUPS]


def _picking(slug: str, asked: dict[str, str]) -> str:
    return f"{url_for('authorize')}?{urlencode({**asked, 'persona': slug})}"
