"""Signing in through an OpenID Connect provider: authorisation code, PKCE, nonce, private_key_jwt."""

import secrets
import time
from typing import Any, cast

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.flask_client import OAuth
from authlib.oauth2.rfc7523 import PrivateKeyJWT
from flask import Flask, current_app
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey
from requests import RequestException
from werkzeug.wrappers import Response

from careplan.config import Settings
from careplan.kernel.errors import DomainError, Forbidden

ASSERTION_LIFETIME = 300
CLOCK_SKEW = 60
PROVIDER = "careplan"
SIGNATURES = ("ES256", "PS256", "RS256")


class SignInFailed(Forbidden):
    """The provider's answer could not be trusted, or names nobody who has an account."""

    code = "sign_in_failed"


class SignInUnavailable(DomainError):
    """The provider cannot be reached, so nobody can sign in for the moment."""

    code = "sign_in_unavailable"
    status = 503


class FreshPrivateKeyJWT(PrivateKeyJWT):  # type: ignore[misc]  # Authlib carries no types
    """Proves who we are by a new assertion each time, spent within five minutes (the library's own would be reused)."""

    def sign(self, auth: Any, token_endpoint: str) -> str:
        issued = int(time.time())
        claims = {
            "iss": auth.client_id,
            "sub": auth.client_id,
            "aud": token_endpoint,
            "jti": secrets.token_urlsafe(24),
            "iat": issued,
            "exp": issued + ASSERTION_LIFETIME,
        }
        return jwt.encode({"alg": "ES256", "typ": "JWT"}, claims, auth.client_secret, algorithms=["ES256"])


def register(app: Flask, settings: Settings) -> OAuth:
    """Registers the provider; its metadata is fetched when the first person signs in, not at the start."""
    oauth = OAuth(app)
    oauth.register(
        PROVIDER,
        server_metadata_url=settings.sign_in.metadata_url,
        client_id=settings.sign_in.client_id,
        client_secret=_private_key(settings),
        client_auth_methods=[FreshPrivateKeyJWT()],
        client_kwargs={
            "scope": "openid profile",
            "code_challenge_method": "S256",
            "token_endpoint_auth_method": "private_key_jwt",
            "timeout": 10,
        },
    )
    app.extensions["careplan_oauth"] = oauth
    return oauth


def lead_to_provider(*, callback: str) -> Response:
    """Sends the browser to the provider; state, nonce and PKCE verifier stay in its session here.

    Raises SignInUnavailable.
    """
    try:
        return cast(Response, _provider().authorize_redirect(callback))
    except (RequestException, ValueError) as gone:
        raise SignInUnavailable(
            "The sign-in service does not answer. Wait a few minutes, then try again. Nothing has been lost."
        ) from gone


def read_answer() -> dict[str, Any]:
    """The claims of whoever signed in: signature, issuer, audience, nonce and times are checked, the state is spent.

    Raises SignInFailed, SignInUnavailable.
    """
    provider = _provider()
    try:
        expected = _claims_expected(provider.load_server_metadata())
        claims = provider.authorize_access_token(claims_options=expected, leeway=CLOCK_SKEW)["userinfo"]
        return {**claims, "iss": claims["iss"], "sub": str(claims["sub"])}
    except (AuthlibBaseError, JoseError, KeyError, ValueError) as refused:
        raise SignInFailed(
            "Signing in did not work. It may have taken too long, or been started twice. Start again."
        ) from refused
    except RequestException as gone:
        raise SignInUnavailable(
            "The sign-in service does not answer. Wait a few minutes, then try again. Nothing has been lost."
        ) from gone


def way_out(*, back_to: str) -> str | None:
    """The provider's address for signing out there too, or None where it offers none or does not answer."""
    provider = _provider()
    try:
        end = provider.load_server_metadata().get("end_session_endpoint")
        if not end:
            return None
        return str(provider.create_logout_url(post_logout_redirect_uri=back_to, client_id=provider.client_id)["url"])
    except (RequestException, ValueError):
        return None


def _claims_expected(metadata: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Authlib checks issuer and audience only where it is told what to expect; weak signatures are never accepted."""
    offered = metadata.get("id_token_signing_alg_values_supported") or SIGNATURES
    metadata["id_token_signing_alg_values_supported"] = [a for a in offered if a in SIGNATURES]
    return {
        "iss": {"essential": True, "values": [metadata["issuer"]]},
        "aud": {"essential": True, "values": [_provider().client_id]},
        "nonce": {"essential": True},
    }


def _provider() -> Any:
    return current_app.extensions["careplan_oauth"].careplan


def _private_key(settings: Settings) -> ECKey | None:
    path = settings.sign_in.private_key_path
    return ECKey.import_key(path.read_text()) if path else None
