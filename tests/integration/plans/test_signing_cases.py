"""Who signs in the place of a person: each case on the page that one would use, over JSON, and as it is shown after."""

import re
from dataclasses import fields

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from careplan.access.models import Account
from careplan.db import db
from careplan.kernel.clock import local_date, utc_now
from careplan.kernel.ids import new_id
from careplan.organisations import service as organisations
from careplan.people import queries as people
from careplan.people.domain.authority import AuthorityKind
from careplan.people.domain.details import PersonDetails
from careplan.people.domain.person import Person
from careplan.plans import queries
from careplan.plans.domain.state import Party
from tests.factories.plans import STATEMENT, agree_all, find_lacking, make_proposed, make_representative
from tests.pages import send_json, submit, token_on

NO_RIGHT = (
    ({"kind": AuthorityKind.PROPERTY_ATTORNEY}, "this cannot agree care"),
    ({"kind": AuthorityKind.PROPERTY_DEPUTY}, "this cannot agree care"),
    ({"kind": AuthorityKind.APPOINTEE}, "this cannot agree care"),
    ({"seen": False}, "Nobody has yet seen that this authority is registered"),
)


@pytest.fixture
def proposed(around, session):
    version = make_proposed(around)
    session.commit()
    return version


def agree_on_the_page(browser):
    """Reads the person's pages and says yes."""
    shown = browser.get("/me/plan/agree")
    sent = {name: re.search(rf'name="{name}"[^>]*value="([^"]*)"', shown.text)[1] for name in ("id", "content_hash")}
    return browser.post("/me/plan/agree", data={"csrf_token": token_on(shown), **sent, "answer": "agree"})


def agree_over_json(browser, version, party, capacity):
    body = {
        "id": str(new_id()), "party": party, "capacity": capacity, "content_hash": version.content_hash,
        "statement": STATEMENT,
    }  # fmt: skip
    return send_json(browser, f"/api/v1/plans/{version.plan_id}/versions/{version.number}/agreements", body)


def signed(version):
    return queries.get_version(plan_id=version.plan_id, number=version.number, at=utc_now()).agreement_of(Party.PERSON)


class TestRepresentative:
    @pytest.mark.parametrize(
        ("finding", "told", "reason"),
        [
            (None, "There is no finding about the person", "no_finding"),
            (False, "so they sign for themselves", "has_capacity"),
        ],
    )
    def test_without_a_finding_for_this_decision_is_refused_on_the_page_and_over_json(
        self, around, proposed, session, sign_in, finding, told, reason
    ):
        representative = make_representative(around)
        if finding is not None:
            find_lacking(proposed, around, lacks_capacity=finding)
        session.commit()
        browser = sign_in(representative)
        page = agree_on_the_page(browser)
        json = agree_over_json(browser, proposed, "person", "representative")
        session.rollback()

        assert page.status_code == 422
        assert told in page.text.replace("&#39;", "'")
        assert (json.status_code, json.json["code"], json.json["reason"]) == (422, "no_right_to_sign", reason)
        assert signed(proposed) is None

    @pytest.mark.parametrize("authority", [papers for papers, _ in NO_RIGHT])
    def test_with_papers_that_do_not_reach_care_finds_no_page_to_sign_on(
        self, around, proposed, session, sign_in, authority
    ):
        representative = make_representative(around, **authority)
        find_lacking(proposed, around)
        session.commit()
        browser = sign_in(representative)

        assert browser.get("/me/plan/agree").status_code == 404
        assert agree_over_json(browser, proposed, "person", "representative").status_code == 404

    @pytest.mark.parametrize(("authority", "told"), NO_RIGHT)
    def test_with_papers_that_do_not_reach_care_is_refused_on_paper_too(
        self, around, proposed, session, sign_in, authority, told
    ):
        make_representative(around, **authority)
        find_lacking(proposed, around)
        session.commit()
        browser, address = sign_in(around.social_worker), f"/plans/{proposed.plan_id}/agreements/recorded"
        (paper,) = people.list_authorities(person_id=around.person_id)
        today = local_date(utc_now())
        day = {"agreed_on-day": today.day, "agreed_on-month": today.month, "agreed_on-year": today.year}
        answer = submit(browser, address, {
            "who": str(paper.id), "channel": "paper", "witness": "Jo Field", **day,
            "content_hash": proposed.content_hash,
        })  # fmt: skip
        session.rollback()

        assert answer.status_code == 422
        assert told in answer.text
        assert signed(proposed) is None

    @pytest.mark.parametrize("kind", [AuthorityKind.HEALTH_WELFARE_ATTORNEY, AuthorityKind.WELFARE_DEPUTY])
    def test_with_authority_registration_and_a_finding_signs_on_the_page(
        self, around, proposed, session, sign_in, kind
    ):
        representative = make_representative(around, kind=kind)
        find_lacking(proposed, around)
        session.commit()
        answer = agree_on_the_page(sign_in(representative))
        session.rollback()

        assert (answer.status_code, answer.location) == (303, "/me/plan")
        assert signed(proposed).signer_name == "Jean Hall"
        shown = sign_in(around.social_worker).get(f"/plans/{proposed.plan_id}/agreements").text
        assert "as their representative" in shown

    def test_signs_for_nobody_where_the_person_decides(self, around, proposed, session, sign_in):
        make_representative(around)
        session.commit()

        assert agree_on_the_page(sign_in(around.citizen)).status_code == 303


