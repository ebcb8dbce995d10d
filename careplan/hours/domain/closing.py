"""What becomes of the minutes that are left when a period ends: they are carried on, or they end unused."""

from dataclasses import dataclass
from datetime import date, timedelta

from careplan.hours.domain.terms import CarryOver
from careplan.hours.domain.view import DAYS_UNTIL_CLOSE
from careplan.kernel.minutes import Minutes


@dataclass(frozen=True, slots=True)
class AtEnd:
    """A bank with nothing reserved any more. `earmarked` is what is kept for needs that lie beyond the period,
    `earmarked_in` the part of `carried_in` that was carried for such a need."""

    granted: Minutes
    carried_in: Minutes
    earmarked_in: Minutes
    from_bank: Minutes
    left: Minutes
    earmarked: Minutes


@dataclass(frozen=True, slots=True)
class Ended:
    """What is carried on, the earmarked part of it included, and what ends unused."""

    carried: Minutes
    earmarked: Minutes
    expired: Minutes


def at_end(bank: AtEnd, carry_over: CarryOver) -> Ended:
    """Minutes carried in are used first, and what remains of them is not carried a second time.

    Minutes earmarked for a need still to come are used last and carried whatever their age, beyond the cap.
    """
    earmarked = min(bank.left, bank.earmarked)
    rest = bank.left - earmarked
    old = min(max(bank.carried_in - bank.earmarked_in - bank.from_bank, 0), rest)
    fresh = min(rest - old, carry_over.most(bank.granted))
    return Ended(Minutes(fresh + earmarked), Minutes(earmarked), Minutes(rest - fresh))


def contingency_at_end(held: Minutes, asked: Minutes) -> Minutes:
    """How much contingency ends with the period: all but what was asked for, which stays until somebody decides."""
    return Minutes(max(held - asked, 0))


def closes_on(ends_on: date) -> date:
    """The last day on which a visit of a period arrives before it is closed."""
    return ends_on + timedelta(days=DAYS_UNTIL_CLOSE)
