"""Signing in through an OpenID Connect provider: authorisation code, PKCE, nonce, private_key_jwt."""

import secrets
import time
from typing import Any

from authlib.integrations.flask_client import OAuth
from authlib.oauth2.rfc7523 import PrivateKeyJWT
from flask import Flask
from joserfc import jwt
from joserfc.jwk import ECKey

from careplan.config import Settings

ASSERTION_LIFETIME = 300
PROVIDER = "careplan"


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


def _private_key(settings: Settings) -> ECKey | None:
    path = settings.sign_in.private_key_path
    return ECKey.import_key(path.read_text()) if path else None
