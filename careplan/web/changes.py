"""The geometry of a picture of changes: for each thing a line from where it was to where it is, on one scale."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

LINE, MARK, GAP = 20, 12, 12  # units of the picture: a line of words, the marks below it, the space to the next
MARGIN = 8
LOWEST, HOPED_FOR, HIGHEST = 20, 50, 80  # where all is much worse, as hoped for, and much better


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One change: its words, and where its two marks lie; `is_better` where it went to the right."""

    words: str
    words_y: float
    y: float
    was_x: float
    now_x: float
    is_better: bool


@dataclass(frozen=True, slots=True)
class ChangesPicture:
    """Lines below one another; `goal_x` is where all stands as hoped for."""

    width: int
    height: int
    goal_x: float
    lines: tuple[ChangeLine, ...]


def changes_picture(changes: Sequence[tuple[str, Decimal, Decimal]], *, width: int = 560) -> ChangesPicture:
    """(words, before, after) of each, on a scale from 20 to 80; what lies outside is drawn at its end."""
    row = LINE + MARK + GAP
    lines = tuple(
        ChangeLine(
            words=words,
            words_y=row * place + LINE - 4,
            y=row * place + LINE + MARK / 2,
            was_x=_at(before, width),
            now_x=_at(after, width),
            is_better=after >= before,
        )
        for place, (words, before, after) in enumerate(changes)
    )
    return ChangesPicture(width, row * len(changes), _at(Decimal(HOPED_FOR), width), lines)


def _at(value: Decimal, width: int) -> float:
    kept = min(max(float(value), LOWEST), HIGHEST)
    return round(MARGIN + (kept - LOWEST) / (HIGHEST - LOWEST) * (width - 2 * MARGIN), 1)
