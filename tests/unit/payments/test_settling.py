"""From a recorded visit to the one that money sees: its outcome, its minutes, and the hospital."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from careplan.hours.domain.pausing import Pause, PauseReason
from careplan.hours.domain.terms import Funder, Grant, Parts
from careplan.kernel.ids import new_id
from careplan.kernel.minutes import Minutes
from careplan.payments import rows
from careplan.payments.domain.settled import Outcome
from careplan.payments.domain.settling import AroundVisit, settle
from careplan.payments.models import FrozenVisitRow
from careplan.visits.domain.visit import Cancellation, CancelledBy, Clocked, Result, Visit, VisitRecord
from tests.factories.hours import make_terms

START = datetime(2026, 9, 8, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
PERSON, JOY, SAM = new_id(), new_id(), new_id()
PLANNED = Visit(
    id=new_id(), person_id=PERSON, plan_id=None, provider_id=new_id(), funder=None, planned_start=START,
    planned_end=START + HOUR, workers_needed=2, time_critical=False, workers=(JOY, SAM),
)  # fmt: skip


def record(worker=JOY, *, result=Result.COMPLETED, minutes=50):
    end = START + timedelta(minutes=minutes)
    return VisitRecord(
        id=new_id(), visit_id=PLANNED.id, person_id=PERSON, plan_id=None, plan_version=1, worker_id=worker,
        provider_id=None, device_id=None, started_at=START, ended_at=end, result=result, note=None, present=(),
        clocked=Clocked(end, end, timedelta(0)),
    )  # fmt: skip


def settled(visit, **said):
    return settle(visit, AroundVisit(provider_id=PLANNED.provider_id, funder=Funder.COUNCIL, **said))


def stay(known, *, starts_on=date(2026, 9, 7), ends_on=None):
    return Pause(new_id(), PERSON, new_id(), PauseReason.HOSPITAL, starts_on, ends_on, ends_on, new_id(), known)


class TestSettle:
    def test_counts_the_minutes_of_each_worker_who_came(self):
        found = settled(replace(PLANNED, records=(record(), record(SAM, minutes=40))))

        assert (found.outcome, found.came, found.actual, found.invoiced) == (Outcome.COMPLETED, 2, 90, 120)

    def test_knows_one_of_two(self):
        found = settled(replace(PLANNED, records=(record(),)))

        assert (found.came, found.needed, found.invoiced) == (1, 2, 60)

    def test_takes_one_of_which_nothing_was_recorded_for_missed(self):
        assert settled(PLANNED).outcome is Outcome.MISSED

    @pytest.mark.parametrize(
        ("by", "outcome"),
        [
            (CancelledBy.PERSON, Outcome.CANCELLED_BY_PERSON),
            (CancelledBy.PROVIDER, Outcome.CANCELLED_BY_PROVIDER),
            (CancelledBy.COUNCIL, Outcome.CANCELLED_BY_COUNCIL),
        ],
    )
    def test_says_who_called_it_off_and_how_long_before(self, by, outcome):
        called_off = Cancellation(START - 3 * HOUR, by, "Away", 3 * HOUR)
        found = settled(replace(PLANNED, cancellation=called_off))

        assert (found.outcome, found.notice) == (outcome, 180)

    def test_counts_what_was_done_although_it_was_called_off(self):
        called_off = Cancellation(START - 3 * HOUR, CancelledBy.PERSON, "Away", 3 * HOUR)

        assert settled(replace(PLANNED, cancellation=called_off, records=(record(),))).outcome is Outcome.COMPLETED

    def test_puts_a_time_in_hospital_before_who_called_it_off(self):
        called_off = Cancellation(START - 30 * HOUR, CancelledBy.COUNCIL, "In hospital", 30 * HOUR)
        found = settled(replace(PLANNED, cancellation=called_off), stays=[stay(START - 30 * HOUR)])

        assert (found.outcome, found.notice, found.hospital_day) == (Outcome.IN_HOSPITAL, 1800, 2)

    def test_counts_a_stay_from_when_it_was_known(self):
        assert settled(PLANNED, stays=[stay(START - HOUR, starts_on=date(2026, 9, 1))]).hospital_day == 1

    def test_pays_no_heed_to_a_stay_that_had_ended(self):
        assert settled(PLANNED, stays=[stay(START, ends_on=date(2026, 9, 7))]).outcome is Outcome.MISSED

    def test_marks_what_comes_after_a_death(self):
        assert settled(PLANNED, died_on=date(2026, 9, 7)).is_after_death
        assert not settled(PLANNED, died_on=date(2026, 9, 8)).is_after_death


def test_two_who_pay_together_are_said_with_their_parts():
    weeks = (Minutes(1200),) * 4
    terms = make_terms(
        person_id=PERSON, service_starts_on=START.date(), counts_from=START.date(),
        grants=(Grant(Funder.JOINT, weeks, Parts(60, 40)),), contingency=None,
    )  # fmt: skip
    around = AroundVisit(provider_id=new_id(), funder=Funder.JOINT, terms=[terms])
    settled = settle(PLANNED, around)

    assert settled.parts == Parts(60, 40)
    assert settled.clause == "Version 1, week 1: 20 hours. The council pays 60% and the NHS 40%."
    assert rows.visit(FrozenVisitRow(**rows.frozen(settled, freeze_id=new_id()))) == settled
