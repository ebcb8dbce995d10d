"""Checks that are told together: whoever mends one problem should not meet the next only afterwards."""

from collections.abc import Callable
from typing import TypeVar

from careplan.kernel.errors import DomainError, Invalid, Problem

Value = TypeVar("Value")


class Problems:
    """Runs checks one by one and keeps what they refuse; `settle` raises what was kept.

    problems = Problems()
    number = problems.of(lambda: checked_nhs_number(typed))
    problems.settle()
    """

    def __init__(self) -> None:
        self._kept: list[DomainError] = []

    def of(self, check: Callable[[], Value]) -> Value | None:
        """What the check answers, or None where it refused."""
        try:
            return check()
        except DomainError as refused:
            self._kept.append(refused)
            return None

    def settle(self) -> None:
        """Raises the one refusal as it was, several as one Invalid with all their problems."""
        if len(self._kept) == 1:
            raise self._kept[0]
        if self._kept:
            found: tuple[Problem, ...] = tuple(p for refused in self._kept for p in refused.problems)
            raise Invalid("Some answers need mending.", problems=found)
