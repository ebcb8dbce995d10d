"""A delegated activity's whole life in a browser: by the nurse, the coordinator and the worker."""

from datetime import timedelta

import pytest

from careplan.db import db
from careplan.db.scope import see_everything
from careplan.delegation import service
from careplan.delegation.models import CompetenceRow
from careplan.demo.personas import BY_SLUG, ISSUER
from careplan.kernel.clock import local_date, utc_now
from careplan.people import queries as people
from tests.browser.steps import looked_at, turn
from tests.factories.delegation import make_nurse
from tests.factories.visits import make_care


@pytest.fixture
def care(app):
    """Margaret, whose provider's coordinator and worker, and a nurse whom she is new to, are the demo's personas."""
    with app.app_context():
        see_everything(db.session, as_="test")
        found = make_care(now=utc_now() - timedelta(days=20))
        _become(make_nurse(), "nurse")
        _become(found.around.coordinator, "provider-coordinator")
        _become(found.joy, "care-worker")
        db.session.commit()
    return found


def _become(actor, slug):
    """Lets a persona of the demo sign in with an account of the test."""
    db.session.execute(
        db.text("UPDATE account SET issuer = :issuer, subject = :slug, name = :name WHERE id = :id"),
        {"issuer": ISSUER, "slug": slug, "name": BY_SLUG[slug].name, "id": actor.account_id},
    )


def test_an_activity_from_proposal_to_withdrawal(app, care, browser_for, no_axe_violations):
    nurse, office = browser_for("nurse"), browser_for("provider-coordinator", width=768)
    worker = browser_for("care-worker", width=320, scripts=False)
    with app.app_context():
        see_everything(db.session, as_="test")
        person = people.get_person(person_id=care.person_id)

    _propose(nurse, person, care.around.provider.name, no_axe_violations)
    address = nurse.url
    office.goto("/delegations")
    turn(office.get_by_role("link", name="Peak flow"))
    looked_at(office, no_axe_violations, "delegation-proposed-768")
    turn(office.get_by_role("button", name="Accept"))
    _find_able(nurse, worker, address)
    _rewrite(nurse, address, no_axe_violations)
    _learn_that_all_are_suspended(worker, office, no_axe_violations)
    _confirm_again(nurse, worker, address)
    _let_time_pass(app)
    _know_that_it_is_over(nurse, no_axe_violations)
    _withdraw(nurse, address)
    office.goto("/provider")
    assert office.get_by_text("It was withdrawn, so nobody may do it.").is_visible()
    looked_at(office, no_axe_violations, "provider-day-stops-768")


def _find_able(nurse, worker, address):
    for kind in ("trained", "watched"):
        nurse.goto(f"{address}/preparations/new")
        nurse.get_by_label("Which worker?").select_option(label="Joy Mensah")
        nurse.get_by_label(kind).check()
        _date(nurse, "On which day?", local_date(utc_now()))
        nurse.get_by_label("By whom?").fill("Ann Lee, trainer")
        turn(nurse.get_by_role("button", name="Save"))
    turn(nurse.get_by_role("link", name="Find a worker able"))
    nurse.get_by_label("Which worker?").select_option(label="Joy Mensah")
    turn(nurse.get_by_role("button", name="Save"))
    worker.goto("/delegations")
    turn(worker.get_by_role("button", name="I will do it"))
    assert worker.get_by_text("you may do it").is_visible()


def _learn_that_all_are_suspended(worker, office, no_axe_violations):
    worker.goto("/delegations")
    assert worker.get_by_text("Do not do it now").is_visible()
    office.goto("/provider")
    assert office.locator("#stops").get_by_text("There is a new instruction").is_visible()
    turn(office.locator("#stops").get_by_role("button", name="I know, and act on it"))
    office.goto("/provider/competence")
    assert office.locator("#uncovered").get_by_text("Peak flow").is_visible()
    looked_at(office, no_axe_violations, "competence-uncovered-768")


def _confirm_again(nurse, worker, address):
    nurse.goto(address)
    turn(nurse.get_by_role("link", name="Confirm again"))
    turn(nurse.get_by_role("button", name="Confirm"))
    worker.goto("/delegations")
    turn(worker.get_by_role("button", name="I will do it"))
    nurse.goto("/delegations/competence")
    assert nurse.get_by_text("Every activity is covered").is_visible()


