"""Planning a pattern and confirming a week in a browser: what it takes, and how it looks at the three widths."""

from datetime import time, timedelta

import pytest

from careplan.db import db
from careplan.db.scope import see_everything
from careplan.demo.personas import BY_SLUG, ISSUER
from careplan.kernel.clock import at_local, local_date, utc_now
from careplan.visits import service
from tests.browser.steps import looked_at, turn
from tests.factories.rota import record, repeat
from tests.factories.visits import make_care, make_visit

HOUR, WEEK = timedelta(hours=1), 200


@pytest.fixture
def care(app):
    """Margaret with Harbour Care, whose coordinator is the persona; 3 of 200 visits last week were not as planned."""
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
        starts = [at_local(monday + timedelta(days=n // 30), time(7 + n % 30 // 2, n % 2 * 30)) for n in range(WEEK)]
        missed, late, unanswered, usual = own = [make_visit(made, start=s, minutes=30) for s in starts[:120:30]]
        service.miss_visit(visit_id=missed.id, reason="Ill.", actor=coordinator, now=missed.planned_start + HOUR)
        for visit, after, result in ((late, 50, "completed"), (unanswered, 0, "no_reply"), (usual, 0, "completed")):
            start = visit.planned_start + timedelta(minutes=after)
            record(made, visit, start=start, minutes=28, result=result, now=start + HOUR)
        repeat(usual, starts=sorted(set(starts) - {v.planned_start for v in own}))
        db.session.commit()
    return made


def test_a_week_with_three_exceptions_is_confirmed_in_five_clicks(care, browser_for, no_axe_violations):
    page = browser_for("provider-coordinator")
    page.set_viewport_size({"width": 1280, "height": 900})
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

    assert page.get_by_text("200 visits of this week are confirmed.").is_visible()
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
