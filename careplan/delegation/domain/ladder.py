"""Whom a worker tells when something is wrong: who first, who next, within how many minutes, by day and by night."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from uuid import UUID

from careplan.kernel.clock import local_time
from careplan.kernel.errors import Problem

# When the community teams of the NHS are at work, by London's clock, Monday to Friday except on bank holidays.
OPENS, CLOSES = time(8, 0), time(18, 30)
SATURDAY = 5
LONGEST_MINUTES = 7 * 24 * 60


class When(StrEnum):
    """At which times of the week a step of the ladder is there."""

    IN_HOURS = "in_hours"
    OUT_OF_HOURS = "out_of_hours"
    ALWAYS = "always"


@dataclass(frozen=True, slots=True)
class EscalationStep:
    """One rung: who is told on which number, and within how many minutes of the reading they must answer.

    `position` counts from 1. `account_id` is set where they also read what we show, such as the delegator.
    """

    position: int
    name: str
    phone: str
    within_minutes: int
    when: When
    account_id: UUID | None = None

    def is_there(self, *, in_hours: bool) -> bool:
        """Whether this rung is there in hours, or out of hours."""
        return self.when is When.ALWAYS or (self.when is When.IN_HOURS) == in_hours


def is_in_hours(instant: datetime, *, holidays: Collection[date]) -> bool:
    """Whether an instant falls in the hours of community teams, from 08:00 until just before 18:30."""
    local = local_time(instant)
    works = local.weekday() < SATURDAY and local.date() not in holidays
    return works and OPENS <= local.time() < CLOSES


def steps_at(
    ladder: Iterable[EscalationStep], instant: datetime, *, holidays: Collection[date]
) -> tuple[EscalationStep, ...]:
    """Those who are to be told of something that is found at an instant, in their order."""
    in_hours = is_in_hours(instant, holidays=holidays)
    return tuple(s for s in sorted(ladder, key=lambda s: s.position) if s.is_there(in_hours=in_hours))


def problems_of(ladder: Iterable[EscalationStep]) -> tuple[Problem, ...]:
    """What is wrong with a ladder: it reaches somebody by day and by night, and nobody later is due sooner."""
    steps = sorted(ladder, key=lambda s: s.position)
    found = [p for s in steps for p in _problems_of_step(s)]
    for in_hours, words in ((True, "in hours"), (False, "out of hours")):
        own = [s for s in steps if s.is_there(in_hours=in_hours)]
        if not own:
            found.append(Problem("ladder", f"Say whom to ring {words}."))
        if [s.within_minutes for s in own] != sorted(s.within_minutes for s in own):
            found.append(Problem("ladder", f"Whoever is rung later {words} has at least as many minutes."))
    return tuple(found)


def _problems_of_step(step: EscalationStep) -> list[Problem]:
    checks = (
        (not step.name.strip(), f"Say who is rung in place {step.position}."),
        (sum(ch.isdigit() for ch in step.phone) < 3, f"Type the telephone number of place {step.position}."),
        (not 0 <= step.within_minutes <= LONGEST_MINUTES, f"Type from 0 to {LONGEST_MINUTES} minutes."),
    )
    return [Problem("ladder", words) for wrong, words in checks if wrong]
