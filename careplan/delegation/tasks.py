"""What happens to delegations by itself."""

from careplan import jobs
from careplan.db import db
from careplan.db.scope import see_everything
from careplan.delegation import service
from careplan.kernel.clock import utc_now


@jobs.every_minute(name="delegation.notice_endings")
def notice_endings() -> None:
    """Both sides learn at once that a delegation, or a worker's time for it, is over, or that a worker has left."""
    see_everything(db.session, as_="delegation")
    service.notice_endings(now=utc_now())


@jobs.every_minute(name="delegation.escalate")
def carry_escalations_on() -> None:
    """Whoever is next on the ladder is told of what nobody has answered in time."""
    see_everything(db.session, as_="escalations")
    service.carry_escalations_on(now=utc_now())


@jobs.every_day(name="delegation.warn_of_endings")
def warn_of_endings() -> None:
    """Both sides learn in good time that a worker must be looked at again."""
    see_everything(db.session, as_="delegation")
    service.warn_of_endings(now=utc_now())
