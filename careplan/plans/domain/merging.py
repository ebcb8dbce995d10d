"""Two people's changes to one draft put together: both are kept, and only where both changed one thing is it asked.

It works on the draft's JSON: what both started from, what now stands (theirs) and what was typed (mine). An item is
known by its id, so that two people who each add a need add two needs.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from careplan.plans.domain.items import WHOLE_PLAN

NAMES = ("id", "delegation", "slug")
# Fields whose parts mean something only together.
WHOLE = frozenset({("provider",), ("budget",), ("no_reply",), ("hours", "carry_over")})
LISTS = frozenset({"needs", "outcomes", "actions", "risks", "delegations"})
OF_THE_PLAN = frozenset({"starts_on", "provider", "review_on"})


class Side(StrEnum):
    """Whose text is taken where two clash."""

    MINE = "mine"
    THEIRS = "theirs"


class _Gone:
    """Stands for an item that one side does not hold."""


GONE = _Gone()
Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Typed:
    """Words written anew in place of either text."""

    words: str


Choice = Side | Typed


@dataclass(frozen=True, slots=True)
class Clash:
    """One thing that both changed. `item` and `field` name it as comparisons do; no field: the item as a whole."""

    path: Path
    mine: Any
    theirs: Any

    @property
    def name(self) -> str:
        return ".".join(self.path)

    @property
    def item(self) -> str:
        return _address(self.path)[0]

    @property
    def field(self) -> str:
        return _address(self.path)[1]

    @property
    def is_text(self) -> bool:
        """Whether words can be typed in its place."""
        return isinstance(self.mine, str) and isinstance(self.theirs, str) and self.path[-1] not in NOT_WORDS


NOT_WORDS = frozenset(
    {
        "starts_on", "review_on", "target_date", "told_on", "care_act", "aim", "by", "need", "outcome", "funder",
        "basis", "rank", "direction", "reason", "activity",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Merged:
    """Both sides' changes in one content; where nobody has chosen yet, it holds theirs."""

    content: dict[str, Any]
    clashes: tuple[Clash, ...]


def merge(
    *,
    base: Mapping[str, Any],
    mine: Mapping[str, Any],
    theirs: Mapping[str, Any],
    choices: Mapping[str, Choice] | None = None,
) -> Merged:
    """What only one side changed is kept; what both changed alike is no clash; `choices` settle clashes by name."""
    found = _Merging(choices or {})
    content = found.value((), base, mine, theirs)
    return Merged(content, tuple(found.clashes))


class _Merging:
    def __init__(self, choices: Mapping[str, Choice]) -> None:
        self.choices = choices
        self.clashes: list[Clash] = []

    def value(self, path: Path, base: Any, mine: Any, theirs: Any) -> Any:
        if mine in (theirs, base):
            return theirs
        if theirs == base:
            return mine
        if path not in WHOLE:
            if isinstance(mine, Mapping) and isinstance(theirs, Mapping):
                return self._parts(path, base, mine, theirs)
            if _are_items(mine) and _are_items(theirs):
                return self._items(path, base, mine, theirs)
        return self._clash(Clash(path, mine, theirs))

    def _parts(self, path: Path, base: Any, mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> dict[str, Any]:
        before = base if isinstance(base, Mapping) else {}
        return {
            key: self.value((*path, key), before.get(key), mine.get(key), theirs.get(key)) for key in {**theirs, **mine}
        }

    def _items(self, path: Path, base: Any, mine: Iterable[Any], theirs: Iterable[Any]) -> list[Any]:
        before, own, other = (_by_name(items) for items in (base or (), mine, theirs))
        found = (
            self.value((*path, name), before.get(name, GONE), own.get(name, GONE), other.get(name, GONE))
            for name in {**other, **own}
        )
        return [item for item in found if item is not GONE]

    def _clash(self, clash: Clash) -> Any:
        match self.choices.get(clash.name):
            case Side.MINE:
                return clash.mine
            case Side.THEIRS:
                return clash.theirs
            case Typed(words) if clash.is_text:
                return words
        self.clashes.append(clash)
        return clash.theirs


def _are_items(value: Any) -> bool:
    """A list of things that each carry a name of their own."""
    return isinstance(value, list | tuple) and all(isinstance(i, Mapping) and _name(i) for i in value)


def _by_name(items: Iterable[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    return {_name(item): item for item in items}


def _name(item: Mapping[str, Any]) -> str:
    return next((str(item[n]) for n in NAMES if n in item), "")


def _address(path: Path) -> tuple[str, str]:
    """A path into the JSON as the item and the field that comparisons and suggestions speak of."""
    if path[0] in LISTS:
        return path[1], ".".join(path[2:])
    if path[:2] == ("hours", "grants"):
        return path[2], ".".join(path[3:])
    if len(path) == 1:
        return (WHOLE_PLAN if path[0] in OF_THE_PLAN else path[0]), path[0]
    return path[0], path[1]
