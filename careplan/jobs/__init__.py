"""Work that waits its turn: jobs over the same database, enqueued in the transaction of the act that causes them.

A slice keeps its tasks in a module `tasks.py`, which `careplan.app` imports:

    @jobs.task(name="fhir.project_marked")
    def project_marked() -> None: ...

    jobs.enqueue(project_marked, session, person_id=str(person_id))     # runs once the caller has committed
    @jobs.every_minute(name="access.delete_expired_sessions")            # instead of @jobs.task: runs by itself

A task is a plain function; it runs in the application's context and its work is committed once, when it ends well.
"""

from careplan.jobs.queue import enqueue, every_day, every_minute, task
from careplan.jobs.worker import work

__all__ = ["enqueue", "every_day", "every_minute", "task", "work"]
