"""What happens to escalations by itself."""

from careplan import jobs
from careplan.db import db
from careplan.db.scope import see_everything
from careplan.delegation import service
from careplan.kernel.clock import utc_now


@jobs.every_minute(name="delegation.escalate")
def carry_escalations_on() -> None:
    """Whoever is next on the ladder is told of what nobody has answered in time."""
    see_everything(db.session, as_="escalations")
    service.carry_escalations_on(now=utc_now())
