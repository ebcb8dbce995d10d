"""An advocate is due where taking part is hard and nobody fit supports the person, and sometimes all the same."""

from dataclasses import replace

import pytest

from careplan.assessments.domain.advocacy import (
    DUE,
    Ability,
    Circumstances,
    Duty,
    Supporter,
    duty_of,
    is_appropriate,
    is_met,
)
from careplan.assessments.domain.content import Answer

YES, NO, NOT_ASKED = Answer
DAUGHTER = Supporter("Helen Ellis-Ward", paid_to_care=NO, person_wants_them=YES)
PAID_CARER = Supporter("Joy from Harbour Care", paid_to_care=YES, person_wants_them=YES)
NOTHING_HARD = {ability: NO for ability in Ability}
RETAINING_HARD = NOTHING_HARD | {Ability.RETAINING: YES}
ALONE = Circumstances(RETAINING_HARD)
SUPPORTED = Circumstances(RETAINING_HARD, DAUGHTER)


class TestDuty:
    @pytest.mark.parametrize("ability", Ability)
    def test_arises_from_difficulty_with_any_one_of_the_four_abilities(self, ability):
        assert duty_of(Circumstances(NOTHING_HARD | {ability: YES})) is Duty.NOBODY_FIT

    def test_does_not_arise_where_nothing_is_hard(self):
        assert duty_of(Circumstances(NOTHING_HARD)) is Duty.NO_DIFFICULTY

    @pytest.mark.parametrize("ability", Ability)
    def test_is_not_known_while_one_ability_was_not_asked_about(self, ability):
        asked = {a: NO for a in Ability if a is not ability}

        assert duty_of(Circumstances(asked)) is Duty.NOT_ASKED
        assert duty_of(Circumstances(asked | {ability: NOT_ASKED})) is Duty.NOT_ASKED

    def test_arises_at_once_where_one_is_hard_though_others_were_not_asked_about(self):
        assert duty_of(Circumstances({Ability.WEIGHING: YES})) is Duty.NOBODY_FIT

    def test_is_taken_away_by_an_appropriate_person(self):
        assert duty_of(SUPPORTED) is Duty.SUPPORTED

    def test_stands_where_the_one_there_is_is_a_paid_carer(self):
        assert duty_of(replace(ALONE, supporter=PAID_CARER)) in DUE

    @pytest.mark.parametrize(
        ("said", "appropriate"),
        [
            ({}, True),
            ({"paid_to_care": YES}, False),
            ({"paid_to_care": NOT_ASKED}, False),
            ({"person_wants_them": NO}, False),
            ({"person_wants_them": NOT_ASKED}, False),
            ({"name": " "}, False),
        ],
    )
    def test_is_taken_away_only_by_somebody_unpaid_whom_the_person_wants(self, said, appropriate):
        supporter = replace(DAUGHTER, **said)

        assert is_appropriate(supporter) is appropriate
        assert (duty_of(replace(ALONE, supporter=supporter)) is Duty.SUPPORTED) is appropriate

    @pytest.mark.parametrize(
        ("said", "duty"),
        [
            ({"long_nhs_stay": True, "stay_in_best_interests": True}, Duty.LONG_NHS_STAY),
            ({"long_nhs_stay": True}, Duty.SUPPORTED),
            ({"stay_in_best_interests": True}, Duty.SUPPORTED),
            ({"material_disagreement": True, "both_want_advocate": True}, Duty.DISAGREEMENT),
            ({"material_disagreement": True}, Duty.SUPPORTED),
            ({"both_want_advocate": True}, Duty.SUPPORTED),
            ({"long_nhs_stay": True, "both_want_advocate": True}, Duty.SUPPORTED),
        ],
    )
    def test_stands_in_spite_of_an_appropriate_person(self, said, duty):
        assert duty_of(replace(SUPPORTED, **said)) is duty

    def test_does_not_arise_from_what_overrides_it_alone(self):
        everything = {"long_nhs_stay": True, "stay_in_best_interests": True}
        everything |= {"material_disagreement": True, "both_want_advocate": True}

        assert duty_of(Circumstances(NOTHING_HARD, DAUGHTER, **everything)) is Duty.NO_DIFFICULTY


@pytest.mark.parametrize("duty", Duty)
@pytest.mark.parametrize("advocate", ["", " ", "Dilys Price"])
def test_is_met_where_none_is_due_or_one_is_named(duty, advocate):
    named = advocate == "Dilys Price"

    assert is_met(duty=duty, advocate_name=advocate) is {
        Duty.NOT_ASKED: False, Duty.NO_DIFFICULTY: True, Duty.SUPPORTED: True,
        Duty.NOBODY_FIT: named, Duty.LONG_NHS_STAY: named, Duty.DISAGREEMENT: named,
    }[duty]  # fmt: skip
