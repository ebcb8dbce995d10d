"""Above the social worker's limit a team manager signs: asked, agreed or sent back, on pages and over JSON."""

import re

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from careplan.access.domain.actor import Role
from careplan.kernel.clock import utc_now
from careplan.kernel.errors import Invalid
from careplan.kernel.ids import new_id
from careplan.kernel.minutes import Minutes
from careplan.notices import queries as notices
from careplan.organisations import service as organisations
from careplan.organisations.domain.limit import SigningLimit
from careplan.organisations.queries import get_organisation
from careplan.plans import authorisations, queries, service
from careplan.plans.domain.agreement import Capacity, NotAParty, SignedAlready
from careplan.plans.domain.authority import AboveLimit, Answer, AnsweredAlready, AskedAlready, WithinLimit
from careplan.plans.domain.content import PlanKind
from careplan.plans.domain.state import Party, VersionState
from tests.factories.organisations import make_account
from tests.factories.plans import STATEMENT, agree, make_proposed, signature
from tests.pages import send_json, submit, token_on


def limit(around, role=Role.SOCIAL_WORKER, *, minutes=1_199, **said):
    """What the council lets a role sign: by default one minute less than Margaret's heaviest week."""
    organisations.set_signing_limit(
        council_id=around.social_worker.organisation_id, role=role,
        limit=SigningLimit(weekly_minutes=Minutes(minutes), **said), actor=around.social_worker, now=utc_now(),
    )  # fmt: skip


@pytest.fixture
def manager(around):
    return make_account(
        Role.TEAM_MANAGER, team=get_organisation(organisation_id=around.social_worker.team_id), name="Ruth Adeyemi"
    )


@pytest.fixture
def above(around, manager, session):
    """A version one minute above what the social worker may sign."""
    limit(around)
    version = make_proposed(around)
    session.commit()
    return version


def sign_as_manager(version, manager):
    return service.agree_plan(
        plan_id=version.plan_id, number=version.number,
        signature=signature(version, Party.COUNCIL, Capacity.TEAM_MANAGER), actor=manager, now=utc_now(),
    )  # fmt: skip


def ask(version, around):
    return service.ask_manager(
        plan_id=version.plan_id, number=version.number, actor=around.social_worker, now=utc_now()
    )


class TestWhoSignsForTheCouncil:
    @pytest.mark.parametrize("minutes", [1_200, 1_201])
    def test_the_social_worker_up_to_their_limit(self, around, minutes):
        limit(around, minutes=minutes)

        assert agree(make_proposed(around), around, Party.COUNCIL).agreement_of(Party.COUNCIL) is not None

    def test_the_social_worker_is_refused_above_it_with_what_would_be_accepted(self, around, above):
        with pytest.raises(AboveLimit, match="Your team manager can sign it") as refused:
            agree(above, around, Party.COUNCIL)

        assert refused.value.facts["beyond"] == [{"measure": "weekly_minutes", "asked": 1_200, "limit": 1_199}]

    def test_the_manager_above_it(self, around, above, manager):
        signed = sign_as_manager(above, manager).agreement_of(Party.COUNCIL)

        assert (signed.signer_name, signed.capacity) == ("Ruth Adeyemi", Capacity.TEAM_MANAGER)

    def test_the_manager_not_below_it(self, around, manager):
        with pytest.raises(NotAParty, match="only above their limit"):
            sign_as_manager(make_proposed(around), manager)

    def test_the_manager_of_another_team_never(self, around, above):
        stranger = make_account(
            Role.TEAM_MANAGER, organisation=get_organisation(organisation_id=around.social_worker.organisation_id)
        )
        with pytest.raises(NotAParty):
            sign_as_manager(above, stranger)

    def test_the_manager_up_to_a_limit_of_their_own(self, around, above, manager):
        limit(around, Role.TEAM_MANAGER, minutes=1_199)
        with pytest.raises(AboveLimit, match="Change the plan"):
            sign_as_manager(above, manager)

    def test_double_handed_care_can_be_the_managers_alone(self, around, manager):
        limit(around, minutes=9_999, double_handed=False)
        hours = {"grants": [{"id": str(new_id()), "funder": "council", "weeks": [60] * 4}], "double_handed": True}
        version = make_proposed(around, hours=hours)
        with pytest.raises(AboveLimit):
            agree(version, around, Party.COUNCIL)

        assert sign_as_manager(version, manager).agreement_of(Party.COUNCIL) is not None

    def test_an_emergency_waits_for_no_manager(self, around):
        limit(around, minutes=0)
        version = make_proposed(around, kind=PlanKind.INTERIM)
        for party in (Party.PROVIDER, Party.COUNCIL):
            version = agree(version, around, party)

        assert version.state is VersionState.IN_FORCE

    def test_a_limit_holds_from_the_day_on_which_it_is_set(self, around):
        limit(around, minutes=0)
        limit(around, minutes=1_200)

        assert agree(make_proposed(around), around, Party.COUNCIL).agreement_of(Party.COUNCIL) is not None

    def test_the_same_account_signs_for_no_second_party(self, around, above, manager):
        """A manager who is also the person's attorney is still one human being."""
        sign_as_manager(above, manager)
        organisations.register_worker(
            account_id=manager.account_id, given_name="Ruth", family_name="Adeyemi", job_title="Owner",
            can_commit=True, actor=around.social_worker, now=utc_now(),
        )  # fmt: skip
        from careplan.access.models import Account
        from careplan.db import db

        db.session.get_one(Account, manager.account_id).organisation_id = around.provider.id
        with pytest.raises(SignedAlready):
            service.agree_plan(
                plan_id=above.plan_id, number=1, signature=signature(above, Party.PROVIDER, Capacity.PROVIDER),
                actor=manager, now=utc_now(),
            )  # fmt: skip


