"""What a worker needs at the door in a browser: read at three widths, written down without JavaScript."""

from dataclasses import dataclass
from uuid import UUID

import pytest

from careplan.access import queries as access
from careplan.access import service as access_service
from careplan.access.domain.actor import Actor
from careplan.access.domain.policy import Kind
from careplan.db import db
from careplan.db.scope import see_everything
from careplan.demo.personas import BY_SLUG, ISSUER
from careplan.kernel.clock import local_date, utc_now
from careplan.people import service
from careplan.people.domain.about_me import AboutSections
from careplan.people.domain.advance_decision import AdvanceDetails, AdvanceKind
from careplan.people.domain.allergy import AllergyStatus
from careplan.people.domain.contact import Relation
from careplan.people.domain.moving import MovingDetails
from tests.browser.steps import looked_at, turn
from tests.factories.people import make_person, some_medicine
from tests.factories.visits import make_care, make_visit


@dataclass(frozen=True, slots=True)
class Doors:
    """A door of which everything is known, one of which nothing is, and who goes there."""

    known: UUID
    silent: UUID
    visit: UUID
    medicine: UUID
    paper: UUID
    moving: UUID


@pytest.fixture
def doors(app) -> Doors:
    with app.app_context():
        see_everything(db.session, as_="test")
        care = make_care()
        worker = _account("social-worker")
        citizen = _account("citizen")
        by = {"person_id": care.person_id, "actor": care.around.social_worker, "now": utc_now()}
        _relate(care.person_id, worker)
        service.record_way_in(words="Key safe by the back door.", key_safe_code="4711", **by)
        service.record_allergy(status=AllergyStatus.PRESENT, substance="Penicillin", reaction="A rash", **by)
        medicine = service.record_medicine(details=some_medicine(), **by)
        wrong = service.record_medicine(details=some_medicine(name="Warfarin"), **by)
        service.retract_medicine(medicine_id=wrong, reason="Her sister's", **by)
        paper = service.record_advance_decision(
            details=AdvanceDetails(AdvanceKind.DNACPR, "The hall table", local_date(utc_now()), "Not to be tried."),
            **by,
        )
        moving = service.record_moving(details=MovingDetails("Walk beside her.", 2, "stand aid"), **by)
        service.add_contact(
            name="Helen Ellis-Ward", relation=Relation.DAUGHTER, phone="01632 960601", is_next_of_kin=True, **by
        )
        service.write_about_me(
            sections=AboutSections(most_important="My garden.", please_do="Knock twice."), based_on=None, **by
        )
        joy = _account("care-worker", organisation_id=care.around.provider.id)
        visit = make_visit(care, start=utc_now(), worker=joy)
        silent = make_person(social_worker=worker)
        service.link_citizen_account(person_id=silent, account_id=citizen.account_id, actor=worker, now=utc_now())
        db.session.commit()
        return Doors(care.person_id, silent, visit.id, medicine, paper, moving)


def test_a_care_worker_reads_it_from_the_round_and_gets_in_on_a_tap(doors, browser_for, no_axe_violations):
    page = browser_for("care-worker", width=320)
    page.goto("/round")
    looked_at(page, no_axe_violations, "round")
    turn(page.get_by_role("link", name="At the door").first)
    looked_at(page, no_axe_violations, "door")
    size = page.get_by_text("Walk beside her.").evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
    assert size >= 20, "what is read at arm's length is set a size up"
    turn(page.get_by_role("button", name="Show how to get in"))
    looked_at(page, no_axe_violations, "way-in")

    assert page.get_by_text("4711").is_visible()


def test_a_social_worker_can_use_every_page_that_writes_it(doors, browser_for, no_axe_violations):
    page = browser_for("social-worker", width=320)
    details = f"/people/{doors.known}/details"
    for address in (
        details, f"/people/{doors.silent}/door", f"/people/{doors.silent}/details/answers", f"{details}/practice",
        f"{details}/medicines/new", f"{details}/medicines/{doors.medicine}/correct",
        f"{details}/medicines/{doors.medicine}/end", f"{details}/advance-decisions/new",
        f"{details}/advance-decisions/{doors.paper}/correct", f"{details}/moving/new",
        f"{details}/moving/{doors.moving}/in-error",
    ):  # fmt: skip
        page.goto(address)
        looked_at(page, no_axe_violations, f"{address}")


def test_the_person_reads_in_plain_words_what_helpers_are_told(doors, browser_for, no_axe_violations):
    page = browser_for("citizen", width=320)
    page.goto("/me/about")
    turn(page.get_by_role("link", name="See what helpers are told before they come"))
    looked_at(page, no_axe_violations, "helpers")

    assert page.get_by_text("Nobody has asked you yet.").first.is_visible()


def test_what_is_missing_is_said_on_one_page_without_javascript(doors, browser_for):
    page = browser_for("social-worker", width=320, scripts=False)
    page.goto(f"/people/{doors.silent}/door")
    turn(page.get_by_role("link", name="Say what was asked"))
    for box in page.get_by_role("radio", name="Not asked yet").all():
        box.check()
    turn(page.get_by_role("button", name="Save"))
    page.goto(f"/people/{doors.silent}/door")

    assert page.get_by_text("Nobody has said anything about this yet").count() == 0


def test_a_dose_that_does_not_fit_a_day_is_told_at_its_field(doors, browser_for, no_axe_violations):
    page = browser_for("social-worker", width=320)
    page.goto(f"/people/{doors.known}/details/medicines/{doors.medicine}/correct")
    page.get_by_label("Only when needed").check()
    page.get_by_label("Hours", exact=True).fill("12")
    page.get_by_label("When needed: most doses in 24 hours").fill("5")
    page.get_by_label("What it is for").fill("pain")
    turn(page.get_by_role("button", name="Save"))

    no_axe_violations(page)
    page.get_by_role("link", name="So many doses do not fit").click()
    assert page.get_by_label("When needed: most doses in 24 hours").input_value() == "5"


def _account(slug, **belongs) -> Actor:
    persona, now = BY_SLUG[slug], utc_now()
    found = access.find_account_by_subject(issuer=ISSUER, subject=slug, now=now)
    return found or access_service.open_account(
        issuer=ISSUER, subject=slug, name=persona.name, role=persona.role, now=now, **belongs
    )


def _relate(person_id: UUID, worker: Actor) -> None:
    access_service.relate(
        person_id=person_id, kind=Kind.CASELOAD, since=utc_now(), source_type="person", source_id=person_id,
        account_id=worker.account_id,
    )  # fmt: skip
