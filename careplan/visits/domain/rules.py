"""What a council sets for visits: when they are late, and what each outcome draws."""

from dataclasses import dataclass, field
from datetime import timedelta

from careplan.kernel.errors import Invalid, Problem
from careplan.visits.domain.drawing import SETTABLE, Drawing, Draws
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


USUAL_RULES = Rules()


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


def _minutes(length: timedelta) -> int:
    return int(length.total_seconds()) // 60