class TestAskingTheManager:
    def test_tells_them_what_waits_and_why(self, around, above, manager):
        asked = ask(above, around)
        (told,) = notices.list_notices(actor=manager, now=utc_now())

        assert [(e.asked, e.limit) for e in asked.beyond] == [(1_200, 1_199)]
        assert told.address == f"/authorise/{asked.id}"

    def test_is_refused_within_the_limit(self, around):
        with pytest.raises(WithinLimit):
            ask(make_proposed(around), around)

    def test_is_refused_while_it_waits(self, around, above):
        ask(above, around)
        with pytest.raises(AskedAlready):
            ask(above, around)

    def test_is_answered_by_signing(self, around, above, manager):
        asked = ask(above, around)
        sign_as_manager(above, manager)
        answered = authorisations.get_authorisation(request_id=asked.id)

        assert (answered.answer, answered.answered_by_name) == (Answer.AGREED, "Ruth Adeyemi")

    def test_is_answered_by_sending_it_back_and_can_be_asked_again(self, around, above, manager):
        asked = ask(above, around)
        sent = service.send_back(request_id=asked.id, reason="Ask about equipment.", actor=manager, now=utc_now())
        told = notices.list_notices(actor=around.social_worker, now=utc_now())[0].words

        assert (sent.answer, sent.reason) == (Answer.SENT_BACK, "Ask about equipment.")
        assert told.endswith("has sent version 1 of the plan back: Ask about equipment.")
        assert ask(above, around).is_open

    def test_is_sent_back_with_a_reason_and_once(self, around, above, manager):
        asked = ask(above, around)
        with pytest.raises(Invalid):
            service.send_back(request_id=asked.id, reason=" ", actor=manager, now=utc_now())
        service.send_back(request_id=asked.id, reason="No.", actor=manager, now=utc_now())
        with pytest.raises(AnsweredAlready):
            service.send_back(request_id=asked.id, reason="No.", actor=manager, now=utc_now())

    def test_is_moot_once_the_version_is_taken_back(self, around, above, manager, session):
        asked = ask(above, around)
        by = {"actor": around.social_worker, "now": utc_now()}
        service.withdraw_proposal(plan_id=above.plan_id, reason="Wrong hours.", **by)
        with pytest.raises(AnsweredAlready):
            service.send_back(request_id=asked.id, reason="No.", actor=manager, now=utc_now())

    def test_stays_as_it_was_answered(self, around, above, manager, session):
        asked = ask(above, around)
        service.send_back(request_id=asked.id, reason="No.", actor=manager, now=utc_now())
        with pytest.raises(DBAPIError):
            session.execute(text("UPDATE plan_authorisation SET reason = 'Yes'"))


