"""What happens to sessions and counts by itself."""

from careplan import jobs
from careplan.access import limiting, sessions
from careplan.kernel.clock import utc_now


@jobs.every_minute(name="access.delete_expired_sessions")
def delete_expired_sessions() -> None:
    """Sessions that no cookie can open any more need not be kept."""
    sessions.delete_expired(now=utc_now())


@jobs.every_minute(name="access.forget_old_counts")
def forget_old_counts() -> None:
    """How often an address asked need not be known once it may ask again."""
    limiting.forget_old_counts()
