"""What a worker needs at the door, on one page: the person's record and the plan in force, for those around them."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from careplan.access.domain.actor import Role
from careplan.kernel.clock import at_local, local_date, utc_now
from careplan.people import service as people
from careplan.people.domain.about_me import AboutSections
from careplan.people.domain.advance_decision import AdvanceDetails, AdvanceKind
from careplan.people.domain.allergy import AllergyStatus
from careplan.people.domain.contact import Relation
from careplan.people.domain.moving import MovingDetails
from careplan.plans.domain.content import PlanKind
from tests.factories.organisations import make_account, make_social_worker
from tests.factories.people import make_contact, make_person, some_medicine
from tests.factories.plans import make_agreed, make_around
from tests.factories.visits import make_care, make_visit
from tests.pages import submit


@pytest.fixture
def care(session):
    """Margaret with a plan in force, Joy who comes to her today, and everything known that can be."""
    found = make_care()
    by = {"person_id": found.person_id, "actor": found.around.social_worker, "now": utc_now()}
    people.add_address(line1="14 Larch Close", town="Northbridge", postcode="NB4 2LC", **by)
    people.record_way_in(words="Key safe behind the drainpipe.", key_safe_code="4071", **by)
    people.record_allergy(status=AllergyStatus.PRESENT, substance="Penicillin", reaction="Her face swells", **by)
    people.record_medicine(details=some_medicine(), **by)
    people.record_advance_decision(details=AdvanceDetails(AdvanceKind.DNACPR, "The hall table"), **by)
    people.record_moving(details=MovingDetails("Walk beside her, on the left.", 2, "stand aid"), **by)
    people.record_adjustment(words="Write down anything with a date in it.", **by)
    people.add_contact(
        name="Helen Ellis-Ward", relation=Relation.DAUGHTER, phone="01632 960601", is_next_of_kin=True, **by
    )
    people.write_about_me(
        sections=AboutSections(most_important="My garden.", communicate="Face me.", please_do_not="Do not shout."),
        based_on=None, **by,
    )  # fmt: skip
    visit = make_visit(found, start=at_local(local_date(utc_now()), utc_now().time()))
    session.commit()
    return found, visit


class TestTheDoorPage:
    def test_shows_the_care_worker_on_the_round_all_that_they_need(self, care, sign_in):
        margaret, _ = care

        shown = sign_in(margaret.joy).get(f"/people/{margaret.person_id}/door").text

        for words in (
            "14 Larch Close", "Show how to get in", "My garden.", "Face me.", "Do not shout.",
            "Penicillin", "Her face swells", "Furosemide", "DNACPR form", "The hall table", "2 workers", "stand aid",
            "Walk beside her, on the left.", "Write down anything with a date in it.", "Helen Ellis-Ward, daughter",
            "I may fall on the steps.", "Hold the rail, shoes on.", "Ring the bell twice.", "Jean Hall, sister",
            "I cannot breathe.", "999, then Jean.",
        ):  # fmt: skip
            assert words in shown
        assert "4071" not in shown
        assert "/details/answers" not in shown

    def test_gives_the_key_safe_on_tap_and_writes_the_look_down(self, care, session, sign_in):
        margaret, _ = care
        door = f"/people/{margaret.person_id}/door"

        shown = submit(sign_in(margaret.joy), door, to=f"/people/{margaret.person_id}/way-in")

        assert "4071" in shown.text
        looked = session.execute(
            text("SELECT section, route FROM audit_event WHERE account_id = :joy ORDER BY at"),
            {"joy": margaret.joy.account_id},
        ).all()
        assert looked == [
            ("door", "GET /people/<uuid:person_id>/door"),
            ("person", "POST /people/<uuid:person_id>/way-in"),
        ]

    def test_is_led_to_from_the_round_and_from_the_visit(self, care, sign_in):
        margaret, visit = care
        browser, door = sign_in(margaret.joy), f'href="/people/{margaret.person_id}/door"'

        assert door in browser.get(f"/visits/{visit.id}").text
        assert door in browser.get("/round").text

    def test_hides_the_words_of_adjustments_from_a_carer(self, care, session, sign_in):
        margaret, _ = care
        carer = make_account(Role.UNPAID_CARER)
        contact_id = make_contact(person_id=margaret.person_id, actor=margaret.around.social_worker, account=carer)
        people.add_unpaid_carer(
            person_id=margaret.person_id, contact_id=contact_id, starts_on=local_date(utc_now()),
            agreed_words="Yes", actor=margaret.around.social_worker, now=utc_now(),
        )  # fmt: skip
        session.commit()

        shown = sign_in(carer).get(f"/people/{margaret.person_id}/door").text

        assert "Reasonable adjustments" in shown
        assert "Write down anything with a date" not in shown

    def test_of_somebody_elses_person_is_as_if_absent(self, care, session, sign_in):
        margaret, _ = care
        stranger = make_account(Role.CARE_WORKER, organisation=margaret.around.provider)
        session.commit()
        browser = sign_in(stranger)

        answers = [browser.get(f"/people/{i}/door").status_code for i in (margaret.person_id, stranger.account_id)]

        assert answers == [404, 404]

    def test_shows_an_interim_plan_as_what_is_known_now(self, session, sign_in):
        around = make_around()
        make_agreed(around, kind=PlanKind.INTERIM)
        session.commit()

        shown = sign_in(around.coordinator).get(f"/people/{around.person_id}/door").text

        assert "Interim plan" in shown
        assert "Help to wash and dress." in shown
        assert "Jean lets us in." in shown

    def test_tells_who_may_write_what_nobody_has_said_and_leads_there(self, session, sign_in):
        worker = make_social_worker()
        person_id = make_person(social_worker=worker)
        session.commit()

        shown = sign_in(worker).get(f"/people/{person_id}/door").text

        assert "Medicines, or that nobody has asked." in shown
        assert f"/people/{person_id}/details/answers" in shown
        assert "No plan is in force yet" in shown

    def test_says_not_asked_apart_from_none(self, session, sign_in):
        around = make_around(now=utc_now() - timedelta(days=1))
        session.commit()

        shown = sign_in(around.social_worker).get(f"/people/{around.person_id}/door").text

        assert "Not asked yet" in shown
        assert "Takes no medicines" not in shown
