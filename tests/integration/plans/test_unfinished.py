"""What was typed and not saved is kept for its writer alone, and never touches the draft."""

from datetime import timedelta

import pytest
import time_machine

from careplan.access import service as access
from careplan.access.domain.policy import Kind
from careplan.kernel.clock import utc_now
from careplan.kernel.ids import new_id
from careplan.kernel.words import clock_time
from careplan.plans import queries, service
from tests.factories.organisations import make_social_worker
from tests.factories.plans import make_draft
from tests.pages import submit, token_on

TYPED = {"council": "1.00", "person": "2.00"}
KEPT = 'id="kept"'


@pytest.fixture
def draft(around, session):
    version = make_draft(around)
    session.commit()
    return version


@pytest.fixture
def address(draft):
    return f"/plans/{draft.plan_id}/budget"


def keep(browser, draft, page="budget", **typed):
    """As the script of a page sends it."""
    fields = {"page": page, "revision": draft.revision, **typed}
    return submit(browser, f"/plans/{draft.plan_id}/budget", fields, to=f"/plans/{draft.plan_id}/unfinished")


class TestKeeping:
    def test_is_answered_with_the_time(self, around, draft, sign_in):
        answer = keep(sign_in(around.social_worker), draft, **TYPED)

        assert (answer.status_code, answer.json) == (200, {"kept_at": clock_time(utc_now())})

    def test_touches_no_draft_and_makes_nobody_elses_page_old(self, around, draft, session, sign_in):
        keep(sign_in(around.social_worker), draft, **TYPED)
        session.rollback()
        now = queries.get_plan(plan_id=draft.plan_id, at=utc_now()).draft

        assert (now.revision, now.content) == (draft.revision, draft.content)

    def test_what_is_typed_next_takes_its_place(self, around, draft, address, sign_in):
        browser = sign_in(around.social_worker)
        keep(browser, draft, **TYPED)
        keep(browser, draft, council="3.00", person="2.00")
        shown = browser.get(address).text

        assert 'value="3.00"' in shown
        assert 'value="1.00"' not in shown

    def test_is_refused_for_a_page_that_there_is_not(self, around, draft, sign_in):
        assert keep(sign_in(around.social_worker), draft, page="../../admin").status_code == 404

    def test_is_refused_where_it_is_more_than_a_page_holds(self, around, draft, sign_in):
        assert keep(sign_in(around.social_worker), draft, council="1" * 60_001).status_code == 422


class TestComingBack:
    def test_stands_in_the_boxes_with_the_time_and_a_way_to_drop_it(self, around, draft, address, sign_in):
        browser = sign_in(around.social_worker)
        keep(browser, draft, **TYPED)
        shown = browser.get(address).text

        assert f"We kept what you typed at {clock_time(utc_now())}" in shown
        assert 'value="1.00"' in shown
        assert "Drop it" in shown
        assert "You typed something here that is not saved yet." in browser.get(f"/plans/{draft.plan_id}").text

    def test_dropped_shows_what_was_saved(self, around, draft, address, sign_in):
        browser = sign_in(around.social_worker)
        keep(browser, draft, **TYPED)
        dropped = submit(browser, address, {"page": "budget"}, to=f"/plans/{draft.plan_id}/unfinished/removals")
        shown = browser.get(address).text

        assert (dropped.status_code, dropped.location) == (303, address)
        assert KEPT not in shown
        assert 'value="294.00"' in shown

    def test_saved_is_kept_no_longer(self, around, draft, address, sign_in):
        browser = sign_in(around.social_worker)
        keep(browser, draft, **TYPED)
        page = browser.get(address)
        saved = browser.post(address, data={"csrf_token": token_on(page), "revision": draft.revision, **TYPED})

        assert saved.status_code == 303
        assert KEPT not in browser.get(address).text

    def test_several_entries_of_a_list_come_back(self, around, draft, sign_in):
        browser = sign_in(around.social_worker)
        keep(browser, draft, page="needs", **{
            "new0-key": str(new_id()), "new0-words": "I forget to drink.", "new0-care_act": "nutrition",
            "new1-key": str(new_id()), "new1-words": "I am cold.", "new1-care_act": "habitable_home",
        })  # fmt: skip
        shown = browser.get(f"/plans/{draft.plan_id}/needs").text

        assert "I forget to drink." in shown
        assert "I am cold." in shown

    def test_is_nobody_elses(self, around, draft, address, session, sign_in):
        colleague = make_social_worker()
        access.relate(
            person_id=around.person_id, kind=Kind.CASELOAD, since=utc_now(), account_id=colleague.account_id,
            source_type="test", source_id=new_id(),
        )  # fmt: skip
        session.commit()
        keep(sign_in(around.social_worker), draft, **TYPED)

        assert KEPT not in sign_in(colleague).get(address).text

    def test_expires(self, around, draft, address, sign_in):
        keep(sign_in(around.social_worker), draft, **TYPED)
        with time_machine.travel(utc_now() + timedelta(days=7, minutes=1)):
            shown = sign_in(around.social_worker).get(address)

        assert shown.status_code == 200
        assert KEPT not in shown.text

    def test_expired_is_gone_for_good(self, around, draft, session, sign_in):
        keep(sign_in(around.social_worker), draft, **TYPED)
        typed_by = {"version_id": draft.id, "account_id": around.social_worker.account_id, "at": utc_now()}
        service.delete_expired(now=utc_now() + timedelta(days=6))
        assert queries.list_unfinished_pages(**typed_by) == {"budget"}
        service.delete_expired(now=utc_now() + timedelta(days=8))

        assert queries.list_unfinished_pages(**typed_by) == set()

    def test_comes_back_onto_a_draft_that_others_have_saved_since(self, around, draft, session, sign_in):
        """It carries the revision that it was typed into: saving it puts the two together."""
        browser = sign_in(around.social_worker)
        address = f"/plans/{draft.plan_id}/review"
        page = browser.get(f"/plans/{draft.plan_id}/budget")
        keep(browser, draft, page="review", **{"review_on-day": "3", "review_on-month": "3", "review_on-year": "2200"})
        browser.post(
            f"/plans/{draft.plan_id}/budget",
            data={"csrf_token": token_on(page), "revision": draft.revision, **TYPED},
        )
        shown = browser.get(address)

        assert f'name="revision" value="{draft.revision}"' in shown.text
