"""Readings over time against their range, and weeks of what was planned and done: numbers in, a picture out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Protocol

from careplan.kernel import words

LEFT, TOP, BOTTOM = 56, 12, 26
MARGIN = Decimal("0.1")  # of the span, above the highest and below the lowest


@dataclass(frozen=True, slots=True)
class Point:
    """One reading: when, how much, and whether it lay in the range of its own day."""

    at: datetime
    value: Decimal
    in_range: bool


@dataclass(frozen=True, slots=True)
class Plot:
    """A kind of reading over time; an end of the range that is left out is open."""

    name: str
    unit: str
    low: Decimal | None
    high: Decimal | None
    points: tuple[Point, ...]

    @property
    def sentence(self) -> str:
        """The picture in words: how many, how many outside, and the latest."""
        if not self.points:
            return f"No reading of {self.name} yet."
        outside, last = sum(not p.in_range for p in self.points), self.points[-1]
        count = f"{len(self.points)} readings of {self.name}" if len(self.points) > 1 else f"1 reading of {self.name}"
        said = "all in the normal range" if not outside else f"{outside} outside the normal range"
        where = "in the normal range" if last.in_range else "outside the normal range"
        when = f"{words.short_day(last.at)} at {words.clock_time(last.at)}"
        return f"{count}, {said}. The last, on {when}, was {plain(last.value)} {self.unit}, {where}."


@dataclass(frozen=True, slots=True)
class Mark:
    """A point of the picture."""

    x: float
    y: float
    in_range: bool


@dataclass(frozen=True, slots=True)
class PlotPicture:
    """Where everything lies: the band of what is normal, the line, the marks, and what stands at the edges."""

    width: int
    height: int
    band: tuple[float, float]
    marks: tuple[Mark, ...]
    lines: tuple[tuple[float, str], ...]
    first: str
    last: str
    sentence: str

    @property
    def path(self) -> str:
        """The line through the marks."""
        return "M" + "L".join(f"{m.x} {m.y}" for m in self.marks) if self.marks else ""


class Week(Protocol):
    """What a picture needs to know of a week of planned times."""

    @property
    def expected(self) -> int: ...
    @property
    def done(self) -> int: ...
    @property
    def declined(self) -> int: ...
    @property
    def not_done(self) -> int: ...
    @property
    def missing(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Column:
    """One week: where it stands, and its parts from below, each with its class, top and height."""

    x: float
    wide: float
    parts: tuple[tuple[str, float, float], ...]


def plot_picture(plot: Plot, *, width: int = 560, height: int = 200) -> PlotPicture:
    """The picture of a plot; an open end of the range reaches to the edge."""
    low, high = _span(plot)
    floor = height - BOTTOM

    def y_of(value: Decimal) -> float:
        return round(float(TOP + (high - value) / (high - low) * (floor - TOP)), 1)

    marks = tuple(Mark(x, y_of(p.value), p.in_range) for x, p in zip(_xs(plot.points, width), plot.points, strict=True))
    upper = y_of(plot.high) if plot.high is not None else float(TOP)
    lower = y_of(plot.low) if plot.low is not None else float(floor)
    lines = tuple((y_of(v), plain(v)) for v in (plot.high, plot.low) if v is not None)
    days = [words.short_day(p.at) for p in plot.points]
    return PlotPicture(
        width, height, (upper, lower), marks, lines, days[0] if days else "", days[-1] if days else "", plot.sentence
    )


def columns_picture(weeks: Sequence[Week], *, width: int = 560, height: int = 140) -> tuple[Column, ...]:
    """Each week as a column as high as what was planned or recorded in it, the highest as high as the picture."""
    sizes = [max(w.expected, w.done + w.declined + w.not_done + w.missing) for w in weeks]
    scale, wide = height / (max(sizes, default=0) or 1), width / (len(weeks) or 1)
    return tuple(
        Column(round(n * wide + wide * 0.15, 1), round(wide * 0.7, 1), _parts(w, scale, height))
        for n, w in enumerate(weeks)
    )


def plain(value: Decimal) -> str:
    """A number without noughts at its end."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _parts(week: Week, scale: float, height: int) -> tuple[tuple[str, float, float], ...]:
    found, top = [], float(height)
    for name, count in (
        ("p-had", week.done), ("p-stripe-ground", week.declined), ("p-more", week.not_done), ("p-room", week.missing),
    ):  # fmt: skip
        tall = round(count * scale, 1)
        top = round(top - tall, 1)
        if count:
            found.append((name, top, tall))
    return tuple(found)


def _span(plot: Plot) -> tuple[Decimal, Decimal]:
    ends = [v for v in (plot.low, plot.high) if v is not None]
    values = [*ends, *(p.value for p in plot.points)] or [Decimal(0)]
    least, most = min(values), max(values)
    room = (most - least) * MARGIN or Decimal(1)
    return least - room, most + room


def _xs(points: Iterable[Point], width: int) -> list[float]:
    times = [p.at.timestamp() for p in points]
    if not times:
        return []
    span = max(times) - min(times) or 1.0
    return [round(LEFT + (t - times[0]) / span * (width - LEFT - 12), 1) for t in times]
