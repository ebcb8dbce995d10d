"""Every model over one frozen set of visits: what each provider would be paid, beside what it is paid.

The live sum and the others come from the same lines of code; only the contract's model is another. What a contract
has no rate for is tried at the usual rates. Block lines are paid beside any model, and stand in every sum.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from careplan.hours.domain.terms import Funder, Parts
from careplan.kernel.minutes import Minutes
from careplan.kernel.money import Pence
from careplan.payments.domain.calendar import Span
from careplan.payments.domain.lines import Item, Levels, block_lines, measured_items, pay_lines, total, total_of
from careplan.payments.domain.measuring import Measured
from careplan.payments.domain.pay_model import RATES, Model
from careplan.payments.domain.settled import SettledVisit
from careplan.payments.domain.terms import Contract, Rate

NO_LEVELS: Levels = {}


@dataclass(frozen=True, slots=True)
class Simulated:
    """What a provider is paid, and what it would be paid by each model."""

    provider_id: UUID
    live: Pence
    by_model: Mapping[Model, Pence]


def simulate(
    contracts: Iterable[Contract],
    visits: Iterable[SettledVisit],
    *,
    span: Span,
    holidays: Collection[date],
    levels: Mapping[UUID, Levels],
) -> list[Simulated]:
    """Every provider with a contract in these days.  Raises RateMissing where the live contract lacks a rate."""
    own: dict[UUID, list[SettledVisit]] = defaultdict(list)
    for visit in visits:
        own[visit.provider_id].append(visit)
    by_provider: dict[UUID, list[Contract]] = defaultdict(list)
    for contract in contracts:
        by_provider[contract.provider_id].append(contract)
    found = []
    for provider_id, held in by_provider.items():
        live, by_model = 0, dict.fromkeys(Model, 0)
        for contract in held:
            paid, tried = _try(contract, own[provider_id], span, holidays, levels.get(contract.id, NO_LEVELS))
            live += paid
            for model in Model:
                by_model[model] += tried[model]
        found.append(Simulated(provider_id, Pence(live), {m: Pence(p) for m, p in by_model.items()}))
    return found


def in_all(found: Sequence[Simulated]) -> tuple[Pence, dict[Model, Pence]]:
    """The live sum of all providers, and that by each model."""
    live = Pence(sum(s.live for s in found))
    return live, {model: Pence(sum(s.by_model[model] for s in found)) for model in Model}


def gathered(contract: Contract, items: Iterable[Item]) -> list[Item]:
    """Items of a person and a funder put together between two changes of a rate: lines come out the same."""
    starts = sorted({r.since for r in contract.rates})
    sums: dict[tuple[UUID, Funder, Parts | None, int], list[int]] = {}
    days: dict[tuple[UUID, Funder, Parts | None, int], date] = {}
    for item in items:
        key = (item.person_id, item.funder, item.parts, bisect_right(starts, item.day))
        known = sums.get(key)
        if known is None:
            sums[key], days[key] = list(item.measured), item.day
        else:
            for place, minutes in enumerate(item.measured):
                known[place] += minutes
    return [
        Item(None, key[0], days[key], key[1], Measured(*map(Minutes, minutes)), key[2])
        for key, minutes in sums.items()
    ]


def with_usual_rates(contract: Contract) -> Contract:
    """The contract with the usual rate wherever it has none that began before it did."""
    begun = {r.name for r in contract.rates if r.since <= contract.starts_on}
    usual = tuple(Rate(name, pence, date.min) for name, pence in RATES.items() if name not in begun)
    return replace(contract, rates=(*usual, *contract.rates))


def _try(
    contract: Contract, visits: Sequence[SettledVisit], span: Span, holidays: Collection[date], levels: Levels
) -> tuple[Pence, dict[Model, Pence]]:
    if contract.model is Model.BLOCK:
        paid = total(block_lines(contract, span))
        return paid, dict.fromkeys(Model, paid)
    held = [v for v in visits if span.holds(v.day) and contract.holds_on(v.day)]
    usual = with_usual_rates(contract)
    items = gathered(usual, measured_items(contract, held, holidays))
    if levels:
        paid = total(pay_lines(contract, held, span=span, holidays=holidays, levels=levels))
    else:
        paid = total_of(contract, items, span=span)
    tried = {model: total_of(replace(usual, model=model), items, span=span) for model in Model}
    return paid, {**tried, contract.model: paid}
