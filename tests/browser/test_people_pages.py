"""People's pages in a browser, at the three widths, with nothing known and with everything."""

from datetime import date
from uuid import UUID

import pytest

from careplan.access import queries as access
from careplan.access import service as access_service
from careplan.db import db
from careplan.db.scope import see_everything
from careplan.demo.personas import BY_SLUG, ISSUER
from careplan.kernel.clock import utc_now
from careplan.organisations.domain.organisation import OrganisationKind
from careplan.people import service
from careplan.people.domain.about_me import AboutSections
from careplan.people.domain.allergy import AllergyStatus
from careplan.people.domain.authority import AuthorityKind
from careplan.people.domain.contact import Relation
from careplan.people.domain.partnership import MemberKind
from tests.browser.steps import looked_at, turn
from tests.factories.organisations import make_organisation, make_team
from tests.factories.people import make_person


@pytest.fixture
def margaret(app) -> UUID:
    """A person with much around her, on the social worker's caseload, with an account of her own."""
    with app.app_context():
        see_everything(db.session, as_="test")
        worker = _account("social-worker", team=make_team(name="East team"))
        citizen = _account("citizen")
        person_id = make_person(social_worker=worker, preferred_name="Peggy", phone="01632 960014", lives_alone=True)
        by = {"person_id": person_id, "actor": worker, "now": utc_now()}
        service.link_citizen_account(account_id=citizen.account_id, **by)
        service.add_address(
            line1="14 Larch Close", town="Northbridge", postcode="NB4 2QT", starts_on=date(1987, 4, 1), **by
        )
        service.record_way_in(words="Key safe to the left of the back door. Ring first.", key_safe_code="4711", **by)
        jean = service.add_contact(
            name="Jean Hall", relation=Relation.SISTER, phone="01632 960121", is_emergency=True, **by
        )
        helen = service.add_contact(name="Helen Ellis-Ward", relation=Relation.DAUGHTER, is_next_of_kin=True, **by)
        service.add_unpaid_carer(contact_id=jean, starts_on=date(2024, 1, 1), agreed_words="Yes, let Jean see it", **by)
        service.record_authority(
            contact_id=helen, kind=AuthorityKind.HEALTH_WELFARE_ATTORNEY, starts_on=date(2021, 6, 1), **by
        )
        wrong = service.record_allergy(status=AllergyStatus.PRESENT, substance="Latex", **by)
        service.retract_allergy(allergy_id=wrong, reason="Meant for another person", **by)
        service.record_allergy(status=AllergyStatus.PRESENT, substance="Penicillin", reaction="A rash", **by)
        service.record_adjustment(words="Hard of hearing: face her, speak slowly", **by)
        harbour = make_organisation(name="Harbour Care")
        service.join_partnership(kind=MemberKind.PROVIDER, organisation_id=harbour.id, **by)
        trust = make_organisation(kind=OrganisationKind.NHS_TRUST, name="Northbridge Community Healthcare NHS Trust")
        service.open_sharing(organisation_id=trust.id, **by)
        said = AboutSections(
            most_important="My garden, my sister Jean on the phone on Sundays, and doing the little things myself.",
            communicate="Face me and speak slowly.",
            please_do="Knock twice.",
        )
        service.write_about_me(sections=said, based_on=None, **by)
        db.session.commit()
    return person_id


def test_a_social_worker_can_use_every_page_about_a_person(margaret, browser_for, no_axe_violations):
    page = browser_for("social-worker", width=320)
    details = f"/people/{margaret}/details"
    forms = ("addresses", "way-in", "contacts", "carers", "authorities", "allergies", "adjustments", "partnership")
    for address in (
        "/people/new", details, f"{details}/correct", *(f"{details}/{what}/new" for what in forms),
        f"/people/{margaret}/concerns/new", f"/people/{margaret}/concerns", "/organisations",
    ):  # fmt: skip
        page.goto(address)
        looked_at(page, no_axe_violations, f"{address}")


def test_the_person_can_use_their_own_pages(margaret, browser_for, no_axe_violations):
    page = browser_for("citizen", width=320)
    for address in ("/me/about", "/me/about/edit", "/me/sharing"):
        page.goto(address)
        looked_at(page, no_axe_violations, f"{address}")


def test_errors_are_read_out_and_lead_to_their_fields(margaret, browser_for, no_axe_violations):
    page = browser_for("social-worker", width=320)
    page.goto("/people/new")
    page.get_by_label("NHS number", exact=True).fill("943 476 5918")
    turn(page.get_by_role("button", name="Enter this person"))

    no_axe_violations(page)
    assert page.title().startswith("Error: ")
    page.get_by_role("link", name="This NHS number is not right").click()
    assert page.get_by_label("NHS number", exact=True).input_value() == "943 476 5918"


def test_how_to_get_in_shows_without_javascript_after_one_tap(margaret, browser_for):
    page = browser_for("social-worker", width=320, scripts=False)
    page.goto(f"/people/{margaret}/details")
    turn(page.get_by_role("button", name="Show how to get in"))

    assert page.get_by_text("4711").is_visible()


def test_saying_no_to_sharing_and_yes_again_takes_no_javascript(margaret, browser_for, no_axe_violations):
    page = browser_for("citizen", width=320, scripts=False)
    page.goto("/me/sharing")
    turn(page.get_by_role("button", name="Stop sharing my record"))

    assert page.get_by_text("No NHS team can read your record here.").is_visible()
    turn(page.get_by_role("button", name="Share my record again"))
    assert page.get_by_text("Northbridge Community Healthcare NHS Trust").is_visible()


def _account(slug, team=None):
    persona, now = BY_SLUG[slug], utc_now()
    found = access.find_account_by_subject(issuer=ISSUER, subject=slug, now=now)
    return found or access_service.open_account(
        issuer=ISSUER,
        subject=slug,
        name=persona.name,
        role=persona.role,
        now=now,
        organisation_id=team.part_of_id if team else None,
        team_id=team.id if team else None,
    )
