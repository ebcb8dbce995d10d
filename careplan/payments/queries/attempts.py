"""How drawing a run up stands: its last failure, and whether a job for it waits."""

from datetime import date, datetime

from sqlalchemy import select, text

from careplan.db import db
from careplan.payments.domain.attempt import Attempt, Failure, RunKind, attempt_of
from careplan.payments.models import RunFailureRow

_JOB = text("""
    SELECT scheduled_at FROM procrastinate.procrastinate_jobs
    WHERE queueing_lock = :name AND status IN ('todo', 'doing') ORDER BY id DESC LIMIT 1
""")


def job_name(kind: RunKind, starts_on: date) -> str:
    """Under which name a run's job waits, so that it waits once."""
    return f"{kind.value} run {starts_on}"


def find_attempt(*, kind: RunKind, starts_on: date, drawn_up_at: datetime | None) -> Attempt:
    """How drawing this run up stands."""
    row = db.session.scalars(
        select(RunFailureRow)
        .where(RunFailureRow.kind == kind.value, RunFailureRow.starts_on == starts_on)
        .order_by(RunFailureRow.failed_at.desc(), RunFailureRow.id.desc())
        .limit(1)
    ).one_or_none()
    job = db.session.execute(_JOB, {"name": job_name(kind, starts_on)}).one_or_none()
    failure = Failure(row.words, row.ours, row.failed_at) if row else None
    next_at = job.scheduled_at if job else None
    return attempt_of(failure, drawn_up_at=drawn_up_at, waits=job is not None, next_at=next_at)
