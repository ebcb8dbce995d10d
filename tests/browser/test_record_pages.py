"""The timeline of a record and what is to do today, in a browser at the three widths, with scripts and without."""

from datetime import timedelta

import pytest

from careplan.db import db
from careplan.db.scope import see_everything
from careplan.kernel.clock import utc_now
from careplan.kernel.ids import new_id
from careplan.plans import service as plans
from tests.browser.steps import become, looked_at, turn
from tests.factories.visits import Care, make_care, make_visit

DAY = timedelta(days=1)


@pytest.fixture
def care(app) -> Care:
    """Margaret with a plan in force, a visit that nobody recorded, many remarks and a suggestion."""
    now = utc_now()
    with app.app_context():
        see_everything(db.session, as_="test")
        made = make_care(now=now)
        make_visit(made, start=now - 2 * DAY)
        by = {"plan_id": made.version.plan_id, "number": 1, "item": "", "actor": made.around.coordinator}
        for n in range(55):
            plans.add_comment(words=f"Remark {n}.", now=now - timedelta(minutes=n), **by)
        plans.suggest_change(
            suggestion_id=new_id(), plan_id=made.version.plan_id, number=1, item="contingency", field="minutes",
            value=300, why="She needed it.", actor=made.around.coordinator, now=now,
        )  # fmt: skip
        for slug, actor in (("social-worker", made.around.social_worker), ("citizen", made.around.citizen)):
            become(actor.account_id, slug)
        db.session.commit()
    return made


def test_what_is_to_do_leads_to_a_person_and_to_all_that_happened(care, browser_for, no_axe_violations):
    page = browser_for("social-worker", width=320)
    page.goto("/people")
    assert page.get_by_role("heading", name="To do today").is_visible()
    looked_at(page, no_axe_violations, "today")
    page.goto(f"/people/{care.person_id}")
    turn(page.get_by_role("link", name="Everything that happened"))
    looked_at(page, no_axe_violations, "record")

    turn(page.get_by_role("link", name="Earlier"))
    assert page.get_by_text("1 visit, 0 as planned").is_visible()
    page.go_back()
    page.get_by_label("What about").select_option("care")
    turn(page.get_by_role("button", name="Show"))
    assert page.get_by_text("1 visit, 0 as planned").is_visible()
    assert page.get_by_text("Remark 1.").count() == 0
    assert page.get_by_label("What about").input_value() == "care"


def test_the_person_reads_what_has_happened_without_javascript(care, browser_for, no_axe_violations):
    page = browser_for("citizen", width=320)
    page.goto("/me")
    turn(page.get_by_role("link", name="What has happened"))
    looked_at(page, no_axe_violations, "my-record")

    plain = browser_for("citizen", width=320, scripts=False)
    plain.goto("/me/record")
    plain.get_by_label("Whose doing").select_option("person")
    turn(plain.get_by_role("button", name="Show"))
    assert plain.get_by_text("agreed version 1 of your plan").is_visible()
    assert plain.get_by_text("Remark 1.").count() == 0
