"""Planning a pattern and confirming a week in a browser: what it takes, and how it looks at the three widths."""

from datetime import time, timedelta

import pytest

from careplan.db import db
from careplan.db.scope import see_everything
from careplan.demo.personas import BY_SLUG, ISSUER
from careplan.kernel.clock import at_local, local_date, utc_now
from careplan.visits import service
from tests.browser.steps import looked_at, turn
from tests.factories.rota import record
from tests.factories.visits import make_care, make_visit

MINUTE = timedelta(minutes=1)


@pytest.fixture
def care(app):
    """Margaret with Harbour Care, whose coordinator is the persona; 3 of 12 visits last week were not as planned."""
    now = utc_now()
    monday = local_date(now) - timedelta(days=local_date(now).weekday() + 7)
    with app.app_context():
        see_everything(db.session, as_="test")
        made = make_care(now=at_local(monday, time(7)))
        coordinator = made.around.coordinator
        db.session.execute(
            db.text("UPDATE account SET issuer = :issuer, subject = :slug, name = :name WHERE id = :id"),
            {"issuer": ISSUER, "slug": "provider-coordinator", "name": BY_SLUG["provider-coordinator"].name,
             "id": coordinator.account_id},
        )  # fmt: skip
        for number in range(12):
            start = at_local(monday + timedelta(days=number // 2), time(8 + 4 * (number % 2)))
            visit = make_visit(made, start=start)
            if number == 2:
                service.miss_visit(visit_id=visit.id, reason="Ill.", actor=coordinator, now=start + 60 * MINUTE)
                continue
            late = 50 * MINUTE if number == 5 else 0 * MINUTE
            result = "no_reply" if number == 7 else "completed"
            record(made, visit, start=start + late, minutes=55, result=result, now=start + 120 * MINUTE)
        db.session.commit()
    return made


def test_a_week_with_three_exceptions_is_confirmed_in_five_clicks(care, browser_for, no_axe_violations):
    page = browser_for("provider-coordinator", width=320)
    clicks = [
        page.get_by_role("navigation").get_by_role("link", name="Week", exact=True),
        page.get_by_role("button", name="Confirm all of these"),
        *[page.get_by_role("button", name="Confirm Margaret Ellis").first] * 3,
    ]
    page.goto("/provider")
    for number, click in enumerate(clicks):
        turn(click)
        if number < 2:
            looked_at(page, no_axe_violations, f"week-{number}")

    assert page.get_by_text("12 visits of this week are confirmed.").is_visible()
    assert page.get_by_text("Nothing is left to look at by itself.").is_visible()


def test_a_pattern_is_planned_once_what_is_to_be_known_has_been_read(care, browser_for, no_axe_violations):
    page, first = browser_for("provider-coordinator", width=320), local_date(utc_now()) + timedelta(days=1)
    page.goto(f"/people/{care.person_id}/visits")
    looked_at(page, no_axe_violations, "visits-planned")
    turn(page.get_by_role("link", name="Plan visits"))
    looked_at(page, no_axe_violations, "visits-plan")
    page.get_by_label("On days of the week").check()
    for name in ("Monday", "Wednesday", "Friday"):
        page.get_by_label(name).check()
    page.get_by_label("What time?").fill("17:30")
    page.get_by_label("How many minutes?").fill("45")
    group = page.get_by_role("group", name="First day")
    for label, value in (("Day", first.day), ("Month", first.month), ("Year", first.year)):
        group.get_by_label(label).fill(str(value))
    page.get_by_label("Sam Reed").check()
    turn(page.get_by_role("button", name="Plan these visits"))
    assert page.get_by_text("Sam Reed has not met them yet.").is_visible()
    looked_at(page, no_axe_violations, "visits-cautions")
    turn(page.get_by_role("button", name="Plan it so"))

    assert page.get_by_text("Monday, Wednesday and Friday").first.is_visible()
    page.goto(f"/provider/rota?week={first + timedelta(days=7)}&by=worker")
    assert page.get_by_text("Sam Reed").first.is_visible()
    looked_at(page, no_axe_violations, "rota")
