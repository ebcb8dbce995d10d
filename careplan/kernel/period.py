"""Periods of 28 local days, numbered from 0 from the first day of a service and never restarted."""

from dataclasses import dataclass
from datetime import date, timedelta

DAYS_IN_WEEK = 7
WEEKS_IN_PERIOD = 4
DAYS_IN_PERIOD = DAYS_IN_WEEK * WEEKS_IN_PERIOD


class BeforeService(ValueError):
    """The day lies before the first day of the service, so no period holds it."""


@dataclass(frozen=True, slots=True)
class Week:
    """Seven local days of a period; `number` runs from 1 to 4, both dates are inclusive."""

    number: int
    starts_on: date
    ends_on: date

    def holds(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on


@dataclass(frozen=True, slots=True)
class Period:
    """Twenty-eight local days; both dates are inclusive."""

    number: int
    starts_on: date
    ends_on: date

    @property
    def weeks(self) -> tuple[Week, ...]:
        """The four weeks in order."""
        starts = [self.starts_on + timedelta(days=DAYS_IN_WEEK * k) for k in range(WEEKS_IN_PERIOD)]
        return tuple(Week(k + 1, start, start + timedelta(days=6)) for k, start in enumerate(starts))

    def holds(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on

    def week_of(self, day: date) -> Week:
        """The week in which a day of this period falls.  Raises ValueError for a day outside it."""
        if not self.holds(day):
            raise ValueError(f"{day} is not in period {self.number}")
        return self.weeks[(day - self.starts_on).days // DAYS_IN_WEEK]


def period_number(service_starts_on: date, number: int) -> Period:
    """Period k starts on day 28·k of the service."""
    if number < 0:
        raise BeforeService("periods are numbered from 0")
    starts_on = service_starts_on + timedelta(days=DAYS_IN_PERIOD * number)
    return Period(number, starts_on, starts_on + timedelta(days=DAYS_IN_PERIOD - 1))


def period_of(service_starts_on: date, day: date) -> Period:
    """The period that holds a day.  Raises BeforeService when the service had not begun."""
    days = (day - service_starts_on).days
    if days < 0:
        raise BeforeService(f"{day} lies before the service began on {service_starts_on}")
    return period_number(service_starts_on, days // DAYS_IN_PERIOD)


def next_week_boundary(service_starts_on: date, day: date) -> date:
    """The first day of the first bank week that starts on or after a day."""
    days = max((day - service_starts_on).days, 0)
    whole_weeks = -(-days // DAYS_IN_WEEK)
    return service_starts_on + timedelta(days=whole_weeks * DAYS_IN_WEEK)
