"""Goal attainment: several outcomes of different weight as one figure, 50 where all stand as hoped for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

from careplan.kernel.errors import DomainError
from careplan.outcomes.domain.level import Level

HUNDREDTH = Decimal("0.01")
OWN_SHARE, COMMON_SHARE = Decimal("0.7"), Decimal("0.3")  # an expected correlation of 0.3 between outcomes


class NothingWeighs(DomainError):
    """All weights are nought (or nothing was rated), so there is nothing to measure."""

    code = "nothing_weighs"


@dataclass(frozen=True, slots=True)
class Attainment:
    """Where one rater saw the outcomes at the start and sees them now."""

    baseline: Decimal
    achieved: Decimal

    @property
    def change(self) -> Decimal:
        return self.achieved - self.baseline


def goal_attainment(rated: Sequence[tuple[int, Level | int]]) -> Decimal:
    """T from pairs of weight and level: 50 + 10·Σwx / √(0.7·Σw² + 0.3·(Σw)²), to two decimals, half up.

    Raises NothingWeighs.  Source: Kiresuk and Sherman 1968.
    """
    total = sum(weight for weight, _ in rated)
    if total == 0:
        raise NothingWeighs("Give at least one rated outcome a weight above 0.")
    weighted = sum(weight * int(level) for weight, level in rated)
    spread = (OWN_SHARE * sum(weight**2 for weight, _ in rated) + COMMON_SHARE * total**2).sqrt()
    return (50 + 10 * weighted / spread).quantize(HUNDREDTH, rounding=ROUND_HALF_UP)


def attained(
    *, weights: Mapping[UUID, int], baselines: Mapping[UUID, Level], reviews: Mapping[UUID, Level]
) -> Attainment:
    """One rater's baseline and achieved T, over the outcomes that this rater reviewed and no others.

    Raises NothingWeighs.
    """
    both = [o for o in weights if o in baselines and o in reviews]
    return Attainment(
        baseline=goal_attainment([(weights[o], baselines[o]) for o in both]),
        achieved=goal_attainment([(weights[o], reviews[o]) for o in both]),
    )
