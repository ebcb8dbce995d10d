"""What a visit counts, in every kind of minutes at once: each model is then a choice among these."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from careplan.kernel.minutes import NO_MINUTES, Minutes
from careplan.payments.domain.pay_model import Counted
from careplan.payments.domain.settled import Outcome, SettledVisit
from careplan.payments.domain.terms import PaySettings, planned_paid


class Measured(NamedTuple):
    """Minutes of one visit, or a sum over visits; the fields stand in the order of `Counted`."""

    commissioned: Minutes = NO_MINUTES
    invoiced: Minutes = NO_MINUTES
    rota: Minutes = NO_MINUTES
    actual: Minutes = NO_MINUTES
    actual_and_travel: Minutes = NO_MINUTES
    first_weeks: Minutes = NO_MINUTES
    later_weeks: Minutes = NO_MINUTES
    level: Minutes = NO_MINUTES
    bank_holiday: Minutes = NO_MINUTES
    rural: Minutes = NO_MINUTES

    def minutes(self, counted: Counted) -> Minutes:
        return Minutes(self[PLACE[counted]])


PLACE = {counted: place for place, counted in enumerate(Counted)}
NOTHING = Measured()


def measure(visit: SettledVisit, *, settings: PaySettings, holidays: Collection[date]) -> Measured:
    """Every kind of minutes that is paid of a visit.

    One that was not completed counts alike in every kind: nothing, or what the contract pays of the planned time. Of
    one to which fewer came than were needed, the workers who came count, and stood on the rota.
    """
    if visit.outcome is not Outcome.COMPLETED:
        paid = planned_paid(visit, settings)
        return _of(visit, settings, holidays, paid, paid, paid, paid, paid) if paid else NOTHING
    commissioned = Minutes(visit.planned * min(visit.needed, visit.came))
    rota = Minutes(visit.planned * min(visit.on_rota, visit.came))
    with_travel = Minutes(visit.actual + settings.travel * visit.came)
    if settings.tolerance_is_capped:
        with_travel = min(with_travel, commissioned)
    return _of(visit, settings, holidays, commissioned, visit.invoiced, rota, visit.actual, with_travel)


def _of(
    visit: SettledVisit,
    settings: PaySettings,
    holidays: Collection[date],
    commissioned: Minutes,
    invoiced: Minutes,
    rota: Minutes,
    actual: Minutes,
    with_travel: Minutes,
) -> Measured:
    is_first = visit.service_week <= settings.higher_weeks
    return Measured(
        commissioned,
        invoiced,
        rota,
        actual,
        with_travel,
        actual if is_first else NO_MINUTES,
        NO_MINUTES if is_first else actual,
        commissioned,
        actual if visit.day in holidays else NO_MINUTES,
        actual if visit.is_rural else NO_MINUTES,
    )
