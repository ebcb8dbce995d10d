"""The pages of an assessment in a browser, at the three widths: being written, finished, decided, given."""

import pytest

from careplan.access import service as access
from careplan.assessments import service
from careplan.assessments.domain.advocacy import Ability, Circumstances
from careplan.assessments.domain.content import Answer
from careplan.db import db
from careplan.db.scope import see_everything
from careplan.demo.personas import BY_SLUG, ISSUER
from careplan.kernel.clock import local_date, utc_now
from careplan.people import service as people
from tests.browser.steps import looked_at, turn
from tests.factories.assessments import (
    make_advocacy,
    make_assessment,
    make_determination,
    whole_content,
    with_carer,
    write_parts,
)
from tests.factories.organisations import make_team
from tests.factories.people import make_person

PARTS = ("how", "needs", "impact", "carers", "other")
DUE = Circumstances({Ability.RETAINING: Answer.YES})


@pytest.fixture
def person_id(app):
    """Somebody on the social worker's caseload, with an account of her own."""
    with app.app_context():
        see_everything(db.session, as_="test")
        team = make_team(name="East team")
        worker = _account("social-worker", organisation_id=team.part_of_id, team_id=team.id)
        citizen, found = _account("citizen"), make_person(social_worker=worker, preferred_name="Peggy")
        people.link_citizen_account(person_id=found, account_id=citizen.account_id, actor=worker, now=utc_now())
        db.session.commit()
        return found, worker


@pytest.fixture
def being_written(app, person_id):
    """An assessment with everything in it but an advocate, who is due."""
    with app.app_context():
        see_everything(db.session, as_="test")
        by = {"person_id": person_id[0], "actor": person_id[1], "now": utc_now()}
        make_advocacy(circumstances=DUE, **by)
        service.start_assessment(**by)
        write_parts(with_carer(whole_content(on=local_date(utc_now()))), **by)
        db.session.commit()
        return person_id[0]


@pytest.fixture
def decided(app, person_id):
    """An assessment that was finished and corrected, a determination, a paper given and a note."""
    with app.app_context():
        see_everything(db.session, as_="test")
        by = {"person_id": person_id[0], "actor": person_id[1], "now": utc_now()}
        make_advocacy(circumstances=DUE, advocate="Dilys Price", **by)
        wrong = make_assessment(content=with_carer(whole_content()), **by)
        service.correct_assessment(assessment_id=wrong.id, because="The hip was years ago.", **by)
        service.finish_assessment(**by)
        make_determination(**by)
        service.add_note(words="Her neighbour shouts at night.", **by)
        db.session.commit()
        return person_id[0], wrong.id


def test_a_social_worker_can_use_every_page_of_a_draft(being_written, browser_for, no_axe_violations):
    page, base = browser_for("social-worker", width=320), f"/people/{being_written}/assessment"
    for address in ("", *(f"/{part}" for part in PARTS), "/check", "/advocacy", "/determination", "/notes"):
        page.goto(f"{base}{address}")
        looked_at(page, no_axe_violations, f"assessing{address}")


def test_a_social_worker_can_use_every_page_of_what_was_decided(decided, browser_for, no_axe_violations):
    person_id, wrong = decided
    page, base = browser_for("social-worker", width=320), f"/people/{person_id}/assessment"
    for address in (base, f"{base}/{wrong}", f"{base}/{wrong}/correct", f"{base}/notes", f"/people/{person_id}/given"):
        page.goto(address)
        looked_at(page, no_axe_violations, f"assessed{address.removeprefix(base)}")
    turn(page.get_by_role("button", name="Write it down"))
    looked_at(page, no_axe_violations, "given-error")


def test_the_person_can_read_their_own(decided, browser_for, no_axe_violations):
    page = browser_for("citizen", width=320)
    page.goto("/me")
    turn(page.get_by_role("link", name="Read my assessment"))

    looked_at(page, no_axe_violations, "me-assessment")
    text = page.locator("main").inner_text()
    assert "You can have care and support from us." in text
    assert "shouts at night" not in text


def test_an_assessment_is_begun_and_left_and_gone_on_with_by_keys_alone_without_scripts(person_id, browser_for):
    page = browser_for("social-worker", width=320, scripts=False)
    page.goto(f"/people/{person_id[0]}/assessment")
    button = page.get_by_role("button", name="Begin an assessment")
    button.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.get_by_role("link", name="How it was done").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.get_by_label("What matters to them").focus()
    page.keyboard.type("My garden comes first.")
    page.get_by_role("button", name="Save").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert "The day on which you assessed." in page.locator("main").inner_text()
    page.goto(f"/people/{person_id[0]}/assessment/how")
    assert page.get_by_label("What matters to them").input_value() == "My garden comes first."


def _account(slug, **said):
    persona = BY_SLUG[slug]
    return access.open_account(issuer=ISSUER, subject=slug, name=persona.name, role=persona.role, now=utc_now(), **said)
