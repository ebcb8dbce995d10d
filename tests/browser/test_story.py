"""The story from end to end, played by its people in a browser: written by three parties, agreed, lived by."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from playwright.sync_api import Page

from careplan.db import db
from careplan.db.scope import see_everything
from careplan.demo.council.cast import Cast, assemble_cast
from careplan.kernel.clock import at_local, local_date, utc_now
from careplan.kernel.ids import new_id
from careplan.people.service.registering import link_citizen_account
from tests.browser.steps import turn

NHS_NUMBER, WRONG_NHS_NUMBER = "9990001014", "9434765918"
LEVELS = {
    "level_m2": "I stay in my chair all day",
    "level_m1": "I get to the back door with someone holding my arm",
    "level_0": "I get to the garden bench with someone beside me",
    "level_1": "I walk to the bench and back on my own with my stick",
    "level_2": "I walk round the whole garden whenever I like",
}
OUT_OF_REACH = {"home_used_safely": "Being safe at home", "community_facilities": "Getting out and about"}
OTHERS = (
    "nutrition", "personal_hygiene", "toilet_needs", "appropriately_clothed", "habitable_home", "relationships",
    "work_and_education", "caring_for_a_child",
)  # fmt: skip


@pytest.fixture
def cast(app):
    """The organisations and everyone who works for them."""
    with app.app_context():
        see_everything(db.session, as_="test")
        found = assemble_cast(since=utc_now() - timedelta(days=30))
        db.session.commit()
    return found


def answer(page: Page, values: dict[str, Any], *, press: str = "Save") -> None:
    """Fills the fields of the page's form by their names and presses its button."""
    for name, value in values.items():
        field = page.locator(f"main form [name='{name}']").first
        kind = field.get_attribute("type") or field.evaluate("e => e.tagName.toLowerCase()")
        if kind in ("radio", "checkbox"):
            page.locator(f"main form [name='{name}'][value='{value}']").check()
        elif kind == "select":
            field.select_option(str(value))
        else:
            field.fill(str(value))
    turn(page.locator("main").get_by_role("button", name=press).first)


def day_fields(name: str, day: date) -> dict[str, str]:
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


def hours_fields(name: str, hours: int) -> dict[str, str]:
    return {f"{name}-hours": str(hours), f"{name}-minutes": "0"}


def send(page: Page, path: str, body: dict[str, Any]) -> dict[str, Any]:
    """What the server answers a script of this signed-in browser."""
    return page.evaluate(
        """async ([path, body]) => {
            const answer = await fetch(path, {method: "POST", body: JSON.stringify(body),
                headers: {"Content-Type": "application/json", "X-Requested-With": "story"}});
            return {status: answer.status, body: await answer.json()};
        }""",
        [path, body],
    )


def assess(page: Page, person_id: str) -> None:
    """The social worker assesses page by page, and the council decides; what two outcomes lack is said in words."""
    today, base = local_date(utc_now()), f"/people/{person_id}/assessment"
    page.goto(base)
    turn(page.get_by_role("button", name="Begin an assessment"))
    page.goto(f"{base}/how")
    answer(page, {**day_fields("assessed_on", today), "method": "face_to_face", "own_words": "My garden comes first."})
    page.goto(f"{base}/needs")
    found: dict[str, Any] = {f"{outcome}_achievable": "achievable" for outcome in OTHERS}
    for outcome, name in OUT_OF_REACH.items():
        page.locator("summary", has_text=name).click()
        found |= {f"{outcome}_achievable": "not_achievable", f"{outcome}_meanings": "without_assistance"}
        found |= {f"{outcome}_words": "I do not trust my legs."}
    answer(page, {"impairment": "yes", "impairment_words": "A hip that broke.", **found})
    page.goto(f"{base}/impact")
    answer(page, {"significant": "yes", "areas": "control", "words": "She no longer goes out."})
    page.goto(f"{base}/carers")
    answer(page, {"has_carer": "no"})
    page.goto(f"{base}/other")
    answer(page, {"discretionary": "no", "preventive": "no"})
    page.goto(f"{base}/advocacy")
    asked = ("understanding", "retaining", "weighing", "communicating")
    answer(page, {**{ability: "no" for ability in asked}, **day_fields("found_on", today)})
    page.goto(f"{base}/check")
    answer(page, {}, press="Finish the assessment")
    decided = {"kind": "eligible", "reasons": "Two outcomes are out of reach.", **day_fields("decided_on", today)}
    answer(page, decided, press="Record it")


