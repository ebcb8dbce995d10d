"""Money is whole pence; anything in between is a Decimal that is rounded once."""

from decimal import ROUND_HALF_UP, Decimal
from typing import NewType

Pence = NewType("Pence", int)


def rounded(amount: Decimal) -> Pence:
    """Pence from an exact amount in pence, half a penny rounded up."""
    return Pence(int(amount.quantize(Decimal(1), rounding=ROUND_HALF_UP)))
