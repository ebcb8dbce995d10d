"""What is different between two versions, item by item, with the words added and removed."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from uuid import UUID

from careplan.plans.domain.content import PlanContent
from careplan.plans.domain.items import Item, Section, items_of, titles_of
from careplan.plans.domain.wording import NOTHING, label_of, say

SHORT_WORD = 3
_Run = tuple[bool, int, int, int, int]


class Difference(StrEnum):
    """What happened to an item, or to a run of words."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words that stayed, came or went."""

    difference: Difference
    words: str


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field as it was and as it is now, and the two read together."""

    label: str
    was: str
    now: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One item that came, went or changed. `title` is said as it now is, or as it was when it went."""

    section: Section
    key: str
    difference: Difference
    title: str
    fields: tuple[FieldChange, ...]


def compare(before: PlanContent, after: PlanContent) -> tuple[Change, ...]:
    """Every difference in the order in which a plan is read; moving an item is none."""
    old = {item.key: item for item in items_of(before)}
    new = {item.key: item for item in items_of(after)}
    titles = titles_of(before) | titles_of(after)
    order = [*new, *(key for key in old if key not in new)]
    changes = (_change(old.get(key), new.get(key), titles) for key in order)
    return tuple(sorted((c for c in changes if c is not None), key=lambda c: list(Section).index(c.section)))


def compare_words(was: str, now: str) -> tuple[Piece, ...]:
    """Two texts read together, word by word; without the removed pieces it is the new text."""
    old, new = was.split(), now.split()
    pieces: list[Piece] = []
    for same, a, b, c, d in _runs(old, new):
        if same:
            pieces.append(Piece(Difference.SAME, " ".join(new[c:d])))
            continue
        if b > a:
            pieces.append(Piece(Difference.REMOVED, " ".join(old[a:b])))
        if d > c:
            pieces.append(Piece(Difference.ADDED, " ".join(new[c:d])))
    return tuple(pieces)


def _runs(old: list[str], new: list[str]) -> list[_Run]:
    """Where the two texts are the same and where not; one short word between two changes is part of the change."""
    found = SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes()
    runs: list[_Run] = []
    for n, (tag, a, b, c, d) in enumerate(found):
        lonely = 0 < n < len(found) - 1 and d - c == 1 and len(new[c]) <= SHORT_WORD
        same = tag == "equal" and not lonely
        if runs and not same and not runs[-1][0]:
            _, first_a, _, first_c, _ = runs.pop()
            runs.append((False, first_a, b, first_c, d))
        else:
            runs.append((same, a, b, c, d))
    return runs


def _change(old: Item | None, new: Item | None, titles: dict[UUID, str]) -> Change | None:
    item = new or old
    if item is None:
        return None
    changed = tuple(_fields(old, new, titles))
    if old is None or new is None:
        difference = Difference.ADDED if old is None else Difference.REMOVED
        return Change(item.section, item.key, difference, item.title, changed)
    return Change(item.section, item.key, Difference.CHANGED, item.title, changed) if changed else None


def _fields(old: Item | None, new: Item | None, titles: dict[UUID, str]) -> Iterator[FieldChange]:
    item = new or old
    if item is None:
        return
    values_then, values_now = (old.values if old else {}), (new.values if new else {})
    for name in values_now or values_then:
        if old is not None and new is not None and values_then.get(name) == values_now.get(name):
            continue
        was = say(name, values_then.get(name), titles=titles)
        now = say(name, values_now.get(name), titles=titles)
        if was == now and (old is None or new is None):
            continue
        pieces = compare_words("" if was == NOTHING else was, "" if now == NOTHING else now)
        yield FieldChange(label_of(item.key, name), was, now, pieces)
