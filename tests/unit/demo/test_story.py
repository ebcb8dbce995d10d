"""The story of the demo council holds together."""

import pytest

from careplan.assessments.domain.eligibility import Kind
from careplan.assessments.domain.outcome import CareActOutcome
from careplan.demo.story.assessed import ASSESSED
from careplan.demo.story.characters import Stage
from careplan.demo.story.margaret import MARGARET
from careplan.demo.story.meadow import MEADOW_BANK
from careplan.demo.story.neighbours import LARCH_HILL
from careplan.demo.story.partings import GOODBYES, WILLOWS

WITHOUT_A_FULL_PLAN = (Stage.NO_PLAN, Stage.DRAFT, Stage.INTERIM, Stage.INTERIM_OVERDUE)
EVERYONE = (MARGARET, *LARCH_HILL, *MEADOW_BANK, *GOODBYES, *WILLOWS)
WITH_A_FULL_PLAN = [c for c in EVERYONE if c.stage not in WITHOUT_A_FULL_PLAN]


@pytest.mark.parametrize("character", WITH_A_FULL_PLAN, ids=lambda c: c.key)
def test_whoever_has_a_full_plan_was_assessed_and_the_decision_agrees_with_what_was_found(character):
    story = ASSESSED[character.key]
    found = {CareActOutcome(aim.care_act) for aim in character.aims} | {CareActOutcome(name) for name, _ in story.also}

    assert (Kind(story.kind) is Kind.ELIGIBLE) is (len(found) >= 2)
