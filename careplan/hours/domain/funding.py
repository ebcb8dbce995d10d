"""Who pays for a visit's minutes: contingency agreed for it, then the bank as far as it holds, the rest nobody yet."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from careplan.kernel.minutes import Minutes


@dataclass(frozen=True, slots=True)
class Standing:
    """How a visit's minutes stand, all its workers together.

    `delivered` is what its records count; `ahead` is contingency that went straight to delivered; `covered` is
    contingency, or a provider's own time, that went to unfunded.
    """

    delivered: Minutes
    bank: Minutes
    unfunded: Minutes
    ahead: Minutes
    covered: Minutes

    @property
    def to_fund(self) -> Minutes:
        """What bank and unfunded together must come to."""
        return Minutes(max(self.delivered - self.ahead, 0))

    @property
    def uncovered(self) -> Minutes:
        """Unfunded minutes about which nobody has decided."""
        return Minutes(max(self.unfunded - self.covered, 0))

    def with_delivered(self, minutes: Minutes) -> "Standing":
        """The same with more minutes delivered."""
        return replace(self, delivered=Minutes(self.delivered + minutes))

    @property
    def is_overdrawn(self) -> bool:
        """Whether more was drawn than is to be funded: the draws come back before any is made anew."""
        return self.bank + self.unfunded > self.to_fund

    @property
    def agrees(self) -> bool:
        """Whether delivered minutes are funded, or stand unfunded, to the minute."""
        return self.bank + self.unfunded == self.to_fund


@dataclass(frozen=True, slots=True)
class Paid:
    """Who paid for a visit's minutes: the bank, contingency, the provider's own time, and as yet nobody."""

    bank: Minutes
    contingency: Minutes
    provider: Minutes
    unfunded: Minutes


@dataclass(frozen=True, slots=True)
class Uncovered:
    """A visit's minutes that nobody has paid for yet, by the London date of the visit."""

    visit_id: UUID
    day: date
    minutes: Minutes


@dataclass(frozen=True, slots=True)
class Share:
    """How new minutes of a visit are to be drawn: `covered` stands unfunded because it is already decided about."""

    covered: Minutes
    from_bank: Minutes


def share_of(standing: Standing) -> Share:
    """What is still to be drawn for a visit whose draws do not exceed what it needs."""
    missing = standing.to_fund - standing.bank - standing.unfunded
    covered = min(missing, max(standing.covered - standing.unfunded, 0))
    return Share(Minutes(covered), Minutes(missing - covered))


@dataclass(frozen=True, slots=True)
class Draws:
    """What a visit draws now: from the bank, and without funding."""

    bank: Minutes
    unfunded: Minutes


def draws_of(standing: Standing, *, free: Minutes) -> Draws:
    """What is drawn for a visit whose draws do not exceed what it needs, from a bank that holds so much."""
    share = share_of(standing)
    bank = min(share.from_bank, free)
    return Draws(Minutes(bank), Minutes(share.covered + share.from_bank - bank))


@dataclass(frozen=True, slots=True)
class ContingencyShare:
    """Where a contingency draw goes: to unfunded minutes, in place of the bank's, or to time beside the records."""

    to_unfunded: Minutes
    instead_of_bank: Minutes
    beside: Minutes


def contingency_share(minutes: Minutes, standing: Standing) -> ContingencyShare:
    """Unfunded minutes first, then the bank gets minutes back, and what the records do not show stands beside them."""
    to_unfunded = min(minutes, standing.uncovered)
    instead = min(minutes - to_unfunded, standing.bank)
    return ContingencyShare(Minutes(to_unfunded), Minutes(instead), Minutes(minutes - to_unfunded - instead))
