"""An agreed level of care for which a provider is paid until its outcomes are achieved, and for some weeks beyond.

Source: Leicestershire 2015: payments continue at the level for a fixed period, before the new level, which may be nil.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from careplan.kernel.minutes import NO_MINUTES, Minutes


@dataclass(frozen=True, slots=True)
class AgreedLevel:
    """Minutes a week from a day on. Once the outcomes are agreed achieved, `then` minutes follow after some weeks."""

    person_id: UUID
    since: date
    weekly: Minutes
    achieved_on: date | None = None
    then: Minutes = NO_MINUTES

    def on(self, day: date, *, goes_on_weeks: int) -> Minutes:
        """What is paid for a week that begins on a day."""
        if self.achieved_on is None or day < self.achieved_on + timedelta(weeks=goes_on_weeks):
            return self.weekly
        return self.then


def level_on(levels: Iterable[AgreedLevel], day: date, *, goes_on_weeks: int) -> Minutes:
    """The level that was agreed last, on the day or before it; nothing where none was."""
    begun = [level for level in levels if level.since <= day]
    if not begun:
        return NO_MINUTES
    return max(begun, key=lambda level: level.since).on(day, goes_on_weeks=goes_on_weeks)
