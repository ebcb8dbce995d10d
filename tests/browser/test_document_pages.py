"""Documents in a browser, at the three widths: paper, Easy Read, and the check of a code."""

import pytest

from careplan.db import db
from careplan.db.scope import see_everything
from tests.browser.steps import looked_at, turn
from tests.browser.test_plan_pages import around, in_force  # noqa: F401  fixtures
from tests.factories.documents import make_easy_read, make_offered


@pytest.fixture
def approved(app, around, in_force):  # noqa: F811  the fixtures above
    with app.app_context():
        see_everything(db.session, as_="test")
        easy = make_easy_read(in_force, around)
        db.session.commit()
        return easy


@pytest.fixture
def offered(app, around, in_force):  # noqa: F811  the same
    with app.app_context():
        see_everything(db.session, as_="test")
        easy = make_offered(in_force, around)
        db.session.commit()
        return easy


def test_anyone_can_check_a_code(in_force, new_page, no_axe_violations):  # noqa: F811  the same
    page = new_page(width=320)
    page.goto("/verify")
    looked_at(page, no_axe_violations, "verify")
    page.get_by_label("What is the code?").fill("no code")
    turn(page.get_by_role("button", name="Check"))
    looked_at(page, no_axe_violations, "verify-error")
    page.get_by_label("What is the code?").fill(in_force.short_hash)
    turn(page.get_by_role("button", name="Check"))
    looked_at(page, no_axe_violations, "verdict")

    assert page.get_by_role("heading", level=1).inner_text() == "Yes, this is the plan that counts"


def test_the_person_can_print_and_read(approved, browser_for, no_axe_violations):
    page = browser_for("citizen", width=320)
    for address in ("/me/plan/print", "/me/plan/print/1/page", "/me/plan/easy"):
        page.goto(address)
        looked_at(page, no_axe_violations, f"{address}")


def test_the_person_prints_large_in_two_taps(approved, browser_for):
    page = browser_for("citizen", width=320, scripts=False)
    page.goto("/me/plan")
    turn(page.get_by_role("link", name="Print"))
    address = page.get_by_role("link", name="Large print").get_attribute("href")

    answer = page.request.get(address or "")
    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")


def test_a_social_worker_can_write_easy_read(in_force, offered, browser_for, no_axe_violations):  # noqa: F811
    page = browser_for("social-worker", width=320)
    version = f"/plans/{in_force.plan_id}/versions/1"
    for address in ("/print", "/page", "/easy", "/easy/write", "/easy/yes", f"/easy/parts/{offered.parts[0].id}"):
        page.goto(version + address)
        looked_at(page, no_axe_violations, f"staff{address}")
    page.goto(f"{version}/easy/write")
    turn(page.get_by_role("button", name="Add it"))
    looked_at(page, no_axe_violations, "staff/easy/write-error")


def test_easy_read_is_written_and_answered_without_scripts(in_force, browser_for):  # noqa: F811  the same
    worker = browser_for("social-worker", scripts=False)
    worker.goto(f"/plans/{in_force.plan_id}/versions/1/easy/write")
    worker.get_by_label("A flower").check()
    worker.get_by_label("What does it say?").fill("I walk to the garden.")
    turn(worker.get_by_role("button", name="Add it"))
    turn(worker.get_by_role("button", name="Show it to Peggy"))
    person = browser_for("citizen", width=320, scripts=False)
    person.goto("/me/plan/easy")
    turn(person.get_by_role("button", name="Yes, this is right"))

    assert person.get_by_role("status").inner_text() == "Thank you. Everyone around you can read it now."
