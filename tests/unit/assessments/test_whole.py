"""What an assessment must hold before it is finished, and what a full plan wants of what was found."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from careplan.assessments.domain import content as c
from careplan.assessments.domain.advocacy import Ability, AdvocacyFinding, Circumstances
from careplan.assessments.domain.assessment import (
    Assessment,
    CarersTooSoon,
    LimbsClosed,
    NotWhole,
    check_carers_in_turn,
    check_limbs_open,
    check_whole,
    missing_from,
)
from careplan.assessments.domain.eligibility import Determination, Kind
from careplan.assessments.domain.giving import Format, GivenIncomplete, Recipient, check_given
from careplan.assessments.domain.outcome import CareActOutcome, WellbeingArea
from careplan.assessments.domain.standing import Standing, missing_advocacy, missing_determination
from careplan.assessments.domain.storing import as_json, content_from_json
from tests.factories.assessments import CAN_TAKE_PART, found, whole_content, with_carer

TODAY = date(2026, 11, 21)
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
WHOLE = whole_content(on=TODAY)
YES, NO, NOT_ASKED = c.Answer


def finding(circumstances=CAN_TAKE_PART, advocate=""):
    return AdvocacyFinding(uuid4(), uuid4(), circumstances, "", advocate, "", TODAY, uuid4(), NOON)


def places(content, advocacy=None):
    return {place for place, _ in missing_from(content, advocacy=advocacy or finding(), today=TODAY)}


def part(name, **said):
    return replace(WHOLE, **{name: replace(getattr(WHOLE, name), **said)})


class TestMissing:
    def test_is_nothing_from_a_whole_one(self):
        assert places(WHOLE) == places(with_carer(WHOLE)) == set()
        check_whole(WHOLE, advocacy=finding(), today=TODAY)

    def test_is_something_on_every_page_of_an_empty_one(self):
        with pytest.raises(NotWhole) as refused:
            check_whole(c.AssessmentContent(), advocacy=None, today=TODAY)

        assert {p.field for p in refused.value.problems} == {*c.Part, "advocacy"}

    @pytest.mark.parametrize(
        ("content", "place"),
        [
            (part("how", assessed_on=None), "how"),
            (part("how", assessed_on=TODAY + timedelta(days=1)), "how"),
            (part("how", method=None), "how"),
            (part("how", own_words=" "), "how"),
            (part("needs", impairment=NOT_ASKED), "needs"),
            (part("needs", impairment_words=""), "needs"),
            (part("needs", outcomes=found(CareActOutcome.NUTRITION, asked=False)), "needs"),
            (part("needs", outcomes=tuple(replace(o, meanings=()) for o in WHOLE.needs.outcomes)), "needs"),
            (part("needs", outcomes=tuple(replace(o, words="") for o in WHOLE.needs.outcomes)), "needs"),
            (part("impact", significant=NOT_ASKED), "impact"),
            (part("impact", areas=()), "impact"),
            (part("impact", words=""), "impact"),
            (part("carers", has_carer=NOT_ASKED), "carers"),
            (part("carers", has_carer=YES), "carers"),
            (with_carer(WHOLE, willing=NOT_ASKED), "carers"),
            (part("other", discretionary=NOT_ASKED), "other"),
            (part("other", preventive=NOT_ASKED), "other"),
            (part("other", preventive_words=""), "other"),
        ],
    )
    def test_is_told_where_it_is_mended(self, content, place):
        assert places(content) == {place}

    def test_is_what_happens_if_a_willing_carer_stops(self):
        parts = tuple(replace(p, if_they_stop="") for p in with_carer(WHOLE).carers.parts)

        assert places(replace(WHOLE, carers=c.Carers(YES, "Jean", parts))) == {"carers"}
        unwilling = tuple(replace(p, willing_and_able=NO) for p in parts)
        assert places(replace(WHOLE, carers=c.Carers(YES, "Jean", unwilling))) == set()

    def test_is_the_advocate_who_is_due(self):
        due = Circumstances({Ability.RETAINING: YES})

        assert places(WHOLE, finding(due)) == {"advocacy"}
        assert places(WHOLE, finding(due, "Dilys Price")) == set()


class TestCarers:
    def test_are_asked_about_only_when_the_limbs_are_known(self):
        with pytest.raises(CarersTooSoon):
            check_carers_in_turn(c.AssessmentContent())
        check_carers_in_turn(replace(WHOLE, carers=c.Carers()))


class TestLimbs:
    def test_are_closed_while_it_is_written_what_carers_do(self):
        for limb in (c.Part.NEEDS, c.Part.IMPACT):
            with pytest.raises(LimbsClosed):
                check_limbs_open(with_carer(WHOLE), limb)
        check_limbs_open(with_carer(WHOLE), c.Part.OTHER)

    @pytest.mark.parametrize("carers", [c.Carers(), c.Carers(NO)])
    def test_are_open_while_nothing_is_written_of_carers(self, carers):
        check_limbs_open(replace(WHOLE, carers=carers), c.Part.NEEDS)

    def test_are_open_again_once_that_is_taken_back_and_it_is_then_saved_anew(self):
        written = with_carer(WHOLE)
        taken_back = replace(written, carers=replace(written.carers, taken_back=True))

        check_limbs_open(taken_back, c.Part.NEEDS)
        assert places(taken_back) == {"carers"}
        with pytest.raises(CarersTooSoon):
            check_carers_in_turn(replace(c.AssessmentContent(), carers=taken_back.carers))
        assert places(written) == set()

    def test_of_what_was_stored_before_one_could_take_back_are_as_it_says(self):
        stored = as_json(with_carer(WHOLE))
        del stored["carers"]["taken_back"]

        assert content_from_json(stored) == with_carer(WHOLE)


def test_is_the_same_after_it_was_stored():
    for content in (WHOLE, with_carer(WHOLE), c.AssessmentContent(), part("impact", areas=tuple(WellbeingArea))):
        assert content_from_json(as_json(content)) == content


def assessed(at=NOON):
    return Assessment(uuid4(), uuid4(), WHOLE, at, uuid4(), at, uuid4(), at, uuid4())


def determined(kind=Kind.ELIGIBLE, at=NOON):
    return Determination(uuid4(), uuid4(), uuid4(), kind, "Because.", TODAY, uuid4(), at)


class TestPlan:
    @pytest.mark.parametrize("kind", Kind)
    def test_rests_on_any_determination_but_not_eligible(self, kind):
        missing = missing_determination(Standing(assessed(), determined(kind)))

        assert (missing is None) is (kind is not Kind.NOT_ELIGIBLE)

    def test_wants_a_determination(self):
        assert "A determination" in missing_determination(Standing(assessed()))

    def test_wants_a_determination_on_the_latest_assessment(self):
        later = assessed(NOON + timedelta(days=1))

        assert "22 November 2026" in missing_determination(Standing(later, determined()))

    def test_needs_no_assessment_where_the_need_is_urgent(self):
        assert missing_determination(Standing(None, determined(Kind.URGENT))) is None

    def test_wants_the_duty_to_an_advocate_met(self):
        due = Circumstances({Ability.RETAINING: YES})

        assert missing_advocacy(Standing()) == "Whether they need help to take part."
        assert missing_advocacy(Standing(advocacy=finding(due))) == "An independent advocate, by name: one is due."
        assert missing_advocacy(Standing(advocacy=finding(due, "Dilys Price"))) is None
        assert missing_advocacy(Standing(advocacy=finding())) is None


class TestGiven:
    @pytest.mark.parametrize(
        ("said", "field"),
        [
            ({"recipient": Recipient.FAMILY, "name": " "}, "name"),
            ({"format": Format.LANGUAGE, "language": None}, "language"),
            ({"on": TODAY + timedelta(days=1)}, "given_on"),
        ],
    )
    def test_says_who_got_it_how_and_when(self, said, field):
        usual = {"recipient": Recipient.PERSON, "name": "", "format": Format.PAPER, "language": None, "on": TODAY}
        check_given(**usual, today=TODAY)

        with pytest.raises(GivenIncomplete) as refused:
            check_given(**usual | said, today=TODAY)
        assert [p.field for p in refused.value.problems] == [field]
