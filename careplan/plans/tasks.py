"""What happens to plans by itself."""

from careplan import jobs
from careplan.db import db
from careplan.db.scope import see_everything
from careplan.kernel.clock import utc_now
from careplan.plans import service


@jobs.every_minute(name="plans.delete_expired_typing")
def delete_expired_typing() -> None:
    """What was typed, never saved and never come back to is not kept for ever."""
    see_everything(db.session, as_="plans")
    service.delete_expired(now=utc_now())
