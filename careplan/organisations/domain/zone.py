"""Zones: parts of a council's area, the providers that share their work, by what scheme and at what rate."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from careplan.kernel.errors import Invalid, Problem
from careplan.kernel.money import Pence


class Scheme(StrEnum):
    """How new work is shared among a zone's providers.

    Sources: Bury 2018 (two providers, 80 and 20 per cent by hours, swapping every two weeks); Worcestershire 2023 (a
    lead with 60 per cent and secondaries with 20 each).
    """

    SWAPPING_80_20 = "swapping_80_20"
    LEAD_60 = "lead_60"

    @property
    def words(self) -> str:
        return SCHEME_WORDS[self]


SCHEME_WORDS = {
    Scheme.SWAPPING_80_20: "Two providers share new work 80 to 20 by hours, and swap places every two weeks",
    Scheme.LEAD_60: "A lead provider takes 60 of every 100 hours, and secondary providers 20 each",
}


@dataclass(frozen=True, slots=True)
class Share:
    """A provider's place in a zone: its share of new work in per cent, and its rate in pence an hour."""

    organisation_id: UUID
    percent: int
    hourly: Pence


@dataclass(frozen=True, slots=True)
class Zone:
    """A part of a council's area, its providers by share, the largest first. Unfilled places leave shares below 100.

    `postcodes` are the beginnings of the postcodes in it, such as NB4 or NB7 1.
    """

    id: UUID
    council_id: UUID
    name: str
    scheme: Scheme
    shares: tuple[Share, ...]
    postcodes: tuple[str, ...] = ()

    @property
    def unfilled(self) -> int:
        """The share in per cent that no provider holds."""
        return 100 - sum(s.percent for s in self.shares)


class SharesTooLarge(Invalid):
    """The shares of a zone come to more than the whole."""

    code = "shares_too_large"


def check_shares(shares: Sequence[Share]) -> None:
    """Raises SharesTooLarge; places may stay unfilled."""
    total = sum(s.percent for s in shares)
    if total > 100 or any(s.percent <= 0 for s in shares):
        message = f"The shares come to {total} per cent. Each is above 0 and together they are 100 at most."
        raise SharesTooLarge(message, problems=(Problem("shares", message),))
