"""Signing in through the demo's real provider, over real HTTP: what is allowed in and what is turned away."""

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests
from flask import Flask
from flask.testing import FlaskClient
from joserfc import jwt
from joserfc.jwk import ECKey

from careplan.access import service
from careplan.access.domain.actor import Role
from careplan.app import create_app
from careplan.config import Settings
from careplan.db import db
from careplan.demo.personas import ISSUER
from careplan.kernel.clock import utc_now
from tests.factories.provider import RunningProvider, running_provider

ADDRESS = "http://127.0.0.1:8000"


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningProvider]:
    with running_provider(folder=tmp_path_factory.mktemp("provider"), client_address=ADDRESS) as running:
        yield running


@pytest.fixture(scope="module")
def signing_in_app(settings: Settings, provider: RunningProvider) -> Iterator[Flask]:
    built = create_app(replace(settings, sign_in=provider.sign_in, public_url=ADDRESS))
    yield built
    with built.app_context():
        db.engine.dispose()


@pytest.fixture
def browser(app: Flask, signing_in_app: Flask) -> FlaskClient:
    """A browser signed out, over the empty database of `app`."""
    made = signing_in_app.test_client()
    made.environ_base["wsgi.url_scheme"] = "https"
    return made


@pytest.fixture
def citizen(session: object) -> None:
    service.open_account(issuer=ISSUER, subject="citizen", name="Margaret Ellis", role=Role.CITIZEN, now=utc_now())
    db.session.commit()


def begin(browser: FlaskClient, *, wanted: str = "/") -> str:
    """Follows the button; answers the provider's address."""
    return str(browser.get("/sign-in/start", query_string={"next": wanted}).location)


def pick(address: str, persona: str = "citizen") -> str:
    """Picks a persona at the provider; answers the path to which it sends the browser back."""
    answer = requests.get(f"{address}&persona={persona}", allow_redirects=False, timeout=10)
    assert answer.status_code == 302, answer.text
    assert answer.headers["Location"].startswith(f"{ADDRESS}/sign-in/callback?")
    return answer.headers["Location"].removeprefix(ADDRESS)


def altered(address: str, **changes: str | None) -> str:
    """The address with parameters changed, or dropped where None."""
    parts = urlsplit(address)
    asked = {name: values[0] for name, values in parse_qs(parts.query).items()} | changes
    return parts._replace(query=urlencode({n: v for n, v in asked.items() if v is not None})).geturl()


