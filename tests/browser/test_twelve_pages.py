"""A plan with three outcomes from nothing to agreed: twelve pages for the social worker, five taps for the person.

The coordinator uses the keyboard alone; and once the whole is played without scripts.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

import pytest
from playwright.sync_api import Locator, Page

from careplan.db import db
from careplan.db.scope import see_everything
from careplan.demo.council.cast import assemble_cast
from careplan.kernel.clock import local_date, utc_now
from careplan.people.service import link_citizen_account
from careplan.plans import queries
from tests.browser.steps import turn
from tests.factories.assessments import make_eligible
from tests.factories.people import make_door_answered, make_person

MOST_PAGES, MOST_TAPS, MOST_TABS = 12, 5, 120
FOCUSED = "document.activeElement?.textContent.trim() ?? ''"
NEEDS = (
    ("I do not trust my legs past the back door.", "home_used_safely"),
    ("I forget to eat when I am alone.", "nutrition"),
    ("I hardly see anybody.", "relationships"),
)
WANTED = (
    "I want to walk to the bench in my garden and back.",
    "I want to eat soup and bread with somebody at noon.",
    "I want to have Jean round for tea on Sundays.",
)
DONE = ("Walk with me and let me set the pace", "Eat your lunch with me", "Bake with me on Saturdays")


@dataclass
class Counted:
    """How many pages somebody has read: each answer that is a page, whether it was asked for or led to."""

    page: Page
    read: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("response", self._note)

    def _note(self, response) -> None:
        if response.request.is_navigation_request() and response.status != 303:
            self.read.append(response.url)


@dataclass
class Taps:
    """Each thing that a person taps."""

    count: int = 0

    def on(self, way: Locator, *, leads: bool = True) -> None:
        self.count += 1
        if leads:
            turn(way)
        else:
            way.check()


@pytest.fixture
def person_id(app) -> UUID:
    """Somebody who was assessed and asked, with an account of their own, and everyone who works around them."""
    with app.app_context():
        see_everything(db.session, as_="test")
        cast = assemble_cast(since=utc_now() - timedelta(days=30))
        found = make_person(social_worker=cast["social-worker"], preferred_name="Peggy")
        by = {"actor": cast["social-worker"], "now": utc_now()}
        make_eligible(person_id=found, **by)
        make_door_answered(person_id=found, **by)
        link_citizen_account(person_id=found, account_id=cast["citizen"].account_id, **by)
        db.session.commit()
    return found


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_three_outcomes_from_nothing_to_agreed(app, browser_for, person_id, scripts):
    worker = Counted(browser_for("social-worker", scripts=scripts))
    write_and_send_round(worker.page, person_id)
    assert len(worker.read) <= MOST_PAGES, worker.read

    agree_by_keyboard(browser_for("provider-coordinator", scripts=scripts), person_id)
    taps = agree_by_tapping(browser_for("citizen", width=320, scripts=scripts))
    assert taps <= MOST_TAPS

    with app.app_context():
        see_everything(db.session, as_="test")
        plan = queries.find_plan(person_id=person_id, at=utc_now())
        assert plan is not None
        assert plan.in_force is not None
        assert len(plan.in_force.content.outcomes) == 3
        assert {a.party.value for a in plan.in_force.agreements} == {"council", "provider", "person"}


def write_and_send_round(page: Page, person_id: UUID) -> None:
    """Each page saves and leads on to the next; nothing is asked for by its address but the first."""
    page.goto(f"/people/{person_id}/plans/new")
    page.get_by_label("Full plan").check()
    turn(page.get_by_role("button", name="Begin"))
    turn(page.get_by_role("link", name="Start and provider"))
    today = local_date(utc_now())
    for part, value in (("day", today.day), ("month", today.month), ("year", today.year)):
        box(page, f"starts_on-{part}").fill(str(value))
    page.get_by_label("Harbour Care").check()
    go_on(page)
    for n, (words, area) in enumerate(NEEDS):
        box(page, f"new{n}-words").fill(words)
        box(page, f"new{n}-care_act").select_option(area)
    go_on(page)
    for n, words in enumerate(WANTED):
        box(page, f"new{n}-words").fill(words)
        box(page, f"new{n}-pattern").select_option("help")
    go_on(page)
    for n, words in enumerate(DONE):
        box(page, f"new{n}-words").fill(words)
        box(page, f"new{n}-when").fill("Every week")
    box(page, "how_met").fill("Care at home, and company.")
    box(page, "prevention_advice").fill("The balance class on Mondays.")
    go_on(page)
    for week, hours in enumerate((20, 10, 20, 10), start=1):
        box(page, f"new0-week_{week}-hours").fill(str(hours))
    go_on(page)
    say_what_if(page)
    go_on(page)
    box(page, "council").fill("321.30")
    box(page, "person").fill("46.20")
    go_on(page)
    assert page.get_by_role("heading", name="Nothing is missing").is_visible()
    page.get_by_label("For the council, I agree").check()
    turn(page.get_by_role("button", name="Send it round"))


def say_what_if(page: Page) -> None:
    page.get_by_label("High: dangerous within hours").check()
    said = {
        "contact": "Jean Hall, sister", "response": "Ring first, then go.", "no_reply": "0 Knock\n10 Ring Jean",
        "triggers": "She cannot get up.", "steps": "Stay and ring 999.", "call": "The office",
        "if_carer_fails": "The office covers two days.",
    }  # fmt: skip
    for name, words in said.items():
        box(page, name).fill(words)


def agree_by_keyboard(page: Page, person_id: UUID) -> None:
    """From the list of people to the agreement, by Tab and Enter."""
    page.goto("/people")
    for name in ("Margaret Ellis", "Open the plan", "Read it and agree", "I agree"):
        press(page, name)
    assert "agreement is recorded" in page.get_by_role("status").inner_text()


def press(page: Page, name: str) -> None:
    """Walks with Tab to what is called so, and presses Enter on it."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED) == name:
            with page.expect_navigation():
                page.keyboard.press("Enter")
            return
    pytest.fail(f"{name} is not reached by the keyboard on {page.url}")


def agree_by_tapping(page: Page) -> int:
    """From the person's own first page, with nothing ticked beforehand."""
    taps = Taps()
    page.goto("/me")
    taps.on(page.get_by_role("link", name="See what changed"))
    taps.on(page.get_by_role("link", name="Answer", exact=True))
    assert page.locator("input[type=radio]:checked").count() == 0
    taps.on(page.get_by_label("I agree to this plan"), leads=False)
    taps.on(page.get_by_role("button", name="Continue"))
    assert "Everyone has agreed" in page.get_by_role("status").inner_text()
    return taps.count


def box(page: Page, name: str) -> Locator:
    return page.locator(f"main form [name='{name}']")


def go_on(page: Page) -> None:
    turn(page.get_by_role("button", name="Save and go on"))
