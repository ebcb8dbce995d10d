"""Two people write in one draft at once: nothing that either typed is lost, and only a clash is asked about."""

import re

import pytest

from careplan.access import service as access
from careplan.access.domain.policy import Kind
from careplan.kernel.clock import utc_now
from careplan.kernel.ids import new_id
from careplan.plans import queries
from tests.factories.organisations import make_social_worker
from tests.factories.plans import make_draft
from tests.pages import submit, token_on

HIDDEN = re.compile(r'<input(?=[^>]*type="hidden")[^>]*name="([^"]*)"[^>]*value="([^"]*)"')


@pytest.fixture
def draft(around, session):
    version = make_draft(around)
    session.commit()
    return version


@pytest.fixture
def sam(around, sign_in):
    return sign_in(around.social_worker)


@pytest.fixture
def ines(around, session, sign_in):
    """A colleague who has the same person on her caseload."""
    colleague = make_social_worker()
    access.relate(
        person_id=around.person_id, kind=Kind.CASELOAD, since=utc_now(), account_id=colleague.account_id,
        source_type="test", source_id=new_id(),
    )  # fmt: skip
    session.commit()
    return sign_in(colleague)


def opened(browser, address):
    """A page's form as it was opened, and its token."""
    page = browser.get(address)
    assert page.status_code == 200
    form = page.text[page.text.rindex("data-unfinished") :]
    return dict(HIDDEN.findall(form)) | {"csrf_token": token_on(page)}


def content(draft, session):
    session.rollback()
    return queries.get_plan(plan_id=draft.plan_id, at=utc_now()).draft.content


class TestTwoWhoAdd:
    def test_different_needs_are_both_kept_without_asking(self, draft, sam, ines, session):
        address = f"/plans/{draft.plan_id}/needs"
        mine, hers = opened(sam, address), opened(ines, address)
        said = {"new0-care_act": "nutrition"}
        assert ines.post(address, data={**hers, **said, "new0-words": "I forget to drink."}).status_code == 303
        answer = sam.post(address, data={**mine, **said, "new0-words": "I cannot lift the kettle."})

        assert answer.status_code == 303
        assert "saved something else meanwhile; both are kept" in sam.get(answer.location).text
        words = [n.words for n in content(draft, session).needs]
        assert words[1:] == ["I forget to drink.", "I cannot lift the kettle."]


class TestTwoWhoChange:
    def changed_by_both(self, draft, sam, ines):
        """Both change the same box, and each another one of their own."""
        address = f"/plans/{draft.plan_id}/support/{draft.content.actions[0].id}"
        mine, hers = opened(sam, address), opened(ines, address)
        usual = {"outcome": str(draft.content.outcomes[0].id), "by": "provider", "words": "Walk to the garden with me."}
        said = {**hers, **usual, "when": "On Fridays", "who": "Joy"}
        assert ines.post(address, data=said).status_code == 303
        return address, sam.post(address, data={**mine, **usual, "when": "On Mondays", "who": "Harbour Care"})

    def choose(self, sam, address, asked, **choices):
        carried = dict(HIDDEN.findall(asked.text[asked.text.rindex("<h1>") :]))
        return sam.post(address, data={**carried, "csrf_token": token_on(asked), **choices})

    def test_are_shown_both_texts_and_lose_nothing(self, draft, sam, ines, session):
        _, asked = self.changed_by_both(draft, sam, ines)

        assert asked.status_code == 412
        for words in ("It was", "On dry days, after lunch", "Mondays", "Fridays", "You typed"):
            assert words in asked.text
        assert content(draft, session).actions[0].when == "On Fridays"
        assert asked.text.count("<legend") == 1, "only what both changed is asked about"

    @pytest.mark.parametrize(
        ("choice", "left"),
        [
            ({"{}": "mine"}, "On Mondays"),
            ({"{}": "theirs"}, "On Fridays"),
            ({"{}": "anew", "write": "On Mondays and Fridays"}, "On Mondays and Fridays"),
        ],
        ids=["mine", "theirs", "anew"],
    )
    def test_merge_by_choice(self, draft, sam, ines, session, choice, left):
        address, asked = self.changed_by_both(draft, sam, ines)
        (name,) = set(re.findall(r'name="choose\.([^"]*)"', asked.text))
        chosen = {f"choose.{name}": choice["{}"]}
        if "write" in choice:
            chosen[f"write.{name}"] = choice["write"]
        answer = self.choose(sam, address, asked, **chosen)

        assert answer.status_code == 303
        action = content(draft, session).actions[0]
        assert (action.when, action.who) == (left, "Joy"), "what she alone changed is kept too"

    def test_are_asked_again_where_nothing_is_chosen(self, draft, sam, ines):
        address, asked = self.changed_by_both(draft, sam, ines)
        again = self.choose(sam, address, asked)

        assert again.status_code == 412
        assert "Choose one for each" in again.text
        assert "On Mondays" in again.text

    def test_are_asked_again_where_somebody_saved_a_third_time(self, draft, sam, ines, session):
        address, asked = self.changed_by_both(draft, sam, ines)
        (name,) = set(re.findall(r'name="choose\.([^"]*)"', asked.text))
        third = {"outcome": str(draft.content.outcomes[0].id), "by": "provider", "words": "Walk.", "when": "On Sundays"}
        assert ines.post(address, data={**opened(ines, address), **third}).status_code == 303
        again = self.choose(sam, address, asked, **{f"choose.{name}": "mine"})

        assert again.status_code == 412
        assert "Sundays" in again.text
        assert content(draft, session).actions[0].when == "On Sundays"


class TestTakingOut:
    def test_what_a_colleague_changed_meanwhile_is_asked_about(self, draft, sam, ines, session):
        risk = draft.content.risks[0]
        address = f"/plans/{draft.plan_id}/risks/{risk.id}"
        said = {"words": risk.words, "response": "Two rails."}
        assert ines.post(address, data={**opened(ines, address), **said}).status_code == 303
        removal = {"revision": draft.revision}
        asked = submit(sam, f"/plans/{draft.plan_id}/risks", removal, to=f"{address}/removals")

        assert asked.status_code == 412
        assert "Taken out." in asked.text
        assert "Two rails." in asked.text
        assert content(draft, session).risks[0].response == "Two rails."

    def test_what_is_still_being_changed_is_asked_about(self, draft, sam, ines, session):
        """She took it out while he typed: what he typed is not lost."""
        risk = draft.content.risks[0]
        address = f"/plans/{draft.plan_id}/risks/{risk.id}"
        mine = opened(sam, address)
        taken = submit(ines, f"/plans/{draft.plan_id}/risks", {"revision": draft.revision}, to=f"{address}/removals")
        assert taken.status_code == 303
        asked = sam.post(address, data={**mine, "words": risk.words, "response": "Two rails."})

        assert asked.status_code == 412
        (name,) = set(re.findall(r'name="choose\.([^"]*)"', asked.text))
        carried = dict(HIDDEN.findall(asked.text[asked.text.rindex("<h1>") :]))
        kept = sam.post(address, data={**carried, "csrf_token": token_on(asked), f"choose.{name}": "mine"})
        assert kept.status_code == 303
        assert content(draft, session).risks[0].response == "Two rails."


def test_a_page_from_before_anybody_can_remember_keeps_what_was_typed(draft, sam):
    address = f"/plans/{draft.plan_id}/budget"
    answer = sam.post(address, data={**opened(sam, address), "revision": "999", "council": "1.00", "person": "2.00"})

    assert answer.status_code == 422
    assert "opened too long ago" in answer.text
    assert 'value="1.00"' in answer.text
