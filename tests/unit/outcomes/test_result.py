"""Whether an outcome is reached is agreed by two, and told from nothing else."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from careplan.outcomes.domain.barrier import Barrier, BarrierKind, NothingSaid, check_said
from careplan.outcomes.domain.rating import Voice
from careplan.outcomes.domain.result import NotTheirs, Result, Verdict, agreed_on, check_voice

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
OUTCOME = UUID(int=10)
P, REP, PRO = Voice.PERSON, Voice.REPRESENTATIVE, Voice.PROFESSIONAL
YES, KEPT, NO = Result.ACHIEVED, Result.MAINTAINED, Result.NOT_YET


def word(day, voice, result, outcome=OUTCOME):
    return Verdict(
        UUID(int=day), UUID(int=1), outcome, voice, result, "", UUID(int=2), "Sam", NOON + timedelta(days=day)
    )


@pytest.mark.parametrize(
    ("words", "agreed"),
    [
        ([], None),
        ([word(1, PRO, YES)], None),
        ([word(1, P, YES)], None),
        ([word(1, PRO, YES), word(2, P, YES)], YES),
        ([word(1, PRO, KEPT), word(2, P, KEPT)], KEPT),
        ([word(1, PRO, YES), word(2, P, NO)], None),
        ([word(1, PRO, NO), word(2, P, NO)], NO),
        # The last word of each counts: what was agreed can be lost again.
        ([word(1, PRO, YES), word(2, P, YES), word(3, P, NO)], None),
        # Who stands for the person is heard only while the person has said nothing.
        ([word(1, PRO, YES), word(2, REP, YES)], YES),
        ([word(1, PRO, YES), word(2, P, NO), word(3, REP, YES)], None),
        ([word(1, PRO, YES), word(2, P, YES, UUID(int=11))], None),
    ],
)
def test_is_agreed_where_both_hold_the_same(words, agreed):
    found = agreed_on(words, outcome_id=OUTCOME)

    assert (found.result if found else None) is agreed


@pytest.mark.parametrize("voice", [Voice.UNPAID_CARER, Voice.WORKER])
def test_is_not_for_a_carer_or_a_care_worker_to_say(voice):
    with pytest.raises(NotTheirs):
        check_voice(voice)


def barrier(voice, kind, words=""):
    return Barrier(UUID(int=1), UUID(int=2), OUTCOME, voice, UUID(int=3), kind, words, NOON)


def test_what_gets_in_the_way_is_chosen_or_written():
    assert check_said(kinds=(), words=" The bench is wet. ") == "The bench is wet."
    assert check_said(kinds=(BarrierKind.PAIN,), words="") == ""
    with pytest.raises(NothingSaid):
        check_said(kinds=(), words="  ")


@pytest.mark.parametrize(
    ("said", "leaves"),
    [
        (barrier(P, BarrierKind.PAIN), True),
        (barrier(PRO, None, "The rail is loose."), True),
        (barrier(Voice.UNPAID_CARER, BarrierKind.PAIN), False),
        (barrier(P, BarrierKind.OTHER_PEOPLE), False),
    ],
)
def test_what_is_about_others_does_not_leave(said, leaves):
    assert said.may_leave is leaves
