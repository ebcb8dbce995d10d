"""Every address, asked for by many: who is let in is what the oracle says; *not yours* looks like *not there*."""

import re
from typing import Any
from uuid import UUID

import pytest
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from careplan.kernel.ids import new_id
from tests.factories.carers import PLANTED
from tests.factories.fhir import System, system_for
from tests.oracles.routes import (
    BY_ADDRESS,
    EVERYBODY,
    LET_IN,
    NOT_FOR_YOU,
    NOT_THERE,
    OPEN_TO_ALL,
    WITH_A_TOKEN,
    addresses,
)
from tests.pages import SCRIPT_HEADERS, submit, token_on

PROGRAMS = ("/api/", "/fhir/")
# Values of what is neither an id nor of one person. The step and the answer change nothing that is in force.
OTHER_VALUES = {
    "step": "resume", "answer": "accept", "filename": "css/careplan.css", "version": "1",
    "type_": "Patient", "size": "large", "move": "earlier", "code": "1a2b-3c4d-5e6f-7a8b",
}  # fmt: skip
NAMES = {"needs": "needs", "start": "start", "support": "support", "how": "how"}
# Where a form names what it is about.
NAMED_IN_FORMS = {"POST /provider/flags": {"flag": "flag_id"}}
# What a form has to say to be understood at all.
SAID_IN_FORMS = {
    "POST /plans/<uuid:plan_id>/unfinished": {"page": "needs"},
    "POST /plans/<uuid:plan_id>/unfinished/removals": {"page": "needs"},
}
# They lead out to a sign-in provider, which these tests do without: what matters is that nobody is turned away.
LEADS_AWAY = ("GET /sign-in/start", "GET /sign-in/callback")
# Where something of a carer could show to those who are not to see it.
OTHERS_READ = {
    "citizen": (
        "/me /me/record /me/plan /me/assessment /me/carers /me/helpers /me/seen /me/plan/print/1/page /news"
        " /people/{person_id} /people/{person_id}/record /people/{person_id}/assessment /api/v1/people/{person_id}"
        " /api/v1/people/{person_id}/access-log /api/v1/plans/{plan_id} /api/v1/plans/{plan_id}/versions/1"
    ),
    "representative": "/me /me/record /me/assessment /me/carers /me/seen /people/{person_id}/record /news",
    "provider-coordinator": (
        "/people/{person_id} /people/{person_id}/record /people/{person_id}/determination /people/{person_id}/details"
        " /people/{person_id}/carers/shared /people/{person_id}/door /plans/{plan_id} /news /provider"
    ),
}
OF_ONE_REQUEST = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|name=\"csrf_token\" value=\"[^\"]*\"")


def test_the_oracle_knows_everyone_in_the_town(served):
    assert set(served.town.actors) == EVERYBODY


@pytest.mark.parametrize("address", sorted(BY_ADDRESS))
class TestEveryAddress:
    def test_lets_in_whom_it_should_and_nobody_else(self, served, application, address):
        some = some_of(LET_IN, address, 2) + some_of(NOT_THERE, address, 2) + some_of(NOT_FOR_YOU, address, 1)

        assert told(served, application, address, some) == expected(address, some)

    @pytest.mark.proof
    def test_lets_in_of_all_the_town_exactly_whom_it_should(self, served, application, address):
        everyone = sorted(EVERYBODY)

        assert told(served, application, address, everyone) == expected(address, everyone)

    def test_sends_whoever_is_signed_out_to_sign_in(self, served, application, address):
        answer = ask(served, None, address, addresses(application)[address])

        # A form that was open when the session ended is refused before anyone asks who sends it.
        is_form = not address.startswith("GET ") and not _is_for_programs(address)
        assert verdict(answer) == ("form expired" if is_form else "sign in"), answer.text[:500]

    def test_says_the_same_of_what_is_not_ones_own_as_of_what_is_not_there(self, served, application, address):
        rule = addresses(application)[address]
        ids = {name for name in rule.arguments if name.endswith("_id") and name != "item_id"}
        ids |= set(NAMED_IN_FORMS.get(address, {}).values())
        for persona in some_of(NOT_THERE, address, 1) if ids else []:
            served.browser(persona).get("/accessibility")  # shows what earlier acts had left to be told
            own = ask(served, persona, address, rule)
            none = ask(served, persona, address, rule, ids={name: new_id() for name in ids})
            assert (own.status_code, seen(own)) == (none.status_code, seen(none)), persona


@pytest.mark.parametrize("address", sorted(OPEN_TO_ALL))
def test_what_is_open_turns_nobody_away(served, application, address):
    rule = addresses(application)[address]
    for persona in (None, "citizen", "social-worker", "admin"):
        answer = ask(served, persona, address, rule)
        assert verdict(answer) not in (NOT_THERE, NOT_FOR_YOU, "failed") or address in LEADS_AWAY, answer.text[:500]


class TestWhatACarerSaysOfThemself:
    """The town's carer has a record, a decision and a plan in words that stand nowhere else."""

    def test_is_read_by_the_council_and_the_carer(self, served):
        address = f"/people/{served.town.person_id}/carers/{served.town.ids['carer_id']}"
        council = served.browser("social-worker").get(address)
        own = served.browser("unpaid-carer").get("/me/caring")

        assert [word for word in PLANTED if word not in own.text] == []
        assert "reasonsgiven" in council.text

    @pytest.mark.parametrize(("persona", "pages"), OTHERS_READ.items())
    def test_shows_on_no_page_of_others(self, served, persona, pages):
        """What is printed is made of the same blocks as the page of it, which is among them."""
        ids = served.town.ids
        read = {page: served.browser(persona).get(page.format(**ids)) for page in pages.split()}

        assert {page: answer.status_code for page, answer in read.items() if answer.status_code != 200} == {}
        assert [page for page, answer in read.items() if any(word in answer.text for word in PLANTED)] == []


