"""The pages of hours in a browser, at the three widths: read, asked for, refused, decided."""

from dataclasses import replace
from datetime import timedelta

import pytest

from careplan.access import service as access
from careplan.access.domain.policy import Kind
from careplan.db import db
from careplan.db.scope import see_everything
from careplan.demo.personas import BY_SLUG, ISSUER
from careplan.hours.domain.terms import AdjustmentTerms, Direction, Funder, NamedOutcome
from careplan.kernel.clock import local_date, utc_now
from careplan.kernel.ids import new_id
from careplan.kernel.minutes import Minutes
from careplan.people import service as people
from tests.browser.steps import looked_at, turn
from tests.factories.hours import Story, make_terms, weekly
from tests.factories.organisations import make_organisation, make_team
from tests.factories.people import make_person


@pytest.fixture
def person_id(app):
    """Somebody in the third week of their hours, with a visit that outran them and one yet to come."""
    with app.app_context():
        see_everything(db.session, as_="test")
        harbour, team = make_organisation(name="Harbour Care"), make_team(name="East team")
        worker = _account("social-worker", organisation_id=team.part_of_id, team_id=team.id)
        _account("provider-coordinator", organisation_id=harbour.id)
        _account("trusted-assessor", organisation_id=harbour.id)
        found = make_person(social_worker=worker, preferred_name="Peggy")
        citizen = _account("citizen")
        people.link_citizen_account(person_id=found, account_id=citizen.account_id, actor=worker, now=utc_now())
        access.relate(
            person_id=found, kind=Kind.PACKAGE, since=utc_now(), organisation_id=harbour.id, source_type="test",
            source_id=new_id(),
        )  # fmt: skip
        _deliver(found, harbour.id)
        db.session.commit()
        return found


class TestReading:
    def test_the_persons_own_hours(self, person_id, browser_for, no_axe_violations):
        page = browser_for("citizen", width=320)
        page.goto("/me/hours")

        assert "left" in page.get_by_role("heading", level=2).first.inner_text()
        looked_at(page, no_axe_violations, "me-hours")
        turn(page.get_by_role("link", name="The four weeks after"))
        looked_at(page, no_axe_violations, "me-hours-next")

    def test_the_same_for_staff_with_every_line(self, person_id, browser_for, no_axe_violations):
        page = browser_for("social-worker", width=320)
        page.goto(f"/people/{person_id}/hours")

        assert page.get_by_text("Delivered without funding").count() == 1
        looked_at(page, no_axe_violations, "person-hours")


def test_asking_being_refused_and_deciding(person_id, browser_for, no_axe_violations):
    asks = browser_for("provider-coordinator", width=320)
    asks.goto(f"/people/{person_id}/contingency/new")
    looked_at(asks, no_axe_violations, "contingency")
    asks.get_by_label("Something else").first.check()
    asks.get_by_label("Help with washing and dressing").check()
    asks.get_by_label("What was different this time?").fill("She could not stand after a bad night")
    asks.get_by_label("Hours").fill("2")
    turn(asks.get_by_role("button", name="Draw contingency"))
    assert "Choose “A chest infection” or “Jean cannot come”." in asks.get_by_role("alert").inner_text()
    assert asks.get_by_label("What was different this time?").input_value() == "She could not stand after a bad night"
    looked_at(asks, no_axe_violations, "contingency-refused")
    asks.get_by_label("A chest infection").check()
    turn(asks.get_by_role("button", name="Draw contingency"))
    assert "It waits for the social worker" in asks.get_by_role("status").inner_text()

    decides = browser_for("social-worker", width=320)
    decides.goto("/requests")
    looked_at(decides, no_axe_violations, "requests")
    turn(decides.get_by_role("button", name="Approve"))
    assert "Approved: 2 hours of contingency." in decides.get_by_role("status").inner_text()
    looked_at(decides, no_axe_violations, "requests-none")


def test_less_time_waits_for_the_persons_own_yes(person_id, browser_for, no_axe_violations):
    asks = browser_for("trusted-assessor", width=320)
    asks.goto(f"/people/{person_id}/hours/changes/new")
    looked_at(asks, no_axe_violations, "change-new")
    asks.get_by_label("Less time").check()
    asks.get_by_label("Hours").fill("1")
    asks.get_by_label("In these four weeks").check()
    asks.get_by_label("I want to walk to the garden").check()
    asks.get_by_label("What does it do for this outcome?").fill("She walks there alone now")
    turn(asks.get_by_role("button", name="Change hours"))
    looked_at(asks, no_axe_violations, "changes-waiting")

    says = browser_for("citizen", width=320)
    says.goto("/me/hours/changes")
    looked_at(says, no_axe_violations, "my-changes")
    turn(says.get_by_role("button", name="Yes"))
    assert says.get_by_role("button", name="Take my yes back").count() == 1
    looked_at(says, no_axe_violations, "my-changes-yes")


def test_the_pages_on_which_hours_are_paused_kept_and_added_up(person_id, browser_for, no_axe_violations):
    worker = browser_for("social-worker", width=320)
    for page in ("pauses", "earmarks", "top-up"):
        worker.goto(f"/people/{person_id}/{page}")
        looked_at(worker, no_axe_violations, f"hours-{page}")
    coordinator = browser_for("provider-coordinator", width=768)
    coordinator.goto("/provider/hours")
    looked_at(coordinator, no_axe_violations, "provider-hours")


def _deliver(person_id, provider_id):
    today = local_date(utc_now())
    start = today - timedelta(days=16)
    terms = replace(
        make_terms(person_id=person_id),
        provider_id=provider_id,
        service_starts_on=start,
        counts_from=start,
        grants=weekly(1200, 600, 1200, 600) + weekly(60, 60, 60, 60, funder=Funder.NHS_DELEGATED),
        outcomes=(NamedOutcome(new_id(), "I want to walk to the garden"),),
        adjustment=AdjustmentTerms(Direction.BOTH, 10, Minutes(240)),
        weekly_floor=Minutes(60),
    )
    story = Story(terms, now=utc_now()).open()
    for days in range(16):
        story.deliver(70 if days < 7 else 60, visit=new_id(), on=start + timedelta(days=days))
    story.deliver(270, on=today, funder=terms.grants[1].funder)
    for days in range(1, 9):
        story.plan(60, visit=new_id(), on=today + timedelta(days=days))


def _account(slug, **at):
    persona = BY_SLUG[slug]
    return access.open_account(issuer=ISSUER, subject=slug, name=persona.name, role=persona.role, now=utc_now(), **at)
