"""What happens to concerns by itself."""

from careplan import jobs
from careplan.concerns import service
from careplan.db import db
from careplan.db.scope import see_everything
from careplan.kernel.clock import utc_now


@jobs.every_minute(name="concerns.remind")
def remind_of_concerns() -> None:
    """Nobody forgets a worry: the safeguarding leads are reminded until one of them has taken it up."""
    see_everything(db.session, as_="concerns")
    service.remind(now=utc_now())
