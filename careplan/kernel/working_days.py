"""Counting working days: Monday to Friday without the bank holidays of England."""

from collections.abc import Collection
from datetime import date, timedelta

A_DAY = timedelta(days=1)
SATURDAY = 5


def is_working_day(day: date, *, holidays: Collection[date]) -> bool:
    return day.weekday() < SATURDAY and day not in holidays


def working_days_after(day: date, number: int, *, holidays: Collection[date]) -> date:
    """The working day that is so many working days after a day; the day itself does not count."""
    while number > 0:
        day += A_DAY
        number -= is_working_day(day, holidays=holidays)
    return day
