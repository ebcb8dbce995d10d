"""The pages of transfers in a browser, at the three widths: one person step by step, and a list of many."""

from datetime import timedelta
from uuid import UUID

import pytest

from careplan.access.domain.actor import Role
from careplan.db import db
from careplan.db.scope import see_everything
from careplan.demo.personas import BY_SLUG, ISSUER
from careplan.kernel.clock import local_date, utc_now
from careplan.organisations.queries import get_organisation
from tests.browser.steps import looked_at, turn
from tests.factories.organisations import make_account, make_organisation
from tests.factories.visits import Care, make_care

DAY = timedelta(days=1)


@pytest.fixture
def care(app) -> Care:
    """Margaret with Harbour Care; there is Meadow Home Support too. Social worker and team manager are personas."""
    with app.app_context():
        see_everything(db.session, as_="test")
        made = make_care(now=utc_now())
        make_organisation(name="Meadow Home Support")
        worker = made.around.social_worker
        manager = make_account(Role.TEAM_MANAGER, team=get_organisation(organisation_id=worker.team_id))
        for slug, actor in (("social-worker", worker), ("team-manager", manager)):
            _become(actor.account_id, slug)
        db.session.commit()
    return made


def _become(account_id: UUID, slug: str) -> None:
    db.session.execute(
        db.text("UPDATE account SET issuer = :issuer, subject = :slug, name = :name WHERE id = :id"),
        {"issuer": ISSUER, "slug": slug, "name": BY_SLUG[slug].name, "id": account_id},
    )


def _fill(page, *, changes_on) -> None:
    page.get_by_label("Who gives the care from then on?").select_option(label="Meadow Home Support")
    page.get_by_label("A zone starts").check()
    _type_day(page, "First day with the new provider", changes_on)


def _type_day(page, legend, day) -> None:
    group = page.get_by_role("group", name=legend)
    for label, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        group.get_by_label(label).fill(str(value))


def test_one_person_is_asked_and_moved_step_by_step(care, browser_for, no_axe_violations):
    page, today = browser_for("social-worker", width=320), local_date(utc_now())
    page.goto(f"/people/{care.person_id}")
    turn(page.get_by_role("link", name="Move to another provider"))
    looked_at(page, no_axe_violations, "transfer-new")
    turn(page.get_by_role("button", name="Begin"))
    looked_at(page, no_axe_violations, "transfer-new-refused")
    _fill(page, changes_on=today + 10 * DAY)
    turn(page.get_by_role("button", name="Begin"))
    looked_at(page, no_axe_violations, "transfer-begun")

    turn(page.get_by_role("link", name="Write down what they said").first)
    _type_day(page, "When did you ask them?", today)
    page.get_by_label("How did you ask them?").fill("At home")
    page.get_by_label("What did they say?").fill("I want Joy and nobody else.")
    page.get_by_label("They object to the change").check()
    turn(page.get_by_role("button", name="Save"))
    looked_at(page, no_axe_violations, "transfer-consultation-refused")
    page.get_by_label("What did you do about it?").fill("Meadow Home Support will ask Joy.")
    turn(page.get_by_role("button", name="Save"))

    turn(page.get_by_role("button", name="Ask Meadow Home Support"))
    assert page.get_by_text("The council to agree to version 2.").is_visible()
    looked_at(page, no_axe_violations, "transfer-sent")
    page.goto(f"/people/{care.person_id}")
    looked_at(page, no_axe_violations, "transfer-person")
    page.goto(f"/people/{care.person_id}/transfer/withdrawal")
    looked_at(page, no_axe_violations, "transfer-withdrawal")


def test_a_team_manager_moves_many_in_one_list(care, browser_for, no_axe_violations):
    page, today = browser_for("team-manager", width=320), local_date(utc_now())
    page.goto("/commissioning/transfers")
    looked_at(page, no_axe_violations, "transfers")
    turn(page.get_by_role("link", name="Begin one"))
    looked_at(page, no_axe_violations, "transfers-new")
    page.get_by_label("Who gives the care now?").select_option(label="Harbour Care")
    _fill(page, changes_on=today + 30 * DAY)
    turn(page.get_by_role("button", name="Make the list"))

    assert page.get_by_text("0 of 1 agreed").is_visible()
    looked_at(page, no_axe_violations, "transfers-act")
    turn(page.get_by_role("link", name="Margaret Ellis"))
    assert page.get_by_text("Ask Margaret what they think of it.").is_visible()


def test_many_are_moved_without_javascript(care, browser_for):
    page = browser_for("team-manager", width=320, scripts=False)
    page.goto("/commissioning/transfers/new")
    page.get_by_label("Who gives the care now?").select_option(label="Harbour Care")
    _fill(page, changes_on=local_date(utc_now()) + 30 * DAY)
    turn(page.get_by_role("button", name="Make the list"))

    assert page.get_by_text("Margaret Ellis").is_visible()
