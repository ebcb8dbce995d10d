"""What happens to transfers by itself."""

from careplan import jobs
from careplan.db import db
from careplan.db.scope import see_everything
from careplan.kernel.clock import utc_now
from careplan.transfers import service


@jobs.every_minute(name="transfers.settle_due")
def settle_due() -> None:
    """Once all have agreed, what the provider before has planned after the change is called off."""
    see_everything(db.session, as_="transfers")
    service.settle_due(now=utc_now())
