"""One funder's minutes for one period of a plan, and where a day belongs in it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from careplan.hours.domain.terms import Funder
from careplan.kernel.period import Period

OUTSIDE = -1


@dataclass(frozen=True, slots=True)
class Bank:
    """A bank. The one without a period takes what was delivered before the service began, or before any terms."""

    id: UUID
    plan_id: UUID
    person_id: UUID
    funder: Funder
    period: Period | None

    @property
    def number(self) -> int:
        """The period's number, or OUTSIDE."""
        return self.period.number if self.period else OUTSIDE

    def week_of(self, day: date) -> int | None:
        """The week of the period, 1 to 4, in which a day falls; None outside it."""
        if self.period is None or not self.period.holds(day):
            return None
        return self.period.week_of(day).number