def write_plan(page: Page, base: str, *, starts_on: date) -> None:
    """The social worker fills in page after page; each one saves."""
    page.goto(f"{base}/start")
    provider = page.get_by_label("Harbour Care").get_attribute("value")
    answer(page, {**day_fields("starts_on", starts_on), "provider": provider})
    assert page.url == f"{base}/needs"
    answer(page, entry(words="Since my fall I do not trust my legs past the back door.", care_act="home_used_safely"))
    assert page.url == f"{base}/outcomes"
    open_all(page)
    wanted = {"words": "I want to walk to the garden and back on my own", "importance": 10, "confidence": 5}
    answer(page, entry(**wanted, **LEVELS))
    assert page.url == f"{base}/support"
    step = entry(words="Walk with me, and let me set the pace", by="provider", who="Harbour Care", when="Every day")
    answer(page, {**step, "how_met": "Care at home, and walks.", "prevention_advice": "Balance class on Mondays."})
    assert page.url == f"{base}/hours"
    weeks = [hours_fields(f"new0-week_{n}", hours) for n, hours in enumerate((20, 10, 20, 10), start=1)]
    answer(page, {"new0-funder": "council", **weeks[0], **weeks[1], **weeks[2], **weeks[3]})
    assert page.url == f"{base}/risks"
    said = {"rank": "high", "contact": "Jean Hall, sister", "response": "Ring first, then go.", "no_reply": "0 Knock"}
    more = {"triggers": "She cannot get up.", "steps": "Stay and ring 999.", "call": "The office"}
    answer(page, {**said, **more, "if_carer_fails": "The office covers two days."})
    assert page.url == f"{base}/budget"
    answer(page, {"council": "321.30", "person": "46.20"})
    page.goto(f"{base}/contingency")
    kept = {"circumstances": "A bad day with my chest", "services": "Help at home"}
    answer(page, {**hours_fields("minutes", 4), **kept, **hours_fields("provider_limit", 1)})
    assert page.url == f"{base}/check"


def entry(**said: Any) -> dict[str, Any]:
    """The first entry of a page on which several things can be written at once."""
    return {f"new0-{name}": value for name, value in said.items()}


def open_all(page: Page) -> None:
    """Opens what one opens to see."""
    for summary in page.locator("main form summary").all():
        summary.click()


def say_what_was_asked(page: Page, base: str) -> None:
    """The plan's task list leads to the door, and from there one page takes every answer."""
    page.goto(base)
    turn(page.get_by_role("link", name="At the door"))
    turn(page.get_by_role("link", name="Say what was asked"))
    for matter in ("way_in", "moving", "next_of_kin", "gp", "medicines", "advance_decisions"):
        page.locator(f"main form [name='{matter}'][value='not_asked']").check()
    answer(page, {"allergies": "none"})


def send_round(page: Page, base: str) -> None:
    page.goto(f"{base}/check")
    turn(page.locator("main").get_by_role("button").first)


def agree(page: Page, address: str) -> None:
    page.goto(address)
    turn(page.locator("main").get_by_role("button").first)


def give_account(app: Flask, cast: Cast, person_id: str) -> None:
    """Margaret's own account is opened to her."""
    with app.app_context():
        see_everything(db.session, as_="test")
        account_id, by = cast["citizen"].account_id, cast["social-worker"]
        link_citizen_account(person_id=UUID(person_id), account_id=account_id, actor=by, now=utc_now())
        db.session.commit()


