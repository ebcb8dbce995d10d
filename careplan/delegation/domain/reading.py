"""Readings as people type them: the unit, a slip of the decimal point, and what to ask back before it is saved.

Nothing is ever refused: what somebody says is right after being asked is kept as they typed it.
"""

import re
from decimal import Decimal, InvalidOperation

from careplan.delegation.domain.delegation import NormalRange

SHAPE = re.compile(r"([-+−]?\s*[0-9][0-9\s]*(?:[.,][0-9]+)?)\s*(.*)")
SLIPS = tuple(Decimal(10) ** n for n in (-3, -2, -1, 1, 2, 3))
# Further beyond an end of the range than this no reading is likely, whatever the decimal point.
FAR = Decimal(20)
# mg/dl of glucose in one mmol/l: its molar mass of 180.156 g/mol.
GLUCOSE = Decimal("18.0156")
SUGAR = re.compile(r"glucose|sugar", re.I)
SAME = {
    "percent": "%", "litres": "l", "liters": "l", "kilograms": "kg", "kgs": "kg", "kilos": "kg", "celsius": "°c",
    "c": "°c", "degc": "°c", "fahrenheit": "°f", "f": "°f", "degf": "°f", "lbs": "lb", "pounds": "lb",
    "millilitres": "ml", "mls": "ml", "bpm": "/min", "beats/min": "/min", "mmol": "mmol/l",
    "mmols": "mmol/l", "mg/100ml": "mg/dl",
}  # fmt: skip


def read_reading(typed: str) -> tuple[Decimal, str | None] | None:
    """The number, and the unit where one was typed with it; None where there is no number to read."""
    match = SHAPE.fullmatch(typed.strip())
    if match is None:
        return None
    number = re.sub(r"\s", "", match[1]).replace(",", ".").replace("−", "-")
    try:
        return Decimal(number), match[2].strip() or None
    except InvalidOperation:
        return None


def same_unit(one: str, other: str) -> bool:
    """Whether two ways of writing a unit mean the same."""
    return _plain(one) == _plain(other)


def converted(value: Decimal, unit: str, *, to: str, name: str) -> Decimal | None:
    """A value in another unit, to one decimal more than is usual; None where we know no way from one to the other."""
    ways = {
        ("°f", "°c"): lambda v: (v - 32) * 5 / 9,
        ("°c", "°f"): lambda v: v * 9 / 5 + 32,
        ("lb", "kg"): lambda v: v * Decimal("0.45359237"),
        ("kg", "lb"): lambda v: v / Decimal("0.45359237"),
        ("l", "ml"): lambda v: v * 1000,
        ("ml", "l"): lambda v: v / 1000,
        ("g", "kg"): lambda v: v / 1000,
    }
    if SUGAR.search(name):
        ways |= {("mg/dl", "mmol/l"): lambda v: v / GLUCOSE, ("mmol/l", "mg/dl"): lambda v: v * GLUCOSE}
    if same_unit(unit, to):
        return value
    way = ways.get((_plain(unit), _plain(to)))
    return way(value).quantize(Decimal("0.01")) if way else None


def lies_within(normal: NormalRange, value: Decimal, unit: str) -> bool | None:
    """Whether a reading lies in its range, in whatever unit it was read; None where the two cannot be compared."""
    told = converted(value, unit, to=normal.unit, name=normal.name)
    return None if told is None else normal.holds(told)


def ask_back(normal: NormalRange, value: Decimal, unit: str) -> str | None:
    """What to ask before a reading is saved; None: nothing about it is strange."""
    if not same_unit(unit, normal.unit):
        told = converted(value, unit, to=normal.unit, name=normal.name)
        said = f" That would be {plain(told)} {normal.unit}." if told is not None else ""
        return f"The instruction asks for {normal.unit}, and you typed {unit}.{said} If {unit} is right, save it again."
    if normal.holds(value):
        return None
    likely = next((value * slip for slip in SLIPS if _surely_holds(normal, value * slip)), None)
    if likely is not None:
        meant = f"{plain(likely)} {normal.unit}"
        return f"Is {plain(value)} right, or did you mean {meant}? If it is right, save it again."
    if value < 0 or _is_far(normal, value):
        said = f"{plain(value)} {normal.unit}"
        return f"{said} is far from what is normal. Read it off again. If it is right, save it again."
    return None


def plain(value: Decimal) -> str:
    """A number as people write it, without noughts at its end: 12, 12.5."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _surely_holds(normal: NormalRange, value: Decimal) -> bool:
    """Within both ends: an open range would hold whatever lies ten times further."""
    return normal.low is not None and normal.high is not None and normal.holds(value)


def _is_far(normal: NormalRange, value: Decimal) -> bool:
    end = normal.high if normal.high is not None else normal.low
    return end is not None and end > 0 and (value > end * FAR or 0 < value < (normal.low or end) / FAR)


def _plain(unit: str) -> str:
    tidy = unit.strip().lower().replace(" ", "").replace("º", "°").replace("µ", "u")
    return SAME.get(tidy, tidy)
