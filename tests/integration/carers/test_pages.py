"""A carer's record from its beginning to an agreed plan, by the pages of the council and of the carer."""

from datetime import date, timedelta

import pytest

from careplan.access import service as access
from careplan.access.domain.policy import Kind as AccessKind
from careplan.carers import queries
from careplan.carers.domain.consent import Matter
from careplan.carers.domain.eligibility import Kind
from careplan.carers.domain.outcome import CarerOutcome
from careplan.kernel.clock import local_date, utc_now
from tests.factories.carers import make_carer_plan, make_eligible
from tests.pages import submit

TODAY = local_date(utc_now())
REACHABLE = {f"{o.value}_able": "achievable" for o in CarerOutcome}


def day(name: str, on: date = TODAY) -> dict[str, int]:
    return {f"{name}-day": on.day, f"{name}-month": on.month, f"{name}-year": on.year}


def save(browser, address, fields):
    """Sends a form with the mark of the text that stands."""
    tag = browser.get(address).text.split('name="tag" value="')[1].split('"')[0]
    return submit(browser, address, {**fields, "tag": tag})


@pytest.fixture
def worker(around, sign_in):
    """The social worker's browser."""
    return sign_in(around.social_worker)


@pytest.fixture
def base(carer):
    return f"/people/{carer.person_id}/carers/{carer.id}"


class TestTheCouncil:
    def test_goes_from_nothing_to_a_plan_that_both_agreed_to(self, around, jean, worker, sign_in, session):
        listed = worker.get(f"/people/{around.person_id}/carers")
        contact = next(c for c in listed.text.split("?contact=")[1:])[:36]
        begun = submit(
            worker,
            f"/people/{around.person_id}/carers/new?contact={contact}",
            {"name": "Jean Hall", "relation": "sister", "how": "By telephone.", **day("said_on")},
        )
        base = begun.location
        caring = {"what": "I cook.", "how_it_is": "I am tired.", "willing": "yes", "willing_words": "Sundays."}
        assert save(worker, f"{base}/caring", caring).status_code == 303
        found = {"leisure_able": "not_achievable", "leisure_meanings": ["takes_longer"], "leisure_words": "No time."}
        assessment = {
            **day("assessed_on"), "method": "phone", "own_words": "I want to sing.", "necessary": "yes",
            "necessary_words": "Cooking.", "health": "no", **REACHABLE, **found, "significant": "yes",
            "areas": ["health"], "impact_words": "She is worn out.",
        }  # fmt: skip
        assert save(worker, f"{base}/assessment", assessment).status_code == 303
        assert submit(worker, base, to=f"{base}/assessment/finished").location.endswith("/determination")
        decided = {"kind": "eligible", "reasons": "You have no time to rest.", **day("decided_on")}
        assert submit(worker, f"{base}/determination", decided).location.endswith("/given?paper=determination")
        given = {"paper": "determination", "format": "paper", **day("given_on")}
        assert submit(worker, f"{base}/given", given).status_code == 303
        plan = {
            "aim_0_words": "I want to sing.", "aim_0_helps": "A sitter.", "aim_0_who": "Harbour Care",
            "breaks_wanted": "yes", "break_0_what": "Thursdays", "break_0_how_often": "Weekly",
            "break_0_who": "Harbour Care", "if_they_stop": "Harbour Care comes on Sundays.", "call": "The duty team",
            **day("review_on", TODAY + timedelta(days=90)),
        }  # fmt: skip
        assert save(worker, f"{base}/plan", plan).status_code == 303
        shown = worker.get(base).text.split('name="shown" value="')[1].split('"')[0]
        assert submit(worker, base, {"shown": shown}, to=f"{base}/plan/agreement").status_code == 303

        own = sign_in(jean)
        page = own.get("/me/caring")
        assert "Here is your plan. Do you agree?" in page.text
        assert "You have no time to rest." in page.text
        agreed = submit(own, "/me/caring", {"shown": shown}, to=f"/me/caring/{base[-36:]}/plan/agreement")
        assert agreed.status_code == 303
        (carer,) = queries.list_carers(person_id=around.person_id)
        assert queries.find_determination(carer_id=carer.id).kind is Kind.ELIGIBLE
        assert queries.find_agreed_plan(carer_id=carer.id).number == 1
        assert [g.paper.value for g in queries.list_given(carer_id=carer.id)] == ["determination"]

    def test_cannot_finish_what_lacks_something_and_loses_nothing_typed(self, worker, base):
        save(worker, f"{base}/assessment", {"own_words": "I want to sing."})

        assert submit(worker, base, to=f"{base}/assessment/finished").location == base
        page = worker.get(base)
        assert "Missing: Whether the care that they give is necessary." in page.text
        assert "I want to sing." in worker.get(f"{base}/assessment").text

    def test_is_shown_both_texts_where_somebody_saved_first(self, worker, base, carer):
        stale = {"what": "Mine.", "how_it_is": "", "willing": "not_asked", "tag": "0" * 16}

        page = submit(worker, f"{base}/caring", stale)

        assert page.status_code == 422
        assert "Mine." in page.text
        assert carer.caring.what in page.text

    def test_writes_a_yes_down_with_a_witness(self, around, worker, base, carer, session):
        now, actor = utc_now(), around.social_worker
        make_eligible(carer, actor=actor, now=now)
        plan = make_carer_plan(carer, actor=actor, now=now)
        session.commit()
        yes = {"how": "On paper", "shown": plan.content.hash, **day("signed_on")}

        refused = submit(worker, f"{base}/plan/yes", {**yes, "witness": "Jean Hall"})
        kept = submit(worker, f"{base}/plan/yes", {**yes, "witness": "Priya Shah"})

        assert (refused.status_code, kept.status_code) == (422, 303)
        assert queries.find_agreed_plan(carer_id=carer.id).agreed_by("carer").witness == "Priya Shah"