class TestSystems:
    """Systems with a token of an organisation that the person shares with, of one that she does not, and without."""

    @pytest.fixture
    def shared(self, served):
        """Others of these tests object and share; here she shares."""
        answer = submit(served.browser("citizen"), "/accessibility", to="/me/sharing/share")
        assert answer.status_code == 303

    @pytest.fixture
    def trust(self, served, shared) -> System:
        return system_for(served.browser(None), client_id="trust")

    @pytest.fixture
    def other_trust(self, served, shared) -> System:
        return system_for(served.browser(None), client_id="other-trust")

    @pytest.mark.parametrize("address", sorted(WITH_A_TOKEN))
    def test_are_served_what_is_shared_with_them_alone(self, served, trust, other_trust, address):
        own, others = (_ask_as_system(system, address, served.town.person_id) for system in (trust, other_trust))
        assert own.status_code == 200, own.text[:500]
        assert "Ellis" in own.text
        if "<id_>" in address:
            absent = _ask_as_system(other_trust, address, new_id())
            assert (others.status_code, seen(others)) == (absent.status_code, seen(absent)) == (404, seen(absent))
        else:
            assert others.json.get("entry", []) == []

    def test_are_served_nothing_of_a_carer_s_own_record(self, served, trust):
        everything = _ask_as_system(trust, "GET /fhir/R4/Patient/<id_>/$everything", served.town.person_id)

        assert everything.status_code == 200
        assert [word for word in PLANTED if word in everything.text] == []

    @pytest.mark.parametrize("address", sorted(WITH_A_TOKEN))
    @pytest.mark.parametrize("persona", [None, "citizen", "social-worker"])
    def test_alone_are_served(self, served, application, address, persona):
        assert ask(served, persona, address, addresses(application)[address]).status_code == 401


def expected(address: str, personas: list[str]) -> dict[str, str]:
    return {p: BY_ADDRESS[address].expects(p) for p in personas}


def told(served, application, address: str, personas: list[str]) -> dict[str, str]:
    """What each of them is told; who is let in comes last, lest what they do be why others are not."""
    group, rule = BY_ADDRESS[address], addresses(application)[address]
    order = sorted(personas, key=lambda p: (group.expects(p) == LET_IN, p))
    return {p: verdict(ask(served, p, address, rule)) for p in order}


def some_of(word: str, address: str, most: int) -> list[str]:
    """A few of those who should be told this: other ones at each address, so that a group's addresses try them all."""
    group = BY_ADDRESS[address]
    all_of_them = sorted(p for p in EVERYBODY if group.expects(p) == word)
    first = group.lines.index(address) * most
    return sorted({all_of_them[(first + k) % len(all_of_them)] for k in range(most)}) if all_of_them else []


def ask(served, persona: str | None, address: str, rule: Rule, *, ids: dict[str, Any] | None = None) -> TestResponse:
    """One request with nothing in it: enough to learn whether one is let in."""
    method, pattern = address.split(" ", 1)
    path = path_of(served, rule, ids or {})
    browser = served.browser(persona)
    if method == "GET":
        return browser.get(path)
    if _is_for_programs(address):
        return browser.open(path, method=method, json={}, headers=SCRIPT_HEADERS)
    if pattern == "/sign-out" and persona is not None:
        browser = served.fresh_browser(persona)
        return browser.post(path, data={"csrf_token": token_on(browser.get("/accessibility"))})
    named = {**served.town.ids, **(ids or {})}
    fields = {field: str(named[name]) for field, name in NAMED_IN_FORMS.get(address, {}).items()}
    fields |= SAID_IN_FORMS.get(address, {})
    return browser.post(path, data=fields | ({"csrf_token": served.form_token(persona)} if persona else {}))


def path_of(served, rule: Rule, ids: dict[str, Any]) -> str:
    """The address with Margaret's ids in it, or with those given instead."""
    town = served.town
    values = {**OTHER_VALUES, **town.ids, **ids}
    part = next((name for name in NAMES if f"({name}," in rule.rule), None)
    values["name"] = NAMES.get(part or "")
    if rule.rule.endswith("/removals"):
        # What is removed once is not there a second time.
        return f"/plans/{values['plan_id']}/risks/{town.risks.pop()}/removals"
    values["item_id"] = next((i for word, i in town.items.items() if f"/{word}/" in rule.rule), town.items["needs"])
    values["id_"] = town.person_id
    _, path = rule.build({name: values[name] for name in rule.arguments}) or ("", "")
    return path


def verdict(answer: TestResponse) -> str:
    """What somebody was told, in the oracle's words."""
    if answer.status_code == 401 or (answer.location or "").startswith("/sign-in"):
        return "sign in"
    if answer.status_code == 400 and "open for too long" in answer.text:
        return "form expired"
    if answer.status_code >= 500:
        return "failed"
    return {404: NOT_THERE, 403: NOT_FOR_YOU}.get(answer.status_code, LET_IN)


def seen(answer: TestResponse) -> str:
    """An answer without what differs from request to request."""
    return OF_ONE_REQUEST.sub("…", answer.text)


def _is_for_programs(address: str) -> bool:
    return address.split(" ", 1)[1].startswith(PROGRAMS)


def _ask_as_system(system: System, address: str, person_id: UUID) -> TestResponse:
    method, pattern = address.split(" ", 1)
    path = pattern.removeprefix("/fhir/R4/").replace("<type_>", "Patient").replace("<id_>", str(person_id))
    path = path.replace("<version>", "1")
    return system.get(path) if method == "GET" else system.post(path, {})