@pytest.mark.usefixtures("citizen")
class TestSigningIn:
    def test_leads_to_the_page_that_was_wanted(self, browser: FlaskClient) -> None:
        answer = browser.get(pick(begin(browser, wanted="/me/plan")))

        assert (answer.status_code, answer.location) == (303, "/me/plan")

    def test_leads_the_citizen_home(self, browser: FlaskClient) -> None:
        browser.get(pick(begin(browser)))

        assert browser.get("/").location == "/me"

    def test_gives_the_browser_a_new_session(self, browser: FlaskClient, settings: Settings) -> None:
        address = begin(browser)
        before = browser.get_cookie(settings.cookie_name)
        browser.get(pick(address))
        after = browser.get_cookie(settings.cookie_name)

        assert before is not None
        assert after is not None
        assert before.value != after.value

    @pytest.mark.parametrize("wanted", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example"])
    def test_never_leads_elsewhere(self, browser: FlaskClient, wanted: str) -> None:
        assert browser.get(pick(begin(browser, wanted=wanted))).location == "/"

    def test_turns_away_someone_without_an_account(self, browser: FlaskClient) -> None:
        answer = browser.get(pick(begin(browser), persona="auditor"))

        assert answer.status_code == 403
        assert "no account here for you" in answer.text
        assert browser.get("/").location == "/sign-in"


@pytest.mark.usefixtures("citizen")
class TestAnAnswerThatCannotBeTrusted:
    def test_a_state_that_this_browser_never_had(self, browser: FlaskClient) -> None:
        self.refuse(browser, altered(pick(begin(browser)), state="another"))

    def test_an_answer_meant_for_another_browser(self, browser: FlaskClient, signing_in_app: Flask) -> None:
        other = signing_in_app.test_client()

        self.refuse(other, pick(begin(browser)))

    def test_an_answer_played_again(self, browser: FlaskClient) -> None:
        address = pick(begin(browser))
        browser.get(address)

        assert browser.get(address).status_code == 403

    def test_a_code_that_was_spent_before(self, browser: FlaskClient) -> None:
        spent = parse_qs(urlsplit(pick(begin(browser))).query)["code"][0]
        browser.get(altered(pick(begin(browser)), code=spent))

        self.refuse(browser, altered(pick(begin(browser)), code=spent))

    def test_a_code_begun_in_another_browser_fails_its_pkce(self, browser: FlaskClient, signing_in_app: Flask) -> None:
        other = signing_in_app.test_client()
        stolen = parse_qs(urlsplit(pick(begin(other))).query)["code"][0]

        self.refuse(browser, altered(pick(begin(browser)), code=stolen))

    def test_a_token_with_another_nonce(self, browser: FlaskClient) -> None:
        self.refuse(browser, pick(altered(begin(browser), nonce="another")))

    def test_no_code_at_all(self, browser: FlaskClient) -> None:
        self.refuse(browser, altered(pick(begin(browser)), code=None))

    def test_a_refusal_by_the_provider(self, browser: FlaskClient) -> None:
        state = parse_qs(urlsplit(begin(browser)).query)["state"][0]

        self.refuse(browser, f"/sign-in/callback?error=access_denied&state={state}")

    def refuse(self, browser: FlaskClient, address: str) -> None:
        answer = browser.get(address)
        assert answer.status_code == 403
        assert "Start again" in answer.text
        assert browser.get("/").location == "/sign-in"


class TestAnIdToken:
    """What a provider's token must say, tried by signing other tokens with the provider's own key."""

    @pytest.fixture
    def read(self, signing_in_app: Flask, provider: RunningProvider, app: Flask) -> Callable[..., int]:
        key = ECKey.import_key(json.loads(provider.keys.provider.read_text()))

        def status(*, alg: str = "ES256", signed_by: ECKey = key, **changes: object) -> int:
            now = int(time.time())
            claims = {"iss": provider.issuer, "sub": "nobody", "aud": "careplan", "iat": now, "exp": now + 60}
            with signing_in_app.test_request_context("/sign-in/callback?code=c&state=s"):
                return _status_of_reading(
                    jwt.encode({"alg": alg, "kid": key.kid}, {**claims, "nonce": "n", **changes}, signed_by)
                )

        return status

    def test_is_read_when_all_is_well(self, read: Callable[..., int]) -> None:
        assert read() == 200

    @pytest.mark.parametrize(
        "wrong",
        [
            {"aud": "another-client"},
            {"aud": ["another-client"], "azp": "careplan"},
            {"iss": "https://elsewhere.example"},
            {"nonce": "another"},
            {"exp": int(time.time()) - 3600},
            {"iat": int(time.time()) + 3600},
        ],
        ids="-".join,
    )
    def test_is_refused_when_a_claim_is_wrong(self, read: Callable[..., int], wrong: dict[str, object]) -> None:
        assert read(**wrong) == 403

    def test_is_refused_when_another_key_signed_it(self, read: Callable[..., int]) -> None:
        assert read(signed_by=ECKey.generate_key("P-256")) == 403


def _status_of_reading(id_token: str) -> int:
    """Reads an answer whose token endpoint gave this id token; the endpoint alone is replaced, by its answer."""
    from flask import current_app, session

    from careplan.access import signin
    from careplan.kernel.errors import DomainError

    provider = current_app.extensions["careplan_oauth"].careplan
    provider.framework.set_state_data(session, "s", {"nonce": "n", "code_verifier": "v"})
    provider.fetch_access_token = lambda **_: {"id_token": id_token}
    try:
        signin.read_answer()
    except DomainError as refused:
        return refused.status
    finally:
        del provider.fetch_access_token
    return 200


class TestAProviderThatIsAway:
    def test_is_said_plainly(self, app: Flask, settings: Settings, provider: RunningProvider) -> None:
        away = replace(provider.sign_in, metadata_url="http://127.0.0.1:9/none")
        built = create_app(replace(settings, sign_in=away, public_url=ADDRESS))
        answer = built.test_client().get("/sign-in/start")
        with built.app_context():
            db.engine.dispose()

        assert answer.status_code == 503
        assert "does not answer" in answer.text


class TestTheProvider:
    """What it refuses of a client, for it is the model of what production providers refuse."""

    @pytest.fixture
    def code(self, browser: FlaskClient) -> str:
        return parse_qs(urlsplit(pick(begin(browser))).query)["code"][0]

    def test_shows_every_persona_without_a_script(self, browser: FlaskClient) -> None:
        page = requests.get(begin(browser), timeout=10)

        assert page.text.count("data-persona=") == 20
        assert "<script" not in page.text
        assert "script-src" not in page.headers["Content-Security-Policy"]

    def test_has_its_style_at_hand(self, provider: RunningProvider) -> None:
        assert requests.get(f"{provider.issuer}/static/css/demo-sign-in.css", timeout=10).status_code == 200

    @pytest.mark.parametrize(
        "changes",
        [
            {"redirect_uri": "https://elsewhere.example/callback"},
            {"client_id": "another"},
        ],
    )
    def test_never_sends_a_browser_elsewhere(self, browser: FlaskClient, changes: dict[str, str]) -> None:
        answer = requests.get(altered(begin(browser), **changes), allow_redirects=False, timeout=10)

        assert answer.status_code == 400
        assert "Location" not in answer.headers

    @pytest.mark.parametrize(
        "changes",
        [{"code_challenge": None}, {"code_challenge_method": "plain"}, {"nonce": None}, {"response_type": "token"}],
    )
    def test_refuses_a_request_without_its_protections(self, browser: FlaskClient, changes: dict[str, None]) -> None:
        answer = requests.get(altered(begin(browser), persona="citizen", **changes), allow_redirects=False, timeout=10)

        assert "code=" not in answer.headers.get("Location", "")
        assert answer.status_code in (302, 400)

    def test_refuses_a_client_without_proof(self, provider: RunningProvider, code: str) -> None:
        assert self.ask(provider, code, None).json()["error"] == "invalid_client"

    def test_refuses_a_proof_by_another_key(self, provider: RunningProvider, code: str) -> None:
        another = ECKey.generate_key("P-256")

        assert self.ask(provider, code, self.proof(provider, another)).status_code in (400, 401)

    @pytest.mark.parametrize("wrong", [{"aud": "https://elsewhere.example"}, {"exp": 1}, {"exp": 9999999999}])
    def test_refuses_a_proof_for_another_place_or_time(
        self, provider: RunningProvider, code: str, wrong: dict[str, object]
    ) -> None:
        proof = self.proof(provider, **wrong)

        assert self.ask(provider, code, proof).json()["error"] == "invalid_client"

    def test_takes_a_proof_once(self, provider: RunningProvider, code: str) -> None:
        proof = self.proof(provider)
        self.ask(provider, code, proof)

        assert self.ask(provider, code, proof).json()["error"] == "invalid_client"

    def test_takes_a_code_only_with_its_verifier(self, provider: RunningProvider, code: str) -> None:
        assert self.ask(provider, code, self.proof(provider)).status_code == 400

    def proof(self, provider: RunningProvider, key: ECKey | None = None, **changes: object) -> str:
        key = key or ECKey.import_key(provider.keys.client_private.read_text())
        now = int(time.time())
        claims = {"iss": "careplan", "sub": "careplan", "aud": f"{provider.issuer}/token", "exp": now + 60}
        return jwt.encode({"alg": "ES256"}, {**claims, "jti": f"{time.time_ns()}", "iat": now, **changes}, key)

    def ask(self, provider: RunningProvider, code: str, proof: str | None) -> requests.Response:
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": f"{ADDRESS}/sign-in/callback"}
        if proof:
            form["client_assertion_type"] = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
            form["client_assertion"] = proof
        return requests.post(f"{provider.issuer}/token", data=form, timeout=10)
