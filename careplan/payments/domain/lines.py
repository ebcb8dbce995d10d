"""Lines of a pay run: one contract, person, period, rate and component each, rounded once, with the visits beneath.

The live run, the check of an old one and the simulator all come here.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from careplan.hours.domain.terms import Funder, Parts
from careplan.kernel.minutes import NO_MINUTES, Minutes
from careplan.kernel.money import Pence
from careplan.payments.domain.calendar import Span, monday_of
from careplan.payments.domain.level import AgreedLevel, level_on
from careplan.payments.domain.measuring import NOTHING, PLACE, Measured, measure
from careplan.payments.domain.pay_model import COMPONENTS, Component, Counted, Model, RateName, fee
from careplan.payments.domain.settled import NHS, SettledVisit
from careplan.payments.domain.terms import Contract

Levels = Mapping[UUID, tuple[AgreedLevel, ...]]


class LineKey(NamedTuple):
    """What makes two lines the same line; a block line has neither person nor minutes, and its year's sum as rate."""

    contract_id: UUID
    person_id: UUID | None
    counts: Counted | None
    rate: Pence


@dataclass(frozen=True, slots=True)
class Recharge:
    """What the NHS pays back of a line: all of what it funds, and its part of what it funds with the council."""

    funder: Funder
    minutes: Minutes
    pence: Pence


@dataclass(frozen=True, slots=True)
class Line:
    """What is paid, and of which minutes of which visits it is made."""

    key: LineKey
    minutes: Minutes
    pence: Pence
    visits: tuple[tuple[UUID, Minutes], ...] = ()
    recharges: tuple[Recharge, ...] = ()


class Item(NamedTuple):
    """Measured minutes of a visit, or of all visits of a person between two changes of a rate, on the first's day."""

    visit_id: UUID | None
    person_id: UUID
    day: date
    funder: Funder
    measured: Measured
    parts: Parts | None = None


@dataclass(slots=True)
class _Sum:
    """A line while its minutes are added up."""

    minutes: int = 0
    visits: list[tuple[UUID, Minutes]] = field(default_factory=list)
    funders: dict[Funder, int] = field(default_factory=dict)
    together: dict[Parts, int] = field(default_factory=dict)

    def add(self, item: Item, minutes: Minutes) -> None:
        self.minutes += minutes
        if item.visit_id is not None:
            self.visits.append((item.visit_id, minutes))
        if item.funder in NHS:
            self.funders[item.funder] = self.funders.get(item.funder, 0) + minutes
        elif item.parts is not None:
            self.together[item.parts] = self.together.get(item.parts, 0) + minutes


def pay_lines(
    contract: Contract,
    visits: Iterable[SettledVisit],
    *,
    span: Span,
    holidays: Collection[date],
    levels: Levels | None = None,
) -> list[Line]:
    """Every line of a contract for some days, by person, component and rate.  Raises RateMissing."""
    held = [v for v in visits if span.holds(v.day) and contract.holds_on(v.day)]
    if contract.model is not Model.INCENTIVE or not levels:
        return lines_of(contract, measured_items(contract, held, holidays), span=span)
    others = [v for v in held if v.person_id not in levels]
    sums = _summed(contract, measured_items(contract, others, holidays))
    _add_levels(sums, contract, held, span, holidays, levels)
    return _lines(sums)


def measured_items(contract: Contract, visits: Iterable[SettledVisit], holidays: Collection[date]) -> list[Item]:
    """Each visit measured once by the contract's settings; those that count nothing are left out."""
    settings = contract.settings
    found = []
    for visit in visits:
        measured = measure(visit, settings=settings, holidays=holidays)
        if measured is not NOTHING:
            found.append(Item(visit.id, visit.person_id, visit.day, visit.funder, measured, visit.parts))
    return found


def lines_of(contract: Contract, items: Iterable[Item], *, span: Span) -> list[Line]:
    """Lines from what is measured already, so that many models can be tried on it.  Raises RateMissing."""
    if contract.model is Model.BLOCK:
        return block_lines(contract, span)
    return _lines(_summed(contract, items))


def total(lines: Iterable[Line]) -> Pence:
    """What lines come to together."""
    return Pence(sum(line.pence for line in lines))


def hourly_rate(contract: Contract, component: Component, day: date) -> Pence:
    """The sum of a component's rates on a day.  Raises RateMissing."""
    return Pence(sum(contract.rate_on(name, day) for name in component.rates))


def block_lines(contract: Contract, span: Span) -> list[Line]:
    """The part of a year's sum that falls on these days, whatever the hours: over a year the parts come to the sum."""
    found: dict[LineKey, int] = defaultdict(int)
    day = max(span.starts_on, contract.starts_on)
    last = min(span.ends_on, contract.ends_on or span.ends_on)
    while day <= last:
        year = _contract_year(contract.began_on or contract.starts_on, day)
        rate = contract.rate_on(RateName.BLOCK, day)
        changes = [r.since for r in contract.rates if r.name is RateName.BLOCK and r.since > day]
        until = min([last + timedelta(days=1), year.ends_on + timedelta(days=1), *changes])
        found[LineKey(contract.id, None, None, rate)] += _by(rate, year, until) - _by(rate, year, day)
        day = until
    return [Line(key, NO_MINUTES, Pence(pence)) for key, pence in found.items() if pence]


