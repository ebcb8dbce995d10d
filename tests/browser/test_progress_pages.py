"""Two taps say how it goes, with scripts and without; a slip is changed; staff read it beside their own."""

import pytest
from playwright.sync_api import Page

from careplan.db import db
from careplan.db.scope import see_everything
from careplan.kernel.clock import utc_now
from careplan.outcomes import queries
from careplan.outcomes.domain.rating import standing
from tests.browser.steps import become, looked_at, turn
from tests.factories.visits import Care, make_care

MOST_TAPS = 2


@pytest.fixture
def care(app) -> Care:
    """Margaret with a plan in force and one outcome that nobody has rated."""
    with app.app_context():
        see_everything(db.session, as_="test")
        made = make_care(now=utc_now())
        for slug, actor in (("social-worker", made.around.social_worker), ("citizen", made.around.citizen)):
            become(actor.account_id, slug)
        db.session.commit()
    return made


def said(app, care) -> list[int]:
    with app.app_context():
        see_everything(db.session, as_="test")
        return [int(r.level) for r in standing(queries.list_ratings(person_id=care.person_id))]


def tap(page: Page, role, name: str) -> int:
    """One tap on what a finger can hit."""
    way = page.get_by_role(role, name=name).first
    box = way.bounding_box()
    assert box is not None
    assert box["height"] >= 44
    turn(way)
    return 1


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_two_taps_say_how_it_goes_and_another_changes_it(app, care, browser_for, no_axe_violations, scripts):
    page = browser_for("citizen", width=320, scripts=scripts)
    page.goto("/me/progress")

    taps = tap(page, "link", "Say how it is now")
    taps += tap(page, "button", "I go on my own with a stick.")

    assert page.get_by_text("Saved. Thank you.").is_visible()
    assert (taps, said(app, care)) == (MOST_TAPS, [1])

    tap(page, "button", "I go with two people.")
    assert said(app, care) == [-1]
    tap(page, "button", "Take back what I said")
    assert said(app, care) == [1]
    if scripts:
        looked_at(page, no_axe_violations, "said")


def test_staff_read_it_beside_their_own_and_hear_what_is_missing(app, care, browser_for, no_axe_violations):
    page = browser_for("social-worker", width=320)
    page.goto(f"/people/{care.person_id}/outcomes/{care.outcome_id}")
    page.get_by_label("I stay in my chair.").check()
    page.get_by_label("Margaret’s own, as they told me").first.check()
    turn(page.get_by_role("button", name="Save").first)
    assert page.get_by_text("Write how the person said it.").first.is_visible()
    looked_at(page, no_axe_violations, "refused")
    assert page.get_by_label("I stay in my chair.").is_checked()

    page.get_by_label("In words").first.fill("I have not been out since Sunday.")
    turn(page.get_by_role("button", name="Save").first)
    page.goto(f"/people/{care.person_id}/outcomes")
    assert page.get_by_text("Margaret says: much worse than we hoped.").is_visible()
    page.get_by_text("See what was said, by date").click()
    looked_at(page, no_axe_violations, "outcomes-of-a-person")
