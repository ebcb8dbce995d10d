"""What a carer's assessment and plan need, what consent means, and to what a yes binds."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from careplan.assessments.domain.content import Answer, AssessmentContent, CarerPart, Carers
from careplan.assessments.domain.outcome import Achievable, CareActOutcome
from careplan.assessments.domain.storing import as_json
from careplan.carers.domain import assessment, plan
from careplan.carers.domain.carer import Caring, CaringContradicts, check_caring
from careplan.carers.domain.consent import Closed, Consent, Matter, check_held, standing_of
from careplan.carers.domain.eligibility import Found
from careplan.carers.domain.outcome import CarerOutcome
from careplan.carers.domain.plan import (
    AgreedAlready,
    CarerPlan,
    OtherWords,
    Party,
    PlanAgreement,
    PlanNotWhole,
    WitnessUnfit,
    check_signing,
    check_witness,
)
from careplan.carers.domain.resting import Resting, resting_on_carers
from careplan.kernel.ids import new_id
from careplan.plans.domain.content import Action, DoneBy, PlanContent
from tests.factories.carers import whole_assessment, whole_plan

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
TODAY = date(2026, 11, 21)
WORKER = new_id()


def said(matter: Matter, given: bool) -> Consent:
    return Consent(matter, given, TODAY, "By telephone.", NOW, WORKER)


class TestAssessment:
    def test_whole_lacks_nothing_and_comes_back_from_json_as_it_was(self):
        content = whole_assessment(now=NOW)

        assert assessment.missing_from(content, today=TODAY) == ()
        assert assessment.content_from_json(as_json(content)) == content

    def test_empty_lacks_what_the_conditions_rest_on(self):
        missing = dict(assessment.missing_from(assessment.CarerAssessmentContent(), today=TODAY))

        assert set(missing) == {"assessed_on", "method", "own_words", "necessary", "health", "significant"}

    def test_an_outcome_out_of_reach_says_in_which_way_and_what_was_found(self):
        found = (Found(CarerOutcome.NUTRITION, Achievable.NO),)

        missing = dict(assessment.missing_from(whole_assessment(now=NOW, outcomes=found), today=TODAY))

        assert set(missing) == {"nutrition_meanings", "nutrition_words"}


class TestCaring:
    def test_a_yes_says_to_what_and_a_no_says_what_not(self):
        for caring in (Caring(willing=Answer.YES), Caring(willing=Answer.NO)):
            with pytest.raises(CaringContradicts):
                check_caring(caring)
        check_caring(Caring(willing=Answer.YES, willing_words="Sundays.", not_willing="Lifting."))


class TestConsent:
    def test_the_latest_answer_counts(self):
        standing = standing_of([said(Matter.HOLD, True), said(Matter.PERSON, True), said(Matter.PERSON, False)])

        assert standing.is_held
        assert standing.shared == ()

    def test_nobody_reads_the_plan_of_a_record_that_is_closed(self):
        standing = standing_of([said(Matter.HOLD, True), said(Matter.PROVIDER, True), said(Matter.HOLD, False)])

        assert not standing.shows_to(Matter.PROVIDER)
        with pytest.raises(Closed):
            check_held(standing)

    def test_not_asked_is_no_yes(self):
        assert not standing_of([]).is_held


def written(content: plan.CarerPlanContent, *parties: Party) -> CarerPlan:
    signed = tuple(PlanAgreement(p, content.hash, TODAY, WORKER, NOW) for p in parties)
    return CarerPlan(new_id(), new_id(), 1, content, NOW, WORKER, signed)


class TestPlan:
    def test_whole_lacks_nothing_and_comes_back_from_json_as_it_was(self):
        content = whole_plan(now=NOW)

        assert plan.missing_from(content, today=TODAY) == ()
        assert plan.content_from_json(as_json(content)) == content

    def test_empty_lacks_aims_breaks_what_if_and_a_review(self):
        missing = dict(plan.missing_from(plan.CarerPlanContent(), today=TODAY))

        assert set(missing) == {"aim_0_words", "breaks_wanted", "if_they_stop", "call", "review_on"}

    @pytest.mark.parametrize(("days", "fits"), [(0, False), (1, True), (366, True), (367, False)])
    def test_is_looked_at_again_within_a_year(self, days, fits):
        content = whole_plan(now=NOW, review_on=TODAY + timedelta(days=days))

        assert (plan.missing_from(content, today=TODAY) == ()) is fits

    def test_counts_when_carer_and_council_have_agreed_to_the_same_words(self):
        content = whole_plan(now=NOW)
        one, both = written(content, Party.COUNCIL), written(content, *Party)

        assert (one.is_agreed, one.waits_for) == (False, (Party.CARER,))
        assert (both.is_agreed, both.waits_for) == (True, ())
        assert not replace(both, content=whole_plan(now=NOW, call="Nobody")).is_agreed


class TestSigning:
    def sign(self, plan_: CarerPlan, **changes: object) -> None:
        check_signing(
            plan_, **{"party": Party.CARER, "shown_hash": plan_.content.hash, "today": TODAY, **changes}
        )

    def test_binds_to_the_words_that_were_shown(self):
        whole = written(whole_plan(now=NOW))
        self.sign(whole)
        with pytest.raises(OtherWords):
            self.sign(whole, shown_hash=whole_plan(now=NOW, call="Nobody").hash)

    def test_is_done_once_and_to_something_whole(self):
        with pytest.raises(AgreedAlready):
            self.sign(written(whole_plan(now=NOW), Party.CARER))
        with pytest.raises(PlanNotWhole):
            self.sign(written(plan.CarerPlanContent()))

    @pytest.mark.parametrize(
        ("witness", "fit"), [("Priya Shah", True), ("", False), ("jean hall", False), (" Sam Okafor ", False)]
    )
    def test_has_a_witness_who_is_nobody_of_the_two(self, witness, fit):
        if fit:
            check_witness(witness=witness, carer_name="Jean Hall", recorder_name="Sam Okafor")
            return
        with pytest.raises(WitnessUnfit):
            check_witness(witness=witness, carer_name="Jean Hall", recorder_name="Sam Okafor")


class TestRestingOnCarers:
    def test_is_what_a_carer_was_found_able_to_meet_and_what_the_plan_has_them_do(self):
        yes = CarerPart(CareActOutcome.NUTRITION, Answer.YES, "Cooks.", "Nobody would cook.")
        no = CarerPart(CareActOutcome.PERSONAL_HYGIENE, Answer.NO)
        theirs = Action(new_id(), None, "Bring the cake", DoneBy.UNPAID_CARER, "Jean Hall")
        others = Action(new_id(), None, "Wash", DoneBy.PROVIDER)

        resting = resting_on_carers(
            assessment=AssessmentContent(carers=Carers(Answer.YES, "Jean Hall", (yes, no))),
            plan=PlanContent(plan=new_id(), version=1, actions=(theirs, others)),
        )

        assert (resting.needs, resting.actions) == ((yes,), (theirs,))
        assert not resting_on_carers(assessment=None, plan=None)
        assert resting_on_carers(assessment=None, plan=None) == Resting()
