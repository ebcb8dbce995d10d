"""A representative or carer who is named can be shut out at once, and let in again."""

from datetime import timedelta

import pytest

from careplan.access import queries as access
from careplan.access import service as access_service
from careplan.access.domain.policy import Kind
from careplan.concerns import queries, service
from careplan.concerns.domain.step import StepKind
from careplan.concerns.service.suspending import AlreadySuspended
from careplan.kernel.clock import local_date, utc_now
from careplan.kernel.errors import NotFound
from careplan.people import queries as people_queries
from careplan.people import service as people
from tests.factories.concerns import make_concern
from tests.factories.people import make_contact
from tests.pages import submit

WHO = ("representative", "carer")


@pytest.fixture
def concern_id(circle, kept):
    made = make_concern(person_id=circle.person_id, actor=circle["social worker"])
    kept()
    return made


def suspend(circle, concern_id, name):
    return service.suspend_contact(
        concern_id=concern_id, contact_id=circle.contacts[name], reason="She holds the purse.",
        due_on=local_date(utc_now()) + timedelta(days=7), actor=circle["lead"], now=utc_now(),
    )  # fmt: skip


def lift(circle, concern_id, step_id):
    service.lift_suspension(
        concern_id=concern_id, step_id=step_id, words="There was nothing to it.", actor=circle["lead"], now=utc_now()
    )


@pytest.mark.parametrize("name", WHO)
class TestSuspending:
    def test_shuts_them_out_on_the_very_next_request_and_lifting_lets_them_in(
        self, circle, browser, kept, concern_id, name
    ):
        theirs = browser(name)
        seen = [theirs.get("/me").status_code]
        step_id = suspend(circle, concern_id, name)
        kept()
        seen += [theirs.get(a).status_code for a in ("/me", "/me/plan", f"/people/{circle.person_id}")]
        lift(circle, concern_id, step_id)
        kept()
        seen.append(theirs.get("/me").status_code)

        assert seen == [200, 404, 404, 404, 200]

    def test_is_done_on_a_page_by_lead_and_social_worker(self, circle, browser, concern_id, name):
        day = local_date(utc_now()) + timedelta(days=7)
        typed = {
            "contact_id": str(circle.contacts[name]), "reason": "She holds the purse.",
            "due_on-day": day.day, "due_on-month": day.month, "due_on-year": day.year,
        }  # fmt: skip
        answer = submit(browser("social worker"), f"/concerns/{concern_id}/suspensions/new", typed)

        assert answer.status_code == 303, answer.text
        assert browser(name).get("/me").status_code == 404
        assert "Access suspended" in browser("lead").get(f"/concerns/{concern_id}").text
        assert "Access suspended" not in browser("coordinator").get(f"/concerns/{concern_id}").text

    def test_lets_nobody_in_by_a_way_that_is_opened_meanwhile(self, circle, browser, kept, concern_id, name):
        suspend(circle, concern_id, name)
        by = {"person_id": circle.person_id, "actor": circle["social worker"], "now": utc_now()}
        if name == "carer":
            people.let_carer_see(contact_id=circle.contacts[name], words="She may see it.", **by)
        else:
            (authority,) = people_queries.list_authorities(person_id=circle.person_id)
            people.see_registration(authority_id=authority.id, seen_on=local_date(utc_now()), **by)
        kept()

        assert browser(name).get("/me").status_code == 404

    def test_stands_while_another_suspension_does(self, circle, browser, kept, concern_id, name):
        first = suspend(circle, concern_id, name)
        other = make_concern(person_id=circle.person_id, actor=circle["social worker"])
        second = suspend(circle, other, name)
        lift(circle, concern_id, first)
        kept()
        between = browser(name).get("/me").status_code
        lift(circle, other, second)
        kept()

        assert (between, browser(name).get("/me").status_code) == (404, 200)

    def test_hides_the_concern_from_them_ever_after(self, circle, kept, concern_id, name):
        step_id = suspend(circle, concern_id, name)
        lift(circle, concern_id, step_id)

        assert circle.contacts[name] in [a.id for a in queries.get_concern(concern_id=concern_id).alleged]


class TestLifting:
    def test_gives_nothing_back_that_ended_meanwhile(self, circle, browser, kept, concern_id):
        step_id = suspend(circle, concern_id, "representative")
        (authority,) = people_queries.list_authorities(person_id=circle.person_id)
        people.end_authority(
            person_id=circle.person_id, authority_id=authority.id, reason="She gave it up.",
            actor=circle["social worker"], now=utc_now(),
        )  # fmt: skip
        lift(circle, concern_id, step_id)
        kept()

        assert browser("representative").get("/me").status_code == 404

    def test_keeps_what_stood_before_in_the_history(self, circle, kept, concern_id):
        step_id = suspend(circle, concern_id, "carer")
        lift(circle, concern_id, step_id)
        rows = [
            r for r in access.list_relationships(person_id=circle.person_id)
            if r.kind is Kind.CARER and r.account_id == circle["carer"].account_id
        ]  # fmt: skip

        assert [r.until is None for r in rows] == [False, True]

    def test_happens_once(self, circle, concern_id):
        step_id = suspend(circle, concern_id, "carer")
        lift(circle, concern_id, step_id)

        with pytest.raises(NotFound):
            lift(circle, concern_id, step_id)


def test_the_same_is_not_suspended_twice_by_one_concern(circle, concern_id):
    suspend(circle, concern_id, "carer")

    with pytest.raises(AlreadySuspended):
        suspend(circle, concern_id, "carer")


def test_somebody_without_an_account_is_suspended_too(circle, concern_id):
    circle.contacts["neighbour"] = make_contact(
        person_id=circle.person_id, actor=circle["social worker"], name="Nora Bell"
    )
    step_id = suspend(circle, concern_id, "neighbour")
    named = queries.list_suspended(person_id=circle.person_id)
    lift(circle, concern_id, step_id)

    assert named == {circle.contacts["neighbour"]}
    assert queries.get_concern(concern_id=concern_id).open_steps(StepKind.SUSPENDED) == ()


class TestAnEnding:
    """Care that ends meanwhile, and an end that is taken back, reach what rests as well."""

    def end_care(self, circle, at):
        return access_service.shorten_relationships(person_id=circle.person_id, until={Kind.CARER: at})

    def test_is_not_undone_by_lifting(self, circle, browser, kept, concern_id):
        step_id = suspend(circle, concern_id, "carer")
        self.end_care(circle, utc_now())
        lift(circle, concern_id, step_id)
        kept()

        assert browser("carer").get("/me").status_code == 404

    def test_is_taken_back_for_what_rests_too(self, circle, browser, kept, concern_id):
        step_id = suspend(circle, concern_id, "carer")
        access_service.lengthen_relationships(shortened=self.end_care(circle, utc_now()))
        kept()
        between = browser("carer").get("/me").status_code
        lift(circle, concern_id, step_id)
        kept()

        assert (between, browser("carer").get("/me").status_code) == (404, 200)
