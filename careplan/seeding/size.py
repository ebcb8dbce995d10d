"""How many of everything a council of so many people has, after the figures of an English county."""

from dataclasses import dataclass
from math import ceil

# 142 providers shared out 39,000 hours a week among 2,471 people.
PEOPLE_OF_A_PROVIDER = 2471 / 142
PEOPLE_OF_A_SOCIAL_WORKER = 25
SOCIAL_WORKERS_OF_A_TEAM = 8
DAYS_PLANNED_AHEAD = 13
MOST_PEOPLE = 900_000  # so many NHS numbers begin with 999


class TooMany(ValueError):
    """More people, or fewer, than a council can be made of."""


@dataclass(frozen=True, slots=True)
class Size:
    """What was asked for: people, full weeks of visits that lie behind, and the number that chance begins with."""

    people: int
    weeks: int
    seed: int

    def __post_init__(self) -> None:
        if not 1 <= self.people <= MOST_PEOPLE:
            raise TooMany(f"A council has from 1 to {MOST_PEOPLE:,} people.")
        if not 1 <= self.weeks <= 520:
            raise TooMany("A history has from 1 to 520 weeks.")

    @property
    def providers(self) -> int:
        return max(2, round(self.people / PEOPLE_OF_A_PROVIDER))

    @property
    def social_workers(self) -> int:
        return ceil(self.people / PEOPLE_OF_A_SOCIAL_WORKER)

    @property
    def teams(self) -> int:
        return ceil(self.social_workers / SOCIAL_WORKERS_OF_A_TEAM)
