"""A visit that recurs: on which days of which of the four weeks, at what time, for how long, by how many."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import partial
from uuid import UUID, uuid5

from careplan.hours.domain.terms import Funder
from careplan.kernel.clock import at_local
from careplan.kernel.collect import Problems
from careplan.kernel.errors import DomainError, invalid
from careplan.kernel.minutes import Minutes
from careplan.kernel.period import BeforeService, period_of
from careplan.kernel.words import listed

ALL_WEEKS = frozenset({1, 2, 3, 4})
DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
LONGEST = 24 * 60
MOST_WORKERS = 4
WIDEST_OWN_WINDOW = 45


class Service(StrEnum):
    """What kind of help a visit gives."""

    CARE_AT_HOME = "care_at_home"
    REABLEMENT = "reablement"
    NIGHT = "night"
    RESPITE = "respite"
    OUT_AND_ABOUT = "out_and_about"

    @property
    def words(self) -> str:
        return SERVICE_WORDS[self]


SERVICE_WORDS = {
    Service.CARE_AT_HOME: "Care at home",
    Service.REABLEMENT: "Getting back on one's feet",
    Service.NIGHT: "Through the night",
    Service.RESPITE: "A break for the family",
    Service.OUT_AND_ABOUT: "Out and about",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody wants to plan. Weeks are bank weeks, 1 to 4; days count from Monday, 0; `until` None: onward.

    `window` is a narrower one than usual for the start, in minutes. `short_task` and `short_agreed_on` say what a visit
    of less than half an hour is for, and when the person agreed to it.
    """

    days: frozenset[int]
    at: time
    minutes: Minutes
    from_day: date
    until: date | None
    weeks: frozenset[int] = ALL_WEEKS
    workers_needed: int = 1
    workers: tuple[UUID, ...] = ()
    activities: tuple[UUID, ...] = ()
    service: Service | None = None
    funder: Funder | None = None
    time_critical: bool = False
    window: Minutes | None = None
    short_task: str | None = None
    short_agreed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern as it was planned, and how far its visits are."""

    id: UUID
    person_id: UUID
    plan_id: UUID
    provider_id: UUID
    wanted: Wanted
    planned_until: date | None
    stopped_from: date | None

    @property
    def last_day(self) -> date | None:
        """The last day on which it may bring a visit; None: no end is known."""
        ends = [d for d in (self.wanted.until, self.day_before_stop) if d is not None]
        return min(ends, default=None)

    @property
    def day_before_stop(self) -> date | None:
        return self.stopped_from - timedelta(days=1) if self.stopped_from else None

    def visit_id(self, day: date) -> UUID:
        """The id of its visit on a day, so that planning it twice plans it once."""
        return uuid5(self.id, day.isoformat())


@dataclass(frozen=True, slots=True)
class Span:
    """When a visit is planned to begin and to end."""

    start: datetime
    end: datetime

    def overlaps(self, other: "Span") -> bool:
        """Whether both go on at some instant; one may begin when the other ends."""
        return self.start < other.end and other.start < self.end


def span_on(wanted: Wanted, day: date) -> Span:
    """The visit of a day: it begins by London's clocks, and lasts as long as planned though they change."""
    start = at_local(day, wanted.at)
    return Span(start, start + timedelta(minutes=wanted.minutes))


def days_of(wanted: Wanted, *, service_starts_on: date, first: date, last: date) -> Iterator[date]:
    """The days of a visit from one day to another, both counted in; none lies before the service began."""
    day = max(first, wanted.from_day, service_starts_on)
    end = last if wanted.until is None else min(last, wanted.until)
    while day <= end:
        if day.weekday() in wanted.days and _week(service_starts_on, day) in wanted.weeks:
            yield day
        day += timedelta(days=1)


def horizon(*, service_starts_on: date, today: date) -> date:
    """How far visits without an end are planned: to the last day of the period after this one."""
    present = period_of(service_starts_on, max(today, service_starts_on))
    return period_of(service_starts_on, present.ends_on + timedelta(days=1)).ends_on


def check_wanted(wanted: Wanted) -> None:
    """Raises Invalid with everything that is wrong."""
    problems = Problems()
    for check in (_check_days, _check_length, _check_workers, _check_window, _check_end):
        problems.of(partial(check, wanted))
    problems.settle()


def days_words(days: Iterable[int]) -> str:
    """'every day', 'Monday to Friday', 'Monday and Thursday'."""
    chosen = sorted(set(days))
    if chosen == list(range(7)):
        return "every day"
    if len(chosen) > 2 and chosen == list(range(chosen[0], chosen[-1] + 1)):
        return f"{DAY_NAMES[chosen[0]]} to {DAY_NAMES[chosen[-1]]}"
    return listed([DAY_NAMES[d] for d in chosen])


def weeks_words(weeks: Iterable[int]) -> str:
    """'' for all four, else 'in weeks 1 and 3'."""
    chosen = sorted(set(weeks))
    if set(chosen) == ALL_WEEKS:
        return ""
    return f"in week{'s' if len(chosen) > 1 else ''} {listed([str(w) for w in chosen])}"


def _week(service_starts_on: date, day: date) -> int:
    try:
        return period_of(service_starts_on, day).week_of(day).number
    except BeforeService:
        return 0


def _check_days(wanted: Wanted) -> None:
    if not wanted.days or not wanted.days <= set(range(7)):
        raise invalid("days", "Choose the days of the week")
    if not wanted.weeks or not wanted.weeks <= ALL_WEEKS:
        raise invalid("weeks", "Choose one or more of the four weeks")


def _check_length(wanted: Wanted) -> None:
    if not 1 <= wanted.minutes <= LONGEST:
        raise invalid("minutes", "A visit lasts from 1 minute to 24 hours")


def _check_workers(wanted: Wanted) -> None:
    if not 1 <= wanted.workers_needed <= MOST_WORKERS:
        raise invalid("workers_needed", f"From 1 to {MOST_WORKERS} workers can go together")
    if len(set(wanted.workers)) > wanted.workers_needed:
        raise invalid("workers", f"Choose at most {wanted.workers_needed}, or say that more workers are needed")


def _check_window(wanted: Wanted) -> None:
    if wanted.window is not None and not 1 <= wanted.window <= WIDEST_OWN_WINDOW:
        raise invalid("window", f"A narrower window is from 1 to {WIDEST_OWN_WINDOW} minutes")


def _check_end(wanted: Wanted) -> None:
    if wanted.until is not None and wanted.until < wanted.from_day:
        raise invalid("until", "The last day lies before the first")


class NoSuchDay(DomainError):
    """None of the days chosen lies between the first day and the last."""

    code = "no_such_day"
