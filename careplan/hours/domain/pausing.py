"""A pause in the care: hospital, respite, away. Hours of days on which nobody came are not used up."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from careplan.kernel.errors import DomainError, Problem
from careplan.kernel.minutes import Minutes
from careplan.kernel.period import DAYS_IN_WEEK, Week

LONGEST_BACK = timedelta(days=366)


class PauseReason(StrEnum):
    """Why care rests for a while."""

    HOSPITAL = "hospital"
    RESPITE = "respite"
    AWAY = "away"


PAUSE_WORDS = {
    PauseReason.HOSPITAL: "In hospital",
    PauseReason.RESPITE: "In respite care",
    PauseReason.AWAY: "Away from home",
}


class BadPause(DomainError):
    """A pause whose days do not make one."""

    code = "bad_pause"


@dataclass(frozen=True, slots=True)
class Pause:
    """A pause by its first and last day, both paused; None: nobody knows yet when it ends.

    `said_until` is the last day as it was first said. A pause whose last day lies before its first never was.
    """

    id: UUID
    person_id: UUID
    plan_id: UUID
    reason: PauseReason
    starts_on: date
    ends_on: date | None
    said_until: date | None
    made_by: UUID
    made_at: datetime

    def holds(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)

    def touches(self, week: Week) -> bool:
        return self.starts_on <= week.ends_on and (self.ends_on is None or week.starts_on <= self.ends_on)


def paused_days(week: Week, *, pauses: Iterable[Pause], visited: Collection[date]) -> int:
    """How many days of a week lie in a pause and had no funded visit."""
    known = tuple(pauses)
    days = (week.starts_on + timedelta(days=k) for k in range(DAYS_IN_WEEK))
    return sum(1 for d in days if d not in visited and any(p.holds(d) for p in known))


def withheld(grant: Minutes, days: int) -> Minutes:
    """What a week's grant loses by so many paused days, a part of a minute cut off."""
    return Minutes(max(grant, 0) * days // DAYS_IN_WEEK)


def checked_days(*, starts_on: date, ends_on: date | None, today: date) -> None:
    """Raises BadPause for a pause that ends before it begins, or begins more than a year ago."""
    if ends_on is not None and ends_on < starts_on:
        raise _bad("ends_on", "The last day lies before the first. Give the same day or a later one.")
    if starts_on < today - LONGEST_BACK:
        raise _bad("starts_on", "That is more than a year ago. Give the first day of this pause.")


def checked_end(pause: Pause, ends_on: date) -> None:
    """Raises BadPause for a new last day more than a day before the first: that day says that it never began."""
    earliest = pause.starts_on - timedelta(days=1)
    if ends_on < earliest:
        raise _bad("ends_on", "The pause had not begun then. Give the last day on which nobody needed to come.")


def _bad(where: str, words: str) -> BadPause:
    return BadPause(words, problems=(Problem(where, words),))
