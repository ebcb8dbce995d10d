"""What is known at the door: not asked, none and known are three things, and silence is a fourth."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from careplan.kernel.errors import Invalid
from careplan.kernel.minutes import Minutes
from careplan.people.domain.advance_decision import AdvanceDecision, AdvanceDetails, AdvanceKind, checked_advance
from careplan.people.domain.allergy import Allergy, AllergyStatus, allergies_of
from careplan.people.domain.contact import Contact, Relation
from careplan.people.domain.door import NEEDED, Door
from careplan.people.domain.known import Answer, Known, StandsOnRecord, Topic, check_answer, knowledge_of, standing
from careplan.people.domain.medicine import AsNeeded, Medicine, SameHands, check_checker, checked_medicine
from careplan.people.domain.moving import Moving, MovingDetails, checked_moving
from careplan.people.domain.person import Person
from careplan.people.domain.retraction import Retraction
from tests.factories.people import some_medicine

PERSON, WORKER, OTHER = uuid4(), uuid4(), uuid4()
MONDAY = datetime(2026, 11, 16, 9, tzinfo=UTC)
TODAY = date(2026, 11, 21)
WRONG = Retraction(MONDAY, WORKER, "Meant for another person")


def days_later(days):
    return MONDAY + timedelta(days=days)


def an_answer(topic, known, at=MONDAY):
    return Answer(uuid4(), PERSON, topic, known, at, WORKER)


def a_medicine(at=MONDAY, corrects=None, retraction=None, **said):
    return Medicine(uuid4(), PERSON, some_medicine(**said), at, WORKER, corrects=corrects, retraction=retraction)


def a_paper(**said):
    usual = {"kind": AdvanceKind.DNACPR, "kept_where": "The hall table", "dated_on": date(2026, 3, 1)}
    return AdvanceDecision(uuid4(), PERSON, AdvanceDetails(**{**usual, **said}), MONDAY, WORKER)


def a_door(allergies=(), person=None, **said):
    person = person or Person(PERSON, "Margaret", "Ellis", MONDAY, WORKER)
    return Door(**{"on": TODAY, "person": person, "has_way_in": False, "allergies": allergies_of(allergies), **said})


class TestKnowledge:
    def test_silence_is_not_asked_and_nobody_has_said_so(self):
        knowledge = knowledge_of(Topic.MEDICINES, stands=False, answers=[])

        assert (knowledge.known, knowledge.is_said) == (Known.NOT_ASKED, False)

    @pytest.mark.parametrize("known", [Known.NONE, Known.NOT_ASKED])
    def test_an_answer_says_it(self, known):
        knowledge = knowledge_of(Topic.MEDICINES, stands=False, answers=[an_answer(Topic.MEDICINES, known)])

        assert (knowledge.known, knowledge.is_said, knowledge.said_at) == (known, True, MONDAY)

    def test_the_latest_answer_counts(self):
        answers = [an_answer(Topic.GP, Known.NONE, days_later(1)), an_answer(Topic.GP, Known.NOT_ASKED)]

        assert knowledge_of(Topic.GP, stands=False, answers=answers).known is Known.NONE

    def test_what_stands_outweighs_every_answer(self):
        answers = [an_answer(Topic.GP, Known.NONE, days_later(9))]

        assert knowledge_of(Topic.GP, stands=True, answers=answers).known is Known.KNOWN

    def test_an_answer_to_something_else_says_nothing(self):
        answers = [an_answer(Topic.GP, Known.NONE)]

        assert not knowledge_of(Topic.MEDICINES, stands=False, answers=answers).is_said

    def test_that_there_were_none_before_something_was_recorded_says_nothing_once_it_has_ended(self):
        answers = [an_answer(Topic.MEDICINES, Known.NONE)]

        knowledge = knowledge_of(Topic.MEDICINES, stands=False, answers=answers, last_recorded=days_later(1))

        assert (knowledge.known, knowledge.is_said) == (Known.NOT_ASKED, False)

    def test_there_is_not_none_of_what_stands(self):
        with pytest.raises(StandsOnRecord):
            check_answer(standing=knowledge_of(Topic.MEDICINES, stands=True, answers=[]))


class TestStanding:
    def test_a_correction_stands_in_place_of_what_it_corrects(self):
        first = a_medicine()
        second = a_medicine(corrects=first.id)

        assert standing([first, second]) == [second]

    def test_what_a_mistaken_correction_replaced_counts_again(self):
        first = a_medicine()
        second = a_medicine(corrects=first.id, retraction=WRONG)

        assert standing([first, second]) == [first]

    def test_what_was_entered_in_error_counts_for_nothing(self):
        assert standing([a_medicine(retraction=WRONG)]) == []


class TestTheDoor:
    def test_of_somebody_new_says_all_that_is_missing(self):
        assert a_door().missing == tuple(f"{topic.words}, or that nobody has asked." for topic in NEEDED)

    def test_lacks_nothing_where_it_is_said_that_nobody_asked(self):
        answers = tuple(an_answer(t, Known.NOT_ASKED) for t in NEEDED if t is not Topic.ALLERGIES)
        not_asked = Allergy(uuid4(), PERSON, AllergyStatus.NOT_ASKED, MONDAY, WORKER)

        assert a_door(answers=answers, allergies=[not_asked]).missing == ()

    def test_lacks_nothing_where_everything_is_known(self):
        person = replace(Person(PERSON, "Margaret", "Ellis", MONDAY, WORKER), gp_organisation_id=uuid4())
        penicillin = Allergy(uuid4(), PERSON, AllergyStatus.PRESENT, MONDAY, WORKER, substance="penicillin")
        door = a_door(
            person=person,
            has_way_in=True,
            allergies=[penicillin],
            contacts=(Contact(uuid4(), PERSON, "Helen", Relation.DAUGHTER, is_next_of_kin=True),),
            recorded_medicines=(a_medicine(),),
            recorded_decisions=(a_paper(),),
            recorded_movings=(Moving(uuid4(), PERSON, MovingDetails("With her frame", 1), MONDAY, WORKER),),
        )

        assert door.missing == ()
        assert {k.known for t, k in door.known.items() if t in NEEDED} == {Known.KNOWN}

    def test_wants_the_date_of_a_paper(self):
        answers = tuple(an_answer(t, Known.NOT_ASKED) for t in NEEDED)
        door = a_door(
            answers=answers,
            allergies=[Allergy(uuid4(), PERSON, AllergyStatus.NONE_KNOWN, MONDAY, WORKER)],
            recorded_decisions=(a_paper(dated_on=None),),
        )

        assert door.missing == ("DNACPR form: its date.",)

    def test_a_medicine_that_was_stopped_is_not_taken(self):
        stopped = a_medicine(starts_on=date(2026, 1, 1), stops_on=date(2026, 11, 20))

        assert a_door(recorded_medicines=(stopped,)).medicines == ()

    def test_moving_is_as_it_was_said_last(self):
        moving = Moving(uuid4(), PERSON, MovingDetails("With the hoist", 2), MONDAY, WORKER)
        better = an_answer(Topic.MOVING, Known.NONE, days_later(2))

        assert a_door(recorded_movings=(moving,)).known[Topic.MOVING].known is Known.KNOWN
        assert a_door(recorded_movings=(moving,), answers=(better,)).known[Topic.MOVING].known is Known.NONE

    @pytest.mark.parametrize(("needed", "known"), [(None, Known.NOT_ASKED), (False, Known.NONE), (True, Known.KNOWN)])
    def test_an_interpreter_not_asked_for_is_not_one_that_is_not_needed(self, needed, known):
        person = Person(PERSON, "Vera", "Nowak", MONDAY, WORKER, interpreter_needed=needed)

        assert a_door(person=person).known[Topic.INTERPRETER].known is known


class TestMedicine:
    @pytest.mark.parametrize(
        ("said", "field"),
        [
            ({"name": " "}, "name"), ({"form": ""}, "form"), ({"strength": ""}, "strength"), ({"dose": ""}, "dose"),
            ({"source": ""}, "source"), ({"times": None}, "times"), ({"code": "12345"}, "code"),
            ({"code": "0123456"}, "code"),
            ({"starts_on": date(2026, 2, 1), "stops_on": date(2026, 1, 1)}, "stops_on"),
            ({"as_needed": AsNeeded(Minutes(240), 4)}, "reason"),
            ({"as_needed": AsNeeded(Minutes(0), 4), "reason": "pain"}, "least_gap"),
            ({"as_needed": AsNeeded(Minutes(240), 0), "reason": "pain"}, "most_doses"),
            ({"as_needed": AsNeeded(Minutes(360), 5), "reason": "pain"}, "most_doses"),
        ],
    )  # fmt: skip
    def test_lacks_a_part_without_which_nobody_can_give_it(self, said, field):
        with pytest.raises(Invalid) as refused:
            checked_medicine(some_medicine(**said))

        assert [p.field for p in refused.value.problems] == [field]

    @pytest.mark.parametrize(("gap", "most"), [(360, 4), (240, 6), (1439, 2), (1440, 1)])
    def test_as_many_doses_as_the_gap_lets_into_a_day_are_right(self, gap, most):
        needed = AsNeeded(Minutes(gap), most)

        assert checked_medicine(some_medicine(as_needed=needed, reason="pain", times=None)).as_needed == needed

    def test_everything_wrong_is_told_at_once(self):
        with pytest.raises(Invalid) as refused:
            checked_medicine(some_medicine(name="", dose=""))

        assert {p.field for p in refused.value.problems} == {"name", "dose"}

    def test_its_copier_is_not_its_checker(self):
        check_checker(copied_by=WORKER, checker=OTHER)
        with pytest.raises(SameHands):
            check_checker(copied_by=WORKER, checker=WORKER)


class TestPapers:
    @pytest.mark.parametrize(
        ("said", "field"),
        [
            ({"kept_where": " "}, "kept_where"), ({"dated_on": date(2026, 11, 22)}, "dated_on"),
            ({"seen_on": date(2026, 11, 22), "dated_on": TODAY}, "seen_on"), ({"seen_on": TODAY}, "dated_on"),
        ],
    )  # fmt: skip
    def test_say_where_they_are_and_bear_no_day_that_has_not_come(self, said, field):
        typed = AdvanceDetails(**{"kind": AdvanceKind.RESPECT, "kept_where": "The yellow folder", **said})

        with pytest.raises(Invalid) as refused:
            checked_advance(typed, today=TODAY)

        assert [p.field for p in refused.value.problems] == [field]

    def test_may_be_known_of_before_anybody_saw_them(self):
        typed = AdvanceDetails(AdvanceKind.RESPECT, "  The yellow   folder ")

        assert checked_advance(typed, today=TODAY).kept_where == "The yellow folder"


@pytest.mark.parametrize(("said", "field"), [(MovingDetails(" ", 1), "how"), (MovingDetails("x", 5), "people_needed")])
def test_moving_says_how_and_by_how_many(said, field):
    with pytest.raises(Invalid) as refused:
        checked_moving(said)

    assert [p.field for p in refused.value.problems] == [field]
