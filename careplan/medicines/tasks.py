"""What happens to medicines by itself."""

from careplan import jobs
from careplan.db import db
from careplan.db.scope import see_everything
from careplan.kernel.clock import utc_now
from careplan.medicines import service


@jobs.every_minute(name="medicines.watch")
def watch_over_medicines() -> None:
    """The provider hears of a medicine that must come on time and for which nothing was recorded."""
    see_everything(db.session, as_="medicines")
    service.watch_over_silence(now=utc_now())
