"""What adjustments that stand give a bank, or take from it."""

from careplan.hours import queries
from careplan.hours.domain.adjusting import Adjustment, Lasting, Standing
from careplan.hours.domain.bank import Bank
from careplan.hours.domain.ledger import Cause
from careplan.hours.domain.terms import terms_on
from careplan.hours.service.bringing import WeekStep, change_of, not_taken_by_week, posted_by_week
from careplan.kernel.period import DAYS_IN_PERIOD, DAYS_IN_WEEK


def adjusting_steps(bank: Bank) -> list[WeekStep]:
    """What adjustments change in a bank as things stand; none where it is as it should be."""
    if bank.period is None:
        return []
    made = [
        a
        for a in queries.list_adjustments(plan_id=bank.plan_id)
        if a.funder is bank.funder and a.starts_on is not None and a.starts_on <= bank.period.ends_on
    ]
    steps = []
    for adjustment in made:
        week = _week(adjustment, bank)
        change = change_of(
            target=adjustment.minutes if _counts(adjustment, bank, week) else 0,
            posted=posted_by_week(bank, Cause.ADJUSTMENT, adjustment.id).get(week, 0),
            not_taken=not_taken_by_week(bank, Cause.ADJUSTMENT, adjustment.id).get(week, 0),
        )
        if change:
            steps.append(WeekStep(Cause.ADJUSTMENT, adjustment.id, week, change))
    return steps


def _week(adjustment: Adjustment, bank: Bank) -> int:
    """The week of the period in which it began, and the same week of each later one."""
    assert bank.period is not None  # noqa: S101  asked before
    assert adjustment.starts_on is not None  # noqa: S101  asked before
    first = (adjustment.starts_on - bank.period.starts_on).days % DAYS_IN_PERIOD
    return first // DAYS_IN_WEEK + 1


def _counts(adjustment: Adjustment, bank: Bank, week: int) -> bool:
    """Whether it counts in this period: while the version under which it was made holds, and as long as was said."""
    assert bank.period is not None  # noqa: S101  as above
    assert adjustment.starts_on is not None  # noqa: S101  as above
    if adjustment.standing is not Standing.IN_FORCE:
        return False
    if adjustment.lasting is Lasting.THIS_PERIOD and not bank.period.holds(adjustment.starts_on):
        return False
    day = max(bank.period.weeks[week - 1].starts_on, adjustment.starts_on)
    held = terms_on(queries.list_terms(plan_id=bank.plan_id), day)
    return held is not None and held.plan_version_id == adjustment.plan_version_id

