"""Whole shifts: time with people, and down time that serves something else, 45 minutes in 7½ hours."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from careplan.kernel.errors import invalid
from careplan.kernel.minutes import Minutes, elapsed
from careplan.visits.domain.incoming import DowntimeUse

# Leeds 2024: a shift of 7 hours 30 minutes holds 45 minutes of down time.
SHIFT, DOWN_IN_SHIFT = Minutes(450), Minutes(45)
LONGEST = Minutes(24 * 60)
USE_WORDS = {
    DowntimeUse.PEOPLE: "For the people supported",
    DowntimeUse.TRAINING: "Training",
    DowntimeUse.COMMUNITY: "Community",
    DowntimeUse.MEETING: "Meetings with other professions",
}


@dataclass(frozen=True, slots=True)
class Shift:
    """A worker's whole shift and the down time planned in it."""

    id: UUID
    worker_id: UUID
    starts_at: datetime
    ends_at: datetime
    down_minutes: Minutes

    @property
    def minutes(self) -> Minutes:
        return elapsed(self.starts_at, self.ends_at)

    @property
    def contact_planned(self) -> Minutes:
        """What is meant to be spent with people."""
        return Minutes(max(self.minutes - self.down_minutes, 0))

    def holds(self, at: datetime) -> bool:
        return self.starts_at <= at < self.ends_at


@dataclass(frozen=True, slots=True)
class Account:
    """How a shift was spent: with people, and down time by what it served."""

    shift: Shift
    contact: Minutes
    down: Mapping[DowntimeUse, Minutes]

    @property
    def logged(self) -> Minutes:
        """Down time that was logged, in all."""
        return Minutes(sum(self.down.values()))

    @property
    def rest(self) -> Minutes:
        """Neither with people nor logged: on the way, or not told."""
        return Minutes(max(self.shift.minutes - self.contact - self.logged, 0))


def down_time_in(minutes: int) -> Minutes:
    """The down time in a shift of so many minutes, a part of a minute cut off."""
    return Minutes(minutes * DOWN_IN_SHIFT // SHIFT)


def check_shift(starts_at: datetime, ends_at: datetime) -> None:
    """Raises Invalid for an end before the start, or a shift of more than a day."""
    if ends_at <= starts_at:
        raise invalid("ends", "The end lies before the start")
    if elapsed(starts_at, ends_at) > LONGEST:
        raise invalid("ends", "A shift lasts at most 24 hours")


def account_of(
    shift: Shift,
    *,
    visits: Iterable[tuple[datetime, Minutes]],
    down: Iterable[tuple[datetime, Minutes, DowntimeUse]],
) -> Account:
    """How a shift was spent, from the starts of visits and of down time; what lies outside it does not count."""
    spent: dict[DowntimeUse, int] = {}
    for at, minutes, use in down:
        if shift.holds(at):
            spent[use] = spent.get(use, 0) + minutes
    contact = sum(minutes for at, minutes in visits if shift.holds(at))
    return Account(shift, Minutes(contact), {use: Minutes(n) for use, n in spent.items()})
