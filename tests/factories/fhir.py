"""NHS systems for tests: their keys, the assertions they sign, and the tokens they get."""

import time
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from uuid import uuid4

from flask.testing import FlaskClient
from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey
from werkzeug.test import TestResponse

from careplan.fhir import clients
from careplan.fhir.tokens import ASSERTION_TYPE
from careplan.kernel.clock import utc_now
from careplan.organisations.domain.organisation import Organisation

AUDIENCE = "http://127.0.0.1:8000/oauth/token"
BASE = "http://127.0.0.1:8000/fhir/R4"


@cache
def rsa_key() -> RSAKey:
    """One key for all tests: making one takes a while."""
    return RSAKey.generate_key(2048, parameters={"kid": "rsa-1"})


@cache
def elliptic_key() -> ECKey:
    return ECKey.generate_key("P-384", parameters={"kid": "ec-1"})


def public_keys() -> dict[str, Any]:
    """What a trust registers."""
    return {"keys": [rsa_key().as_dict(private=False), elliptic_key().as_dict(private=False)]}


def register_trust(organisation: Organisation, *, client_id: str = "trust", scope: str = "system/*.rs") -> str:
    """Lets a trust's system ask for tokens."""
    clients.register(
        client_id=client_id,
        name=organisation.name,
        organisation_id=organisation.id,
        jwks=public_keys(),
        scope=scope,
        now=utc_now(),
    )
    return client_id


@dataclass
class Assertion:
    """A lawful assertion; a test changes what it wants to see refused."""

    client_id: str = "trust"
    header: dict[str, Any] = field(default_factory=lambda: {"alg": "RS384", "kid": "rsa-1", "typ": "JWT"})
    claims: dict[str, Any] = field(default_factory=dict)
    key: Any = None

    def signed(self) -> str:
        now = int(time.time())
        usual = {
            "iss": self.client_id,
            "sub": self.client_id,
            "aud": AUDIENCE,
            "exp": now + 240,
            "iat": now,
            "jti": str(uuid4()),
        }
        claims = {k: v for k, v in {**usual, **self.claims}.items() if v is not None}
        return jwt.encode(self.header, claims, self.key or rsa_key(), algorithms=[self.header["alg"]])


def ask_for_token(browser: FlaskClient, assertion: str, *, scope: str = "system/*.rs", **said: str) -> TestResponse:
    """The request as SMART has it."""
    usual = {
        "grant_type": "client_credentials",
        "scope": scope,
        "client_assertion_type": ASSERTION_TYPE,
        "client_assertion": assertion,
    }
    return browser.post("/oauth/token", data={**usual, **said})


@dataclass(frozen=True)
class System:
    """A trust's system with a token in hand."""

    browser: FlaskClient
    token: str

    def get(self, path: str, **headers: str) -> TestResponse:
        """Reads under the facade."""
        sent = {"Authorization": f"Bearer {self.token}", **{k.replace("_", "-"): v for k, v in headers.items()}}
        return self.browser.get(f"/fhir/R4/{path}", headers=sent)

    def post(self, path: str, data: Any, **headers: str) -> TestResponse:
        """Searches by form."""
        sent = {"Authorization": f"Bearer {self.token}", **{k.replace("_", "-"): v for k, v in headers.items()}}
        return self.browser.post(f"/fhir/R4/{path}", data=data, headers=sent)


def system_for(browser: FlaskClient, *, client_id: str = "trust", scope: str = "system/*.rs") -> System:
    """Signs in as a system does."""
    answer = ask_for_token(browser, Assertion(client_id).signed(), scope=scope)
    assert answer.status_code == 200, answer.text
    return System(browser, answer.json["access_token"])
