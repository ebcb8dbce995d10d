"""What has changed since a period was paid: further lines that make up the difference, never an edit."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from careplan.hours.domain.terms import Funder
from careplan.kernel.minutes import Minutes
from careplan.kernel.money import Pence
from careplan.payments.domain.lines import Line, LineKey, Recharge


def differences(*, paid: Iterable[Line], now: Iterable[Line]) -> list[Line]:
    """One line for each that is worth something else now: what is missing, or with a minus what was too much.

    Beneath it stand the visits whose minutes have changed, with the change.
    """
    before, after = _by_key(paid), _by_key(now)
    found = []
    for key in sorted(before.keys() | after.keys(), key=str):
        change = _difference(key, before[key], after[key])
        if change.pence or change.minutes or change.recharges:
            found.append(change)
    return found


def _by_key(lines: Iterable[Line]) -> dict[LineKey, list[Line]]:
    found: dict[LineKey, list[Line]] = defaultdict(list)
    for line in lines:
        found[line.key].append(line)
    return found


def _difference(key: LineKey, before: list[Line], after: list[Line]) -> Line:
    minutes = sum(line.minutes for line in after) - sum(line.minutes for line in before)
    pence = sum(line.pence for line in after) - sum(line.pence for line in before)
    return Line(key, Minutes(minutes), Pence(pence), _visits(before, after), _recharges(before, after))


def _visits(before: list[Line], after: list[Line]) -> tuple[tuple[UUID, Minutes], ...]:
    change: dict[UUID, int] = defaultdict(int)
    for sign, lines in ((-1, before), (1, after)):
        for line in lines:
            for visit_id, minutes in line.visits:
                change[visit_id] += sign * minutes
    return tuple((visit_id, Minutes(m)) for visit_id, m in change.items() if m)


def _recharges(before: list[Line], after: list[Line]) -> tuple[Recharge, ...]:
    minutes: dict[Funder, int] = defaultdict(int)
    pence: dict[Funder, int] = defaultdict(int)
    for sign, lines in ((-1, before), (1, after)):
        for recharge in (r for line in lines for r in line.recharges):
            minutes[recharge.funder] += sign * recharge.minutes
            pence[recharge.funder] += sign * recharge.pence
    return tuple(
        Recharge(funder, Minutes(minutes[funder]), Pence(pence[funder]))
        for funder in sorted(minutes)
        if minutes[funder] or pence[funder]
    )
