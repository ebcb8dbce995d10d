"""What happens to hour banks by itself."""

from careplan import jobs
from careplan.db import db
from careplan.db.scope import see_everything
from careplan.hours import service
from careplan.kernel.clock import utc_now


@jobs.every_minute(name="hours.open_due_periods")
def open_due_periods() -> None:
    """Each plan's present period is open, and the next, so that visits can be planned in it."""
    see_everything(db.session, as_="hours")
    service.open_due_periods(now=utc_now())


@jobs.every_minute(name="hours.close_due_periods")
def close_due_periods() -> None:
    """Periods that ended more than a week ago are closed, a chunk each minute."""
    see_everything(db.session, as_="hours")
    service.close_due_periods(now=utc_now())


@jobs.every_minute(name="hours.watch")
def watch() -> None:
    """Weeks outside a plan's floor or ceiling are told of, and hours about to end."""
    see_everything(db.session, as_="hours")
    service.watch_weeks(now=utc_now())
    service.announce_endings(now=utc_now())
