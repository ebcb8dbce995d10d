"""Eligible is who has all three limbs; what carers do is no part of it."""

from dataclasses import replace

import pytest

from careplan.assessments.domain.content import Answer, Carers
from careplan.assessments.domain.eligibility import (
    DeterminationDisagrees,
    Eligibility,
    Kind,
    NoAssessment,
    ReasonsMissing,
    Result,
    check_determination,
    eligibility_in,
    eligibility_of,
)
from careplan.assessments.domain.outcome import CareActOutcome
from tests.factories.assessments import found, whole_content, with_carer

YES, NO, NOT_ASKED = Answer
ONE = found(CareActOutcome.NUTRITION)
TWO = found(CareActOutcome.NUTRITION, CareActOutcome.RELATIONSHIPS)
ALL = found(*CareActOutcome)
NONE = found()
ONE_AND_NINE_NOT_ASKED = found(CareActOutcome.NUTRITION, asked=False)
NOTHING_ASKED = found(asked=False)
ELIGIBLE = eligibility_of(impairment=YES, outcomes=TWO, significant_impact=YES)
NOT_ELIGIBLE = eligibility_of(impairment=YES, outcomes=ONE, significant_impact=YES)
NOT_KNOWN = eligibility_of(impairment=NOT_ASKED, outcomes=TWO, significant_impact=YES)


class TestEligibility:
    @pytest.mark.parametrize(
        ("impairment", "outcomes", "impact", "result"),
        [
            (YES, ONE, YES, Result.NOT_ELIGIBLE),  # one outcome, though the impact is significant
            (YES, TWO, YES, Result.ELIGIBLE),
            (YES, ALL, YES, Result.ELIGIBLE),
            (YES, NONE, YES, Result.NOT_ELIGIBLE),
            (NO, TWO, YES, Result.NOT_ELIGIBLE),  # needs that come from no impairment or illness
            (NO, ALL, YES, Result.NOT_ELIGIBLE),
            (YES, TWO, NO, Result.NOT_ELIGIBLE),  # no significant impact
            (NOT_ASKED, TWO, YES, Result.NOT_KNOWN),
            (YES, TWO, NOT_ASKED, Result.NOT_KNOWN),
            (YES, ONE_AND_NINE_NOT_ASKED, YES, Result.NOT_KNOWN),
            (YES, NOTHING_ASKED, YES, Result.NOT_KNOWN),
            (NO, NOTHING_ASKED, NOT_ASKED, Result.NOT_ELIGIBLE),  # one limb is missing for certain
            (NOT_ASKED, ONE, YES, Result.NOT_ELIGIBLE),
        ],
    )
    def test_takes_all_three_limbs(self, impairment, outcomes, impact, result):
        assert eligibility_of(impairment=impairment, outcomes=outcomes, significant_impact=impact).result is result

    def test_counts_what_is_out_of_reach(self):
        assert eligibility_of(impairment=YES, outcomes=ONE, significant_impact=YES) == Eligibility(True, False, True, 1)

    def test_is_blind_to_what_carers_do(self):
        alone = whole_content()

        assert eligibility_in(with_carer(alone)) == eligibility_in(alone)
        assert eligibility_in(replace(alone, carers=Carers())) == eligibility_in(alone)


class TestDetermination:
    @pytest.mark.parametrize(
        ("kind", "eligibility"),
        [
            (Kind.ELIGIBLE, ELIGIBLE),
            (Kind.NOT_ELIGIBLE, NOT_ELIGIBLE),
            (Kind.DISCRETIONARY, NOT_ELIGIBLE),
            *((kind, e) for kind in (Kind.URGENT, Kind.SECTION_117, Kind.CARER)
              for e in (None, ELIGIBLE, NOT_ELIGIBLE, NOT_KNOWN)),
        ],
    )  # fmt: skip
    def test_may_agree_with_the_limbs_or_rest_on_another_ground(self, kind, eligibility):
        check_determination(kind=kind, reasons="Because.", eligibility=eligibility)

    @pytest.mark.parametrize(
        ("kind", "eligibility"),
        [
            (Kind.ELIGIBLE, NOT_ELIGIBLE), (Kind.ELIGIBLE, NOT_KNOWN),
            (Kind.NOT_ELIGIBLE, ELIGIBLE), (Kind.NOT_ELIGIBLE, NOT_KNOWN),
            (Kind.DISCRETIONARY, ELIGIBLE), (Kind.DISCRETIONARY, NOT_KNOWN),
        ],
    )  # fmt: skip
    def test_may_not_say_other_than_the_limbs(self, kind, eligibility):
        with pytest.raises(DeterminationDisagrees):
            check_determination(kind=kind, reasons="Because.", eligibility=eligibility)

    @pytest.mark.parametrize("kind", [Kind.ELIGIBLE, Kind.NOT_ELIGIBLE, Kind.DISCRETIONARY])
    def test_rests_on_a_finished_assessment(self, kind):
        with pytest.raises(NoAssessment):
            check_determination(kind=kind, reasons="Because.", eligibility=None)

    @pytest.mark.parametrize("kind", Kind)
    def test_gives_reasons(self, kind):
        with pytest.raises(ReasonsMissing):
            check_determination(kind=kind, reasons=" ", eligibility=ELIGIBLE)