def total_of(contract: Contract, items: Iterable[Item], *, span: Span) -> Pence:
    """What the lines would come to, without writing them out.  Raises RateMissing."""
    if contract.model is Model.BLOCK:
        return total(block_lines(contract, span))
    summed = _summed(contract, items)
    return Pence(sum(fee(minutes=Minutes(s.minutes), hourly=key.rate) for key, s in summed.items()))


def _summed(contract: Contract, items: Iterable[Item]) -> dict[LineKey, _Sum]:
    sums: dict[LineKey, _Sum] = defaultdict(_Sum)
    rate = _rates_by_day(contract)
    components = [(c, PLACE[c.counts]) for c in COMPONENTS[contract.model]]
    for item in items:
        for component, place in components:
            if minutes := item.measured[place]:
                key = LineKey(contract.id, item.person_id, component.counts, rate(component, item.day))
                sums[key].add(item, minutes)
    return sums


def _lines(sums: Mapping[LineKey, _Sum]) -> list[Line]:
    found = [_line(key, s) for key, s in sums.items()]
    return sorted((line for line in found if line.minutes), key=lambda line: _order(line.key))


def _rates_by_day(contract: Contract) -> Callable[[Component, date], Pence]:
    """Rates that are looked up once for each day."""
    known: dict[tuple[Counted, date], Pence] = {}

    def rate(component: Component, day: date) -> Pence:
        key = (component.counts, day)
        if key not in known:
            known[key] = hourly_rate(contract, component, day)
        return known[key]

    return rate


def _add_levels(
    sums: dict[LineKey, _Sum],
    contract: Contract,
    visits: Iterable[SettledVisit],
    span: Span,
    holidays: Collection[date],
    levels: Levels,
) -> None:
    """Where a level is agreed, each week pays it, less the planned time of visits that nothing is paid for."""
    component = COMPONENTS[Model.INCENTIVE][0]
    unpaid = _unpaid_by_week((v for v in visits if v.person_id in levels), contract, holidays)
    for person_id, agreed in levels.items():
        for monday in (m for m in span.mondays if contract.holds_on(m)):
            level = level_on(agreed, monday, goes_on_weeks=contract.settings.level_goes_on_weeks)
            if not level:
                continue
            key = LineKey(contract.id, person_id, Counted.LEVEL, hourly_rate(contract, component, monday))
            missing = unpaid.get((person_id, monday), [])
            sums[key].minutes += max(level - sum(v.whole for v in missing), 0)
            sums[key].visits += [(v.id, Minutes(-v.whole)) for v in missing]


def _unpaid_by_week(
    visits: Iterable[SettledVisit], contract: Contract, holidays: Collection[date]
) -> dict[tuple[UUID, date], list[SettledVisit]]:
    found: dict[tuple[UUID, date], list[SettledVisit]] = defaultdict(list)
    for visit in visits:
        measured: Measured = measure(visit, settings=contract.settings, holidays=holidays)
        if not measured.level and visit.whole:
            found[visit.person_id, monday_of(visit.day)].append(visit)
    return found


def _line(key: LineKey, summed: _Sum) -> Line:
    recharges = [
        Recharge(funder, Minutes(minutes), fee(minutes=Minutes(minutes), hourly=key.rate))
        for funder, minutes in sorted(summed.funders.items())
    ]
    if summed.together:
        recharges.append(_nhs_part(summed.together, key.rate))
    minutes = Minutes(summed.minutes)
    return Line(key, minutes, fee(minutes=minutes, hourly=key.rate), tuple(summed.visits), tuple(recharges))


def _nhs_part(together: Mapping[Parts, int], rate: Pence) -> Recharge:
    """Minutes that two fund together are summed first and rounded once; then both minutes and pence are divided."""
    minutes = sum(parts.split(whole)[1] for parts, whole in together.items())
    pence = sum(parts.split(fee(minutes=Minutes(whole), hourly=rate))[1] for parts, whole in together.items())
    return Recharge(Funder.JOINT, Minutes(minutes), Pence(pence))


def _order(key: LineKey) -> tuple[str, str, int]:
    return str(key.person_id), key.counts.value if key.counts else "", key.rate


def _contract_year(starts_on: date, day: date) -> Span:
    """The year of the contract in which a day falls; one that began on 29 February goes on from 1 March."""
    years = day.year - starts_on.year
    if _anniversary(starts_on, years) > day:
        years -= 1
    return Span(_anniversary(starts_on, years), _anniversary(starts_on, years + 1) - timedelta(days=1))


def _anniversary(starts_on: date, years: int) -> date:
    try:
        return starts_on.replace(year=starts_on.year + years)
    except ValueError:
        return date(starts_on.year + years, 3, 1)


def _by(pence: Pence, year: Span, day: date) -> int:
    """As much of a year's sum as falls before a day, half a penny up."""
    return (2 * pence * (day - year.starts_on).days + year.days) // (2 * year.days)
