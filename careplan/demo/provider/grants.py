"""The provider's rules: one client, proved by private_key_jwt; codes bound to PKCE and a nonce; ES256 id tokens."""

import time
from dataclasses import dataclass
from typing import Any

from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2.rfc6749 import ClientMixin, InvalidClientError, InvalidRequestError
from authlib.oauth2.rfc6749.grants import AuthorizationCodeGrant
from authlib.oauth2.rfc7523 import JWTBearerClientAssertion
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core import OpenIDCode, UserInfo
from authlib.oidc.rpinitiated import EndSessionEndpoint
from flask import Flask
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, KeySet

from careplan.demo.personas import BY_SLUG, Persona
from careplan.demo.provider.store import CODE_LIFETIME, Code, Codes, SpentAssertions

CLIENT_ID = "careplan"
ALGORITHM = "ES256"
ID_TOKEN_LIFETIME = 300
LONGEST_ASSERTION = 300
CLOCK_SKEW = 60
SCOPES = ["openid", "profile"]


@dataclass(frozen=True, slots=True)
class Client(ClientMixin):  # type: ignore[misc]  # Authlib carries no types
    """The one relying party: the demo beside which this provider runs."""

    address: str
    public_keys: KeySet

    client_id = CLIENT_ID
    id_token_signed_response_alg = ALGORITHM

    @property
    def post_logout_redirect_uris(self) -> list[str]:
        return [f"{self.address}/signed-out"]

    def get_client_id(self) -> str:
        return CLIENT_ID

    def get_default_redirect_uri(self) -> str:
        return f"{self.address}/sign-in/callback"

    def get_allowed_scope(self, scope: str) -> str:
        return " ".join(s for s in (scope or "").split() if s in SCOPES)

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        return redirect_uri == self.get_default_redirect_uri()

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return method == "private_key_jwt"

    def check_response_type(self, response_type: str) -> bool:
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type == "authorization_code"


class PersonaCodes(AuthorizationCodeGrant):  # type: ignore[misc]  # Authlib carries no types
    """Codes stand for a persona; the client proves itself by its key, nothing weaker."""

    TOKEN_ENDPOINT_AUTH_METHODS = ("private_key_jwt",)
    codes: Codes

    def save_authorization_code(self, code: str, request: Any) -> None:
        asked = request.payload.data
        self.codes.keep(
            Code(
                code=code,
                client_id=request.client.get_client_id(),
                redirect_uri=request.payload.redirect_uri,
                scope=request.scope,
                nonce=asked["nonce"],
                code_challenge=asked["code_challenge"],
                code_challenge_method=asked["code_challenge_method"],
                persona=request.user.slug,
                auth_time=int(time.time()),
                expires_at=time.time() + CODE_LIFETIME,
            )
        )

    def query_authorization_code(self, code: str, client: Client) -> Code | None:
        return self.codes.take(code, client_id=client.get_client_id())

    def delete_authorization_code(self, authorization_code: Code) -> None:
        """Taking it has removed it."""

    def authenticate_user(self, authorization_code: Code) -> Persona:
        return BY_SLUG[authorization_code.persona]


class RequiredChallenge(CodeChallenge):  # type: ignore[misc]  # Authlib carries no types
    """PKCE with S256 for every client; the library asks it of those without a key only."""

    SUPPORTED_CODE_CHALLENGE_METHOD = ("S256",)

    def validate_code_challenge(self, grant: Any, redirect_uri: str) -> None:
        asked = grant.request.payload.data
        if not asked.get("code_challenge") or asked.get("code_challenge_method") != "S256":
            raise InvalidRequestError("A code_challenge with the method S256 is needed.", redirect_uri=redirect_uri)
        super().validate_code_challenge(grant, redirect_uri)


