"""The geometry of a picture of differences: bars to the left and right of a line, and where their words stand."""

from collections.abc import Sequence
from dataclasses import dataclass

LINE, BAR, GAP = 20, 16, 10  # units of the picture: a line of words, the bar below it, and the space to the next
NARROW = 400  # below it a bar's words and its value stand on a line each
MARGIN = 4
LEAST = 1.5  # so that a small difference can be seen


@dataclass(frozen=True, slots=True)
class DifferenceBar:
    """One difference: its words, its value, and its bar; `is_more` where it lies to the right.

    `words_y` and `value_y` are where they stand, the same where they fit on one line.
    """

    words: str
    value: int
    words_y: float
    value_y: float
    y: float
    x: float
    width: float
    is_more: bool


@dataclass(frozen=True, slots=True)
class DifferencesPicture:
    """Bars below one another; `zero_x` is the line that they are measured from."""

    width: int
    height: int
    zero_x: float
    bars: tuple[DifferenceBar, ...]


def differences_picture(differences: Sequence[tuple[str, int]], *, width: int = 560) -> DifferencesPicture:
    """Each as long as its share of the largest, to the left of the line where it is less than nothing."""
    lowest = max((-value for _, value in differences), default=0)
    highest = max((value for _, value in differences), default=0)
    whole = max(lowest, 0) + max(highest, 0) or 1
    unit = (width - 2 * MARGIN) / whole
    zero = MARGIN + max(lowest, 0) * unit
    lines = 2 if width < NARROW else 1
    row = LINE * lines + BAR + GAP
    bars = tuple(
        _bar(words, value, zero, unit, top=row * place, lines=lines) for place, (words, value) in enumerate(differences)
    )
    return DifferencesPicture(width, row * len(differences), round(zero, 1), bars)


def _bar(words: str, value: int, zero: float, unit: float, *, top: int, lines: int) -> DifferenceBar:
    long = max(abs(value) * unit, LEAST) if value else 0.0
    return DifferenceBar(
        words=words,
        value=value,
        words_y=top + LINE - 4,
        value_y=top + LINE * lines - 4,
        y=top + LINE * lines + 2,
        x=round(zero if value >= 0 else zero - long, 1),
        width=round(long, 1),
        is_more=value > 0,
    )
