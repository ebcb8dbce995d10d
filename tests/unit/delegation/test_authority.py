"""Authority is one person, one activity, one worker, one instruction, and dates."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from careplan.delegation.domain.authority import WORDS, Lack, authority_at
from careplan.delegation.domain.delegation import (
    Competence,
    Delegation,
    Event,
    Instruction,
    NormalRange,
    State,
    Step,
    state_at,
)
from careplan.delegation.domain.occasion import Measured, compared

NURSE, WORKER, OTHER_WORKER = UUID(int=1), UUID(int=2), UUID(int=3)
MARGARET, SOMEONE_ELSE = UUID(int=4), UUID(int=5)
FIRST_OF_JUNE = datetime(2026, 6, 1, 9, tzinfo=UTC)
TENTH_OF_JUNE = datetime(2026, 6, 10, 9, tzinfo=UTC)


def instruction(number, *, days=0, reconfirm=True):
    return Instruction(
        number=number,
        steps=("Wash your hands.",),
        ranges=(NormalRange("glucose", "mmol/L", Decimal("4.0"), Decimal("10.0")),),
        record_what="The reading.",
        written_by=NURSE,
        written_at=FIRST_OF_JUNE + timedelta(days=days),
        needs_reconfirmation=reconfirm,
        change_reason=None if reconfirm else "A spelling.",
    )


def competence(**changes):
    usual = Competence(
        id=UUID(int=9),
        worker_id=WORKER,
        instruction_version=1,
        trained_on=date(2026, 6, 1),
        observed_on=date(2026, 6, 1),
        assessed_by=NURSE,
        assessed_at=FIRST_OF_JUNE,
        starts_on=date(2026, 6, 2),
        ends_on=date(2026, 6, 30),
        accepted_at=FIRST_OF_JUNE + timedelta(hours=2),
    )
    return replace(usual, **changes)


def step(event, *, days=0.0):
    return Step(event, FIRST_OF_JUNE + timedelta(days=days), NURSE)


ACTIVE = (step(Event.ACCEPT), step(Event.ACTIVATE, days=0.1))


def delegation(**changes):
    usual = Delegation(
        id=UUID(int=7),
        person_id=MARGARET,
        activity_code="blood-glucose",
        activity="Checking blood glucose",
        delegator_id=NURSE,
        organisation_id=UUID(int=11),
        provider_id=UUID(int=12),
        funder=None,
        why_suitable="Stable.",
        exclusions="",
        equipment="",
        consent="Given.",
        escalation="Ring the nurse.",
        stop_criteria="Feeling faint.",
        time_window=None,
        proposed_at=FIRST_OF_JUNE - timedelta(days=1),
        ends_on=None,
        review_on=None,
        steps=ACTIVE,
        instructions=(instruction(1),),
        competences=(competence(),),
    )
    return replace(usual, **changes)


def lacks(given, *, person=MARGARET, worker=WORKER, version=1, at=TENTH_OF_JUNE):
    return authority_at(given, person_id=person, worker_id=worker, instruction_version=version, instant=at).lacks


class TestAuthorityAt:
    def test_stands_where_nothing_is_lacking(self):
        assert lacks(delegation()) == ()

    def test_is_for_one_person(self):
        assert lacks(delegation(), person=SOMEONE_ELSE) == (Lack.OTHER_PERSON,)

    def test_is_for_one_worker_and_cannot_be_handed_on(self):
        assert lacks(delegation(), worker=OTHER_WORKER) == (Lack.NOT_COMPETENT,)

    def test_needs_a_delegation(self):
        assert lacks(None) == (Lack.UNKNOWN_DELEGATION,)

    @pytest.mark.parametrize(
        ("day", "expected"),
        [
            ("2026-06-01T22:59", (Lack.COMPETENCE_NOT_BEGUN,)),
            ("2026-06-01T23:00", ()),
            ("2026-06-30T22:59", ()),
            ("2026-06-30T23:00", (Lack.COMPETENCE_OVER,)),
        ],
    )
    def test_holds_on_the_first_and_the_last_day_and_not_a_day_beyond(self, day, expected):
        assert lacks(delegation(), at=datetime.fromisoformat(f"{day}+00:00")) == expected

    @pytest.mark.parametrize(
        ("changes", "expected"),
        [
            ({"accepted_at": None}, Lack.NOT_ACCEPTED_BY_WORKER),
            ({"accepted_at": None, "declined_at": FIRST_OF_JUNE}, Lack.DECLINED_BY_WORKER),
            ({"suspended_at": TENTH_OF_JUNE}, Lack.COMPETENCE_SUSPENDED),
            ({"ended_at": TENTH_OF_JUNE}, Lack.COMPETENCE_OVER),
            ({"assessed_at": TENTH_OF_JUNE + timedelta(seconds=1)}, Lack.NOT_COMPETENT),
        ],
    )
    def test_needs_a_competence_that_stands(self, changes, expected):
        assert lacks(delegation(competences=(competence(**changes),))) == (expected,)

    @pytest.mark.parametrize(
        ("steps", "expected"),
        [
            ((), Lack.NOT_ACCEPTED_BY_PROVIDER),
            ((step(Event.ACCEPT),), Lack.NOT_ACTIVE),
            ((*ACTIVE, step(Event.SUSPEND, days=5)), Lack.SUSPENDED),
            ((*ACTIVE, step(Event.WITHDRAW, days=5)), Lack.WITHDRAWN),
        ],
    )
    def test_needs_an_active_delegation(self, steps, expected):
        assert lacks(delegation(steps=steps)) == (expected,)

    def test_ends_with_the_delegations_last_day(self):
        assert lacks(delegation(ends_on=date(2026, 6, 9))) == (Lack.EXPIRED,)

    def test_is_judged_by_what_stood_before_a_later_withdrawal(self):
        withdrawn = delegation(steps=(*ACTIVE, step(Event.WITHDRAW, days=9.5)))

        assert lacks(withdrawn, at=TENTH_OF_JUNE) == ()

    def test_falls_away_when_a_new_instruction_comes(self):
        rewritten = delegation(instructions=(instruction(1), instruction(2, days=5)))

        assert lacks(rewritten, version=1) == (Lack.INSTRUCTION_REPLACED,)
        assert lacks(rewritten, version=2) == (Lack.OTHER_INSTRUCTION,)

    def test_outlasts_a_new_instruction_that_needs_no_reconfirmation(self):
        rewritten = delegation(instructions=(instruction(1), instruction(2, days=5, reconfirm=False)))

        assert lacks(rewritten, version=1) == lacks(rewritten, version=2) == ()

    def test_knows_no_instruction_that_was_not_written_yet(self):
        assert Lack.UNKNOWN_INSTRUCTION in lacks(delegation(), version=3)

    def test_has_words_for_everything_that_can_be_lacking(self):
        assert set(WORDS) == set(Lack)


class TestTransitions:
    def test_comes_back_from_a_suspension(self):
        resumed = delegation(steps=(*ACTIVE, step(Event.SUSPEND, days=2), step(Event.RESUME, days=3)))

        assert [state_at(resumed, FIRST_OF_JUNE + timedelta(days=d)) for d in (1, 2.5, 4)] == [
            State.ACTIVE,
            State.SUSPENDED,
            State.ACTIVE,
        ]


class TestCompared:
    @pytest.mark.parametrize(
        ("value", "unit", "in_range"),
        [
            ("4.0", "mmol/L", True),
            ("10.0", "mmol/L", True),
            ("3.9", "mmol/L", False),
            ("5", "mg/dL", False),
            ("5", "kPa", None),
        ],
    )
    def test_holds_a_reading_against_the_range_both_ends_included(self, value, unit, in_range):
        assert compared(Measured("glucose", Decimal(value), unit), instruction(1)).in_range is in_range
