"""By when the safeguarding lead must have taken up a concern, and how often they are reminded until they have."""

from datetime import datetime, timedelta

from careplan.kernel.clock import end_of_day, local_date

WITHIN = timedelta(hours=1)
REMIND_URGENT = timedelta(minutes=15)
REMIND_OTHERS = timedelta(hours=2)


def due_by(*, raised_at: datetime, immediate_danger: bool) -> datetime:
    """Within the hour where there is danger now, else before the London day ends; never sooner than within the hour."""
    soon = raised_at + WITHIN
    return soon if immediate_danger else max(soon, end_of_day(local_date(raised_at)))


def reminders_due(*, raised_at: datetime, immediate_danger: bool, now: datetime) -> int:
    """How many reminders should have gone by now to whoever has not taken it up: one when it is due, then one in each
    quarter of an hour where there is danger, else every two hours.
    """
    due = due_by(raised_at=raised_at, immediate_danger=immediate_danger)
    if now < due:
        return 0
    return 1 + (now - due) // (REMIND_URGENT if immediate_danger else REMIND_OTHERS)
