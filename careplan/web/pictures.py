"""The geometry of the pictures that recur: numbers in, numbers out, so that templates only draw.

Every picture has a sentence that says the same for those who do not see it; the table below it is the template's.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from careplan.kernel import words

LEVEL_WORDS: Mapping[int, str] = {
    2: "much better than we hoped",
    1: "better than we hoped",
    0: "where we hoped",
    -1: "not yet where we hoped",
    -2: "much less than we hoped",
}
# Whose a mark is, beside the person's own: each has a shape of its own.
SIDES: Mapping[str, str] = {"family": "the family", "team": "the team", "note": "a care worker"}
GAP = 4
LEAST_SHARE = 0.15  # room for '12 h 30 min' below a bar
LEVELS = (-2, -1, 0, 1, 2)


class WeekOfBank(Protocol):
    """What a picture needs to know of a week; all in minutes."""

    @property
    def granted(self) -> int: ...
    @property
    def delivered(self) -> int: ...
    @property
    def planned(self) -> int: ...
    @property
    def left(self) -> int: ...


class Rating(Protocol):
    """What a picture needs to know of a rating; `level` is −2 to 2, `side` is one of SIDES."""

    @property
    def on(self) -> date: ...
    @property
    def level(self) -> int: ...
    @property
    def side(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Bar:
    """One week: where it begins, how wide its room is, how much of it is had and planned. Units of the picture."""

    number: int
    x: float
    room: float
    had: float
    planned: float
    label: str
    is_now: bool


@dataclass(frozen=True, slots=True)
class BankPicture:
    """The four weeks as one bar `width` wide; `today_x` is None outside the period."""

    width: int
    bars: tuple[Bar, ...]
    today_x: float | None
    sentence: str


@dataclass(frozen=True, slots=True)
class Dot:
    """One rating in a picture of rungs."""

    x: float
    y: float
    side: str


@dataclass(frozen=True, slots=True)
class RungsPicture:
    """Five lines by height and the ratings on them by date."""

    width: int
    height: int
    rungs: tuple[tuple[float, bool], ...]
    dots: tuple[Dot, ...]
    sentence: str


def bank_picture(weeks: Sequence[WeekOfBank], today: float | None = None, *, width: int = 560) -> BankPicture:
    """Each week as wide as its grant, or as what was had and planned where that is more; none too narrow to read.

    `today` counts weeks from the start of the period: 2.5 is the middle of the third week.
    """
    sizes = [max(w.granted, w.delivered + w.planned, 0) for w in weeks]
    widths = shared_widths(sizes, width=width, least=width * LEAST_SHARE)
    bars, x = [], 0.0
    for number, (week, size, wide) in enumerate(zip(weeks, sizes, widths, strict=True), start=1):
        is_now = today is not None and number - 1 <= today < number
        bars.append(_bar(week, number=number, x=x, room=wide - GAP, size=size, is_now=is_now))
        x += wide
    return BankPicture(width, tuple(bars), _today_x(bars, today), _bank_sentence(weeks))


def shared_widths(sizes: Sequence[int], *, width: float, least: float) -> list[float]:
    """The width shared out by size, but none below `least`, so that each has room for its words."""
    small: set[int] = set()
    while True:
        large = [k for k in range(len(sizes)) if k not in small]
        share = (width - least * len(small)) / (sum(sizes[k] for k in large) or 1)
        below = {k for k in large if sizes[k] * share < least}
        if not below or len(below) == len(large):
            return [least if k in small or k in below else sizes[k] * share for k in range(len(sizes))]
        small |= below


def bank_rows(weeks: Sequence[WeekOfBank], today: float | None = None, *, width: int = 300) -> tuple[Bar, ...]:
    """The same weeks below each other, the largest as wide as the picture."""
    sizes = [max(w.granted, w.delivered + w.planned, 0) for w in weeks]
    most = max(sizes, default=0) or 1
    return tuple(
        _bar(
            week,
            number=number,
            x=0,
            room=max((width - GAP) * size / most, 1.0),
            size=size,
            is_now=today is not None and number - 1 <= today < number,
        )
        for number, (week, size) in enumerate(zip(weeks, sizes, strict=True), start=1)
    )


def rungs_picture(
    ratings: Iterable[Rating],
    *,
    name: str,
    width: int = 300,
    level_words: Mapping[int, str] = LEVEL_WORDS,
    since: date | None = None,
    until: date | None = None,
) -> RungsPicture:
    """Each side's marks by date, the highest rung on top.

    `since` and `until` widen the span of dates, so that several pictures can share one.
    """
    marks = sorted(ratings, key=lambda r: r.on)
    days = [r.on for r in marks] + [d for d in (since, until) if d is not None]
    first, span = (min(days), max((max(days) - min(days)).days, 1)) if days else (None, 1)
    dots = [
        Dot(round(12 + (r.on - first).days / span * (width - 28), 1), rung_height(r.level), str(r.side))
        for r in marks
        if first is not None
    ]
    rungs = tuple((rung_height(level), level == 0) for level in LEVELS)
    return RungsPicture(width, 80, rungs, tuple(dots), _rungs_sentence(marks, name, level_words))


def rung_height(level: int) -> float:
    """How far below the top of the picture a level lies."""
    return 12.0 + (2 - level) * 14


def _bar(week: WeekOfBank, *, number: int, x: float, room: float, size: int, is_now: bool) -> Bar:
    per_minute = room / (size or 1)
    return Bar(
        number=number,
        x=round(x, 1),
        room=round(room, 1),
        had=round(week.delivered * per_minute, 1),
        planned=round(week.planned * per_minute, 1),
        label=_bar_label(week.granted),
        is_now=is_now,
    )


def _bar_label(minutes: int) -> str:
    """Whole hours in full, the rest short, so that it fits below a bar."""
    return words.duration(minutes) if minutes % 60 == 0 and minutes else words.short_duration(minutes)


def _today_x(bars: Sequence[Bar], today: float | None) -> float | None:
    if today is None or not 0 <= today < len(bars):
        return None
    bar = bars[int(today)]
    return round(bar.x + (today - int(today)) * bar.room, 1)


def _bank_sentence(weeks: Sequence[WeekOfBank]) -> str:
    said = [
        f"Week {number}: {words.duration(w.delivered)} had, {words.duration(w.planned)} planned,"
        f" of {words.duration(w.granted)}"
        for number, w in enumerate(weeks, start=1)
    ]
    return ". ".join(said) + "." if said else "There are no weeks to show."


def _rungs_sentence(marks: Sequence[Any], name: str, level_words: Mapping[int, str]) -> str:
    who = {"person": name, **SIDES}
    last = {side: next((r for r in reversed(marks) if r.side == side), None) for side in who}
    said = [
        f"{who[side]} last said {level_words[r.level]}, on {words.short_day(r.on)}"
        for side, r in last.items()
        if r is not None
    ]
    text = "; ".join(said) or "Nobody has said yet how it is going"
    return text[0].upper() + text[1:] + "."
