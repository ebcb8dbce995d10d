"""Dividing whole minutes or pence so that the parts add up to the whole again."""

from collections.abc import Sequence


def apportion(whole: int, weights: Sequence[int]) -> tuple[int, ...]:
    """The parts of a whole by their weights, each a whole number.

    Each gets its share cut off to a whole number; what is left over goes one by one to those that lost most by the
    cutting off, the first named first. A whole below nought is divided as its mirror is; weights are never below
    nought.  Raises ValueError where all weights are nought and something is to be divided.
    """
    if whole < 0:
        return tuple(-part for part in apportion(-whole, weights))
    total = sum(weights)
    if not total:
        if whole:
            raise ValueError("nothing says who gets what")
        return (0,) * len(weights)
    parts = [whole * weight // total for weight in weights]
    by_loss = sorted(range(len(weights)), key=lambda k: (-(whole * weights[k] % total), k))
    for k in by_loss[: whole - sum(parts)]:
        parts[k] += 1
    return tuple(parts)
