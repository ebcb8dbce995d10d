"""The models by which councils pay for an hour of care, as data: what each counts, and at which rate.

A line is minutes of one kind at one hourly rate: minutes are summed first, and the line is rounded once, half a penny
up.
Source: Leeds 2024, the options for contracting, with their rates.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from careplan.kernel.minutes import Minutes
from careplan.kernel.money import Pence

MINUTES_IN_HOUR = 60
TRAVEL_FOR_EACH_VISIT = Minutes(5)


class HourlyModel(StrEnum):
    """What a provider is paid by, where it is paid by the hour."""

    INVOICED = "invoiced"
    PILOT = "pilot"
    SPLIT_FEE = "split_fee"
    SPLIT_FEE_2 = "split_fee_2"
    TOLERANCE = "tolerance"
    ROTA = "rota"
    COMMISSIONED = "commissioned"
    ACTUAL = "actual"


class Counted(StrEnum):
    """Which minutes a line is about."""

    COMMISSIONED = "commissioned"
    INVOICED = "invoiced"
    ROTA = "rota"
    ACTUAL = "actual"
    ACTUAL_AND_TRAVEL = "actual_and_travel"


class RateName(StrEnum):
    """The hourly rates that the models name."""

    INVOICED = "invoiced"
    PILOT = "pilot"
    SPLIT_COMMISSIONED = "split_commissioned"
    SPLIT_DELIVERED = "split_delivered"
    SPLIT_2_COMMISSIONED = "split_2_commissioned"
    SPLIT_2_DELIVERED = "split_2_delivered"


@dataclass(frozen=True, slots=True)
class Component:
    """One line of a model: these minutes at this rate."""

    counts: Counted
    rate: RateName


@dataclass(frozen=True, slots=True)
class Totals:
    """Minutes of one contract, person and pay period, summed over its visits, and how many visits there were."""

    commissioned: Minutes
    invoiced: Minutes
    rota: Minutes
    actual: Minutes
    visits: int

    def minutes(self, counted: Counted) -> Minutes:
        """The minutes of one kind; five minutes of travel for each visit are added where the model adds them."""
        match counted:
            case Counted.COMMISSIONED:
                return self.commissioned
            case Counted.INVOICED:
                return self.invoiced
            case Counted.ROTA:
                return self.rota
            case Counted.ACTUAL:
                return self.actual
            case Counted.ACTUAL_AND_TRAVEL:
                return Minutes(self.actual + self.visits * TRAVEL_FOR_EACH_VISIT)


COMPONENTS: Mapping[HourlyModel, tuple[Component, ...]] = {
    HourlyModel.INVOICED: (Component(Counted.INVOICED, RateName.INVOICED),),
    HourlyModel.PILOT: (Component(Counted.INVOICED, RateName.PILOT),),
    HourlyModel.SPLIT_FEE: (
        Component(Counted.COMMISSIONED, RateName.SPLIT_COMMISSIONED),
        Component(Counted.ACTUAL_AND_TRAVEL, RateName.SPLIT_DELIVERED),
    ),
    HourlyModel.SPLIT_FEE_2: (
        Component(Counted.ACTUAL_AND_TRAVEL, RateName.SPLIT_2_DELIVERED),
        Component(Counted.COMMISSIONED, RateName.SPLIT_2_COMMISSIONED),
    ),
    HourlyModel.TOLERANCE: (Component(Counted.ACTUAL_AND_TRAVEL, RateName.PILOT),),
    HourlyModel.ROTA: (Component(Counted.ROTA, RateName.PILOT),),
    HourlyModel.COMMISSIONED: (Component(Counted.COMMISSIONED, RateName.PILOT),),
    HourlyModel.ACTUAL: (Component(Counted.ACTUAL, RateName.PILOT),),
}
# Pence an hour. The rates of the split fee come to 24.55, those of its second form to 24.50: so they are printed.
RATES: Mapping[RateName, Pence] = {
    RateName.INVOICED: Pence(2235),
    RateName.PILOT: Pence(2450),
    RateName.SPLIT_COMMISSIONED: Pence(505),
    RateName.SPLIT_DELIVERED: Pence(1950),
    RateName.SPLIT_2_COMMISSIONED: Pence(215),
    RateName.SPLIT_2_DELIVERED: Pence(2235),
}


def fee(*, minutes: Minutes, hourly: Pence) -> Pence:
    """What so many minutes come to at a rate an hour, half a penny rounded up; whole numbers all the way."""
    return Pence((2 * minutes * hourly + MINUTES_IN_HOUR) // (2 * MINUTES_IN_HOUR))


def pay(*, model: HourlyModel, totals: Totals, rates: Mapping[RateName, Pence] = RATES) -> Pence:
    """What a model pays for a period: each of its lines rounded once, then added."""
    lines = (fee(minutes=totals.minutes(c.counts), hourly=rates[c.rate]) for c in COMPONENTS[model])
    return Pence(sum(lines))


def quote(*, totals: Totals, rates: Mapping[RateName, Pence] = RATES) -> dict[HourlyModel, Pence]:
    """What every model would pay for the same visits."""
    return {model: pay(model=model, totals=totals, rates=rates) for model in HourlyModel}
