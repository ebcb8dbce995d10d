"""Plans over JSON, as other people's scripts rely on it."""

import hashlib

import pytest
import rfc8785

from careplan.access.domain.actor import Role
from careplan.access.domain.policy import Kind
from careplan.access.service import relate
from careplan.kernel.clock import utc_now
from careplan.kernel.ids import new_id
from tests.factories.organisations import make_account, make_social_worker
from tests.factories.plans import STATEMENT, full_sections, make_agreed, make_draft, make_proposed
from tests.factories.reviews import begin_next
from tests.pages import send_json


def body(version, **said):
    usual = {
        "id": str(new_id()),
        "party": "person",
        "capacity": "self",
        "content_hash": version.content_hash,
        "statement": STATEMENT,
    }
    return {**usual, **said}


@pytest.fixture
def proposed(around, session):
    version = make_proposed(around)
    session.commit()
    return version


@pytest.fixture
def draft(around, session):
    version = make_draft(around)
    session.commit()
    return version


class TestReading:
    def test_a_version_carries_the_hash_that_anyone_can_reckon(self, around, proposed, sign_in):
        answer = sign_in(around.citizen).get(f"/api/v1/plans/{proposed.plan_id}/versions/1").json

        assert answer["content_hash"] == hashlib.sha256(rfc8785.dumps(answer["content"])).hexdigest()
        assert answer["state"] == "proposed"

    def test_a_plan_says_what_counts_and_who_has_agreed(self, around, session, sign_in):
        agreed = make_agreed(around)
        session.commit()
        answer = sign_in(around.coordinator).get(f"/api/v1/plans/{agreed.plan_id}").json

        assert (answer["in_force"], answer["proposed"], answer["draft"]) == (1, None, None)
        assert [(p["party"], p["agreed"]) for p in answer["parties"]] == [
            ("council", True), ("provider", True), ("person", True),
        ]  # fmt: skip

    def test_somebody_who_has_nothing_to_do_with_the_person_finds_nothing(self, around, proposed, session, sign_in):
        stranger = make_social_worker()
        session.commit()
        browser = sign_in(stranger)

        assert browser.get(f"/api/v1/plans/{proposed.plan_id}").status_code == 404
        assert browser.get(f"/api/v1/plans/{proposed.plan_id}/versions/1").status_code == 404
        assert browser.get(f"/api/v1/plans/{new_id()}").status_code == 404

    def test_a_version_that_is_not_there_is_not_found(self, around, proposed, sign_in):
        assert sign_in(around.citizen).get(f"/api/v1/plans/{proposed.plan_id}/versions/9").status_code == 404


class TestEditing:
    def edit(self, browser, draft, changes, **headers):
        return send_json(browser, f"/api/v1/plans/{draft.plan_id}/draft", changes, method="PATCH", **headers)

    def test_replaces_a_section_and_gives_the_next_tag(self, around, draft, sign_in):
        answer = self.edit(sign_in(around.social_worker), draft, {"how_met": "Otherwise."}, If_Match=f'"{draft.etag}"')

        assert (answer.status_code, answer.json["content"]["how_met"]) == (200, "Otherwise.")
        assert answer.headers["ETag"] == f'"1-{draft.revision + 1}"'

    def test_needs_to_know_what_is_edited(self, around, draft, sign_in):
        answer = self.edit(sign_in(around.social_worker), draft, {"how_met": "Otherwise."})

        assert (answer.status_code, answer.json["code"]) == (428, "precondition_required")

    def test_refuses_a_stale_tag_with_both_texts(self, around, draft, sign_in):
        answer = self.edit(sign_in(around.social_worker), draft, {"how_met": "Otherwise."}, If_Match='"1-1"')

        assert (answer.status_code, answer.json["code"]) == (412, "stale")
        assert answer.json["yours"] == {"how_met": "Otherwise."}
        assert answer.json["current"] == {"how_met": draft.content.how_met}

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"outcomes": [{"id": str(new_id()), "words": "x", "levels": {"3": "Flies"}}]}, "outcomes.0.levels.3"),
            ({"starts_on": "2026-12-01", "review_on": "2026-11-01"}, "review_on"),
            ({"hours": {"grants": [{"id": str(new_id()), "funder": "me", "weeks": [1, 1, 1, 1]}]}},
             "hours.grants.0.funder"),
            ({"plan": str(new_id())}, "plan"),
            ({"colour": "red"}, "colour"),
        ],
    )  # fmt: skip
    def test_says_where_something_is_wrong_and_stores_nothing(self, around, draft, sign_in, changes, field):
        browser = sign_in(around.social_worker)
        answer = self.edit(browser, draft, {"how_met": "Kept?", **changes}, If_Match=f'"{draft.etag}"')
        kept = browser.get(f"/api/v1/plans/{draft.plan_id}/versions/1").json

        assert answer.status_code == 422
        assert field in [e["field"] for e in answer.json["errors"]]
        assert kept["content"]["how_met"] == draft.content.how_met

    def test_is_the_social_workers_alone(self, around, proposed, sign_in):
        for actor in (around.citizen, around.coordinator):
            answer = self.edit(sign_in(actor), proposed, {"how_met": "Mine."}, If_Match=f'"{proposed.etag}"')
            assert answer.status_code == 404


