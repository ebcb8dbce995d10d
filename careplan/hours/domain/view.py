"""A period as everybody sees it: the same figures on every page and in every answer."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from careplan.hours.domain.terms import Assessed, Funder, Parts
from careplan.kernel.minutes import NO_MINUTES, Minutes
from careplan.kernel.period import Period

DAYS_UNTIL_CLOSE = 7


class PeriodState(StrEnum):
    """Where a period stands on a day; it stays open for late visits for a week after its last day."""

    UPCOMING = "upcoming"
    CURRENT = "current"
    ENDED = "ended"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class WeekView:
    """One week of the bank. `left` is granted less what the bank paid, so a heavy week may stand below nought."""

    number: int
    starts_on: date
    ends_on: date
    granted: Minutes
    delivered: Minutes
    planned: Minutes
    left: Minutes


@dataclass(frozen=True, slots=True)
class ShareView:
    """What one of two funders who pay together has in a figure of the period; both together are the whole."""

    words: str
    percent: int
    granted: Minutes
    delivered: Minutes
    planned: Minutes
    left: Minutes


@dataclass(frozen=True, slots=True)
class FunderView:
    """One funder's bank in the period; of joint hours the parts are known where the plan names them."""

    funder: Funder
    granted: Minutes
    delivered: Minutes
    planned: Minutes
    left: Minutes
    unfunded: Minutes
    carried_in: Minutes
    carried_out: Minutes
    expired: Minutes
    statement: int | None
    parts: Parts | None = None

    @property
    def shares(self) -> tuple[ShareView, ...]:
        """Each figure divided between the two, to the minute; none where one funder pays alone."""
        if self.parts is None:
            return ()
        divided = [self.parts.split(m) for m in (self.granted, self.delivered, self.planned, self.left)]
        council = (Minutes(of_council) for of_council, _ in divided)
        nhs = (Minutes(of_nhs) for _, of_nhs in divided)
        return (
            ShareView("The council", self.parts.council, *council),
            ShareView("The NHS", self.parts.nhs, *nhs),
        )


@dataclass(frozen=True, slots=True)
class ContingencyView:
    """What is kept aside for the period, what is left of it, and what it is for."""

    granted: Minutes
    left: Minutes
    waiting: Minutes
    circumstances: tuple[Assessed, ...]
    services: tuple[Assessed, ...]
    provider_limit: Minutes


@dataclass(frozen=True, slots=True)
class BankView:
    """A plan's hours in one period, all funders together.

    `delivered` is all the time that was given: from the bank, from contingency and unfunded. `left` holds reserved
    minutes too; `free` does not. `planned` is what is still to come, `unreserved` the part of it beyond `free`.
    `earmarked` is kept for needs beyond the period. `statement` is the version of the statement once it is closed.
    """

    plan_id: UUID
    person_id: UUID
    period: Period
    state: PeriodState
    granted: Minutes
    topped_up: Minutes
    carried_in: Minutes
    carried_out: Minutes
    delivered: Minutes
    delivered_from_bank: Minutes
    delivered_from_contingency: Minutes
    planned: Minutes
    unreserved: Minutes
    left: Minutes
    free: Minutes
    expired: Minutes
    expiring: Minutes
    unfunded: Minutes
    not_taken: Minutes
    earmarked: Minutes
    statement: int | None
    contingency: ContingencyView
    weeks: tuple[WeekView, ...]
    funders: tuple[FunderView, ...]


def state_of(period: Period, today: date) -> PeriodState:
    """Where the period stands on a day."""
    if today < period.starts_on:
        return PeriodState.UPCOMING
    if today <= period.ends_on:
        return PeriodState.CURRENT
    closes_on = period.ends_on + timedelta(days=DAYS_UNTIL_CLOSE)
    return PeriodState.ENDED if today <= closes_on else PeriodState.CLOSED


NOTHING_KEPT_ASIDE = ContingencyView(NO_MINUTES, NO_MINUTES, NO_MINUTES, (), (), NO_MINUTES)
