"""A plan's pages in a browser, at the three widths: written, waiting, in force."""

from dataclasses import replace
from urllib.parse import urlsplit

import pytest

from careplan.access import service as access
from careplan.db import db
from careplan.db.scope import see_everything
from careplan.demo.personas import BY_SLUG, ISSUER
from careplan.kernel.clock import utc_now
from careplan.kernel.ids import new_id
from careplan.organisations import service as organisations
from careplan.people import service as people
from careplan.people.domain.about_me import AboutSections
from careplan.plans import service
from careplan.plans.domain.state import Party
from tests.browser.steps import looked_at, turn
from tests.factories.organisations import make_organisation, make_team
from tests.factories.people import make_door_answered, make_person
from tests.factories.plans import Around, agree, make_agreed
from tests.factories.reviews import begin_next

WRITING = (
    "", "/about", "/start", "/needs", "/outcomes", "/support", "/hours", "/hours/counting", "/contingency",
    "/delegations", "/risks", "/budget", "/review", "/capacity", "/check", "/agreements", "/suggest", "/comments",
    "/versions/1", "/versions/1..2",
)  # fmt: skip


@pytest.fixture
def around(app) -> Around:
    """The personas around one person, with a plan in force."""
    with app.app_context():
        see_everything(db.session, as_="test")
        harbour = make_organisation(name="Harbour Care")
        team = make_team(name="East team")
        worker = _account("social-worker", organisation_id=team.part_of_id, team_id=team.id)
        coordinator = _account("provider-coordinator", organisation_id=harbour.id)
        organisations.register_worker(
            account_id=coordinator.account_id, given_name="Priya", family_name="Shah", job_title="Coordinator",
            can_commit=True, actor=worker, now=utc_now(),
        )  # fmt: skip
        citizen = _account("citizen")
        person_id = make_person(social_worker=worker, preferred_name="Peggy")
        make_door_answered(person_id=person_id, actor=worker)
        by = {"person_id": person_id, "actor": worker, "now": utc_now()}
        people.link_citizen_account(account_id=citizen.account_id, **by)
        said = AboutSections(most_important="My garden, and my sister Jean on the phone on Sundays.")
        people.write_about_me(sections=said, based_on=None, **by)
        db.session.commit()
        return Around(person_id, worker, harbour, coordinator, citizen)


@pytest.fixture
def in_force(app, around):
    with app.app_context():
        see_everything(db.session, as_="test")
        version = make_agreed(around)
        db.session.commit()
        return version


@pytest.fixture
def changing(app, around, in_force):
    """A draft that changes three things, with a suggestion and a comment."""
    with app.app_context():
        see_everything(db.session, as_="test")
        grant, action = in_force.content.hours.grants[0], in_force.content.actions[0]
        content = replace(
            in_force.content,
            actions=(replace(action, when="Every day, after lunch"),),
            hours=replace(in_force.content.hours, grants=(replace(grant, weeks=(1200, 600, 1200, 900)),)),
            contingency=None,
        )
        from careplan.plans.domain.content import as_json

        changed = {k: v for k, v in as_json(content).items() if k in ("actions", "hours", "contingency")}
        by = {"plan_id": in_force.plan_id, "now": utc_now()}
        service.suggest_change(
            suggestion_id=new_id(), number=1, item=str(action.id), field="who", value="Joy from Harbour Care",
            why="Peggy knows Joy, and Joy knows the steps.", actor=around.coordinator, **by,
        )  # fmt: skip
        service.add_comment(number=1, item="plan", words="I like the walks best.", actor=around.citizen, **by)
        begun = begin_next(plan_id=in_force.plan_id, actor=around.social_worker)
        draft = service.edit_plan(changes=changed, etag=begun.etag, actor=around.social_worker, **by)
        db.session.commit()
        return draft


@pytest.fixture
def waiting(app, around, changing):
    with app.app_context():
        see_everything(db.session, as_="test")
        version = service.propose_plan(plan_id=changing.plan_id, actor=around.social_worker, now=utc_now())
        agree(version, around, Party.PROVIDER)
        db.session.commit()
        return version


def test_a_social_worker_can_use_every_page_of_a_draft(around, changing, browser_for, no_axe_violations):
    page = browser_for("social-worker", width=320)
    for address in WRITING:
        page.goto(f"/plans/{changing.plan_id}{address}")
        looked_at(page, no_axe_violations, f"draft{address}")


