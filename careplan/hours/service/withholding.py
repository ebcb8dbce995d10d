"""What pauses withhold from a bank, week by week: posted as far as it differs from what was withheld before."""

from collections.abc import Mapping, Sequence
from datetime import date

from careplan.hours import queries
from careplan.hours.domain.bank import Bank
from careplan.hours.domain.ledger import Cause
from careplan.hours.domain.pausing import Pause, paused_days, withheld
from careplan.hours.service.bringing import WeekStep, change_of, not_taken_by_week, posted_by_week
from careplan.kernel.minutes import NO_MINUTES, Minutes


def withholding_steps(bank: Bank) -> list[WeekStep]:
    """What pauses change in a bank as things stand; none where it is as it should be."""
    if bank.period is None:
        return []
    pauses = queries.list_pauses(plan_id=bank.plan_id)
    if not pauses:
        return []
    visited = queries.list_funded_days(plan_id=bank.plan_id, since=bank.period.starts_on, until=bank.period.ends_on)
    wanted = _wanted(bank, pauses, visited)
    posted, not_taken = posted_by_week(bank, Cause.PAUSE), not_taken_by_week(bank, Cause.PAUSE)
    steps = []
    for week in bank.period.weeks:
        k = week.number
        change = change_of(target=-wanted[k], posted=posted.get(k, 0), not_taken=not_taken.get(k, 0))
        if change:
            rests_on = next((p for p in pauses if p.touches(week)), pauses[-1])
            steps.append(WeekStep(Cause.PAUSE, rests_on.id, k, change))
    return steps


def _wanted(bank: Bank, pauses: Sequence[Pause], visited: frozenset[date]) -> Mapping[int, Minutes]:
    assert bank.period is not None  # noqa: S101  asked before
    granted = queries.granted_by_week(bank_id=bank.id, causes=(Cause.TERMS, Cause.ADJUSTMENT))
    return {
        week.number: withheld(granted.get(week.number, NO_MINUTES), paused_days(week, pauses=pauses, visited=visited))
        for week in bank.period.weeks
    }
