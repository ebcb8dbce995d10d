"""What happens to sessions by itself."""

from careplan import jobs
from careplan.access import sessions
from careplan.kernel.clock import utc_now


@jobs.every_minute(name="access.delete_expired_sessions")
def delete_expired_sessions() -> None:
    """Sessions that no cookie can open any more need not be kept."""
    sessions.delete_expired(now=utc_now())