class TestTheCarer:
    def test_begins_their_own_record_with_their_yes(self, around, jean, sign_in):
        browser = sign_in(jean)
        contact = browser.get("/me/caring").text.split('name="contact" value="')[1][:36]

        assert submit(browser, "/me/caring", {"contact": contact}).status_code == 303

        (carer,) = queries.list_own(account_id=jean.account_id)
        assert queries.get_standing(carer_id=carer.id).is_held
        assert (carer.name, carer.details.relation) == ("Jean Hall", "sister")

    def test_takes_their_yes_back_and_nobody_else_reads_a_word(self, carer, jean, worker, base, sign_in):
        browser, own = sign_in(jean), f"/me/caring/{carer.id}"

        assert submit(browser, own, {"answer": "no"}, to=f"{own}/yes").status_code == 303

        assert "I am sleepless." in browser.get(own).text
        closed = worker.get(base).text
        assert "This record is closed" in closed
        assert "sleepless" not in closed
        assert save(worker, f"{base}/caring", {"what": "More.", "willing": "not_asked"}).status_code == 422
        assert submit(browser, own, {"answer": "yes"}, to=f"{own}/yes").status_code == 303
        assert "sleepless" in worker.get(base).text

    def test_chooses_who_reads_the_plan_and_only_the_plan(self, around, carer, jean, sign_in, session):
        now, actor = utc_now(), around.social_worker
        make_eligible(carer, actor=actor, now=now)
        make_carer_plan(carer, actor=actor, now=now)
        access.relate(
            person_id=around.person_id, kind=AccessKind.PACKAGE, since=now, source_type="test", source_id=carer.id,
            organisation_id=around.provider.id,
        )  # fmt: skip
        session.commit()
        browser, own = sign_in(jean), f"/me/caring/{carer.id}"
        shown = browser.get(own).text.split('name="shown" value="')[1].split('"')[0]
        submit(browser, own, {"shown": shown}, to=f"{own}/plan/agreement")
        provider, provider_page = sign_in(around.coordinator), f"/people/{around.person_id}/carers/shared"
        citizen = sign_in(around.citizen)

        def who_reads() -> tuple[bool, bool]:
            return "I want to sing again." in citizen.get("/me/carers").text, "respitebreak" in provider.get(
                provider_page
            ).text

        assert who_reads() == (False, False)
        submit(browser, f"{own}/sharing", {"shared": [Matter.PERSON.value]})
        assert who_reads() == (True, False)
        assert "sleepless" not in citizen.get("/me/carers").text
        assert "reasonsgiven" not in citizen.get("/me/carers").text
        submit(browser, f"{own}/sharing", {"shared": [Matter.PROVIDER.value]})
        assert who_reads() == (False, True)
        submit(browser, own, {"answer": "no"}, to=f"{own}/yes")
        assert who_reads() == (False, False)

    def test_sees_who_has_looked_and_the_person_sees_nothing_of_it(self, carer, jean, around, worker, base, sign_in):
        worker.get(base)

        seen = sign_in(around.citizen).get("/me/seen").text
        assert "Who has looked at this" in (own := sign_in(jean).get("/me/caring").text)
        assert around.social_worker.name in own.split("Who has looked at this")[1]
        assert "carer" not in seen.lower()
