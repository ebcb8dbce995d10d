"""The pages of an ending in a browser, at the three widths; and the person's home once care has ended."""

from datetime import timedelta
from uuid import UUID

import pytest

from careplan.db import db
from careplan.db.scope import see_everything
from careplan.demo.personas import BY_SLUG, ISSUER
from careplan.endings.domain.ending import EndingKind
from careplan.kernel.clock import local_time, utc_now
from tests.browser.steps import looked_at, turn
from tests.factories.endings import end_care, take_back
from tests.factories.visits import Care, make_care, make_visit

DAY = timedelta(days=1)


@pytest.fixture
def care(app) -> Care:
    """Margaret with a plan in force and a visit tomorrow; social worker and citizen are the demo's personas."""
    now = utc_now()
    with app.app_context():
        see_everything(db.session, as_="test")
        made = make_care(now=now)
        make_visit(made, start=now.replace(minute=0, second=0, microsecond=0) + DAY, now=now)
        for slug, actor in (("social-worker", made.around.social_worker), ("citizen", made.around.citizen)):
            _become(actor.account_id, slug)
        db.session.commit()
    return made


def _become(account_id: UUID, slug: str) -> None:
    """Lets a persona of the demo sign in with an account of the test."""
    db.session.execute(
        db.text("UPDATE account SET issuer = :issuer, subject = :slug, name = :name WHERE id = :id"),
        {"issuer": ISSUER, "slug": slug, "name": BY_SLUG[slug].name, "id": account_id},
    )


def _in(app, act) -> None:
    with app.app_context():
        see_everything(db.session, as_="test")
        act()
        db.session.commit()


def _fill(page) -> None:
    then = local_time(utc_now() - timedelta(hours=1))
    page.get_by_label("The person died").check()
    page.get_by_label("Day", exact=True).fill(str(then.day))
    page.get_by_label("Month").fill(str(then.month))
    page.get_by_label("Year").fill(str(then.year))
    page.get_by_label("At what time?").fill(f"{then:%H:%M}")
    page.get_by_label("Who told you?").fill("Helen, her daughter")
    page.get_by_label("What is to be collected?").fill("A hospital bed")


def test_care_ends_and_a_mistake_is_set_right(care, browser_for, no_axe_violations):
    page = browser_for("social-worker", width=320)
    page.goto(f"/people/{care.person_id}")
    turn(page.get_by_role("link", name="Record that care ends"))
    looked_at(page, no_axe_violations, "ending")
    turn(page.get_by_role("button", name="End this care"))
    looked_at(page, no_axe_violations, "ending-refused")

    _fill(page)
    turn(page.get_by_role("button", name="End this care"))
    assert page.get_by_text("Saved. This ended the plan, 1 planned visit").is_visible()
    looked_at(page, no_axe_violations, "ended")
    page.goto(f"/people/{care.person_id}")
    looked_at(page, no_axe_violations, "ended-person")
    page.goto("/people")
    assert page.get_by_text("Margaret Ellis").count() == 0
    turn(page.get_by_role("link", name="People whose care has ended"))
    looked_at(page, no_axe_violations, "ended-people")

    turn(page.get_by_role("link", name="Margaret Ellis"))
    turn(page.get_by_role("link", name="What ended, and the last hours"))
    turn(page.get_by_role("link", name="This was entered in error"))
    looked_at(page, no_axe_violations, "ending-in-error")
    page.get_by_label("What was wrong?").fill("It was another Margaret.")
    turn(page.get_by_role("button", name="Mark as entered in error"))
    assert page.get_by_text("As before: the plan, 1 planned visit").first.is_visible()
    looked_at(page, no_axe_violations, "ending-taken-back")


def test_care_ends_without_javascript(care, browser_for):
    page = browser_for("social-worker", width=320, scripts=False)
    page.goto(f"/people/{care.person_id}/ending")
    _fill(page)
    turn(page.get_by_role("button", name="End this care"))

    assert page.get_by_text("Saved. This ended the plan, 1 planned visit").is_visible()


def test_the_persons_home_says_that_it_has_ended_and_no_more(app, care, browser_for, no_axe_violations):
    now = utc_now()
    _in(app, lambda: end_care(care, kind=EndingKind.CARE_HOME, now=now))
    page = browser_for("citizen", width=320)

    for address in ("/me", "/me/plan"):
        page.goto(address)
        looked_at(page, no_axe_violations, f"ended{address}")
    page.goto("/me")
    assert page.get_by_role("heading", name="Your plan has ended").is_visible()
    assert page.get_by_text("Good ").count() == 0


def test_the_home_is_as_before_once_the_mistake_is_set_right(app, care, browser_for):
    now = utc_now()
    _in(app, lambda: take_back(care, end_care(care, kind=EndingKind.CARE_HOME, now=now), now=now))
    page = browser_for("citizen", width=320)

    page.goto("/me")
    assert page.get_by_role("heading", name="Your next visit").is_visible()
