"""What a worker needs at the door as it is written down: by those around the person, corrected, checked, never lost."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, ProgrammingError

from careplan.access.domain.actor import Role
from careplan.kernel.clock import local_date, utc_now
from careplan.organisations.domain.organisation import OrganisationKind
from careplan.people import queries, service
from careplan.people.domain.advance_decision import AdvanceDetails, AdvanceKind
from careplan.people.domain.contact import Relation
from careplan.people.domain.known import AlreadyReplaced, Known, StandsOnRecord, Topic
from careplan.people.domain.medicine import SameHands
from careplan.people.domain.moving import MovingDetails
from careplan.people.domain.partnership import MemberKind
from tests.factories.organisations import make_account, make_organisation, make_social_worker
from tests.factories.people import make_person, some_medicine
from tests.pages import submit

MEDICINE = {
    "name": "Salbutamol", "form": "inhaler", "strength": "100 micrograms", "dose": "2 puffs", "route": "inhaled",
    "support": "helped", "source": "the pharmacy label", "as_needed": "y", "least_gap-hours": "4",
    "least_gap-minutes": "0", "most_doses": "4", "reason": "wheezing",
}  # fmt: skip
PAPER = {
    "kind": "respect", "kept_where": "The yellow folder in the hall", "dated_on-day": "17", "dated_on-month": "2",
    "dated_on-year": "2026",
}  # fmt: skip


@pytest.fixture
def worker(session):
    made = make_social_worker()
    session.commit()
    return made


@pytest.fixture
def person_id(session, worker):
    made = make_person(social_worker=worker, nhs_number=None)
    session.commit()
    return made


@pytest.fixture
def browser(worker, sign_in):
    return sign_in(worker)


@pytest.fixture
def coordinator(session, worker, person_id):
    """Somebody else who may write: of the provider in the partnership."""
    provider = make_organisation()
    made = make_account(Role.PROVIDER_COORDINATOR, organisation=provider, name="Priya Shah")
    service.join_partnership(
        person_id=person_id, kind=MemberKind.PROVIDER, organisation_id=provider.id, actor=worker, now=utc_now()
    )
    session.commit()
    return made


def door_of(session, person_id):
    session.rollback()
    return queries.get_door(person_id=person_id, on=local_date(utc_now()))


class TestAnswers:
    def test_say_of_many_things_at_once_that_there_is_none_or_that_nobody_asked(self, session, browser, person_id):
        typed = {"medicines": "none", "advance_decisions": "not_asked", "allergies": "none", "gp": "not_asked"}

        answer = submit(browser, f"/people/{person_id}/details/answers", typed)

        shown = browser.get(answer.location).text
        assert "Takes no medicines" in shown
        known = door_of(session, person_id).known
        assert [known[t].known for t in (Topic.MEDICINES, Topic.ADVANCE_DECISIONS, Topic.ALLERGIES, Topic.GP)] == [
            Known.NONE, Known.NOT_ASKED, Known.NONE, Known.NOT_ASKED,
        ]  # fmt: skip
        assert all(known[Topic(t)].is_said for t in typed)

    def test_ask_nothing_about_what_is_known(self, session, browser, worker, person_id):
        service.record_medicine(person_id=person_id, details=some_medicine(), actor=worker, now=utc_now())
        session.commit()

        shown = browser.get(f"/people/{person_id}/details/answers").text

        assert 'name="medicines"' not in shown
        assert 'name="gp"' in shown

    def test_show_what_was_said_before_and_keep_it_once(self, session, browser, person_id):
        address = f"/people/{person_id}/details/answers"
        submit(browser, address, {"medicines": "none"})

        answer = submit(browser, address, {"medicines": "none", "gp": "none"})

        assert answer.status_code == 303
        assert session.scalar(text("SELECT count(*) FROM person_answer")) == 2

    def test_are_at_least_one(self, browser, person_id):
        answer = submit(browser, f"/people/{person_id}/details/answers")

        assert (answer.status_code, "Answer at least one" in answer.text) == (422, True)

    def test_that_there_is_none_is_refused_while_something_stands(self, session, worker, person_id):
        by = {"person_id": person_id, "actor": worker, "now": utc_now()}
        service.record_medicine(details=some_medicine(), **by)

        with pytest.raises(StandsOnRecord):
            service.record_answers(answers={Topic.MEDICINES: Known.NONE}, **by)

    def test_stay_as_they_were_said(self, session, worker, person_id):
        by = {"person_id": person_id, "actor": worker, "now": utc_now()}
        service.record_answers(answers={Topic.MEDICINES: Known.NONE}, **by)

        with pytest.raises(ProgrammingError):
            session.execute(text("UPDATE person_answer SET known = 'not_asked'"))


class TestMedicines:
    def test_are_copied_and_shown_as_unchecked(self, browser, person_id):
        answer = submit(browser, f"/people/{person_id}/details/medicines/new", MEDICINE)

        shown = browser.get(answer.location).text
        for words in (
            "Salbutamol", "2 puffs, breathed in", "only when needed", "at least 4 hours apart, at most 4 in 24 hours",
            "Nobody has checked it yet", "the pharmacy label",
        ):  # fmt: skip
            assert words in shown

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ({"name": ""}, "Type the name of the medicine"),
            ({"route": ""}, "Choose one"),
            ({"as_needed": ""}, "Say when it is taken"),
            ({"most_doses": ""}, "Type the most doses in 24 hours"),
            ({"most_doses": "many"}, "Type a whole number"),
            ({"least_gap-hours": "12"}, "do not fit into 24 hours"),
            ({"code": "1234"}, "A dm+d code has 6 to 18 digits"),
        ],
    )
    def test_bad_input_says_what_to_mend_and_keeps_what_was_typed(self, session, browser, person_id, typed, said):
        fields = {k: v for k, v in {**MEDICINE, "source": "a label <i>", **typed}.items() if v or k != "as_needed"}

        answer = submit(browser, f"/people/{person_id}/details/medicines/new", fields)

        assert answer.status_code == 422
        assert said in answer.text
        assert "a label &lt;i&gt;" in answer.text
        assert session.scalar(text("SELECT count(*) FROM medicine")) == 0

    def test_are_checked_by_somebody_else(self, session, browser, sign_in, coordinator, person_id):
        submit(browser, f"/people/{person_id}/details/medicines/new", MEDICINE)
        (medicine,) = door_of(session, person_id).medicines
        details = f"/people/{person_id}/details"
        checking = f"{details}/medicines/{medicine.id}/checked"

        own = submit(browser, details, to=checking)
        assert "You copied this out yourself" in browser.get(own.location).text
        assert "I have held it against the paper" not in browser.get(details).text
        others = sign_in(coordinator)
        assert "I have held it against the paper" in others.get(details).text
        submit(others, details, to=checking)

        assert "Checked by Priya Shah" in others.get(details).text
        assert door_of(session, person_id).medicines[0].checked_by == coordinator.account_id

    def test_the_database_too_wants_two_pairs_of_eyes(self, session, worker, person_id):
        service.record_medicine(person_id=person_id, details=some_medicine(), actor=worker, now=utc_now())

        with pytest.raises(IntegrityError, match="is_checked_by_another"):
            session.execute(text("UPDATE medicine SET checked_by = recorded_by, checked_at = now()"))

    def test_are_corrected_in_place_and_what_stood_there_is_shown_struck(self, session, browser, person_id):
        submit(browser, f"/people/{person_id}/details/medicines/new", MEDICINE)
        (first,) = door_of(session, person_id).medicines
        address = f"/people/{person_id}/details/medicines/{first.id}/correct"
        assert 'value="2 puffs"' in browser.get(address).text

        answer = submit(browser, address, {**MEDICINE, "dose": "1 puff"})

        shown = browser.get(answer.location).text
        assert "Corrected since" in shown
        (second,) = door_of(session, person_id).medicines
        assert (second.details.dose, second.corrects, second.is_checked) == ("1 puff", first.id, False)
        assert browser.get(address).status_code == 404

    def test_of_two_who_correct_one_the_second_is_told(self, session, worker, person_id):
        by = {"person_id": person_id, "actor": worker, "now": utc_now()}
        first = service.record_medicine(details=some_medicine(), **by)
        service.correct_medicine(medicine_id=first, details=some_medicine(dose="2 tablets"), **by)

        for act in (
            lambda: service.correct_medicine(medicine_id=first, details=some_medicine(), **by),
            lambda: service.stop_medicine(medicine_id=first, ends_on=local_date(utc_now()), reason="Ended", **by),
            lambda: service.retract_medicine(medicine_id=first, reason="Wrong", **by),
            lambda: service.check_medicine(medicine_id=first, **by),
        ):
            with pytest.raises(AlreadyReplaced):
                act()

    def test_are_stopped_with_a_reason(self, session, browser, person_id):
        submit(browser, f"/people/{person_id}/details/medicines/new", MEDICINE)
        (medicine,) = door_of(session, person_id).medicines
        yesterday = local_date(utc_now()) - timedelta(days=1)
        last = {"ends_on-day": yesterday.day, "ends_on-month": yesterday.month, "ends_on-year": yesterday.year}
        address = f"/people/{person_id}/details/medicines/{medicine.id}/end"

        assert submit(browser, address, last).status_code == 422
        submit(browser, address, {**last, "reason": "The GP took her off it"})

        shown = browser.get(f"/people/{person_id}/details").text
        assert "Not taken now" in shown
        assert "The GP took her off it" in shown
        assert door_of(session, person_id).known[Topic.MEDICINES].known is Known.NOT_ASKED

    def test_entered_in_error_stay_to_be_seen(self, session, browser, person_id):
        submit(browser, f"/people/{person_id}/details/medicines/new", MEDICINE)
        (medicine,) = door_of(session, person_id).medicines

        submit(browser, f"/people/{person_id}/details/medicines/{medicine.id}/in-error", {"reason": "Her sister's"})

        shown = browser.get(f"/people/{person_id}/details").text
        assert "<del><strong>Salbutamol</strong>" in shown
        assert "Her sister&#39;s" in shown
        assert door_of(session, person_id).medicines == ()

    def test_of_another_person_are_not_found(self, session, browser, worker, person_id):
        other = make_person(social_worker=worker, nhs_number=None)
        medicine = service.record_medicine(person_id=other, details=some_medicine(), actor=worker, now=utc_now())
        session.commit()

        for what in ("correct", "end", "in-error"):
            assert browser.get(f"/people/{person_id}/details/medicines/{medicine}/{what}").status_code == 404
        details = f"/people/{person_id}/details"
        assert submit(browser, f"{details}/answers", to=f"{details}/medicines/{medicine}/checked").status_code == 404

    def test_nobody_checks_their_own(self, session, worker, person_id):
        by = {"person_id": person_id, "actor": worker, "now": utc_now()}
        copied = service.record_medicine(details=some_medicine(), **by)

        with pytest.raises(SameHands):
            service.check_medicine(medicine_id=copied, **by)


class TestPapers:
    def test_say_where_they_are_and_who_saw_them(self, session, browser, worker, person_id):
        today = local_date(utc_now())
        seen = {"seen_on-day": today.day, "seen_on-month": today.month, "seen_on-year": today.year}

        answer = submit(browser, f"/people/{person_id}/details/advance-decisions/new", {**PAPER, **seen})

        shown = browser.get(answer.location).text
        for words in ("ReSPECT form", "17 February 2026", "The yellow folder in the hall", f"Seen by\n  {worker.name}"):
            assert " ".join(words.split()) in " ".join(shown.split())
        (paper,) = door_of(session, person_id).decisions
        assert paper.seen_by == worker.account_id

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ({"kept_where": ""}, "Say where the paper is"),
            ({"kind": ""}, "Choose one"),
            ({"dated_on-year": "2126"}, "This day is in the future"),
            ({"dated_on-month": "13"}, "Type a real date"),
        ],
    )
    def test_bad_input_says_what_to_mend_and_keeps_what_was_typed(self, session, browser, person_id, typed, said):
        fields = {**PAPER, "words": "Her own words", **typed}

        answer = submit(browser, f"/people/{person_id}/details/advance-decisions/new", fields)

        assert (answer.status_code, said in answer.text, "Her own words" in answer.text) == (422, True, True)

    def test_are_corrected_ended_and_marked(self, session, browser, person_id):
        address = f"/people/{person_id}/details/advance-decisions"
        submit(browser, f"{address}/new", PAPER)
        (first,) = door_of(session, person_id).decisions
        submit(browser, f"{address}/{first.id}/correct", {**PAPER, "kept_where": "In the car"})
        (second,) = door_of(session, person_id).decisions
        day = local_date(utc_now()) - timedelta(days=1)
        ended = {"ends_on-day": day.day, "ends_on-month": day.month, "ends_on-year": day.year, "reason": "Torn up"}
        submit(browser, f"{address}/{second.id}/end", ended)

        assert second.details.kept_where == "In the car"
        assert door_of(session, person_id).decisions == ()
        shown = browser.get(f"/people/{person_id}/details").text
        assert "It holds no more" in shown
        assert "Torn up" in shown
        submit(browser, f"{address}/{second.id}/in-error", {"reason": "Wrong house"})
        assert door_of(session, person_id).decisions[0].id == first.id

    def test_that_nobody_saw_bear_no_name(self, session, worker, person_id):
        service.record_advance_decision(
            person_id=person_id, details=AdvanceDetails(AdvanceKind.DNACPR, "Hall"), actor=worker, now=utc_now()
        )

        with pytest.raises(IntegrityError, match="somebody_saw_it"):
            session.execute(text("UPDATE advance_decision SET seen_by = recorded_by"))


class TestMoving:
    def test_is_as_it_was_said_last(self, session, browser, person_id):
        address = f"/people/{person_id}/details/moving"
        submit(browser, f"{address}/new", {"how": "With the hoist", "people_needed": "2", "equipment": "hoist"})
        submit(browser, f"{address}/new", {"how": "With her frame", "people_needed": "1"})

        assert door_of(session, person_id).moving.details == MovingDetails("With her frame", 1)
        assert "Replaced since" in browser.get(f"/people/{person_id}/details").text
        submit(browser, f"{address}/{door_of(session, person_id).moving.id}/in-error", {"reason": "Another person"})
        assert door_of(session, person_id).moving.details.how == "With the hoist"

    def test_can_be_answered_with_none_when_help_is_needed_no_more(self, session, browser, person_id):
        submit(browser, f"/people/{person_id}/details/moving/new", {"how": "With the hoist", "people_needed": "2"})

        submit(browser, f"/people/{person_id}/details/answers", {"moving": "none"})

        assert door_of(session, person_id).known[Topic.MOVING].known is Known.NONE

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ({"how": "", "people_needed": "1"}, "Say how the person moves"),
            ({"how": "x", "people_needed": "9"}, "1 to 4"),
        ],
    )
    def test_bad_input_says_what_to_mend(self, browser, person_id, typed, said):
        answer = submit(browser, f"/people/{person_id}/details/moving/new", typed)

        assert (answer.status_code, said in answer.text) == (422, True)


class TestPractice:
    def test_is_chosen_from_the_list(self, session, browser, person_id):
        practice = make_organisation(kind=OrganisationKind.GP_PRACTICE, name="Larch Street Surgery")
        session.commit()

        answer = submit(browser, f"/people/{person_id}/details/practice", {"practice_id": str(practice.id)})

        shown = browser.get(answer.location).text
        assert f"Larch Street Surgery, ODS code {practice.ods_code}" in shown
        assert door_of(session, person_id).known[Topic.GP].known is Known.KNOWN

    def test_is_entered_where_it_is_not_on_the_list_yet(self, session, sign_in, coordinator, person_id):
        typed = {"name": "Mill Street Practice", "ods_code": "y99908", "phone": "01632 960501"}

        answer = submit(sign_in(coordinator), f"/people/{person_id}/details/practice", typed)

        assert "Mill Street Practice, 01632 960501, ODS code Y99908" in sign_in(coordinator).get(answer.location).text

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ({}, "Type both the practice&#39;s name and its ODS code"),
            ({"name": "Mill Street"}, "Type both"),
            ({"name": "Mill Street", "ods_code": "?"}, "An ODS code is 3 to 10 letters and digits"),
            ({"name": "Mill Street", "ods_code": "Y99908", "phone": "ring"}, "Enter a telephone number"),
        ],
    )
    def test_bad_input_says_what_to_mend(self, browser, person_id, typed, said):
        answer = submit(browser, f"/people/{person_id}/details/practice", typed)

        assert answer.status_code == 422
        assert said in answer.text
        assert typed.get("name", "") in answer.text


class TestLetters:
    def test_come_in_the_format_that_is_recorded(self, session, browser, person_id):
        typed = {
            "given_name": "Margaret", "family_name": "Ellis", "gender": "female", "interpreter_needed": "no",
            "lives_alone": "not_asked", "letter_format": "large_print", "reason": "She asked", "based_on": "",
        }  # fmt: skip

        answer = submit(browser, f"/people/{person_id}/details/correct", typed)

        assert "Large print" in browser.get(answer.location).text
        assert door_of(session, person_id).known[Topic.LETTERS].known is Known.KNOWN


class TestTheCitizensPage:
    def test_says_in_plain_words_what_is_known_none_and_not_asked(self, session, sign_in, worker, person_id):
        citizen = make_account(Role.CITIZEN)
        by = {"person_id": person_id, "actor": worker, "now": utc_now()}
        service.link_citizen_account(account_id=citizen.account_id, **by)
        service.record_medicine(details=some_medicine(), **by)
        service.record_answers(answers={Topic.ADVANCE_DECISIONS: Known.NONE, Topic.ALLERGIES: Known.NONE}, **by)
        service.add_contact(name="Helen", relation=Relation.DAUGHTER, is_next_of_kin=True, **by)
        session.commit()
        own = sign_in(citizen)

        shown = own.get("/me/helpers").text

        for words in ("Furosemide", "You have no such paper.", "You have told us of no allergy.", "Helen, daughter",
                      "Nobody has asked you yet."):  # fmt: skip
            assert words in shown
        assert "/me/helpers" in own.get("/me/about").text

    def test_is_not_there_for_whoever_has_no_record(self, browser):
        assert browser.get("/me/helpers").status_code == 404
