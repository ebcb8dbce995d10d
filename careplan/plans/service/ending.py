"""Ending a plan, and letting it go on where that was a mistake."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from careplan.db import db
from careplan.plans.service.locking import locked_to_the_end


@dataclass(frozen=True, slots=True)
class PlanEnd:
    """When and why a plan ends; nothing for one without an end."""

    at: datetime | None = None
    reason: str | None = None


def end_plan(*, plan_id: UUID, end: PlanEnd, now: datetime) -> PlanEnd | None:
    """Ends a plan; answers the end that it had before, or None where it ended earlier anyway.  Raises NotFound."""
    row = locked_to_the_end(plan_id=plan_id, now=now).row
    before = PlanEnd(row.ended_at, row.ended_reason)
    if end.at is None or (before.at is not None and before.at <= end.at):
        return None
    row.ended_at, row.ended_reason = end.at, end.reason
    db.session.flush()
    return before


def take_back_end(*, plan_id: UUID, end: PlanEnd, before: PlanEnd, now: datetime) -> bool:
    """Gives a plan the end that it had before, unless it was ended anew since; says whether it did."""
    row = locked_to_the_end(plan_id=plan_id, now=now).row
    if (row.ended_at, row.ended_reason) != (end.at, end.reason):
        return False
    row.ended_at, row.ended_reason = before.at, before.reason
    db.session.flush()
    return True
