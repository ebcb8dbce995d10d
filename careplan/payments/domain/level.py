"""An agreed level of care for which a provider is paid until its outcomes are achieved, and for some weeks beyond.

Source: Leicestershire 2015: payments continue at the level for a fixed period, before the new level, which may be nil.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from careplan.kernel.errors import invalid
from careplan.kernel.minutes import NO_MINUTES, Minutes
from careplan.kernel.words import short_day

MINUTES_IN_WEEK = 7 * 24 * 60


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
        ends = self.goes_on_until(goes_on_weeks=goes_on_weeks)
        return self.weekly if ends is None or day < ends else self.then

    def goes_on_until(self, *, goes_on_weeks: int) -> date | None:
        """The day from which the new level counts; None while the outcomes are not agreed as achieved."""
        return None if self.achieved_on is None else self.achieved_on + timedelta(weeks=goes_on_weeks)


def check_level(level: AgreedLevel) -> None:
    """Raises Invalid, saying which day or length cannot be."""
    if level.weekly > MINUTES_IN_WEEK:
        raise invalid("weekly", "There are 168 hours in a week. Type fewer.")
    if level.then > MINUTES_IN_WEEK:
        raise invalid("then", "There are 168 hours in a week. Type fewer.")
    if level.achieved_on is None and level.then:
        raise invalid("achieved_on", "Say when the outcomes were agreed as achieved, or leave the new level empty.")
    if level.achieved_on is not None and level.achieved_on < level.since:
        begins = short_day(level.since)
        raise invalid("achieved_on", f"The level begins on {begins}. Give that day or a later one.")


def level_on(levels: Iterable[AgreedLevel], day: date, *, goes_on_weeks: int) -> Minutes:
    """The level that was agreed last, on the day or before it; nothing where none was."""
    begun = [level for level in levels if level.since <= day]
    if not begun:
        return NO_MINUTES
    return max(begun, key=lambda level: level.since).on(day, goes_on_weeks=goes_on_weeks)
