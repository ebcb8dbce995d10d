"""What a plan's contingency covers, judged in one order, with what would be accepted."""

from dataclasses import replace

import pytest

from careplan.hours.domain.contingency import (
    AboveLimit,
    Authority,
    ContingencyExceeded,
    DrawRequest,
    NotAssessed,
    NotExceptional,
    ServiceNotAssessed,
    Verdict,
    judge_approval,
    judge_draw,
    named,
)
from careplan.hours.domain.terms import Assessed
from careplan.kernel.ids import new_id
from careplan.kernel.minutes import Minutes
from tests.factories.hours import make_terms

TERMS = make_terms().contingency
GOOD = DrawRequest(new_id(), "chest_infection", "personal_care", "She could not stand", Minutes(60))
LEFT = Minutes(240)


def judge(request=GOOD, *, terms=TERMS, left=LEFT, authority=Authority.COUNCIL):
    return judge_draw(request, terms=terms, left=left, authority=authority)


class TestJudgeDraw:
    @pytest.mark.parametrize(
        ("authority", "minutes", "verdict"),
        [
            (Authority.COUNCIL, 240, Verdict.APPROVED),
            (Authority.PROVIDER, 60, Verdict.APPROVED),
            (Authority.PROVIDER, 61, Verdict.WAITING),
            (Authority.NONE, 1, Verdict.WAITING),
        ],
    )
    def test_is_approved_by_whom_the_plan_allows(self, authority, minutes, verdict):
        assert judge(replace(GOOD, minutes=Minutes(minutes)), authority=authority) is verdict

    @pytest.mark.parametrize(
        ("changes", "refusal"),
        [
            ({"circumstance": "x", "service": "x", "exceptional": "", "minutes": 241}, NotAssessed),
            ({"service": "x", "exceptional": "", "minutes": 241}, ServiceNotAssessed),
            ({"exceptional": " \n", "minutes": 241}, NotExceptional),
            ({"minutes": 241}, ContingencyExceeded),
        ],
    )
    def test_refuses_in_one_order(self, changes, refusal):
        with pytest.raises(refusal):
            judge(replace(GOOD, **changes))

    def test_a_circumstance_is_known_by_its_whole_name(self):
        with pytest.raises(NotAssessed):
            judge(replace(GOOD, circumstance="chest"))

    def test_says_which_circumstances_would_be_accepted(self):
        with pytest.raises(NotAssessed) as refused:
            judge(replace(GOOD, circumstance="shopping"))

        assert refused.value.message == "This plan's contingency is for “A chest infection” or “Jean cannot come”."
        assert [a["slug"] for a in refused.value.facts["accepted"]] == ["chest_infection", "carer_away"]

    def test_says_how_much_would_be_accepted(self):
        with pytest.raises(ContingencyExceeded) as refused:
            judge(replace(GOOD, minutes=Minutes(300)))

        assert "Up to 4 hours would be accepted." in refused.value.message
        assert refused.value.facts == {"accepted": 240}

    def test_a_plan_without_contingency_covers_nothing(self):
        with pytest.raises(NotAssessed) as refused:
            judge(terms=None, left=Minutes(0))

        assert refused.value.facts == {"accepted": []}


class TestJudgeApproval:
    def test_the_provider_may_not_approve_above_its_limit(self):
        with pytest.raises(AboveLimit):
            judge_approval(minutes=Minutes(61), terms=TERMS, left=LEFT, authority=Authority.PROVIDER)

    def test_nobody_may_approve_what_is_gone(self):
        with pytest.raises(ContingencyExceeded):
            judge_approval(minutes=Minutes(61), terms=TERMS, left=Minutes(60), authority=Authority.COUNCIL)


class TestNamed:
    def test_a_dropped_circumstance_keeps_its_name(self):
        assert named((), "chest_infection") == Assessed("chest_infection", "chest infection")
