"""Who gets a token, and the many who do not."""

import base64
import hashlib
import hmac
import json
import time
from datetime import timedelta

import pytest
from joserfc import jws
from joserfc.jwk import ECKey, RSAKey
from sqlalchemy import select

from careplan.fhir import clients
from careplan.fhir.models import FhirAccessToken, FhirClient
from careplan.kernel.clock import utc_now
from tests.factories.fhir import AUDIENCE, Assertion, ask_for_token, elliptic_key, rsa_key, system_for
from tests.integration.fhir.conftest import keep


def from_now(seconds: int) -> int:
    """An instant as tokens write it, anew for each test: the whole suite takes longer than a token lives."""
    return int(time.time()) + seconds


def segment(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def unsigned() -> str:
    claims = {"iss": "trust", "sub": "trust", "aud": AUDIENCE, "exp": from_now(200), "jti": "a"}
    return f"{segment({'alg': 'none', 'kid': 'rsa-1'})}.{segment(claims)}."


def signed_with_the_public_key() -> str:
    """The old trick: a public key used as the secret of an HMAC."""
    head = segment({"alg": "HS384", "kid": "rsa-1", "typ": "JWT"})
    claims = {"iss": "trust", "sub": "trust", "aud": AUDIENCE, "exp": from_now(200), "jti": "b"}
    body = f"{head}.{segment(claims)}"
    secret = rsa_key().as_pem(private=False)
    mac = hmac.new(secret, body.encode(), hashlib.sha384).digest()
    return f"{body}.{base64.urlsafe_b64encode(mac).rstrip(b'=').decode()}"


def tampered() -> str:
    head, _, signature = Assertion().signed().split(".")
    claims = {"iss": "trust", "sub": "trust", "aud": AUDIENCE, "exp": from_now(200), "jti": "c"}
    return f"{head}.{segment(claims)}.{signature}"


def stranger() -> RSAKey:
    return RSAKey.generate_key(2048, parameters={"kid": "rsa-1"})


def with_header(**header: object) -> str:
    return Assertion(header={"alg": "RS384", "kid": "rsa-1", "typ": "JWT", **header}).signed()


def with_claims(**claims: object) -> str:
    return Assertion(claims=claims).signed()


def spelt_out(**claims: object) -> str:
    """Signed as it stands, where a library would refuse to write it."""
    usual = {"iss": "trust", "sub": "trust", "aud": AUDIENCE, "exp": from_now(200), "jti": "d"}
    header = {"alg": "RS384", "kid": "rsa-1", "typ": "JWT"}
    return jws.serialize_compact(header, json.dumps({**usual, **claims}).encode(), rsa_key(), algorithms=["RS384"])


REFUSED = {
    "no algorithm": unsigned,
    "an HMAC under the public key": signed_with_the_public_key,
    "claims changed after signing": tampered,
    "a stranger's key under our name": lambda: Assertion(key=stranger()).signed(),
    "a key that the assertion brings along": lambda: with_header(jwk=rsa_key().as_dict(private=False)),
    "an address to fetch a key from": lambda: with_header(jku="https://keys.example/jwks.json"),
    "a certificate chain of its own": lambda: with_header(x5c=["MIIB"]),
    "a key name that is not registered": lambda: with_header(kid="other"),
    "no key name": lambda: Assertion(header={"alg": "RS384", "typ": "JWT"}).signed(),
    "a weaker hash": lambda: with_header(alg="RS256"),
    "another algorithm of the same key": lambda: with_header(alg="PS384"),
    "another kind of token": lambda: with_header(typ="logout+jwt"),
    "an hour's life": lambda: with_claims(exp=from_now(3600)),
    "a second over five minutes": lambda: with_claims(exp=int(time.time()) + 302),
    "no end": lambda: with_claims(exp=None),
    "an end in words": lambda: with_claims(exp="soon"),
    "an end that has passed": lambda: with_claims(exp=from_now(-1)),
    "a start that has not come": lambda: with_claims(nbf=from_now(120)),
    "another audience": lambda: with_claims(aud="http://127.0.0.1:8000/"),
    "two audiences": lambda: with_claims(aud=[AUDIENCE, "https://elsewhere.example/token"]),
    "no audience": lambda: with_claims(aud=None),
    "no jti": lambda: with_claims(jti=None),
    "an empty jti": lambda: with_claims(jti=""),
    "a jti without end": lambda: with_claims(jti="x" * 300),
    "a jti that is a number": lambda: with_claims(jti=7),
    "another subject": lambda: with_claims(sub="somebody"),
    "an unknown client": lambda: Assertion(client_id="nobody").signed(),
    "a client's name with a NUL": lambda: Assertion(client_id="trust\x00").signed(),
    "a client's name in half a character": lambda: spelt_out(iss="\ud800", sub="\ud800"),
    "a jti in half a character": lambda: spelt_out(jti="\ud800"),
    "an end that is no number": lambda: spelt_out(exp=float("nan")),
    "something that is no token": lambda: "not.a.token",
    "two parts only": lambda: "a.b",
    "letters that are not ASCII": lambda: "é.é.é",
    "nothing but dots": lambda: "..",
    "an endless one": lambda: with_claims(more="x" * 9000),
}


@pytest.mark.parametrize("wrong", REFUSED)
def test_refuses(client, trust, wrong):
    answer = ask_for_token(client, REFUSED[wrong]())

    assert (answer.status_code, answer.json["error"]) == (401, "invalid_client")
    assert answer.json["error_description"] == "The client could not be authenticated."


def test_grants_what_was_asked_with_rs384(client, trust):
    answer = ask_for_token(client, Assertion().signed(), scope="system/Patient.rs system/Goal.r")

    assert answer.status_code == 200, answer.text
    assert answer.json["scope"] == "system/Goal.r system/Patient.rs"
    assert (answer.json["token_type"], answer.json["expires_in"]) == ("bearer", 300)
    assert answer.headers["Cache-Control"] == "no-store"


def test_grants_with_es384(client, trust):
    assertion = Assertion(header={"alg": "ES384", "kid": "ec-1", "typ": "JWT"}, key=elliptic_key())

    assert ask_for_token(client, assertion.signed()).status_code == 200


def test_spends_an_assertion_once(client, trust):
    assertion = Assertion().signed()

    assert ask_for_token(client, assertion).status_code == 200
    assert ask_for_token(client, assertion).json["error"] == "invalid_client"


def test_keeps_only_the_hash_of_a_token(client, trust, session):
    token = ask_for_token(client, Assertion().signed()).json["access_token"]

    assert session.scalars(select(FhirAccessToken.hash)).all() == [hashlib.sha256(token.encode()).digest()]


def test_never_grants_more_than_was_registered(client, trust, session):
    row = session.get_one(FhirClient, "trust")
    row.scopes = "system/Patient.r"
    keep(session)

    answer = ask_for_token(client, Assertion().signed(), scope="system/*.cruds")

    assert answer.json["scope"] == "system/Patient.r"


@pytest.mark.parametrize("scope", ["", "system/Goal.rs", "user/Patient.rs", "system/Patient.w", "openid"])
def test_refuses_a_scope_of_which_nothing_is_registered(client, trust, session, scope):
    session.get_one(FhirClient, "trust").scopes = "system/Patient.rs"
    keep(session)

    answer = ask_for_token(client, Assertion().signed(), scope=scope)

    assert (answer.status_code, answer.json["error"]) == (400, "invalid_scope")


def test_refuses_another_grant(client, trust):
    answer = ask_for_token(client, Assertion().signed(), grant_type="password")

    assert (answer.status_code, answer.json["error"]) == (400, "unsupported_grant_type")


def test_refuses_what_is_not_a_form(client, trust):
    answer = client.post("/oauth/token", json={"grant_type": "client_credentials"})

    assert (answer.status_code, answer.json["error"]) == (400, "invalid_request")


def test_refuses_a_parameter_said_twice(client, trust):
    answer = client.post("/oauth/token", data={"grant_type": ["client_credentials", "client_credentials"]})

    assert answer.json["error"] == "invalid_request"


def test_refuses_another_kind_of_assertion(client, trust):
    answer = ask_for_token(client, Assertion().signed(), client_assertion_type="saml")

    assert answer.json["error"] == "invalid_client"


def test_a_token_ends_after_five_minutes(client, trust, session):
    system = system_for(client)
    assert system.get("Organization").status_code == 200
    row = session.scalars(select(FhirAccessToken)).one()
    row.expires_at = utc_now() - timedelta(seconds=1)
    keep(session)

    assert system.get("Organization").status_code == 401


def test_revoking_ends_every_token_at_once(client, trust, session):
    system = system_for(client)
    clients.revoke(client_id="trust", now=utc_now())
    keep(session)

    assert system.get("Organization").status_code == 401
    assert ask_for_token(client, Assertion().signed()).json["error"] == "invalid_client"


def test_tells_how_to_ask(client):
    told = client.get("/fhir/R4/.well-known/smart-configuration").json

    assert told["token_endpoint"] == AUDIENCE
    assert told["token_endpoint_auth_signing_alg_values_supported"] == ["RS384", "ES384"]
    assert told["code_challenge_methods_supported"] == ["S256"]


WRONG_KEYS = {
    "a private key": lambda: rsa_key().as_dict(private=True),
    "a short key": lambda: RSAKey.generate_key(1024, parameters={"kid": "short"}).as_dict(private=False),
    "another curve": lambda: ECKey.generate_key("P-256", parameters={"kid": "p256"}).as_dict(private=False),
    "a shared secret": lambda: {"kty": "oct", "k": "c2VjcmV0", "kid": "oct"},
    "a key without a name": lambda: {k: v for k, v in rsa_key().as_dict(private=False).items() if k != "kid"},
    "half a key": lambda: {"kty": "RSA", "kid": "half", "e": "AQAB"},
}


@pytest.mark.parametrize("wrong", WRONG_KEYS)
@pytest.mark.filterwarnings("ignore::joserfc.errors.SecurityWarning")
def test_does_not_register(trust, session, wrong):
    from careplan.kernel.errors import Invalid

    with pytest.raises(Invalid):
        clients.register(
            client_id="new",
            name="New",
            organisation_id=trust.id,
            jwks={"keys": [WRONG_KEYS[wrong]()]},
            scope="system/*.rs",
            now=utc_now(),
        )


def test_registering_again_replaces(trust, session, client):
    system = system_for(client)
    outcome = clients.register(
        client_id="trust",
        name="Renamed",
        organisation_id=trust.id,
        jwks={"keys": [elliptic_key().as_dict(private=False)]},
        scope="system/Patient.rs",
        now=utc_now(),
    )
    keep(session)

    assert outcome is clients.Registered.REPLACED
    assert system.get("Organization").status_code == 401
    assert ask_for_token(client, Assertion().signed()).json["error"] == "invalid_client"