class TestPersonWhoCannotDecide:
    def test_their_own_yes_on_the_page_does_not_count(self, around, proposed, session, sign_in):
        find_lacking(proposed, around)
        session.commit()
        answer = agree_on_the_page(sign_in(around.citizen))
        session.rollback()

        assert answer.status_code == 422
        assert "cannot decide about this version" in answer.text
        assert signed(proposed) is None

    def test_without_an_attorney_a_best_interests_decision_stands_and_is_shown_as_such(
        self, around, proposed, session, sign_in
    ):
        find_lacking(proposed, around)
        session.commit()
        browser, address = sign_in(around.social_worker), f"/plans/{proposed.plan_id}"
        assert f"{address}/best-interests" in browser.get(f"{address}/agreements").text
        today = local_date(utc_now())
        words = dict.fromkeys(("decision", "wishes", "consulted", "less_restrictive", "advocate"), "As written.")
        day = {"decided_on-day": today.day, "decided_on-month": today.month, "decided_on-year": today.year}
        sent = {**words, **day, "content_hash": proposed.content_hash}
        assert submit(browser, f"{address}/best-interests", sent).status_code == 303
        session.rollback()
        agree_all(queries.get_version(plan_id=proposed.plan_id, number=1, at=utc_now()), around)
        session.commit()

        for actor in (around.social_worker, around.coordinator):
            for page in (address, f"{address}/agreements", f"{address}/versions/1", f"/people/{around.person_id}"):
                assert "Decided in their best interests" in sign_in(actor).get(page).text, page
        assert "Decided in the best interests of" in sign_in(around.citizen).get("/me/plan").text
        plan = sign_in(around.coordinator).get(f"/api/v1{address}").json
        person = next(p for p in plan["parties"] if p["party"] == "person")
        assert (plan["in_force"], person["agreed"], person["decided_in_best_interests"]) == (1, False, True)

    def test_with_an_attorney_no_decision_replaces_theirs_on_the_page(self, around, proposed, session, sign_in):
        make_representative(around)
        find_lacking(proposed, around)
        session.commit()
        today = local_date(utc_now())
        words = dict.fromkeys(("decision", "wishes", "consulted", "less_restrictive", "advocate"), "As written.")
        day = {"decided_on-day": today.day, "decided_on-month": today.month, "decided_on-year": today.year}
        answer = submit(
            sign_in(around.social_worker), f"/plans/{proposed.plan_id}/best-interests",
            {**words, **day, "content_hash": proposed.content_hash},
        )  # fmt: skip

        assert answer.status_code == 422
        assert "Somebody has authority to decide about care" in answer.text


class TestIncapacityOfAPersonAsAWhole:
    """There is none: a finding is about one version, on a day, or it cannot be written down."""

    def test_has_no_place_among_what_is_known_of_a_person(self):
        known = {f.name for kind in (Person, PersonDetails) for f in fields(kind)}

        assert not [name for name in known if "capacity" in name or "lacks" in name]

    def test_has_no_page_and_no_address(self, application):
        of_people = [
            r.rule for r in application.url_map.iter_rules() if r.rule.startswith(("/people", "/api/v1/people"))
        ]

        assert not [rule for rule in of_people if "capacity" in rule]

    def test_cannot_be_written_past_the_pages_either(self, around, proposed, session):
        find_lacking(proposed, around)
        with pytest.raises(DBAPIError, match="version_id"):
            session.execute(
                text(
                    "INSERT INTO capacity_finding SELECT gen_random_uuid(), plan_id, person_id, NULL, lacks_capacity,"
                    " why_doubted, support_given, abilities, impairment, causal_link, decided_on, assessor_id,"
                    " assessor_name, at FROM capacity_finding LIMIT 1"
                )
            )

    def test_of_an_earlier_version_says_nothing_about_the_next(self, around, proposed, session, sign_in):
        find_lacking(proposed, around)
        session.commit()
        browser = sign_in(around.social_worker)
        plan = f"/plans/{proposed.plan_id}"
        submit(browser, plan, to=f"{plan}/drafts")
        submit(browser, f"{plan}/check")

        assert agree_on_the_page(sign_in(around.citizen)).status_code == 303


class TestOneAccountForTwoParties:
    def test_is_refused_over_json_whatever_papers_there_are(self, around, proposed, session, sign_in):
        representative = make_representative(around)
        find_lacking(proposed, around)
        db.session.get_one(Account, representative.account_id).organisation_id = around.provider.id
        organisations.register_worker(
            account_id=representative.account_id, given_name="Jean", family_name="Hall", job_title="Owner",
            can_commit=True, actor=around.social_worker, now=utc_now(),
        )  # fmt: skip
        session.commit()
        browser = sign_in(representative)
        first = agree_over_json(browser, proposed, "person", "representative")
        second = agree_over_json(browser, proposed, "provider", "provider")

        assert first.status_code == 201
        assert (second.status_code, second.json["code"]) == (409, "signed_for_another_party")
