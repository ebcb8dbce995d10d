"""Each flow, walked for real through the application over PostgreSQL: down through its rooms, and never back up."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from careplan.kernel.ids import new_id
from careplan.plans.domain.state import Party
from tests.factories.plans import STATEMENT, agree, make_around, make_proposed
from tests.factories.visits import envelope, make_visit, visit_body
from tests.pages import send_json
from tests.walks.conftest import pick_at_provider
from tests.walks.walking import ROOT, Walk, following


def is_sound(walk: Walk, *rooms: str) -> None:
    """Every step led down, and the rooms were passed in order."""
    assert walk.faults == []
    assert walk.passes(*rooms), " ".join(walk.rooms)


class TestVisitLoggedOffline:
    """visits.api → visits.service → hours.service → hours.models, one transaction, a verdict for each record."""

    @pytest.fixture
    def sent(self, care, noon, commit) -> list[dict[str, Any]]:
        visit = make_visit(care, start=noon)
        commit()
        earlier = noon - timedelta(hours=3)
        return [visit_body(care, start=noon, visit=visit), visit_body(care, start=earlier), {"id": "no id"}]

    def test_draws_on_the_bank_through_its_rooms(self, care, sent, sign_in):
        browser = sign_in(care.joy)
        with following() as walk:
            answer = send_json(browser, "/api/v1/sync", envelope(care.joy, sent))

        assert [r["status"] for r in answer.json["results"]] == ["accepted", "accepted", "rejected"]
        is_sound(walk, "visits.api", "visits.service", "visits.models", "hours.service", "hours.models")

    def test_keeps_each_record_with_its_draw_receipt_and_trace_in_one_transaction(self, care, sent, sign_in):
        browser = sign_in(care.joy)
        with following() as walk:
            send_json(browser, "/api/v1/sync", envelope(care.joy, sent))

        of_records = [t for t in walk.transactions() if "visit_record" in t]
        assert len(of_records) == 2
        for transaction in of_records:
            assert {"visit_record", "hour_entry", "hour_balance", "sync_receipt", "audit_event"} <= set(transaction)
            assert transaction.count("visit_record") == transaction.count("sync_receipt") == 1


class TestVisitByForm:
    """The ordinary form goes the tablet's way."""

    def test_goes_the_way_of_the_tablet(self, care, noon, commit, sign_in):
        visit = make_visit(care, start=noon)
        commit()
        browser = sign_in(care.joy)
        page = browser.get(f"/visits/{visit.id}")
        fields = {**_as_shown(page.text), "result": "completed", "started": "12:00", "ended": "12:40"}
        with following() as walk:
            answer = browser.post(f"/visits/{visit.id}", data=fields)

        assert answer.status_code == 303, answer.text
        is_sound(walk, "visits.routes", "visits.service", "hours.service", "hours.models")


class TestPlanAgreed:
    """plans.routes → plans.service → hours.service → hours.models."""

    @pytest.fixture
    def waiting(self, session, commit):
        """A version that waits for the person alone."""
        around = make_around()
        version = make_proposed(around)
        for party in (Party.COUNCIL, Party.PROVIDER):
            version = agree(version, around, party)
        commit()
        return around, version

    def test_on_the_person_s_page_opens_the_bank(self, waiting, sign_in):
        around, _ = waiting
        browser = sign_in(around.citizen)
        page = browser.get("/me/plan/agree")
        fields = {**_as_shown(page.text), "answer": "agree"}
        with following() as walk:
            answer = browser.post("/me/plan/agree", data=fields)

        assert answer.status_code == 303, answer.text
        is_sound(walk, "plans.routes", "plans.service", "plans.models", "hours.service", "hours.models")
        assert _opens_the_bank(walk)

    def test_by_a_script_opens_the_bank(self, waiting, sign_in):
        around, version = waiting
        body = {
            "id": str(new_id()), "party": "person", "capacity": "self", "content_hash": version.content_hash,
            "statement": STATEMENT,
        }  # fmt: skip
        browser = sign_in(around.citizen)
        with following() as walk:
            answer = send_json(browser, f"/api/v1/plans/{version.plan_id}/versions/1/agreements", body)

        assert answer.status_code == 201, answer.text
        is_sound(walk, "plans.api", "plans.service", "plans.models", "hours.service", "hours.models")
        assert _opens_the_bank(walk)


