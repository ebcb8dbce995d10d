"""What follows an incident, and adherence week by week."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from careplan.delegation.domain.adherence import Expected, weeks_of
from careplan.delegation.domain.incident import (
    NEEDED,
    Incident,
    IncidentEvent,
    IncidentState,
    IncidentStep,
    NotDoneYet,
    check_step,
)
from careplan.delegation.domain.occasion import Occasion, OccasionResult
from careplan.kernel.transitions import NotNow

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
TAKE, P, D = IncidentEvent.TAKE, IncidentEvent.PROVIDER_CLOSES, IncidentEvent.DELEGATOR_CLOSES


def an_incident(*events):
    steps = tuple(IncidentStep(e, NOW + timedelta(minutes=n), uuid4(), "Said") for n, e in enumerate(events))
    return Incident(uuid4(), uuid4(), uuid4(), uuid4(), uuid4(), uuid4(), (), NOW, NOW, False, steps)


@pytest.mark.parametrize(
    ("events", "state"),
    [
        ((), IncidentState.RAISED),
        ((TAKE, *NEEDED), IncidentState.LOOKED_INTO),
        ((TAKE, *NEEDED, P), IncidentState.CLOSED_BY_PROVIDER),
        ((TAKE, *NEEDED, D), IncidentState.CLOSED_BY_DELEGATOR),
        ((TAKE, *NEEDED, P, D), IncidentState.CLOSED),
        ((TAKE, *NEEDED, D, P), IncidentState.CLOSED),
        ((TAKE, *NEEDED, P, IncidentEvent.REOPEN), IncidentState.LOOKED_INTO),
    ],
)
def test_it_is_closed_when_both_sides_have_closed_it(events, state):
    assert an_incident(*events).state is state


@pytest.mark.parametrize(
    ("events", "next_event", "refusal"),
    [
        ((), P, NotNow),  # nobody has looked into it
        ((TAKE,), P, NotDoneYet),
        ((TAKE, IncidentEvent.ACT, IncidentEvent.DEBRIEF), D, NotDoneYet),
        ((TAKE, *NEEDED, P), P, NotNow),
        ((TAKE, *NEEDED, P, D), IncidentEvent.ACT, NotNow),
        ((TAKE, *NEEDED, P, D, IncidentEvent.REOPEN), P, NotDoneYet),  # what was said before does not count
    ],
)
def test_it_cannot_be_closed_before_all_is_said(events, next_event, refusal):
    with pytest.raises(refusal):
        check_step(an_incident(*events), next_event)


def test_adherence_counts_each_planned_time_once_and_what_nobody_planned_beside_it():
    monday = date(2026, 11, 16)
    visits = [Expected(uuid4(), datetime(2026, 11, 16 + n, 8, tzinfo=UTC)) for n in range(5)]
    later = Expected(uuid4(), NOW + timedelta(days=1))

    def occasion(visit_id, at, result=OccasionResult.DONE, corrects=None):
        return Occasion(uuid4(), uuid4(), uuid4(), 1, uuid4(), visit_id, at, at, result, None, True, corrects)

    first = occasion(visits[0].visit_id, visits[0].at, OccasionResult.NOT_DONE)
    occasions = [
        first,
        occasion(visits[0].visit_id, visits[0].at, corrects=first.id),
        occasion(visits[1].visit_id, visits[1].at, OccasionResult.DECLINED),
        occasion(None, datetime(2026, 11, 22, 23, 59, tzinfo=UTC)),
        occasion(None, datetime(2026, 11, 23, 0, 1, tzinfo=UTC)),
    ]

    before, this = weeks_of([*visits, later], occasions, first=monday, weeks=2, now=NOW)

    assert (before.expected, before.done, before.declined, before.not_done, before.missing, before.extra) == (
        5, 2, 1, 0, 3, 1,
    )  # fmt: skip
    assert (before.kept, before.share) == (1, 20)  # the one on Sunday evening was nobody's plan
    assert (this.expected, this.extra, this.share) == (0, 1, None)