class TestPages:
    @pytest.fixture
    def address(self, above):
        return f"/plans/{above.plan_id}/versions/1"

    def test_the_social_worker_is_shown_the_limit_and_the_way_to_the_manager(self, around, above, address, sign_in):
        browser = sign_in(around.social_worker)
        shown = browser.get(f"{address}/agree").text
        assert "Its heaviest week has 20 hours. The limit is 19 hours 59 minutes." in shown
        assert ">I agree<" not in shown
        answer = submit(browser, f"{address}/agree", to=f"{address}/authorisations")

        assert answer.location == f"{address}/agree"
        assert "It has waited for your team manager since" in browser.get(f"{address}/agree").text

    def test_who_presses_on_all_the_same_is_refused(self, around, above, address, sign_in):
        browser = sign_in(around.social_worker)
        sent = {"id": str(new_id()), "content_hash": above.content_hash}
        submit(browser, f"{address}/agree", sent)

        assert "This is above what you may sign for the council." in browser.get(address).text

    def test_the_manager_reads_it_in_full_and_signs(self, around, above, manager, session, sign_in):
        asked = ask(above, around)
        session.commit()
        browser = sign_in(manager)
        assert f"/authorise/{asked.id}" in browser.get("/authorise").text
        shown = browser.get(f"/authorise/{asked.id}")
        assert "I want to walk to the garden and back on my own." in shown.text
        sent = {name: re.search(rf'name="{name}" value="([^"]*)"', shown.text)[1] for name in ("id", "content_hash")}
        answer = browser.post(f"/plans/{above.plan_id}/versions/1/agree", data={"csrf_token": token_on(shown), **sent})
        session.rollback()

        assert answer.status_code == 303
        kept = queries.get_version(plan_id=above.plan_id, number=1, at=utc_now()).agreement_of(Party.COUNCIL)
        assert kept.statement.startswith("For the council, as team manager, I agree")
        assert "No plan waits for you." in browser.get("/authorise").text
        assert "team manager, for the council" in browser.get(f"/plans/{above.plan_id}/agreements").text

    def test_the_manager_sends_it_back_with_a_reason(self, around, above, manager, session, sign_in):
        asked = ask(above, around)
        session.commit()
        browser, one = sign_in(manager), f"/authorise/{asked.id}"
        bare = submit(browser, one, to=f"{one}/sent-back")
        assert bare.status_code == 422
        assert "Say why" in bare.text
        assert submit(browser, one, {"reason": "Ask about equipment."}, to=f"{one}/sent-back").status_code == 303
        shown = sign_in(around.social_worker).get(f"/plans/{above.plan_id}/versions/1/agree").text

        assert "Ask about equipment." in shown
        assert "Send it to your team manager" in shown

    def test_is_closed_to_others(self, around, above, manager, session, sign_in):
        asked = ask(above, around)
        elsewhere = make_account(Role.TEAM_MANAGER)
        session.commit()

        assert sign_in(elsewhere).get(f"/authorise/{asked.id}").status_code == 404
        assert "No plan waits for you." in sign_in(elsewhere).get("/authorise").text
        for actor in (around.social_worker, around.coordinator, around.citizen):
            assert sign_in(actor).get(f"/authorise/{asked.id}").status_code == 404
            assert sign_in(actor).get("/authorise").status_code == 403

    def test_a_manager_who_need_not_sign_is_told_so(self, around, manager, session, sign_in):
        version = make_proposed(around)
        session.commit()
        browser = sign_in(manager)

        assert "within their limit" in browser.get(f"/plans/{version.plan_id}/versions/1/agree").text
        assert "waits for you" not in browser.get(f"/plans/{version.plan_id}").text


class TestJson:
    def agree(self, browser, version, capacity):
        body = {
            "id": str(new_id()), "party": "council", "capacity": capacity, "content_hash": version.content_hash,
            "statement": STATEMENT,
        }  # fmt: skip
        return send_json(browser, f"/api/v1/plans/{version.plan_id}/versions/1/agreements", body)

    def test_honours_the_same_limit(self, around, above, manager, sign_in):
        refused = self.agree(sign_in(around.social_worker), above, "social_worker")
        wrong = self.agree(sign_in(manager), above, "social_worker")
        agreed = self.agree(sign_in(manager), above, "team_manager")

        assert (refused.status_code, refused.json["code"]) == (422, "above_limit")
        assert refused.json["beyond"] == [{"measure": "weekly_minutes", "asked": 1_200, "limit": 1_199}]
        assert (wrong.status_code, wrong.json["code"]) == (403, "not_a_party")
        assert agreed.status_code == 201