def a_night(person_id: str, on: date, *, hours: int, minutes: int = 0) -> dict[str, Any]:
    """A night's record as a tablet sends it: from ten in the evening, for so many hours and minutes."""
    start = at_local(on, time(22, 0))
    end = start + timedelta(hours=hours, minutes=minutes)
    return {
        "id": str(new_id()), "kind": "visit", "person": person_id, "visit": None, "plan_version": 2,
        "occurred_at": end.isoformat(), "started_at": start.isoformat(), "ended_at": end.isoformat(),
        "result": "completed", "workers": [],
    }  # fmt: skip


def envelope(worker_id: str, records: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "v": 1, "device": str(uuid4()), "shell": "story", "worker": worker_id, "sent_at": utc_now().isoformat(),
        "records": records,
    }  # fmt: skip


@dataclass
class Story:
    """Who plays, and what has come of it so far."""

    worker: Page
    coordinator: Page
    person_id: str
    plan_id: str
    base: str

    @property
    def bank(self) -> dict[str, Any]:
        """The first period's figures, as the social worker is told them."""
        return self.worker.request.get(f"/api/v1/people/{self.person_id}/bank?period=0").json()

    def version(self, number: int) -> dict[str, Any]:
        return self.worker.request.get(f"/api/v1/plans/{self.plan_id}/versions/{number}").json()


def enter_margaret(worker: Page) -> str:
    """A wrong NHS number says what to mend and loses nothing; the right one enters her."""
    worker.goto("/people/new")
    typed = {"given_name": "Margaret", "family_name": "Ellis", "nhs_number": WRONG_NHS_NUMBER}
    answer(worker, typed, press="Enter this person")
    assert "its last digit does not fit the others" in worker.locator("main").inner_text()
    assert worker.locator("[name=family_name]").input_value() == "Ellis"
    answer(worker, {"nhs_number": NHS_NUMBER}, press="Enter this person")
    return worker.url.split("/people/")[1].split("/")[0]


def write_and_propose(worker: Page, person_id: str, *, starts_on: date) -> str:
    """The social worker writes the plan and sends it round; answers its address."""
    worker.goto(f"/people/{person_id}/plans/new")
    answer(worker, {"kind": "full"}, press="Begin")
    base = worker.url
    write_plan(worker, base, starts_on=starts_on)
    say_what_was_asked(worker, base)
    send_round(worker, base)
    return base


def suggest_and_take(story: Story) -> None:
    """The coordinator suggests an exact change to one item; the social worker takes it and sends it round anew."""
    coordinator, worker = story.coordinator, story.worker
    coordinator.goto(f"/plans/{story.plan_id}")
    turn(coordinator.get_by_role("link", name="Suggest a change").first)
    turn(coordinator.get_by_role("link", name="When, Walk with me"))
    answer(coordinator, {"value": "On dry days, after lunch", "why": "Mornings are full."}, press="")
    worker.goto(f"/plans/{story.plan_id}")
    turn(worker.locator("a[href*='/suggestions/']").first)
    assert "Mornings are full." in worker.locator("main").inner_text()
    turn(worker.locator("main").get_by_role("button").first)
    send_round(worker, story.base)
    assert [a["when"] for a in story.version(2)["content"]["actions"]] == ["On dry days, after lunch"]


def refuse_the_wrong_signatures(story: Story, assessor: Page) -> None:
    """A hash that is not this version's, and an account that is no party."""
    path = f"/api/v1/plans/{story.plan_id}/versions/2/agreements"
    signature = {"id": str(new_id()), "party": "provider", "capacity": "provider", "statement": "Yes"}
    stale = send(story.coordinator, path, {**signature, "content_hash": story.version(1)["content_hash"]})
    assert (stale["status"], stale["body"]["code"]) == (409, "stale_hash")
    fourth = send(assessor, path, {**signature, "content_hash": story.version(2)["content_hash"]})
    assert (fourth["status"], fourth["body"]["code"]) == (403, "not_a_party")
    assert story.version(2)["agreements"] == []