class TestProposing:
    def test_sends_a_whole_plan_round(self, around, draft, sign_in):
        answer = send_json(sign_in(around.social_worker), f"/api/v1/plans/{draft.plan_id}/proposals", {})

        assert (answer.status_code, answer.json["state"]) == (201, "proposed")

    def test_names_every_missing_piece(self, around, session, sign_in):
        draft = make_draft(around, how_met="", budget=None)
        session.commit()
        answer = send_json(sign_in(around.social_worker), f"/api/v1/plans/{draft.plan_id}/proposals", {})

        assert (answer.status_code, answer.json["code"]) == (422, "not_ready")
        assert {e["field"] for e in answer.json["errors"]} == {"support", "budget"}
        assert [m["code"] for m in answer.json["missing"]] == ["how_met", "budget"]


class TestAgreeing:
    def agree(self, browser, version, **said):
        return send_json(
            browser, f"/api/v1/plans/{version.plan_id}/versions/{version.number}/agreements", body(version, **said)
        )

    def test_is_recorded(self, around, proposed, sign_in):
        answer = self.agree(sign_in(around.citizen), proposed)

        assert answer.status_code == 201
        assert [(a["party"], a["name"]) for a in answer.json["agreements"]] == [("person", "Margaret Ellis")]

    def test_the_same_again_answers_the_same(self, around, proposed, sign_in):
        browser, once = sign_in(around.citizen), str(new_id())
        first, second = (self.agree(browser, proposed, id=once) for _ in range(2))

        assert (first.status_code, first.json) == (second.status_code, second.json)

    def test_the_same_id_for_something_else_conflicts(self, around, proposed, sign_in):
        browser, once = sign_in(around.citizen), str(new_id())
        self.agree(browser, proposed, id=once)
        answer = self.agree(browser, proposed, id=once, statement="Something else")

        assert (answer.status_code, answer.json["code"]) == (409, "id_used")

    def test_a_stale_hash_conflicts_and_the_current_one_is_told(self, around, proposed, sign_in):
        answer = self.agree(sign_in(around.citizen), proposed, content_hash="0" * 64)

        assert (answer.status_code, answer.json["code"]) == (409, "stale_hash")
        assert answer.json["content_hash"] == proposed.content_hash

    def test_an_account_that_may_read_the_plan_and_is_no_party_is_told_so(self, around, proposed, session, sign_in):
        therapist = make_account(Role.OCCUPATIONAL_THERAPIST)
        relate(
            person_id=around.person_id, kind=Kind.REFERRAL, since=utc_now(), source_type="test", source_id=new_id(),
            account_id=therapist.account_id,
        )  # fmt: skip
        session.commit()
        answer = self.agree(sign_in(therapist), proposed, party="council", capacity="social_worker")

        assert (answer.status_code, answer.json["code"]) == (403, "not_a_party")

    def test_an_account_that_may_not_read_the_plan_finds_nothing(self, around, proposed, session, sign_in):
        stranger = make_social_worker()
        session.commit()

        assert self.agree(sign_in(stranger), proposed, party="council", capacity="social_worker").status_code == 404

    def test_a_version_agreed_already_says_so(self, around, session, sign_in):
        agreed = make_agreed(around)
        session.commit()
        answer = self.agree(sign_in(around.citizen), agreed)

        assert (answer.status_code, answer.json["code"]) == (409, "already_agreed")

    def test_paper_is_recorded_with_a_witness(self, around, proposed, sign_in):
        answer = self.agree(
            sign_in(around.social_worker), proposed, channel="paper", witness="Jo Field",
            recorded_by=str(around.social_worker.account_id),
        )  # fmt: skip

        assert answer.status_code == 201
        assert answer.json["agreements"][0]["witness"] == "Jo Field"

    @pytest.mark.parametrize(
        ("said", "status", "code"),
        [
            ({"channel": "paper"}, 422, "witness_missing"),
            ({"channel": "paper", "witness": "Margaret Ellis"}, 422, "witness_is_party"),
            ({"channel": "paper", "witness": str(new_id())}, 422, "invalid"),
            ({"channel": "paper", "witness": "Jo Field", "agreed_on": "2020-01-01"}, 422, "invalid"),
            ({"channel": "paper", "witness": "Jo Field", "recorded_by": str(new_id())}, 422, "invalid"),
            ({"party": "council"}, 422, "invalid"),
            ({"capacity": "neighbour"}, 422, "invalid"),
            ({"id": "one"}, 422, "invalid"),
            ({"content_hash": "abc"}, 422, "invalid"),
            ({"statement": ""}, 422, "invalid"),
            ({"luck": 1}, 422, "invalid"),
        ],
    )
    def test_bad_input_says_what_to_mend_and_stores_nothing(self, around, proposed, sign_in, said, status, code):
        browser = sign_in(around.social_worker)
        answer = self.agree(browser, proposed, **said)
        kept = browser.get(f"/api/v1/plans/{proposed.plan_id}/versions/1").json

        assert (answer.status_code, answer.json["code"], kept["agreements"]) == (status, code, [])
        assert answer.json["detail"]

    def test_an_edit_after_two_signatures_voids_both_and_leaves_what_is_in_force(self, around, session, sign_in):
        first = make_agreed(around)
        session.commit()
        browser = sign_in(around.social_worker)
        address = f"/api/v1/plans/{first.plan_id}"
        begun = begin_next(plan_id=first.plan_id, actor=around.social_worker)
        session.commit()
        send_json(browser, f"{address}/draft", {"how_met": "Two."}, method="PATCH", If_Match=f'"{begun.etag}"')
        second = send_json(browser, f"{address}/proposals", {}).json
        for actor, party, capacity in (
            (around.social_worker, "council", "social_worker"), (around.coordinator, "provider", "provider"),
        ):  # fmt: skip
            sent = body(first, party=party, capacity=capacity, content_hash=second["content_hash"])
            assert send_json(sign_in(actor), f"{address}/versions/2/agreements", sent).status_code == 201
        tag = browser.get(address).headers["ETag"]
        send_json(browser, f"{address}/draft", {"how_met": "Three."}, method="PATCH", If_Match=tag)
        plan, two = browser.get(address).json, browser.get(f"{address}/versions/2").json

        assert (plan["in_force"], plan["proposed"], plan["draft"]) == (1, None, 3)
        assert (two["state"], len(two["agreements"])) == ("withdrawn", 2)
        assert browser.get(f"{address}/versions/3").json["agreements"] == []
        assert browser.get(f"{address}/versions/1").json["content_hash"] == first.content_hash


def test_a_plan_can_be_written_whole_over_json(around, session, sign_in):
    draft = make_draft(around)
    session.commit()
    browser = sign_in(around.social_worker)
    sections = full_sections(around)
    answer = send_json(
        browser, f"/api/v1/plans/{draft.plan_id}/draft", sections, method="PATCH", If_Match=f'"{draft.etag}"'
    )

    assert answer.json["content"]["needs"][0]["id"] == sections["needs"][0]["id"]
