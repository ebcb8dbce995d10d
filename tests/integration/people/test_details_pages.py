"""A person's details as pages: entered, read, added to and ended, by whom they are open to and by nobody else."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import text

from careplan.access.domain.actor import Role
from careplan.kernel.clock import local_date, utc_now
from careplan.kernel.ids import new_id
from careplan.organisations.domain.organisation import OrganisationKind
from careplan.people import queries, service
from careplan.people.domain.allergy import AllergyStatus
from careplan.people.domain.authority import AuthorityKind
from careplan.people.domain.contact import Relation
from careplan.people.domain.partnership import MemberKind
from tests.factories.organisations import make_account, make_organisation, make_social_worker
from tests.factories.people import make_contact, make_person, some_nhs_number
from tests.pages import submit

NEW = {
    "given_name": "Margaret",
    "family_name": "Ellis",
    "gender": "female",
    "interpreter_needed": "no",
    "lives_alone": "not_asked",
}
DAY = {"starts_on-day": "1", "starts_on-month": "6", "starts_on-year": "2024"}
EARLIER = {"ends_on-day": "31", "ends_on-month": "5", "ends_on-year": "2024"}


def _day(name, day):
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


@pytest.fixture
def worker(session):
    made = make_social_worker()
    session.commit()
    return made


@pytest.fixture
def browser(worker, sign_in):
    return sign_in(worker)


@pytest.fixture
def person_id(session, worker):
    made = make_person(social_worker=worker, nhs_number=None)
    session.commit()
    return made


class TestEnteringAPerson:
    def test_leads_to_their_details(self, session, browser):
        number = some_nhs_number()
        typed = {
            **NEW, "nhs_number": f"{number[:3]} {number[3:6]} {number[6:]}", "line1": "14 Larch Close",
            "town": "Northbridge", "postcode": "nb4 2qt",
        }  # fmt: skip

        answer = submit(browser, "/people/new", typed)

        assert answer.status_code == 303
        shown = browser.get(answer.location).text
        for words in ("Margaret Ellis", f"{number[:3]} {number[3:6]} {number[6:]}", "14 Larch Close", "NB4 2QT"):
            assert words in shown

    def test_needs_no_more_than_a_name(self, browser):
        assert submit(browser, "/people/new", NEW).status_code == 303

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ({"nhs_number": "943 476 5918"}, "its last digit does not fit the others"),
            ({"nhs_number": "12345"}, "has 10 digits and this one has 5"),
            ({"given_name": ""}, "Enter the given name"),
            (_day("birth_date", local_date(utc_now()) + timedelta(days=1)), "The date of birth is in the future"),
            ({"birth_date-day": "31", "birth_date-month": "2", "birth_date-year": "1942"}, "Type a real date"),
            ({"birth_date-day": "1", "birth_date-month": "2", "birth_date-year": "1842"}, "is before 1900"),
            ({"line1": "14 Larch Close"}, "Enter the town or village"),
            ({"line1": "14 Larch Close", "town": "Northbridge", "postcode": "LARCH"}, "Enter a full postcode"),
            ({"phone": "ring me"}, "Enter a telephone number"),
            ({"email": "margaret"}, "Enter an email address"),
        ],
    )
    def test_bad_input_says_what_to_mend_keeps_what_was_typed_and_stores_nothing(self, session, browser, typed, said):
        answer = submit(browser, "/people/new", {**NEW, "preferred_name": "Peggy <b>", **typed})

        assert answer.status_code == 422
        assert said in answer.text
        assert "Error: " in answer.text
        assert "Peggy &lt;b&gt;" in answer.text
        assert all(str(value) in answer.text for value in typed.values())
        assert session.scalar(text("SELECT count(*) FROM person")) == 0
        assert session.scalar(text("SELECT count(*) FROM relationship")) == 0

    def test_a_choice_that_was_not_offered_is_refused(self, browser):
        answer = submit(browser, "/people/new", {**NEW, "gender": "martian"})

        assert (answer.status_code, "Choose one of these" in answer.text) == (422, True)

    def test_a_number_that_somebody_has_is_refused_without_naming_them(self, session, browser):
        number = some_nhs_number()
        make_person(social_worker=make_social_worker(), family_name="Hidden", nhs_number=number)
        session.commit()

        answer = submit(browser, "/people/new", {**NEW, "nhs_number": number})

        assert answer.status_code == 422
        assert "already has a record here" in answer.text
        assert "Hidden" not in answer.text

    @pytest.mark.parametrize("role", [Role.CITIZEN, Role.NURSE, Role.PROVIDER_COORDINATOR, Role.AUDITOR])
    def test_is_for_social_workers(self, session, sign_in, role):
        other = make_account(role)
        session.commit()

        assert sign_in(other).get("/people/new").status_code == 403


class TestReadingDetails:
    def test_someone_elses_person_looks_exactly_like_nobody(self, session, sign_in, person_id):
        other = make_social_worker()
        session.commit()
        stranger = sign_in(other)

        answers = [stranger.get(f"/people/{p}/details") for p in (person_id, new_id())]

        assert [a.status_code for a in answers] == [404, 404]
        assert _without_reference(answers[0].text) == _without_reference(answers[1].text)

    def test_says_not_asked_where_nobody_asked(self, browser, person_id):
        shown = browser.get(f"/people/{person_id}/details").text

        assert "Not asked yet" in shown
        assert "NHS number not known" in shown

    def test_shows_everything_that_is_known_and_offers_to_add(self, session, browser, worker, person_id):
        by = {"person_id": person_id, "actor": worker, "now": utc_now()}
        service.add_contact(name="Jean Hall", relation=Relation.SISTER, phone="01632 960121", is_next_of_kin=True, **by)
        service.record_allergy(status=AllergyStatus.PRESENT, substance="Penicillin", reaction="A rash", **by)
        service.record_adjustment(words="Large print", **by)
        session.commit()

        shown = browser.get(f"/people/{person_id}/details").text

        for words in (
            "Jean Hall, sister",
            "01632 960121",
            "Next of kin",
            "Penicillin",
            "A rash",
            "Large print",
            "Add an address",
        ):
            assert words in shown

    def test_a_reader_who_may_not_write_is_offered_nothing_to_add(self, session, sign_in, worker, person_id):
        manager = make_account(Role.TEAM_MANAGER)
        nurse = make_account(Role.NURSE, organisation=make_organisation(kind=OrganisationKind.NHS_TRUST))
        service.join_partnership(
            person_id=person_id, kind=MemberKind.NURSE, account_id=nurse.account_id, actor=worker, now=utc_now()
        )
        session.commit()

        shown = sign_in(nurse).get(f"/people/{person_id}/details").text

        assert "Margaret Ellis" in shown
        assert "Add an address" not in shown
        assert sign_in(nurse).get(f"/people/{person_id}/details/addresses/new").status_code == 404
        assert sign_in(manager).get(f"/people/{person_id}/details").status_code == 404

    def test_a_carer_sees_that_there_are_adjustments_and_not_what_they_are(self, session, sign_in, worker, person_id):
        carer = make_account(Role.UNPAID_CARER)
        contact_id = make_contact(person_id=person_id, actor=worker, account=carer)
        by = {"person_id": person_id, "actor": worker, "now": utc_now()}
        service.record_adjustment(words="Large print", **by)
        service.add_unpaid_carer(
            contact_id=contact_id, starts_on=local_date(utc_now()), agreed_words="Yes, let Jean see it", **by
        )
        session.commit()

        shown = sign_in(carer).get(f"/people/{person_id}/details").text

        assert "There are some" in shown
        assert "Large print" not in shown


class TestHowToGetIn:
    def test_stays_off_every_other_page(self, session, browser, worker, person_id):
        _record_way_in(session, worker, person_id)

        shown = browser.get(f"/people/{person_id}/details").text

        assert "4711" not in shown
        assert "Show how to get in" in shown

    def test_shows_on_request_and_the_look_is_written_down(self, session, browser, worker, person_id):
        _record_way_in(session, worker, person_id)

        shown = submit(browser, f"/people/{person_id}/details", to=f"/people/{person_id}/way-in")

        assert "4711" in shown.text
        looked = session.execute(
            text("SELECT account_id, action, person_id FROM audit_event WHERE route LIKE '%way-in'")
        ).one()
        assert looked == (worker.account_id, "read", person_id)

    def test_is_nobody_elses(self, session, sign_in, worker, person_id):
        _record_way_in(session, worker, person_id)
        other = make_social_worker()
        session.commit()
        stranger = sign_in(other)

        assert submit(stranger, "/help", to=f"/people/{person_id}/way-in").status_code == 404


class TestAdding:
    @pytest.mark.parametrize(
        ("what", "typed", "shown"),
        [
            ("addresses", {"line1": "2 Weir Road", "town": "Northbridge", **DAY}, "2 Weir Road"),
            ("way-in", {"words": "Key safe by the back door", "key_safe_code": "0042"}, "Show how to get in"),
            (
                "contacts",
                {"name": "Arthur Bell", "relation": "neighbour", "is_emergency": "y"},
                "Arthur Bell, neighbour",
            ),
            ("allergies", {"status": "none_known"}, "None known"),
            ("allergies", {"status": "present", "substance": "Latex"}, "Latex"),
            ("adjustments", {"words": "Ring before you come"}, "Ring before you come"),
        ],
    )
    def test_leads_back_to_the_details_where_it_shows(self, browser, person_id, what, typed, shown):
        answer = submit(browser, f"/people/{person_id}/details/{what}/new", typed)

        assert (answer.status_code, answer.location) == (303, f"/people/{person_id}/details")
        assert shown in browser.get(answer.location).text

    @pytest.mark.parametrize(
        ("what", "typed", "said"),
        [
            ("addresses", {"line1": "2 Weir Road", "town": "X", **DAY, **EARLIER}, "last day is before the first day"),
            ("addresses", {"line1": "", "town": ""}, "Enter the house and street"),
            ("way-in", {"words": ""}, "Say how a worker gets in"),
            ("contacts", {"name": "", "relation": "sister"}, "Enter their name"),
            ("contacts", {"name": "Jean"}, "Choose what they are"),
            ("allergies", {"status": "present"}, "Say what the person is allergic to"),
            ("allergies", {"status": "none_known", "substance": "Latex"}, "goes with an allergy only"),
            ("adjustments", {"words": ""}, "Say what has to be done differently"),
            ("partnership", {"party": ""}, "Choose who joins"),
            ("partnership", {"party": "nurse:not-an-id"}, "Choose one of these"),
        ],
    )  # fmt: skip
    def test_bad_input_says_what_to_mend(self, session, browser, person_id, what, typed, said):
        answer = submit(browser, f"/people/{person_id}/details/{what}/new", typed)

        assert answer.status_code == 422
        assert said in answer.text

    def test_a_provider_who_joins_sees_the_person_at_once_and_a_leaver_no_more(
        self, session, browser, sign_in, person_id
    ):
        provider = make_organisation()
        coordinator = make_account(Role.PROVIDER_COORDINATOR, organisation=provider)
        session.commit()
        address = f"/people/{person_id}/details"
        before = sign_in(coordinator).get(address).status_code

        submit(browser, f"{address}/partnership/new", {"party": f"provider:{provider.id}"})
        during = sign_in(coordinator).get(address).status_code
        (member,) = [m for m in _members(session, person_id) if m.kind is MemberKind.PROVIDER]
        submit(browser, f"{address}/partnership/{member.id}/end", {"reason": "Gave notice"})
        after = sign_in(coordinator).get(address).status_code

        assert (before, during, after) == (404, 200, 404)

    def test_an_attorney_sees_the_record_when_the_registration_was_seen(
        self, session, browser, sign_in, worker, person_id
    ):
        attorney = make_account(Role.REPRESENTATIVE)
        contact_id = make_contact(person_id=person_id, actor=worker, account=attorney, name="Helen Ellis-Ward")
        session.commit()
        address = f"/people/{person_id}/details"
        kind = AuthorityKind.HEALTH_WELFARE_ATTORNEY.value

        submit(browser, f"{address}/authorities/new", {"contact_id": str(contact_id), "kind": kind, **DAY})
        before = sign_in(attorney).get(address).status_code
        session.rollback()
        (authority,) = queries.list_authorities(person_id=person_id)
        submit(browser, f"{address}/authorities/{authority.id}/seen", _day("seen_on", local_date(utc_now())))
        after = sign_in(attorney).get(address).status_code

        assert (before, after) == (404, 200)


class TestEnding:
    def test_what_was_entered_in_error_stays_to_be_seen_with_its_reason(self, session, browser, worker, person_id):
        allergy_id = service.record_allergy(
            person_id=person_id, status=AllergyStatus.PRESENT, substance="Latex", actor=worker, now=utc_now()
        )
        session.commit()

        submit(browser, f"/people/{person_id}/details/allergies/{allergy_id}/in-error", {"reason": "Wrong person"})

        shown = browser.get(f"/people/{person_id}/details").text
        assert "<del>Latex</del>" in shown
        assert "Wrong person" in shown
        assert "Not asked yet" in shown

    def test_takes_a_reason(self, session, browser, worker, person_id):
        contact_id = make_contact(person_id=person_id, actor=worker)
        session.commit()

        answer = submit(browser, f"/people/{person_id}/details/contacts/{contact_id}/in-error", {"reason": " "})

        assert answer.status_code == 422
        assert "Say why" in answer.text

    def test_another_persons_contact_is_not_found(self, session, browser, worker, person_id):
        other = make_person(social_worker=worker, nhs_number=None)
        contact_id = make_contact(person_id=other, actor=worker)
        session.commit()

        assert browser.get(f"/people/{person_id}/details/contacts/{contact_id}/in-error").status_code == 404


class TestCorrecting:
    def test_keeps_what_stood_there(self, browser, person_id):
        typed = {**NEW, "given_name": "Margarete", "reason": "As on her passport", "based_on": ""}

        answer = submit(browser, f"/people/{person_id}/details/correct", typed)

        shown = browser.get(answer.location).text
        assert "Margarete Ellis" in shown
        assert "<del>Margaret</del>" in shown

    def test_the_later_of_two_editors_is_shown_what_the_first_saved_and_keeps_what_they_typed(self, browser, person_id):
        address = f"/people/{person_id}/details/correct"
        submit(browser, address, {**NEW, "given_name": "Margarete", "reason": "Passport", "based_on": ""})

        answer = submit(browser, address, {**NEW, "given_name": "Margot", "reason": "Her wish", "based_on": ""})

        assert answer.status_code == 422
        assert "Somebody corrected these details" in answer.text
        assert "<ins>Margarete</ins>" in answer.text
        assert 'value="Margot"' in answer.text


class TestOrganisations:
    def test_are_listed_as_a_page_and_as_json(self, session, browser):
        make_organisation(name="Harbour Care")
        session.commit()

        assert "Harbour Care" in browser.get("/organisations").text
        items = browser.get("/api/v1/organisations").json["items"]
        assert "Harbour Care" in [i["name"] for i in items]

    def test_are_not_listed_for_a_citizen(self, session, sign_in):
        citizen = make_account(Role.CITIZEN)
        session.commit()

        assert sign_in(citizen).get("/organisations").status_code == 403


def _record_way_in(session, worker, person_id):
    service.record_way_in(
        person_id=person_id, words="Key safe, back door", key_safe_code="4711", actor=worker, now=utc_now()
    )
    session.commit()


def _members(session, person_id):
    session.rollback()
    return queries.list_partnership(person_id=person_id)


def _without_reference(html):
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|csrf_token.*", "", html)
