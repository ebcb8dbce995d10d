"""The council's own calendar for money: Monday weeks, cut across banks' periods by the day on which a visit starts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from careplan.kernel.errors import invalid

DAYS_IN_WEEK = 7
WEEKS_IN_PAY_PERIOD = 4
# A Monday. Pay periods follow one another from here without end, to both sides.
FIRST_PAY_DAY = date(2024, 4, 1)


@dataclass(frozen=True, slots=True)
class Span:
    """Days from one to another, both inclusive."""

    starts_on: date
    ends_on: date

    @property
    def days(self) -> int:
        return (self.ends_on - self.starts_on).days + 1

    @property
    def mondays(self) -> Iterator[date]:
        """The Mondays in it, in order."""
        day = self.starts_on + timedelta(days=-self.starts_on.weekday() % DAYS_IN_WEEK)
        while day <= self.ends_on:
            yield day
            day += timedelta(days=DAYS_IN_WEEK)

    def holds(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on


def monday_of(day: date) -> date:
    """The Monday of the week in which a day falls."""
    return day - timedelta(days=day.weekday())


def week_of(day: date) -> Span:
    """Monday to Sunday."""
    monday = monday_of(day)
    return Span(monday, monday + timedelta(days=DAYS_IN_WEEK - 1))


def pay_period_of(day: date) -> Span:
    """The four Monday weeks for which providers are paid together."""
    length = DAYS_IN_WEEK * WEEKS_IN_PAY_PERIOD
    start = day - timedelta(days=(day - FIRST_PAY_DAY).days % length)
    return Span(start, start + timedelta(days=length - 1))


def last_pay_period(today: date) -> Span:
    """The last one that is over."""
    return pay_period_of(pay_period_of(today).starts_on - timedelta(days=1))


def last_week(today: date) -> Span:
    """The last Monday week that is over."""
    return week_of(today - timedelta(days=DAYS_IN_WEEK))


def pay_period_from(start: date) -> Span:
    """The pay period that starts on a day.  Raises Invalid for any other day."""
    found = pay_period_of(start)
    if found.starts_on != start:
        raise invalid("starts_on", f"No pay period starts on that day. One starts on {found.starts_on:%-d %B %Y}.")
    return found


def week_from(start: date) -> Span:
    """The week that starts on a Monday.  Raises Invalid for any other day."""
    if start.weekday() != 0:
        raise invalid("starts_on", f"Charges are made from Monday on. The week begins on {monday_of(start):%-d %B %Y}.")
    return week_of(start)
