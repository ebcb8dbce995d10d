"""What happens to visits by itself."""

from careplan import jobs
from careplan.db import db
from careplan.db.scope import see_everything
from careplan.kernel.clock import utc_now
from careplan.visits import service


@jobs.every_minute(name="visits.plan_further")
def plan_further() -> None:
    """Visits that recur without an end are planned to the end of the next period."""
    see_everything(db.session, as_="visits")
    service.plan_further(now=utc_now())


@jobs.every_minute(name="visits.watch")
def watch() -> None:
    """Whoever plans is told of a visit that nobody began, of a late start, and of what was missed."""
    see_everything(db.session, as_="visits")
    service.watch(now=utc_now())
