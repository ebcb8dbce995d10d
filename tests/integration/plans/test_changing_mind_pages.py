"""The pages on which a yes is taken back, and on which the council goes on without one."""

import re
from datetime import timedelta

import pytest

from careplan.kernel.clock import local_date, utc_now
from careplan.plans import queries
from careplan.plans.domain.state import Party
from tests.factories.plans import agree, agree_all, go_without_yes, make_agreed, make_proposed
from tests.pages import submit

TRIED = "21 11 2026 Went to see her with her sister\n24 11 2026: Rang twice"
WITHOUT = {
    "cause": "disagrees", "steps": TRIED, "words": "Not two people in my bathroom.",
    "complaint_route": "The leaflet, read out to her.",
}  # fmt: skip


def day(name, date):
    return {f"{name}-day": date.day, f"{name}-month": date.month, f"{name}-year": date.year}


@pytest.fixture
def proposed(around, session):
    version = make_proposed(around)
    session.commit()
    return version


def address(version, party=Party.PERSON):
    return f"/plans/{version.plan_id}/agreements/{version.agreement_of(party).id}/take-back"


class TestTakingBack:
    def test_the_provider_takes_its_yes_back_and_everybody_reads_why(self, around, proposed, session, sign_in):
        version = agree(proposed, around, Party.PROVIDER)
        session.commit()
        coordinator, agreements = sign_in(around.coordinator), f"/plans/{version.plan_id}/agreements"
        assert address(version, Party.PROVIDER) in coordinator.get(agreements).text
        answer = submit(coordinator, address(version, Party.PROVIDER), {"reason": "We have no one on Sundays."})

        assert (answer.status_code, answer.location) == (303, agreements)
        for actor in (around.coordinator, around.social_worker):
            assert "We have no one on Sundays." in sign_in(actor).get(agreements).text
        assert "Read it and agree" in coordinator.get(agreements).text

    def test_takes_a_reason(self, around, proposed, session, sign_in):
        version = agree(proposed, around, Party.PROVIDER)
        session.commit()
        answer = submit(sign_in(around.coordinator), address(version, Party.PROVIDER))

        assert answer.status_code == 422
        assert "Say why" in answer.text

    def test_another_party_is_told_whose_it_is(self, around, proposed, session, sign_in):
        version = agree(proposed, around, Party.COUNCIL)
        session.commit()
        answer = submit(sign_in(around.coordinator), address(version, Party.COUNCIL), {"reason": "Ours, please."})

        assert answer.status_code == 422
        assert "Only the party that agreed" in answer.text
        assert (
            address(version, Party.COUNCIL)
            not in sign_in(around.coordinator).get(f"/plans/{version.plan_id}/agreements").text
        )

    def test_the_person_says_no_after_all(self, around, proposed, session, sign_in):
        version = agree(proposed, around, Party.PERSON)
        session.commit()
        browser = sign_in(around.citizen)
        assert browser.get(address(version)).location == "/me/plan/take-back"
        assert "/me/plan/take-back" in browser.get("/me/plan").text
        assert "You agreed to this plan on" in browser.get("/me/plan/take-back").text
        assert submit(browser, "/me/plan/take-back").status_code == 422
        answer = submit(browser, "/me/plan/take-back", {"reason": "It is too many strangers."})

        assert (answer.status_code, answer.location) == (303, "/me/plan")
        session.rollback()
        kept = queries.get_version(plan_id=version.plan_id, number=1, at=utc_now())
        assert [a.taken_back.reason for a in kept.taken_back] == ["It is too many strangers."]
        assert browser.get("/me/plan/take-back").location == "/me/plan"

    def test_the_social_worker_writes_down_what_the_person_said(self, around, proposed, session, sign_in):
        version = agree(proposed, around, Party.PERSON)
        session.commit()
        browser = sign_in(around.social_worker)
        assert "How did they say so?" in browser.get(address(version)).text
        assert submit(browser, address(version), {"reason": "She rang."}).status_code == 422
        said = {"reason": "She rang: it is too many strangers.", "channel": "telephone"}
        assert submit(browser, address(version), said).status_code == 303
        shown = browser.get(f"/plans/{version.plan_id}/agreements").text

        assert "by telephone" in shown
        assert said["reason"] in shown

    def test_once_it_counts_the_page_leads_to_asking_for_a_change(self, around, session, sign_in):
        agreed = make_agreed(around)
        session.commit()
        shown = sign_in(around.coordinator).get(address(agreed, Party.PROVIDER))

        assert "This version counts already" in shown.text
        assert f"/plans/{agreed.plan_id}/suggest" in shown.text
        assert "I agreed, and now I want to say no" not in sign_in(around.citizen).get("/me/plan").text


