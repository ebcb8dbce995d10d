"""The models by which councils pay for care, as data: what each counts, and at which rates.

A line is minutes of one kind at one hourly rate: minutes are summed first, and the line is rounded once, half a penny
up.
Sources: Leeds 2024, the options for contracting, with their rates; Leicestershire 2015, the stepped unit cost and the
incentive; Bury 2018 and Worcestershire 2023, delivered hours with additions.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from careplan.kernel.minutes import Minutes
from careplan.kernel.money import Pence

MINUTES_IN_HOUR = 60
TRAVEL_FOR_EACH_VISIT = Minutes(5)


class Model(StrEnum):
    """What a provider is paid by."""

    INVOICED = "invoiced"
    PILOT = "pilot"
    SPLIT_FEE = "split_fee"
    SPLIT_FEE_2 = "split_fee_2"
    TOLERANCE = "tolerance"
    ROTA = "rota"
    COMMISSIONED = "commissioned"
    ACTUAL = "actual"
    ROTA_SHIFT = "rota_shift"
    STEPPED = "stepped"
    INCENTIVE = "incentive"
    DELIVERED = "delivered"
    BLOCK = "block"

    @property
    def words(self) -> str:
        return MODEL_WORDS[self]


MODEL_WORDS = {
    Model.INVOICED: "Invoiced hours",
    Model.PILOT: "Invoiced hours at the pilot rate",
    Model.SPLIT_FEE: "Split fee",
    Model.SPLIT_FEE_2: "Split fee, option 2",
    Model.TOLERANCE: "Actual hours with a tolerance",
    Model.ROTA: "Hours on the rota",
    Model.COMMISSIONED: "Commissioned hours",
    Model.ACTUAL: "Actual hours",
    Model.ROTA_SHIFT: "Hours on the rota with a shift allowance",
    Model.STEPPED: "Stepped unit cost",
    Model.INCENTIVE: "Outcome incentive",
    Model.DELIVERED: "Delivered hours with additions",
    Model.BLOCK: "Block line",
}


class Counted(StrEnum):
    """Which minutes a line is about; the order is that of `Measured`."""

    COMMISSIONED = "commissioned"
    INVOICED = "invoiced"
    ROTA = "rota"
    ACTUAL = "actual"
    ACTUAL_AND_TRAVEL = "actual_and_travel"
    FIRST_WEEKS = "first_weeks"
    LATER_WEEKS = "later_weeks"
    LEVEL = "level"
    BANK_HOLIDAY = "bank_holiday"
    RURAL = "rural"

    @property
    def words(self) -> str:
        return COUNTED_WORDS[self]


COUNTED_WORDS = {
    Counted.COMMISSIONED: "Commissioned time",
    Counted.INVOICED: "Invoiced time",
    Counted.ROTA: "Time on the rota",
    Counted.ACTUAL: "Actual time",
    Counted.ACTUAL_AND_TRAVEL: "Actual time and the minutes added to each visit",
    Counted.FIRST_WEEKS: "Actual time in the first weeks",
    Counted.LATER_WEEKS: "Actual time after the first weeks",
    Counted.LEVEL: "The agreed level of care",
    Counted.BANK_HOLIDAY: "Actual time on bank holidays, added",
    Counted.RURAL: "Actual time in rural places, added",
}


class RateName(StrEnum):
    """The rates that contracts name: pence an hour, but for a block line, which is pence a year."""

    INVOICED = "invoiced"
    PILOT = "pilot"
    SPLIT_COMMISSIONED = "split_commissioned"
    SPLIT_DELIVERED = "split_delivered"
    SPLIT_2_COMMISSIONED = "split_2_commissioned"
    SPLIT_2_DELIVERED = "split_2_delivered"
    ROTA_BASE = "rota_base"
    SHIFT_ALLOWANCE = "shift_allowance"
    FIRST_WEEKS = "first_weeks"
    LATER_WEEKS = "later_weeks"
    LEVEL = "level"
    DELIVERED = "delivered"
    BANK_HOLIDAY = "bank_holiday"
    RURAL = "rural"
    BLOCK = "block"
    CHARGING = "charging"

    @property
    def words(self) -> str:
        return RATE_WORDS[self]


RATE_WORDS = {
    RateName.INVOICED: "invoiced hour",
    RateName.PILOT: "pilot",
    RateName.SPLIT_COMMISSIONED: "split fee, commissioned",
    RateName.SPLIT_DELIVERED: "split fee, delivered",
    RateName.SPLIT_2_COMMISSIONED: "split fee 2, commissioned",
    RateName.SPLIT_2_DELIVERED: "split fee 2, delivered",
    RateName.ROTA_BASE: "rota base",
    RateName.SHIFT_ALLOWANCE: "shift allowance",
    RateName.FIRST_WEEKS: "higher, first weeks",
    RateName.LATER_WEEKS: "lower, later weeks",
    RateName.LEVEL: "agreed level",
    RateName.DELIVERED: "delivered hour",
    RateName.BANK_HOLIDAY: "bank holiday addition",
    RateName.RURAL: "rural addition",
    RateName.BLOCK: "block line, a year",
    RateName.CHARGING: "charged to people",
}


@dataclass(frozen=True, slots=True)
class Component:
    """One line of a model: these minutes at the sum of these rates."""

    counts: Counted
    rates: tuple[RateName, ...]


@dataclass(frozen=True, slots=True)
class Totals:
    """Minutes of one contract, person and pay period, summed over its visits, and how many visits there were."""

    commissioned: Minutes
    invoiced: Minutes
    rota: Minutes
    actual: Minutes
    visits: int

    def minutes(self, counted: Counted) -> Minutes:
        """The minutes of one kind that a quote knows; five minutes of travel for each visit are added in one of them.

        Raises ValueError for a kind that only visits themselves can tell.
        """
        known = {
            Counted.COMMISSIONED: self.commissioned,
            Counted.INVOICED: self.invoiced,
            Counted.ROTA: self.rota,
            Counted.ACTUAL: self.actual,
            Counted.ACTUAL_AND_TRAVEL: Minutes(self.actual + self.visits * TRAVEL_FOR_EACH_VISIT),
        }
        if counted not in known:
            raise ValueError(f"totals do not tell {counted}")
        return known[counted]


COMPONENTS: Mapping[Model, tuple[Component, ...]] = {
    Model.INVOICED: (Component(Counted.INVOICED, (RateName.INVOICED,)),),
    Model.PILOT: (Component(Counted.INVOICED, (RateName.PILOT,)),),
    Model.SPLIT_FEE: (
        Component(Counted.COMMISSIONED, (RateName.SPLIT_COMMISSIONED,)),
        Component(Counted.ACTUAL_AND_TRAVEL, (RateName.SPLIT_DELIVERED,)),
    ),
    Model.SPLIT_FEE_2: (
        Component(Counted.ACTUAL_AND_TRAVEL, (RateName.SPLIT_2_DELIVERED,)),
        Component(Counted.COMMISSIONED, (RateName.SPLIT_2_COMMISSIONED,)),
    ),
    Model.TOLERANCE: (Component(Counted.ACTUAL_AND_TRAVEL, (RateName.PILOT,)),),
    Model.ROTA: (Component(Counted.ROTA, (RateName.PILOT,)),),
    Model.COMMISSIONED: (Component(Counted.COMMISSIONED, (RateName.PILOT,)),),
    Model.ACTUAL: (Component(Counted.ACTUAL, (RateName.PILOT,)),),
    Model.ROTA_SHIFT: (Component(Counted.ROTA, (RateName.ROTA_BASE, RateName.SHIFT_ALLOWANCE)),),
    Model.STEPPED: (
        Component(Counted.FIRST_WEEKS, (RateName.FIRST_WEEKS,)),
        Component(Counted.LATER_WEEKS, (RateName.LATER_WEEKS,)),
    ),
    Model.INCENTIVE: (Component(Counted.LEVEL, (RateName.LEVEL,)),),
    Model.DELIVERED: (
        Component(Counted.ACTUAL, (RateName.DELIVERED,)),
        Component(Counted.BANK_HOLIDAY, (RateName.BANK_HOLIDAY,)),
        Component(Counted.RURAL, (RateName.RURAL,)),
    ),
    Model.BLOCK: (),
}
# By the minute, with nothing to know but totals: what a quote can answer.
QUOTED = (
    Model.INVOICED, Model.PILOT, Model.SPLIT_FEE, Model.SPLIT_FEE_2, Model.TOLERANCE, Model.ROTA, Model.COMMISSIONED,
    Model.ACTUAL,
)  # fmt: skip
# Pence an hour. The rates of the split fee come to 24.55, those of its second form to 24.50: so they are printed. The
# paper leaves open whether the shift allowance is paid on 22.82 or on 24.50, so a contract says which.
RATES: Mapping[RateName, Pence] = {
    RateName.INVOICED: Pence(2235),
    RateName.PILOT: Pence(2450),
    RateName.SPLIT_COMMISSIONED: Pence(505),
    RateName.SPLIT_DELIVERED: Pence(1950),
    RateName.SPLIT_2_COMMISSIONED: Pence(215),
    RateName.SPLIT_2_DELIVERED: Pence(2235),
    RateName.ROTA_BASE: Pence(2282),
    RateName.SHIFT_ALLOWANCE: Pence(168),
    RateName.FIRST_WEEKS: Pence(2502),
    RateName.LATER_WEEKS: Pence(2235),
    RateName.LEVEL: Pence(2450),
    RateName.DELIVERED: Pence(2064),
    RateName.BANK_HOLIDAY: Pence(1032),
    RateName.RURAL: Pence(150),
    RateName.BLOCK: Pence(2_000_000),
    RateName.CHARGING: Pence(2064),
}


def fee(*, minutes: Minutes, hourly: Pence) -> Pence:
    """What so many minutes come to at a rate an hour, half a penny rounded up; whole numbers all the way."""
    return Pence((2 * minutes * hourly + MINUTES_IN_HOUR) // (2 * MINUTES_IN_HOUR))


def pay(*, model: Model, totals: Totals, rates: Mapping[RateName, Pence] = RATES) -> Pence:
    """What a model pays for a period: each of its lines rounded once, then added."""
    lines = (
        fee(minutes=totals.minutes(c.counts), hourly=Pence(sum(rates[r] for r in c.rates))) for c in COMPONENTS[model]
    )
    return Pence(sum(lines))


def quote(*, totals: Totals, rates: Mapping[RateName, Pence] = RATES) -> dict[Model, Pence]:
    """What every model that totals can tell would pay for the same visits."""
    return {model: pay(model=model, totals=totals, rates=rates) for model in QUOTED}