class TestContingencyDrawn:
    """hours.routes → hours.service → hours.models."""

    def test_on_the_page(self, care, sign_in):
        browser, address = sign_in(care.around.social_worker), f"/people/{care.person_id}/contingency/new"
        page = browser.get(address)
        fields = {
            **_as_shown(page.text), "circumstance": "chest_infection", "service": "personal_care",
            "exceptional": "Her chest was bad all night.", "minutes-hours": "1", "minutes-minutes": "0",
        }  # fmt: skip
        with following() as walk:
            answer = browser.post(address, data=fields)

        assert answer.status_code == 303, answer.text
        is_sound(walk, "hours.routes", "hours.service", "hours.models")
        (transaction,) = [t for t in walk.transactions() if "contingency_draw" in t]
        assert {"hour_entry", "hour_balance", "audit_event"} <= set(transaction)

    def test_by_a_script(self, care, sign_in):
        body = {
            "id": str(new_id()), "circumstance": "chest_infection", "service": "personal_care", "minutes": 60,
            "exceptional": "Her chest was bad all night.",
        }  # fmt: skip
        browser = sign_in(care.around.social_worker)
        with following() as walk:
            answer = send_json(browser, f"/api/v1/people/{care.person_id}/contingency-draws", body)

        assert answer.status_code == 201, answer.text
        is_sound(walk, "hours.api", "hours.service", "hours.models")


class TestEverything:
    """fhir.api → fhir.store (bytes); refreshed by fhir.projection → record → queries, then fhir_mappings."""

    def test_is_assembled_mapped_and_stored_before_it_is_first_read(self, care, system):
        with following() as walk:
            answer = system.get(f"Patient/{care.person_id}/$everything")

        assert answer.status_code == 200, answer.text
        is_sound(
            walk, "fhir.api", "fhir.projection", "record.service", "people.queries", "plans.queries", "hours.queries",
            "fhir_mappings", "fhir.store",
        )  # fmt: skip

    def test_is_read_as_stored_bytes_from_then_on(self, care, system):
        system.get(f"Patient/{care.person_id}/$everything")
        with following() as walk:
            system.get(f"Patient/{care.person_id}/$everything")

        is_sound(walk, "fhir.api", "fhir.store")
        assert slices_of(walk) <= {"fhir", "access", "web", "db", "kernel", "config"}


class TestSigningIn:
    """access.routes → access.signin → access.queries → access.sessions: nothing above access is asked."""

    def test_begins_a_session_through_access_alone(self, signing_in):
        with following() as walk:
            leaving = signing_in.get("/sign-in/start")
            back = signing_in.get(pick_at_provider(str(leaving.location)))

        assert (back.status_code, back.location) == (303, "/"), back.text
        is_sound(walk, "access.routes", "access.signin", "access.queries", "access.models")
        assert slices_of(walk) <= {"access", "web", "db", "kernel", "config"}


class TestFollowing:
    """The follower sees what it is there to see."""

    @pytest.mark.parametrize(
        ("below", "above", "call"),
        [
            ("careplan/hours/service/sly.py", "careplan.plans.domain.suggestion", "check_reason('Because.')"),
            ("careplan/hours/service/sly.py", "careplan.outcomes.domain.level", "read_level(1)"),
            ("careplan/web/sly.py", "careplan.access.domain.policy", "role_alone_allows(role=0, section=0, action=0)"),
        ],
    )
    def test_sees_a_call_up_or_across_though_the_import_is_lazy(self, below, above, call):
        sly = function_of(below, above, call)
        with following() as walk:
            sly()

        assert len(walk.faults) == 1, walk.steps

    def test_sees_nothing_wrong_in_a_call_down(self):
        with following() as walk:
            function_of("careplan/plans/service/fair.py", "careplan.kernel.ids", "new_id()")()

        assert (walk.faults, len(walk.steps)) == ([], 1)


def slices_of(walk: Walk) -> set[str]:
    """Every slice that was entered."""
    return {room.split(".")[0] for room in walk.rooms}


def function_of(path: str, above: str, call: str) -> Callable[[], None]:
    """A function as it would stand in a file of ours: called, it imports a module and calls something there."""
    source = f"def act():\n    import {above} as above\n    above.{call}\n"
    module = path.removesuffix(".py").replace("/", ".")
    names: dict[str, Any] = {"__name__": module}
    exec(compile(source, str(ROOT / path), "exec"), names)  # noqa: S102  the text stands just above
    return names["act"]  # type: ignore[no-any-return]  # any module holds anything


def _opens_the_bank(walk: Walk) -> bool:
    """The last signature and the bank that it opens stand or fall together."""
    (transaction,) = [t for t in walk.transactions() if "plan_agreement" in t]
    return {"hour_terms", "hour_bank", "hour_entry", "audit_event"} <= set(transaction)


def _as_shown(page: str) -> dict[str, str]:
    """What the page's hidden fields hold."""
    found = {}
    for field in re.findall(r"<input[^>]*type=\"hidden\"[^>]*>", page):
        name, value = (re.search(rf'\b{word}="([^"]*)"', field) for word in ("name", "value"))
        if name and value:
            found[name[1]] = value[1]
    return found