class TestGoingOnWithoutAYes:
    def send(self, browser, version, **said):
        shown = browser.get(f"/plans/{version.plan_id}/not-agreed")
        sent = re.search(r'name="content_hash" value="([^"]*)"', shown.text)[1]
        fields = {"content_hash": sent, **WITHOUT, **day("decided_on", local_date(utc_now())), **said}
        return submit(browser, f"/plans/{version.plan_id}/not-agreed", fields)

    def test_is_written_down_with_everything_it_takes(self, around, proposed, session, sign_in):
        browser = sign_in(around.social_worker)
        answer = self.send(browser, proposed)
        session.rollback()
        said = queries.get_version(plan_id=proposed.plan_id, number=1, at=utc_now()).not_agreed.said

        assert answer.status_code == 303
        assert [step.what for step in said.steps] == ["Went to see her with her sister", "Rang twice"]
        assert said.review_by == local_date(utc_now()) + timedelta(days=28)

    @pytest.mark.parametrize(
        ("wrong", "told"),
        [
            ({"steps": "Went to see her"}, "Begin each line with the day"),
            ({"steps": "31 2 2026 Rang"}, "Begin each line with the day"),
            ({"steps": ""}, "Say what you tried"),
            ({"words": ""}, "in their own words"),
            ({"complaint_route": ""}, "how to complain"),
            ({"cause": ""}, "Choose why there is no yes"),
        ],
    )
    def test_says_what_to_mend_and_keeps_what_was_typed(self, around, proposed, sign_in, wrong, told):
        answer = self.send(sign_in(around.social_worker), proposed, **wrong)

        assert answer.status_code == 422
        assert told in answer.text
        assert "complaint_route" in wrong or WITHOUT["complaint_route"] in answer.text

    def test_refuses_a_review_later_than_28_days(self, around, proposed, sign_in):
        late = day("review_by", local_date(utc_now()) + timedelta(days=29))
        answer = self.send(sign_in(around.social_worker), proposed, **late)

        assert answer.status_code == 422
        assert "within 28 days" in answer.text

    def test_is_shown_as_such_on_every_page_and_never_as_agreed(self, around, proposed, session, sign_in):
        agree_all(go_without_yes(proposed, around), around)
        session.commit()
        pages = {
            around.social_worker: (f"/people/{around.person_id}", "", "/agreements", "/versions/1"),
            around.coordinator: (f"/people/{around.person_id}", "", "/agreements", "/versions/1"),
        }
        for actor, paths in pages.items():
            for path in paths:
                shown = sign_in(actor).get(path if path.startswith("/people") else f"/plans/{proposed.plan_id}{path}")
                assert "Not agreed by the person" in shown.text, path
        own = sign_in(around.citizen).get("/me/plan").text
        assert "You have not agreed to this plan" in own
        assert "You can complain:" in own
        assert "We look at it again with you by" in own

    def test_is_told_to_programs_as_what_it_is(self, around, proposed, session, sign_in):
        agree_all(go_without_yes(proposed, around), around)
        session.commit()
        browser = sign_in(around.coordinator)
        plan = browser.get(f"/api/v1/plans/{proposed.plan_id}").json
        version = browser.get(f"/api/v1/plans/{proposed.plan_id}/versions/1").json
        person = next(p for p in plan["parties"] if p["party"] == "person")

        assert (person["agreed"], person["not_agreed"], person["decided_in_best_interests"]) == (False, True, False)
        assert (version["persons_part"], version["not_agreed"]["cause"]) == ("not_agreed", "disagrees")
        assert {a["party"] for a in version["agreements"]} == {"council", "provider"}


class TestAdvocate:
    def test_is_named_on_the_persons_page_and_shown_beside_the_agreement(self, around, proposed, sign_in):
        browser = sign_in(around.citizen)
        shown = browser.get("/me/plan/agree").text
        fields = {name: re.search(rf'name="{name}"[^>]*value="([^"]*)"', shown)[1] for name in ("id", "content_hash")}
        helped = {"advocate_name": "Rosa Lind", "advocate_organisation": "Northbridge Advocacy"}
        half = submit(browser, "/me/plan/agree", {**fields, "answer": "agree", "advocate_name": "Rosa Lind"})
        assert half.status_code == 422
        assert "whom they work for" in half.text
        assert submit(browser, "/me/plan/agree", {**fields, "answer": "agree", **helped}).status_code == 303
        shown = sign_in(around.social_worker).get(f"/plans/{proposed.plan_id}/agreements").text

        assert "Supported by the advocate Rosa Lind, Northbridge Advocacy" in shown
