"""When a carer is eligible: each condition with its numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careplan.assessments.domain.content import Answer
from careplan.assessments.domain.eligibility import DeterminationDisagrees, ReasonsMissing, Result
from careplan.assessments.domain.outcome import Achievable
from careplan.carers.domain.eligibility import (
    RESTS_ON,
    Eligibility,
    Found,
    Kind,
    check_determination,
    eligibility_of,
)
from careplan.carers.domain.outcome import CarerOutcome

YES, NO, OPEN = Answer.YES, Answer.NO, Answer.NOT_ASKED


def eight(*, unable: int = 0, open_: int = 0) -> list[Found]:
    """All eight, so many out of reach and so many not asked about."""
    states = [Achievable.NO] * unable + [Achievable.NOT_ASKED] * open_
    states += [Achievable.YES] * (len(CarerOutcome) - len(states))
    return [Found(outcome, state) for outcome, state in zip(CarerOutcome, states, strict=True)]


class TestEligibilityOf:
    @pytest.mark.parametrize(
        ("necessary", "health", "unable", "open_", "impact", "result"),
        [
            # Health alone is enough; one outcome alone is enough.
            (YES, YES, 0, 0, YES, Result.ELIGIBLE),
            (YES, NO, 1, 0, YES, Result.ELIGIBLE),
            (YES, OPEN, 1, 7, YES, Result.ELIGIBLE),
            (YES, YES, 0, 8, YES, Result.ELIGIBLE),
            # Each of the three conditions is needed.
            (NO, YES, 8, 0, YES, Result.NOT_ELIGIBLE),
            (YES, NO, 0, 0, YES, Result.NOT_ELIGIBLE),
            (YES, YES, 8, 0, NO, Result.NOT_ELIGIBLE),
            # What was not asked is no no.
            (OPEN, YES, 1, 0, YES, Result.NOT_KNOWN),
            (YES, OPEN, 0, 0, YES, Result.NOT_KNOWN),
            (YES, NO, 0, 1, YES, Result.NOT_KNOWN),
            (YES, NO, 1, 0, OPEN, Result.NOT_KNOWN),
            # One no settles it, whatever else is open.
            (NO, OPEN, 0, 8, OPEN, Result.NOT_ELIGIBLE),
        ],
    )
    def test_necessary_care_and_health_or_any_outcome_and_impact(
        self, necessary, health, unable, open_, impact, result
    ):
        found = eight(unable=unable, open_=open_)

        judged = eligibility_of(necessary=necessary, health=health, outcomes=found, significant_impact=impact)

        assert (judged.result, judged.unable) == (result, unable)

    def test_there_are_eight_outcomes(self):
        assert len(CarerOutcome) == 8

    def test_an_outcome_that_nobody_spoke_of_was_not_asked(self):
        judged = eligibility_of(necessary=YES, health=NO, outcomes=(), significant_impact=YES)

        assert judged == Eligibility(True, None, True, 0)

    @given(st.sampled_from(CarerOutcome), st.sampled_from(Answer), st.sampled_from(Answer), st.sampled_from(Answer))
    def test_asking_more_never_turns_a_settled_answer_round(self, outcome, necessary, health, impact):
        """Once the result is known, a further outcome that can be achieved changes nothing."""
        asked = [f for f in eight(unable=1) if f.outcome is not outcome]
        before = eligibility_of(necessary=necessary, health=health, outcomes=asked, significant_impact=impact)
        more = [*asked, Found(outcome, Achievable.YES)]
        after = eligibility_of(necessary=necessary, health=health, outcomes=more, significant_impact=impact)

        assert before.result in (Result.NOT_KNOWN, after.result)


class TestCheckDetermination:
    ELIGIBLE = Eligibility(True, True, True, 1)
    NOT_ELIGIBLE = Eligibility(True, False, True, 0)
    OPEN = Eligibility(True, None, True, 0)

    @pytest.mark.parametrize("kind", Kind)
    def test_says_what_the_conditions_say(self, kind):
        for eligibility in (self.ELIGIBLE, self.NOT_ELIGIBLE, self.OPEN):
            if eligibility.result is RESTS_ON[kind]:
                check_determination(kind=kind, reasons="You cannot rest.", eligibility=eligibility)
            else:
                with pytest.raises(DeterminationDisagrees):
                    check_determination(kind=kind, reasons="You cannot rest.", eligibility=eligibility)

    def test_gives_reasons(self):
        with pytest.raises(ReasonsMissing):
            check_determination(kind=Kind.ELIGIBLE, reasons="  ", eligibility=self.ELIGIBLE)
