"""Adherence: what was planned against what was done, declined, not done or not recorded, week by week."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from careplan.delegation.domain.occasion import Occasion, OccasionResult
from careplan.kernel.clock import local_date


@dataclass(frozen=True, slots=True)
class Expected:
    """One time at which the activity was planned: a visit that takes it in."""

    visit_id: UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class WeekOfDoing:
    """One week from its Monday.

    `extra` was recorded though no visit had planned it; `kept` are the planned times at which it was done.
    """

    starts_on: date
    expected: int
    done: int
    declined: int
    not_done: int
    missing: int
    extra: int
    kept: int

    @property
    def share(self) -> int | None:
        """Percent of what was planned that was done, rounded down; None where nothing was planned."""
        return 100 * self.kept // self.expected if self.expected else None


def standing(occasions: Iterable[Occasion]) -> list[Occasion]:
    """Those that no later record corrects, earliest first."""
    known = list(occasions)
    replaced = {o.corrects for o in known if o.corrects}
    return sorted((o for o in known if o.id not in replaced), key=lambda o: (o.effective_at, o.id))


def weeks_of(
    expected: Iterable[Expected], occasions: Iterable[Occasion], *, first: date, weeks: int, now: datetime
) -> list[WeekOfDoing]:
    """So many weeks from a Monday; what is planned for later than now is not expected yet."""
    due = [e for e in expected if e.at <= now]
    own = standing(occasions)
    return [_week(due, own, first + timedelta(weeks=n)) for n in range(weeks)]


def _week(due: Sequence[Expected], occasions: Sequence[Occasion], starts_on: date) -> WeekOfDoing:
    ends_before = starts_on + timedelta(days=7)
    planned = {e.visit_id for e in due if starts_on <= local_date(e.at) < ends_before}
    anywhere = {e.visit_id for e in due}
    here = [
        o
        for o in occasions
        if o.visit_id in planned
        or (o.visit_id not in anywhere and starts_on <= local_date(o.effective_at) < ends_before)
    ]
    met = {o.visit_id for o in here if o.visit_id in planned}

    def count(result: OccasionResult) -> int:
        return sum(o.result is result for o in here)

    return WeekOfDoing(
        starts_on=starts_on,
        expected=len(planned),
        done=count(OccasionResult.DONE),
        declined=count(OccasionResult.DECLINED),
        not_done=count(OccasionResult.NOT_DONE),
        missing=len(planned - met),
        extra=sum(o.visit_id not in planned for o in here),
        kept=len({o.visit_id for o in here if o.visit_id in planned and o.result is OccasionResult.DONE}),
    )