class PersonaTokens(OpenIDCode):  # type: ignore[misc]  # Authlib carries no types
    """Id tokens that say who was picked."""

    def __init__(self, *, issuer: str, key: ECKey) -> None:
        super().__init__(require_nonce=True)
        self.issuer = issuer
        self.key = key

    def exists_nonce(self, nonce: str, request: Any) -> bool:
        """A nonce binds a token to the browser that asked; our client makes each one afresh and checks it."""
        return False

    def resolve_client_private_key(self, client: Client) -> ECKey:
        return self.key

    def get_encode_header(self, client: Client) -> dict[str, str]:
        return {"alg": ALGORITHM, "kid": str(self.key.kid), "typ": "JWT"}

    def get_client_claims(self, client: Client) -> dict[str, Any]:
        return {"iss": self.issuer, "aud": [client.get_client_id()], "exp": int(time.time()) + ID_TOKEN_LIFETIME}

    def generate_user_info(self, user: Persona, scope: str) -> UserInfo:
        return UserInfo(sub=user.slug, name=user.name).filter(scope)


class SpentOnceAssertion(JWTBearerClientAssertion):  # type: ignore[misc]  # Authlib carries no types
    """private_key_jwt: signed by our client's key, for this endpoint, at most five minutes, each id once."""

    CLIENT_AUTH_METHOD = "private_key_jwt"

    def __init__(self, *, issuer: str) -> None:
        super().__init__(leeway=CLOCK_SKEW)
        self.audiences = [f"{issuer}/token", issuer]
        self.spent = SpentAssertions()

    def get_audiences(self) -> list[str]:
        return self.audiences

    def resolve_client_public_key(self, client: Client) -> KeySet:
        return client.public_keys

    def process_assertion_claims(self, assertion: str, resolve_key: KeySet) -> Any:
        try:
            claims = jwt.decode(assertion, resolve_key, algorithms=[ALGORITHM]).claims
        except (JoseError, ValueError) as wrong:
            raise InvalidClientError(description="The assertion is not signed by this client.") from wrong
        self.verify_claims(claims)
        return claims

    def validate_jti(self, claims: dict[str, Any], jti: str) -> bool:
        if claims["exp"] > time.time() + LONGEST_ASSERTION + CLOCK_SKEW:
            raise InvalidClientError(description="The assertion lives longer than five minutes.")
        return self.spent.spend(str(jti), expires_at=claims["exp"] + CLOCK_SKEW)


class PersonaSignOut(EndSessionEndpoint):  # type: ignore[misc]  # Authlib carries no types
    """There is no session here to end: each sign-in asks anew. The way back is followed where it is registered."""

    keys: KeySet

    def get_server_jwks(self) -> KeySet:
        return self.keys

    def get_algorithms(self) -> list[str]:
        return [ALGORITHM]

    def is_post_logout_redirect_uri_legitimate(
        self, request: Any, post_logout_redirect_uri: str, client: Client, logout_hint: str | None
    ) -> bool:
        return post_logout_redirect_uri in client.post_logout_redirect_uris

    def end_session(self, end_session_request: Any) -> None:
        """Nothing is kept."""


def authorization_server(app: Flask, *, client: Client, issuer: str, key: ECKey) -> AuthorizationServer:
    """The server with its one client, its one grant and its way out."""
    server = AuthorizationServer()
    app.config["OAUTH2_SCOPES_SUPPORTED"] = SCOPES
    app.config["OAUTH2_TOKEN_EXPIRES_IN"] = {"authorization_code": ID_TOKEN_LIFETIME}
    server.init_app(
        app,
        query_client=lambda client_id: client if client_id == CLIENT_ID else None,
        save_token=lambda token, request: None,
    )
    grant = type("Grant", (PersonaCodes,), {"codes": Codes()})
    server.register_grant(grant, [RequiredChallenge(required=True), PersonaTokens(issuer=issuer, key=key)])
    server.register_client_auth_method("private_key_jwt", SpentOnceAssertion(issuer=issuer))
    server.register_endpoint(type("SignOut", (PersonaSignOut,), {"keys": KeySet([key])}))
    return server