def agree_three_ways(story: Story, citizen: Page) -> None:
    """Three different people; the person on a telephone, without scripts, with nothing ticked beforehand."""
    agree(story.worker, f"/plans/{story.plan_id}/versions/2/agree")
    agree(story.coordinator, f"/plans/{story.plan_id}/versions/2/agree")
    assert story.version(2)["state"] == "proposed"
    citizen.goto("/me")
    turn(citizen.get_by_role("link", name="See what changed"))
    assert "I want to walk to the garden and back on my own" in citizen.locator("main").inner_text()
    citizen.goto("/me/plan/agree")
    assert citizen.locator("input[type=radio]:checked").count() == 0
    answer(citizen, {"answer": "agree"}, press="Continue")
    assert story.version(2)["state"] == "in_force"
    assert story.bank["granted"] == 3600
    citizen.goto("/me/hours")
    assert "60 hours" in citizen.locator("main").inner_text()


def record_nights(story: Story, carer: Page, carer_id: str, *, starts_on: date) -> dict[str, Any]:
    """Six nights of ten hours arrive twice over and count once; a last visit outruns the bank and is kept whole."""
    nights = [a_night(story.person_id, starts_on + timedelta(days=n), hours=10) for n in range(6)]
    for _ in range(2):
        taken = send(carer, "/api/v1/sync", envelope(carer_id, nights))
        assert [r["status"] for r in taken["body"]["results"]] == ["accepted"] * 6
    assert (story.bank["left"], story.bank["unfunded"]) == (0, 0)
    last = a_night(story.person_id, starts_on + timedelta(days=6), hours=0, minutes=45)
    assert send(carer, "/api/v1/sync", envelope(carer_id, [last]))["body"]["results"][0]["status"] == "accepted"
    assert (story.bank["delivered"], story.bank["left"], story.bank["unfunded"]) == (3645, 0, 45)
    story.worker.goto(f"/people/{story.person_id}")
    assert "45 minutes of care came with no hours left" in story.worker.locator("main").inner_text()
    return last


def draw_contingency(story: Story, visit_id: str) -> None:
    """For what was not assessed it is refused with what would be accepted; for a bad chest it goes through."""
    coordinator, draws = story.coordinator, f"/api/v1/people/{story.person_id}/contingency-draws"
    asked = {"id": str(new_id()), "minutes": 45, "exceptional": "Her chest was bad.", "service": "help_at_home"}
    refused = send(coordinator, draws, {**asked, "circumstance": "shopping"})
    assert (refused["status"], refused["body"]["code"]) == (422, "not_assessed")
    assert "A bad day with my chest" in str(refused["body"])
    coordinator.goto(f"/people/{story.person_id}/contingency/new?visit={visit_id}")
    typed = {"exceptional": "Her chest was bad.", "service": "help_at_home", "minutes-hours": 0, "minutes-minutes": 45}
    answer(coordinator, {**typed, "circumstance": "something-else"}, press="Draw contingency")
    assert "A bad day with my chest" in coordinator.locator("main").inner_text()
    assert coordinator.locator("[name=exceptional]").input_value() == "Her chest was bad."
    answer(coordinator, {"circumstance": "a_bad_day_with_my_chest"}, press="Draw contingency")
    assert (story.bank["unfunded"], story.bank["contingency"]["left"]) == (0, 195)


def test_three_parties_write_one_plan_and_live_by_it(walk_in, cast, app):
    starts_on = local_date(utc_now()) - timedelta(days=8)
    worker, coordinator = walk_in("social-worker"), walk_in("provider-coordinator")
    person_id = enter_margaret(worker)
    give_account(app, cast, person_id)
    assess(worker, person_id)
    base = write_and_propose(worker, person_id, starts_on=starts_on)
    story = Story(worker, coordinator, person_id, base.split("/plans/")[1].split("/")[0], base)
    assert story.version(1)["state"] == "proposed"
    suggest_and_take(story)
    refuse_the_wrong_signatures(story, walk_in("trusted-assessor"))
    agree_three_ways(story, walk_in("citizen", width=320, scripts=False))
    carer = walk_in("care-worker")
    last = record_nights(story, carer, str(cast["care-worker"].account_id), starts_on=starts_on)
    draw_contingency(story, last["id"])
