"""How a concern stands follows from what was done; the most pressing comes first; who is alleged is not told."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from careplan.access.domain.actor import Actor, Role
from careplan.concerns.domain.concern import Alleged, AllegedKind, Concern, ConcernCategory, State, is_alleged, pressing
from careplan.concerns.domain.step import Outcome, Step, StepKind, shows_to

NOW = datetime(2026, 7, 14, 9, tzinfo=UTC)
TODAY = date(2026, 7, 14)


def concern(*steps: Step, danger: bool = False, raised_at: datetime = NOW, **said: Any) -> Concern:
    return Concern(uuid4(), uuid4(), ConcernCategory.OTHER, "A bruise.", danger, None, uuid4(), raised_at,
                   steps=steps, **said)  # fmt: skip


def step(kind: StepKind, **said: Any) -> Step:
    return Step(uuid4(), kind, "Said.", NOW, uuid4(), **said)


TAKEN_UP = step(StepKind.ACKNOWLEDGED)
YES, NO = step(StepKind.DECIDED, enquiry=True), step(StepKind.DECIDED, enquiry=False)
CLOSED = step(StepKind.CLOSED, outcome=Outcome.RISK_REMOVED)


class TestState:
    @pytest.mark.parametrize(
        ("steps", "state"),
        [
            ((), State.NEW),
            ((step(StepKind.REMINDED, number=1), step(StepKind.NOTE)), State.NEW),
            ((TAKEN_UP,), State.ACKNOWLEDGED),
            ((TAKEN_UP, YES), State.ENQUIRY),
            ((TAKEN_UP, NO), State.NO_ENQUIRY),
            ((TAKEN_UP, NO, YES), State.ENQUIRY),
            ((TAKEN_UP, YES, CLOSED), State.CLOSED),
        ],
    )
    def test_follows_from_the_steps(self, steps, state):
        assert concern(*steps).state is state


class TestOpenSteps:
    def test_are_those_that_no_later_step_has_ended(self):
        first, second = (step(StepKind.ACTION, due_on=TODAY) for _ in range(2))
        done = step(StepKind.DONE, answers=first.id)

        assert concern(first, second, done).open_steps(StepKind.ACTION) == (second,)

    @pytest.mark.parametrize("kind", [StepKind.ACTION, StepKind.SUSPENDED, StepKind.WITHHELD])
    def test_are_late_once_their_day_has_passed(self, kind):
        found = concern(step(kind, due_on=TODAY))

        assert [found.has_late_steps(TODAY + timedelta(days=n)) for n in (0, 1)] == [False, True]


class TestPressing:
    def test_puts_danger_and_what_nobody_has_taken_up_first(self):
        late = step(StepKind.ACTION, due_on=TODAY - timedelta(days=1))
        in_order = [
            concern(danger=True),
            concern(raised_at=NOW - timedelta(days=2)),
            concern(),
            concern(TAKEN_UP, danger=True),
            concern(TAKEN_UP),
            concern(TAKEN_UP, YES, late),
            concern(TAKEN_UP, YES),
            concern(TAKEN_UP, YES, CLOSED),
        ]

        assert sorted(reversed(in_order), key=lambda c: pressing(c, now=NOW, today=TODAY)) == in_order


class TestIsAlleged:
    def test_means_the_account_and_everyone_of_an_organisation_or_team(self):
        house, team = uuid4(), uuid4()
        joy = Actor(uuid4(), "Joy", Role.CARE_WORKER, house, team)
        named = {
            AllegedKind.ACCOUNT: joy.account_id, AllegedKind.ORGANISATION: house, AllegedKind.CONTACT: uuid4(),
        }  # fmt: skip

        assert [is_alleged(joy, [Alleged(k, i)]) for k, i in named.items()] == [True, True, False]
        assert is_alleged(joy, [Alleged(AllegedKind.ORGANISATION, team)])
        assert not is_alleged(Actor(uuid4(), "Ann", Role.CITIZEN), [Alleged(AllegedKind.UNKNOWN)])


class TestShowsTo:
    def test_keeps_what_the_council_weighs_from_providers(self):
        kept = {k for k in StepKind if not shows_to(Role.PROVIDER_COORDINATOR, k)}

        assert {StepKind.NOTE, StepKind.DECIDED, StepKind.SUSPENDED, StepKind.WITHHELD} <= kept
        assert all(shows_to(Role.SAFEGUARDING_LEAD, k) for k in StepKind)
