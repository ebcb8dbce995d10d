"""One writer at a time on one plan."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from careplan.db import db
from careplan.kernel.errors import Conflict, NotFound
from careplan.plans import queries
from careplan.plans.domain.plan import PlanVersion, SupportPlan
from careplan.plans.models import PlanVersionRow, SupportPlanRow


class PlanEnded(Conflict):
    """The plan has ended; nothing more is written into it, and nobody agrees to it any more."""

    code = "plan_ended"


@dataclass(frozen=True, slots=True)
class Locked:
    """A plan that nobody else can change until the transaction ends.

    `now` is never earlier than what was last recorded: of two requests at once, the later one to get the lock may have
    read the clock first, and must see what the other did.
    """

    row: SupportPlanRow
    plan: SupportPlan
    now: datetime

    def version(self, number: int) -> PlanVersion:
        """Raises NotFound."""
        found = self.plan.version(number)
        if found is None:
            raise NotFound(f"This plan has no version {number}.")
        return found


def locked_plan(*, plan_id: UUID, now: datetime) -> Locked:
    """Locks a plan that goes on, and reads it as it then stands.  Raises PlanEnded, NotFound."""
    locked = locked_to_the_end(plan_id=plan_id, now=now)
    if locked.row.ended_at is not None and locked.row.ended_at <= locked.now:
        raise PlanEnded("This plan has ended. Begin a new one.")
    return locked


def locked_to_the_end(*, plan_id: UUID, now: datetime) -> Locked:
    """The same of a plan that may have ended.  Raises NotFound."""
    row = db.session.scalar(
        select(SupportPlanRow)
        .where(SupportPlanRow.id == plan_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if row is None:
        raise NotFound("There is no such plan.")
    moment = max(now, queries.last_recorded(plan_id=plan_id) or now)
    return Locked(row, queries.get_plan(plan_id=plan_id, at=moment), moment)


def version_row(*, version_id: UUID) -> PlanVersionRow:
    """The row of a version that the locked plan holds."""
    return db.session.get_one(PlanVersionRow, version_id)
