"""Two browsers on one draft, and a page that is left before it is saved."""

import re

import pytest

from careplan.access import queries as access_queries
from careplan.access import service as access
from careplan.access.domain.policy import Kind
from careplan.db import db
from careplan.db.scope import see_everything
from careplan.demo.personas import BY_SLUG, ISSUER
from careplan.kernel.clock import utc_now
from careplan.kernel.ids import new_id
from careplan.plans import queries, service
from tests.browser.steps import looked_at, turn
from tests.factories.organisations import make_organisation, make_team
from tests.factories.people import make_person
from tests.factories.plans import Around, make_draft


@pytest.fixture
def draft(app):
    """A draft that two social workers write in."""
    with app.app_context():
        see_everything(db.session, as_="test")
        team, harbour = make_team(name="East team"), make_organisation(name="Harbour Care")
        sam, other = (_account(slug, team) for slug in ("social-worker", "social-worker-other-team"))
        person_id = make_person(social_worker=sam, preferred_name="Peggy")
        access.relate(
            person_id=person_id, kind=Kind.CASELOAD, since=utc_now(), account_id=other.account_id, source_type="test",
            source_id=new_id(),
        )  # fmt: skip
        version = make_draft(Around(person_id, sam, harbour, sam, sam))
        db.session.commit()
    return version


def test_the_second_save_shows_both_texts_and_merges_by_choice(app, draft, browser_for, no_axe_violations):
    mine, hers = browser_for("social-worker", width=320), browser_for("social-worker-other-team")
    address = f"/plans/{draft.plan_id}/support/{draft.content.actions[0].id}"
    mine.goto(address)
    hers.goto(address)
    hers.get_by_label("When?").fill("On dry days, before lunch")
    hers.get_by_label("Their name, or the team").fill("Joy")
    turn(hers.get_by_role("button", name="Save and go on"))
    mine.get_by_label("When?").fill("On dry days, after tea")
    turn(mine.get_by_role("button", name="Save and go on"))

    shown = mine.locator("main").inner_text()
    assert "On dry days, after lunch" in shown
    for piece, words in (("ins", ["tea", "before"]), ("del", ["lunch", "after"])):
        assert all(w in text for w, text in zip(words, mine.locator(piece).all_inner_texts(), strict=True))
    looked_at(mine, no_axe_violations, "two-texts")
    mine.get_by_label("Write it anew").check()
    mine.get_by_label("Your new words").fill("On dry days, before lunch or after tea")
    turn(mine.get_by_role("button", name="Save this"))

    with app.app_context():
        see_everything(db.session, as_="test")
        action = queries.get_plan(plan_id=draft.plan_id, at=utc_now()).draft.content.actions[0]
    assert (action.when, action.who) == ("On dry days, before lunch or after tea", "Joy")


def test_two_needs_typed_at_once_are_both_kept(app, draft, browser_for):
    pages = [browser_for(slug) for slug in ("social-worker", "social-worker-other-team")]
    for page, words in zip(pages, ("I forget to drink.", "I cannot lift the kettle."), strict=True):
        page.goto(f"/plans/{draft.plan_id}/needs")
        page.locator("summary", has_text="Add a need").click()
        page.get_by_label("What is the need?").fill(words)
    for page in pages:
        turn(page.get_by_role("button", name="Save and go on"))

    assert "both are kept" in pages[1].get_by_role("status").first.inner_text()
    with app.app_context():
        see_everything(db.session, as_="test")
        needs = queries.get_plan(plan_id=draft.plan_id, at=utc_now()).draft.content.needs
    assert [n.words for n in needs][1:] == ["I forget to drink.", "I cannot lift the kettle."]


def test_what_was_typed_and_not_saved_comes_back(draft, browser_for, no_axe_violations):
    page = browser_for("social-worker", width=320)
    page.goto(f"/plans/{draft.plan_id}/support")
    page.get_by_label("How will the needs be met?").fill("Care at home, and a choir.")
    page.get_by_text(re.compile(r"We kept what you typed at \d\d:\d\d")).wait_for()

    page.goto(f"/plans/{draft.plan_id}")
    assert page.get_by_text("You typed something here that is not saved yet.").is_visible()
    page.goto(f"/plans/{draft.plan_id}/support")
    assert page.get_by_label("How will the needs be met?").input_value() == "Care at home, and a choir."
    looked_at(page, no_axe_violations, "kept")

    turn(page.get_by_role("button", name="Drop it"))
    assert page.get_by_label("How will the needs be met?").input_value() == draft.content.how_met


def test_pages_on_which_nothing_is_written_yet_can_be_read(app, draft, browser_for, no_axe_violations):
    """Three needs without an outcome, three outcomes without anyone who does something."""
    page = browser_for("social-worker", width=320)
    with app.app_context():
        see_everything(db.session, as_="test")
        needs = [{"id": str(new_id()), "care_act": "nutrition", "words": f"I forget to eat, {n}."} for n in range(3)]
        wanted = [{"id": str(new_id()), "need": n["id"], "words": f"I want to eat, {n['words']}"} for n in needs]
        actor = access_queries.find_account_by_subject(issuer=ISSUER, subject="social-worker", now=utc_now())
        by = {"plan_id": draft.plan_id, "actor": actor, "now": utc_now()}
        saved = service.save_draft(changes={"needs": needs, "outcomes": [], "actions": []}, revision=2, **by)
        db.session.commit()
        page.goto(f"/plans/{draft.plan_id}/outcomes")
        looked_at(page, no_axe_violations, "no-outcomes")
        see_everything(db.session, as_="test")
        service.save_draft(changes={"outcomes": wanted}, revision=saved.revision, **by)
        db.session.commit()
    page.goto(f"/plans/{draft.plan_id}/support")
    looked_at(page, no_axe_violations, "no-support")
    page.goto(f"/plans/{draft.plan_id}")
    looked_at(page, no_axe_violations, "tasks")


def test_leaving_at_once_loses_nothing_either(draft, browser_for):
    page = browser_for("social-worker")
    page.goto(f"/plans/{draft.plan_id}/budget")
    with page.expect_response("**/unfinished"):
        page.get_by_label("What does the council pay each week?").fill("7.00")
        page.evaluate("window.dispatchEvent(new PageTransitionEvent('pagehide'))")
    page.goto(f"/plans/{draft.plan_id}/budget")

    assert page.get_by_label("What does the council pay each week?").input_value() == "7.00"


def test_an_example_stands_in_its_box_at_once_and_never_over_words_of_ones_own(draft, browser_for):
    page = browser_for("social-worker")
    page.goto(f"/plans/{draft.plan_id}/outcomes")
    page.locator("summary", has_text="Add an outcome").click()
    words = page.get_by_label("What does the person want?")
    page.get_by_label("Or start from an example").select_option(index=1)
    assert words.input_value().startswith("I want to")

    words.fill("I want to dance.")
    page.get_by_label("Or start from an example").select_option(index=2)
    assert words.input_value() == "I want to dance."
    page.get_by_label("Start the five levels from").select_option("often")
    assert page.get_by_label("What we hope for", exact=True).first.input_value() == "It happens every week."


def _account(slug, team):
    persona = BY_SLUG[slug]
    return access.open_account(
        issuer=ISSUER, subject=slug, name=persona.name, role=persona.role, now=utc_now(),
        organisation_id=team.part_of_id, team_id=team.id,
    )  # fmt: skip
