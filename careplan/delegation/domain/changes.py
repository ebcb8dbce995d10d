"""What a new version of an instruction changes, line by line, to be shown side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from careplan.delegation.domain.delegation import Instruction, NormalRange


@dataclass(frozen=True, slots=True)
class Change:
    """A line as it was and as it is; None: it is new, or it is gone."""

    before: str | None
    after: str | None

    @property
    def is_other(self) -> bool:
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class Part:
    """One part of an instruction with its lines."""

    title: str
    lines: tuple[Change, ...]

    @property
    def is_other(self) -> bool:
        return any(line.is_other for line in self.lines)


def compare(before: Instruction, after: Instruction) -> tuple[Part, ...]:
    """Both versions part by part."""
    return (
        Part("Steps", _aligned(before.steps, after.steps)),
        Part("Normal range", _aligned([said(r) for r in before.ranges], [said(r) for r in after.ranges])),
        Part("What to write down", _aligned([before.record_what], [after.record_what])),
        Part("Equipment", _aligned([before.equipment or "–"], [after.equipment or "–"])),
    )


def said(normal: NormalRange) -> str:
    """A range in words, such as "Oxygen: 92 to 100 %"."""
    name = normal.name[:1].upper() + normal.name[1:]
    if normal.low is None and normal.high is None:
        return f"{name}: any, in {normal.unit}"
    if normal.low is None:
        return f"{name}: at most {normal.high} {normal.unit}"
    if normal.high is None:
        return f"{name}: at least {normal.low} {normal.unit}"
    return f"{name}: {normal.low} to {normal.high} {normal.unit}"


def _aligned(before: Sequence[str], after: Sequence[str]) -> tuple[Change, ...]:
    lines: list[Change] = []
    for _, i1, i2, j1, j2 in SequenceMatcher(a=list(before), b=list(after), autojunk=False).get_opcodes():
        for offset in range(max(i2 - i1, j2 - j1)):
            old = before[i1 + offset] if i1 + offset < i2 else None
            new = after[j1 + offset] if j1 + offset < j2 else None
            lines.append(Change(old, new))
    return tuple(lines)
