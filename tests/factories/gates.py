"""Every gate that a plan passes before it goes round, with something that shuts it.

A gate without a case here fails `tests/unit/plans/test_every_gate.py`. A case says what is wrong with a plan that
lacks nothing else: sections of its JSON to put in place, or what is not so around it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from careplan.assessments.domain.advocacy import AdvocacyFinding
from careplan.assessments.domain.eligibility import Determination, Kind
from careplan.assessments.domain.standing import Standing
from careplan.plans.domain.content import PlanKind
from tests.factories.assessments import CAN_TAKE_PART

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
DETERMINED = Determination(uuid4(), uuid4(), uuid4(), Kind.ELIGIBLE, "Because.", NOON.date(), uuid4(), NOON)
TAKES_PART = AdvocacyFinding(uuid4(), uuid4(), CAN_TAKE_PART, "", "", "", NOON.date(), uuid4(), NOON)
STANDING = Standing(determination=DETERMINED, advocacy=TAKES_PART)
NOT_ELIGIBLE = replace(DETERMINED, kind=Kind.NOT_ELIGIBLE)


@dataclass(frozen=True, slots=True)
class Case:
    """A gate by its code, what shuts it, and words that its message holds.

    `without` are sections of a whole plan, as JSON, that are put in place of its own; `around` are values of the
    gates' surroundings.
    """

    code: str
    says: str
    without: Mapping[str, Any] = field(default_factory=dict)
    around: Mapping[str, Any] = field(default_factory=dict)
    kind: PlanKind = PlanKind.FULL

    @property
    def name(self) -> str:
        return f"{self.kind.value}-{self.code}: {self.says}"


def _known(**otherwise: Any) -> dict[str, Any]:
    usual = {
        "reason": "urgent_need", "needs_as_known": "Help to dress.", "allergies": "Not asked yet.",
        "access": "Jean lets us in.", "told_on": "2026-11-20",
    }  # fmt: skip
    return {"interim": {**usual, **otherwise}}


def _delegation(**otherwise: Any) -> dict[str, Any]:
    usual = {"delegation": str(uuid4()), "activity": "Eye drops", "instruction_version": 1, "until_competent": "Nurse"}
    return {"delegations": [{**usual, **otherwise}]}


NEED = {"id": str(uuid4()), "care_act": "nutrition", "words": "I forget to eat."}
OUTCOME = {"id": str(uuid4()), "need": None, "words": "I want to eat well."}
KEPT = {"minutes": 60, "circumstances": [{"slug": "falls", "words": "A fall"}],
        "services": [{"slug": "home", "words": "Help at home"}]}  # fmt: skip
EMERGENCY = {"triggers": "No breath", "steps": "Sit up", "call": "999", "if_carer_fails": "Harbour Care"}
INTERIM = PlanKind.INTERIM
CASES = (
    Case("determination", "whether they are eligible", around={"standing": replace(STANDING, determination=None)}),
    Case("determination", "not eligible", around={"standing": replace(STANDING, determination=NOT_ELIGIBLE)}),
    Case("advocacy", "", around={"standing": replace(STANDING, advocacy=None)}),
    Case("start", "first day", {"starts_on": None}),
    Case("provider", "Who gives the care", {"provider": None}),
    Case("needs", "At least one need", {"needs": [], "outcomes": [], "actions": []}),
    Case("needs_answered", "An outcome for", {"needs": [NEED], "outcomes": [], "actions": []}),
    Case("needs", "Words for each need", {"needs": [{**NEED, "words": " "}], "outcomes": [], "actions": []}),
    Case("outcomes", "The need that", {"outcomes": [OUTCOME], "actions": []}),
    Case("outcomes", "five levels", {"outcomes": [OUTCOME], "actions": []}),
    Case("outcomes", "own words", {"outcomes": [{**OUTCOME, "words": ""}], "actions": []}),
    Case("support", "Who does what", {"actions": []}),
    Case("support", "The outcome that", {"actions": [{"id": str(uuid4()), "outcome": None, "words": "Walk."}]}),
    Case("how_met", "How needs will be met", {"how_met": ""}),
    Case("prevention", "Advice", {"prevention_advice": " "}),
    Case("hours", "Hours for the four weeks", {"hours": {}}),
    Case("contingency", "How much time", {"contingency": {**KEPT, "minutes": 0}}),
    Case("contingency", "Which circumstances", {"contingency": {**KEPT, "circumstances": []}}),
    Case("contingency", "Which services", {"contingency": {**KEPT, "services": []}}),
    Case("delegations", "The provider's yes", _delegation()),
    Case("delegations", "until a care worker may", _delegation(until_competent="")),
    Case("missed_visit", "missed or late", {"missed_visit": None}),
    Case("missed_visit", "whom we tell", {"missed_visit": {"rank": "high", "contact": "", "response": "Ring."}}),
    Case("no_reply", "nobody answers", {"no_reply": []}),
    *(Case("emergency_plan", says, {"emergency_plan": {**EMERGENCY, part: ""}}) for part, says in {
        "triggers": "when it is an emergency", "steps": "what to do", "call": "whom to call",
        "if_carer_fails": "family carer cannot go on",
    }.items()),
    Case("budget", "in all, the person's part and the council's part", {"budget": None}),
    Case("budget", "Which needs the direct payment is for", {"budget": {
        "total_weekly_pence": 100, "person_weekly_pence": 0, "council_weekly_pence": 100,
        "direct_payment": {"needs": [], "amount_pence": 100, "frequency": "weekly"},
    }}),
    Case("review", "The date of the review", {"review_on": None}),
    Case("review", "6 to 8 weeks", {"review_on": "2200-01-01"}),
    Case("review", "within 12 months", {"review_on": "2200-01-01"}, {"first_version": False}),
    Case("door", "Medicines", around={"missing_at_the_door": ("Medicines, or that nobody has asked.",)}),
    Case("start", "first day", {"starts_on": None}, kind=INTERIM),
    Case("provider", "Who gives the care", {"provider": None}, kind=INTERIM),
    Case("interim", "needs as known", _known(needs_as_known=""), kind=INTERIM),
    Case("interim", "Allergies", _known(allergies=""), kind=INTERIM),
    Case("interim", "get in", _known(access=" "), kind=INTERIM),
    Case("interim", "person was told", _known(told_on=None), kind=INTERIM),
    Case("carried_over", "next review", {**_known(reason="carried_over"), "review_on": None}, kind=INTERIM),
    Case("carried_over", "within 12 months", {**_known(reason="carried_over"), "review_on": "2200-01-01"},
         kind=INTERIM),
    Case("hours", "Hours for the four weeks", {"hours": {}}, kind=INTERIM),
    Case("risks", "The risks", {"risks": []}, kind=INTERIM),
    Case("missed_visit", "missed or late", {"missed_visit": None}, kind=INTERIM),
)  # fmt: skip
