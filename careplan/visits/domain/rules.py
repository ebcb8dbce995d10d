"""What a council sets for visits: when they are late, and what each outcome draws."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from careplan.kernel.clock import local_date, start_of_day
from careplan.kernel.errors import Invalid, Problem, invalid
from careplan.kernel.words import short_day
from careplan.visits.domain.drawing import SETTABLE, Drawing, Draws, Outcome
from careplan.visits.domain.lateness import Windows

WIDEST_CRITICAL = 60
LONGEST_PATIENCE = 240


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules that hold for a provider's visits."""

    windows: Windows = field(default_factory=Windows)
    draws: Draws = field(default_factory=Draws)

    @property
    def critical_minutes(self) -> int:
        return _minutes(self.windows.critical)

    @property
    def late_minutes(self) -> int:
        return _minutes(self.windows.late_after)

    @property
    def draws_planned(self) -> tuple[Outcome, ...]:
        """What may be set either way and draws the planned time; all else that may be set draws nothing."""
        return tuple(o for o in SETTABLE if self.draws.of(o) is Drawing.PLANNED)


USUAL_RULES = Rules()


@dataclass(frozen=True, slots=True)
class RulesOf:
    """Rules with whose they are and from when; no provider: those for all who have none of their own.

    `since` is None for the usual rules, which hold until the council sets its own.
    """

    provider_id: UUID | None
    since: datetime | None
    rules: Rules


def check_rules(rules: Rules) -> None:
    """Raises Invalid, naming each window or draw that may not be set so."""
    problems = []
    if not 1 <= rules.critical_minutes <= WIDEST_CRITICAL:
        problems.append(Problem("critical_minutes", f"From 1 to {WIDEST_CRITICAL} minutes"))
    if not 1 <= rules.late_minutes <= LONGEST_PATIENCE:
        problems.append(Problem("late_minutes", f"From 1 to {LONGEST_PATIENCE} minutes"))
    for outcome, drawing in rules.draws.said.items():
        if outcome not in SETTABLE or drawing is Drawing.BY_BASIS:
            problems.append(Problem(outcome.value, "This draws the planned time, or nothing"))
    if problems:
        raise Invalid("Some of these cannot be set so.", problems=tuple(problems))


def start_of_rules(*, since: date | None, now: datetime) -> datetime:
    """From when rules hold that are to begin on a day: now where it is today or none was given.

    Raises Invalid for a day that is over, since visits were judged by what held then.
    """
    today = local_date(now)
    if since is not None and since < today:
        raise invalid("since", f"Give today, {short_day(today)}, or a later day. What came before stays as it was.")
    return start_of_day(since) if since is not None and since > today else now


def _minutes(length: timedelta) -> int:
    return int(length.total_seconds()) // 60
