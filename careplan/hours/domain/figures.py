"""From moved minutes to the figures people read: one fold for every page, answer and report."""

from collections.abc import Iterable
from dataclasses import dataclass

from careplan.hours.domain.ledger import Account, Flow, Kind
from careplan.kernel.minutes import Minutes

_A = Account


@dataclass(frozen=True, slots=True)
class Moved:
    """How many minutes moved in one way, of one week where they belong to one.

    What took a move back counts against that same way: then the minutes are below nought.
    """

    flow: Flow
    week: int | None
    minutes: Minutes


@dataclass(frozen=True, slots=True)
class Figures:
    """What a bank, a week of it, or several banks together come to."""

    granted: Minutes
    topped_up: Minutes
    carried_in: Minutes
    carried_out: Minutes
    delivered: Minutes
    from_bank: Minutes
    from_contingency: Minutes
    expired: Minutes
    unfunded: Minutes
    reserved: Minutes
    contingency_granted: Minutes
    contingency_left: Minutes

    @property
    def left(self) -> Minutes:
        """What the bank still has, reserved minutes included."""
        came = self.granted + self.topped_up + self.carried_in
        return Minutes(came - self.carried_out - self.from_bank - self.expired)

    @property
    def free(self) -> Minutes:
        """What of it nothing is planned with."""
        return Minutes(self.left - self.reserved)


def figures_of(moves: Iterable[Moved]) -> Figures:
    """The fold, in any order; a reversal counts against what it takes back."""
    known = tuple(moves)
    topped_up = _of(known, Kind.TOP_UP, _A.SOURCE)
    carried_in = Minutes(_of(known, Kind.CARRY_IN, _A.SOURCE) - _of(known, Kind.CARRY_IN, _A.BANK))
    carried_out = _of(known, Kind.CARRY_OUT, _A.BANK)
    return Figures(
        granted=Minutes(_between(known, _A.SOURCE, _A.BANK) - topped_up - carried_in + carried_out),
        topped_up=topped_up,
        carried_in=carried_in,
        carried_out=carried_out,
        delivered=_into(known, _A.DELIVERED),
        from_bank=_between(known, _A.BANK, _A.DELIVERED),
        from_contingency=Minutes(
            _between(known, _A.CONTINGENCY, _A.DELIVERED) + _between(known, _A.CONTINGENCY, _A.UNFUNDED)
        ),
        expired=_between(known, _A.BANK, _A.EXPIRED),
        unfunded=Minutes(max(-_into(known, _A.UNFUNDED), 0)),
        reserved=_into(known, _A.RESERVED),
        contingency_granted=_between(known, _A.SOURCE, _A.CONTINGENCY),
        contingency_left=_into(known, _A.CONTINGENCY),
    )


def _of(moves: Iterable[Moved], kind: Kind, source: Account) -> Minutes:
    return Minutes(sum(m.minutes for m in moves if m.flow.kind is kind and m.flow.source is source))


def _between(moves: Iterable[Moved], source: Account, target: Account) -> Minutes:
    """What moved from one account to another, less what moved back."""
    there = {(source, target): 1, (target, source): -1}
    return Minutes(sum(m.minutes * there.get((m.flow.source, m.flow.target), 0) for m in moves))


def _into(moves: Iterable[Moved], account: Account) -> Minutes:
    """What an account holds after these moves."""
    return Minutes(sum(m.minutes * ((m.flow.target is account) - (m.flow.source is account)) for m in moves))
