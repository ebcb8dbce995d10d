"""Costs as ratios: rounds of what is measured and of its floor take turns, and the median of each counts."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

ROUNDS = 7


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the report: what was found, the most that is wanted, and in what."""

    work: str
    found: float
    most: float
    unit: str
    detail: str = ""

    @property
    def holds(self) -> bool:
        return self.found <= self.most

    def __str__(self) -> str:
        verdict = "holds" if self.holds else "MISSES"
        return f"{verdict:7}{self.work}: {self.found:.2f} {self.unit} (at most {self.most:g}){self.detail}"


def cpu_of(work: Callable[[], None], *, times: int) -> float:
    """Seconds of this process's CPU for one of so many."""
    began = time.process_time()
    for _ in range(times):
        work()
    return (time.process_time() - began) / times


def wall_of(work: Callable[[], None]) -> float:
    """Seconds that pass."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def ratio(work: Callable[[], float], floor: Callable[[], float]) -> float:
    """How many times the floor, each measured in turn."""
    pairs = [(work(), floor()) for _ in range(ROUNDS)]
    return statistics.median(w for w, _ in pairs) / statistics.median(f for _, f in pairs)


def ninety_fifth(seconds: list[float]) -> float:
    """The value that nineteen of twenty stay under."""
    return statistics.quantiles(seconds, n=20)[-1]