def _know_that_it_is_over(nurse, no_axe_violations):
    nurse.goto("/delegations")
    assert nurse.get_by_text("The time for which Joy Mensah was found able is over.").is_visible()
    turn(nurse.get_by_role("link", name="Visits that it touches"))
    nurse.get_by_label("What do you do about it?").fill("We come until she is looked at again.")
    looked_at(nurse, no_axe_violations, "stop-1280")
    turn(nurse.get_by_role("button", name="I know, and act on it"))
    assert nurse.get_by_text("We come until she is looked at again.").is_visible()


def _withdraw(nurse, address):
    """The first try does not say who is next: why it stops is still there."""
    nurse.goto(address)
    nurse.get_by_label("Why?").fill("Her chest is well.")
    turn(nurse.get_by_role("button", name="Withdraw for good"))
    assert nurse.get_by_text("Say who does it next.").is_visible()
    nurse.get_by_label("Who does it next?").fill("Nobody needs to.")
    turn(nurse.get_by_role("button", name="Withdraw for good"))


def _propose(page, person, provider, no_axe_violations):
    """The first try leaves a number out: what was typed stays."""
    page.goto("/delegations/new")
    page.get_by_label("Their NHS number").fill(person.nhs_number)
    _date(page, "Their date of birth", person.birth_date)
    page.get_by_label("Which provider?").select_option(label=provider)
    for label, words in {
        "Which activity?": "Peak flow", "Why is it safe to hand on?": "Steady for months.",
        "What did the person say": "She asked for it.", "What does the worker do?": "Sit her up.\nCount with her.",
        "What does the worker write down?": "The best of three.", "What must be told at once?": "Under 230.",
        "When does the worker stop?": "She is dizzy.", "Whom to ring Monday": "Grace, 01632 960401",
        "Whom to ring at all": "Night nurses, 01632 960499",
    }.items():  # fmt: skip
        page.get_by_label(label).fill(words)
    page.get_by_label("The person said yes").check()
    first = page.get_by_role("group", name="Reading 1")
    first.get_by_label("What is measured?").fill("peak flow")
    first.get_by_label("Lowest normal").fill("230")
    first.get_by_label("In which unit?").fill("L/min")
    rung = page.get_by_role("group", name="Rung first")
    rung.get_by_label("Who?").fill("Community nurses")
    rung.get_by_label("Within how many minutes?").fill("30")
    soon = local_date(utc_now()) + timedelta(days=60)
    _date(page, "When do you next see how it is done?", soon)
    _date(page, "When do you look at it again?", soon)
    turn(page.get_by_role("button", name="Propose"))
    assert page.get_by_text("Type the number, such as 01632 960 300 or 111.").first.is_visible()
    looked_at(page, no_axe_violations, "propose-refused-1280")
    page.get_by_role("group", name="Rung first").get_by_label("On which number?").fill("01632 960401")
    turn(page.get_by_role("button", name="Propose"))
    assert page.get_by_text("Proposed.").is_visible()
    looked_at(page, no_axe_violations, "delegation-1280")


def _rewrite(page, address, no_axe_violations):
    page.goto(f"{address}/instructions/new")
    assert page.get_by_role("group", name="Reading 1").get_by_label("Lowest normal").input_value() == "230"
    page.get_by_label("What does the worker do?").fill("Sit her up.\nWarm the meter.\nCount with her.")
    page.get_by_label("Yes, every worker").check()
    page.get_by_label("Why does it change?").fill("The cold meter made her cough.")
    turn(page.get_by_role("button", name="Save the instruction"))
    assert page.locator("ins").inner_text() == "Warm the meter."
    looked_at(page, no_axe_violations, "instruction-compared-1280")


def _date(page, label, day):
    group = page.get_by_role("group", name=label)
    for part, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        group.get_by_label(part).fill(str(value))


def _let_time_pass(app):
    """A day and a half later: every competence has come to its last day, and it has been noticed."""
    with app.app_context():
        see_everything(db.session, as_="test")
        db.session.execute(db.update(CompetenceRow).values(ends_on=local_date(utc_now())))
        db.session.commit()
        see_everything(db.session, as_="test")
        assert service.notice_endings(now=utc_now() + timedelta(days=1, hours=12)) == 1
        db.session.commit()
