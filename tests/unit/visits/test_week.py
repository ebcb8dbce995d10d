"""Which visits of a week are looked at by themselves."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from careplan.kernel.ids import new_id
from careplan.visits.domain.dispute import DisputeState
from careplan.visits.domain.drawing import Outcome
from careplan.visits.domain.rules import USUAL_RULES
from careplan.visits.domain.visit import (
    Cancellation,
    CancelledBy,
    Clocked,
    Missed,
    Result,
    Visit,
    VisitRecord,
)
from careplan.visits.domain.week import Confirmation, Way, Why, exceptions_of

EIGHT = datetime(2026, 11, 21, 8, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
JOY, SAM = new_id(), new_id()


def record(*, worker=JOY, start=EIGHT, minutes=45, skew=timedelta(0), result=Result.COMPLETED):
    end = start + minutes * MINUTE
    return VisitRecord(
        new_id(), None, new_id(), None, None, worker, None, None, start, end, result, None, (),
        Clocked(end, end, skew),
    )  # fmt: skip


def visit(*records, **said):
    usual = Visit(new_id(), new_id(), None, None, None, EIGHT, EIGHT + 45 * MINUTE, 1, False, workers=(JOY,))
    return replace(usual, records=records, **said)


CALLED_OFF = Cancellation(EIGHT, CancelledBy.PERSON, "Away.", timedelta(0))


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        (visit(record()), ()),
        (visit(record(start=EIGHT + 40 * MINUTE)), ()),
        (visit(record(minutes=60)), ()),
        (visit(record(minutes=30)), ()),
        (visit(record(minutes=61)), (Why.OTHER_LENGTH,)),
        (visit(record(minutes=29)), (Why.OTHER_LENGTH,)),
        (visit(record(start=EIGHT + 46 * MINUTE)), (Why.OFF_TIME,)),
        (visit(record(worker=SAM)), (Why.OTHER_WORKER,)),
        (visit(record(), workers=(JOY, SAM), workers_needed=2), (Why.SHORT_HANDED,)),
        (visit(record(skew=6 * MINUTE)), (Why.CLOCK,)),
        (visit(record(result=Result.NO_REPLY)), (Why.NO_REPLY,)),
        (visit(record(result=Result.REFUSED)), (Why.REFUSED,)),
        (visit(record(result=Result.IN_HOSPITAL)), (Why.IN_HOSPITAL,)),
        (visit(), (Why.NOTHING_HEARD,)),
        (visit(missed=Missed(EIGHT, None, "")), (Why.MISSED,)),
        (visit(cancellation=CALLED_OFF), (Why.CALLED_OFF,)),
        (visit(record(), dispute=DisputeState.DISPUTED), (Why.DISPUTED,)),
        (visit(record(), planned_start=None, planned_end=None), (Why.NOT_PLANNED,)),
    ],
)
def test_is_looked_at_by_itself_for_these_reasons(seen, expected):
    assert exceptions_of(seen, rules=USUAL_RULES, flagged=False) == expected


def test_a_flag_is_a_reason_too():
    assert exceptions_of(visit(record()), rules=USUAL_RULES, flagged=True) == (Why.FLAGGED,)


class TestStillHolds:
    def confirmed(self, outcome):
        return Confirmation(new_id(), Way.UNCHANGED, outcome, EIGHT + timedelta(hours=2))

    def test_while_nothing_has_come_since(self):
        assert self.confirmed(Outcome.COMPLETED).still_holds(visit(record()))

    def test_not_once_another_record_has_come(self):
        late = record(start=EIGHT + timedelta(hours=2))

        assert not self.confirmed(Outcome.COMPLETED).still_holds(visit(record(), late))

    def test_not_once_the_outcome_is_another(self):
        assert not self.confirmed(Outcome.MISSED).still_holds(visit(record()))
