"""Which letters and signs our typefaces can draw, and what stands for those that they cannot.

A reader of paper must not meet an empty box, and nothing that somebody wrote may vanish: what cannot be drawn is named.
"""

import struct
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

# They turn the order of the letters after them, and could make a line read as what it is not.
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@lru_cache(maxsize=8)
def drawn_by(file: Path) -> frozenset[int]:
    """The code points that a TrueType file has a glyph for."""
    data = file.read_bytes()
    start = _table(data, b"cmap")
    count = struct.unpack_from(">H", data, start + 2)[0]
    found: set[int] = set()
    for k in range(count):
        _, _, offset = struct.unpack_from(">HHI", data, start + 4 + 8 * k)
        found |= set(_mapped(data, start + offset))
    return frozenset(found)


def sayable(text: str, drawn: frozenset[int]) -> str:
    """The text with every sign that cannot be drawn named in brackets; marks that are never drawn are kept."""
    return "".join(_said(sign, drawn) for sign in unicodedata.normalize("NFC", text))


def all_sayable(value: Any, drawn: frozenset[int]) -> Any:
    """The same for every text in lists and objects."""
    if isinstance(value, str):
        return sayable(value, drawn)
    if isinstance(value, dict):
        return {name: all_sayable(inner, drawn) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [all_sayable(inner, drawn) for inner in value]
    return value


def _said(sign: str, drawn: frozenset[int]) -> str:
    kind = unicodedata.category(sign)
    if sign in TURNING:
        return ""
    if sign == "\n" or ord(sign) in drawn:
        return sign
    if kind in ("Zs", "Zl", "Zp") or sign in "\t\r\v\f":
        return " "
    if kind == "Cf" or unicodedata.name(sign, "").startswith("VARIATION SELECTOR"):
        return ""
    return f"[{unicodedata.name(sign, f'U+{ord(sign):04X}').lower()}]"


def _table(data: bytes, wanted: bytes) -> int:
    """Where a table of the file begins."""
    count = struct.unpack_from(">H", data, 4)[0]
    for k in range(count):
        tag, _, offset, _ = struct.unpack_from(">4sIII", data, 12 + 16 * k)
        if tag == wanted:
            return int(offset)
    raise ValueError(f"the typeface has no table {wanted.decode()}")


def _mapped(data: bytes, at: int) -> Iterable[int]:
    """The code points of one subtable; only the two forms that Unicode typefaces use are read."""
    kind = struct.unpack_from(">H", data, at)[0]
    if kind == 4:
        return _of_segments(data, at)
    return _of_groups(data, at) if kind == 12 else ()


def _of_segments(data: bytes, at: int) -> Iterator[int]:
    count = struct.unpack_from(">H", data, at + 6)[0] // 2
    ends = struct.unpack_from(f">{count}H", data, at + 14)
    rest = at + 16 + 2 * count
    starts = struct.unpack_from(f">{count}H", data, rest)
    deltas = struct.unpack_from(f">{count}h", data, rest + 2 * count)
    offsets = struct.unpack_from(f">{count}H", data, rest + 4 * count)
    for k in range(count):
        for point in range(starts[k], ends[k] + 1):
            glyph = point
            if offsets[k]:
                place = rest + 4 * count + 2 * k + offsets[k] + 2 * (point - starts[k])
                glyph = struct.unpack_from(">H", data, place)[0]
            if point != 0xFFFF and glyph and (glyph + deltas[k]) % 0x10000:
                yield point


def _of_groups(data: bytes, at: int) -> Iterator[int]:
    count = struct.unpack_from(">I", data, at + 12)[0]
    for k in range(count):
        first, last, glyph = struct.unpack_from(">III", data, at + 16 + 12 * k)
        yield from (first + n for n in range(last - first + 1) if glyph + n)