def test_a_social_worker_can_use_every_page_of_a_version_that_waits(around, waiting, browser_for, no_axe_violations):
    page = browser_for("social-worker", width=320)
    plan = f"/plans/{waiting.plan_id}"
    for address in (
        "", "/agreements", "/agreements/recorded", "/capacity", "/best-interests", "/withdrawals", "/versions/2/agree",
        "/versions/2", "/versions/1..2",
    ):  # fmt: skip
        page.goto(f"{plan}{address}")
        looked_at(page, no_axe_violations, f"waiting{address}")
    page.goto(plan)
    turn(page.get_by_role("link", name="Read it").first)
    looked_at(page, no_axe_violations, "suggestion")


def test_the_person_can_use_every_page_of_their_plan(around, waiting, browser_for, no_axe_violations):
    page = browser_for("citizen", width=320)
    for address in ("/me/plan", "/me/plan/changes", "/me/plan/agree", "/me/plan/ask", "/me/plan/talk"):
        page.goto(address)
        looked_at(page, no_axe_violations, f"{address}")
    page.goto("/me/plan/agree")
    turn(page.get_by_role("button", name="Continue"))
    looked_at(page, no_axe_violations, "me/plan/agree-error")


def test_the_person_agrees_in_five_taps_without_scripts(around, waiting, browser_for):
    page = browser_for("citizen", width=320, scripts=False)
    page.goto("/me/plan")
    turn(page.get_by_role("link", name="See what changed"))
    turn(page.get_by_role("link", name="Answer"))
    page.get_by_label("I agree to this plan").check()
    turn(page.get_by_role("button", name="Continue"))

    assert (
        page.get_by_role("status").inner_text() == "Thank you. You have agreed. We are waiting for others to agree too."
    )


def test_an_idea_its_answers_and_the_news_of_them_can_be_used(around, changing, browser_for, no_axe_violations):
    page = browser_for("citizen", width=320)
    for address in ("/news", "/settings/messages", "/me/plan/changes", "/me/plan/ask"):
        page.goto(address)
        looked_at(page, no_axe_violations, f"{address}")
    page.goto("/settings/messages")
    turn(page.get_by_role("button", name="Save"))
    looked_at(page, no_axe_violations, "settings/messages-error")
    page.goto("/me/plan/changes")
    turn(page.get_by_role("link", name="Read it").first)
    looked_at(page, no_axe_violations, "idea")
    idea = page.url
    turn(page.get_by_role("button", name="Send my answer"))
    looked_at(page, no_axe_violations, "idea-error")
    page.goto(f"{idea}/other")
    looked_at(page, no_axe_violations, "idea-other")


def test_yes_and_no_go_from_hand_to_hand_without_scripts(around, changing, browser_for):
    """The person hears of an idea, says no with a reason; the coordinator hears of it and suggests something else."""
    citizen = browser_for("citizen", width=320, scripts=False)
    citizen.goto("/news")
    turn(citizen.locator("li", has_text="Peggy knows Joy").get_by_role("link", name="Open"))
    citizen.get_by_label("No", exact=True).check()
    citizen.get_by_label("Why?").fill("I would rather have Sam.")
    turn(citizen.get_by_role("button", name="Send my answer"))
    assert "You: no" in citizen.locator("main").inner_text()

    coordinator = browser_for("provider-coordinator", scripts=False)
    coordinator.goto("/news")
    turn(coordinator.locator("li", has_text="I would rather have Sam.").get_by_role("link", name="Open"))
    assert "I would rather have Sam." in coordinator.locator("#parties").inner_text()

    worker = browser_for("social-worker", scripts=False)
    worker.goto(urlsplit(coordinator.url).path)
    turn(worker.get_by_role("link", name="Suggest something else"))
    worker.locator("[name=value]").fill("Joy or Sam from Harbour Care")
    worker.get_by_label("Why?").fill("Then both are right.")
    turn(worker.get_by_role("button", name="Send the suggestion"))
    citizen.goto("/me/plan/changes")
    assert "Then both are right." in citizen.locator("main").inner_text()


def _account(slug, **said):
    persona = BY_SLUG[slug]
    return access.open_account(issuer=ISSUER, subject=slug, name=persona.name, role=persona.role, now=utc_now(), **said)
