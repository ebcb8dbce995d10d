"""Follows a flow through the code as it really runs: which slice calls which, what is written, when it is committed.

A step is a call from a function of ours to a function of ours. It leads down or stays in its slice; one that leads up,
or across to a sibling, is a fault. Three things are no steps: a guard running the view that it was put before (there a
walk begins), a template or a schema at work on what it was handed, and a lower function running a lambda or a
generator that it was handed.
"""

import ast
import configparser
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import FrameType
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine

from careplan.tables import METADATA

ROOT = Path(__file__).resolve().parents[2]
OURS = (f"{ROOT}/careplan/", f"{ROOT}/fhir_mappings/")
MAPPINGS = "fhir_mappings"
# Where a walk begins: they run the view that they were put before.
DOORS = frozenset({"careplan.access.guard", "careplan.fhir.guard"})
# What works on values that it is handed: it calls whatever they are made of.
WORKS_ON_VALUES = ("jinja2.", "marshmallow.")
# One statement may write several tables, each in a part of its own.
WRITTEN = re.compile(r"(?:^|\(|\))\s*(?:INSERT INTO|UPDATE|DELETE FROM) \"?(\w+)")


@cache
def heights() -> dict[str, int]:
    """How high each slice stands, as the import contracts say; siblings stand equally high."""
    contracts = configparser.ConfigParser()
    contracts.read(ROOT / "setup.cfg")
    layers = contracts["importlinter:contract:slices"]["layers"].split("\n")
    found: dict[str, int] = {}
    for layer in reversed([line.strip() for line in layers if line.strip()]):
        if layer == "fhir":
            found[MAPPINGS] = len(found)
        height = len(found)
        found |= {name.strip(): height for name in layer.split("|")}
    return found


@dataclass(frozen=True)
class Step:
    """A call from one of our functions to another."""

    caller: str
    callee: str

    def __str__(self) -> str:
        return f"{self.caller} → {self.callee}"


@dataclass
class Walk:
    """What was passed, in order: rooms (slice and file), tables written and commits; and every step."""

    rooms: list[str] = field(default_factory=list)
    writes: list[str] = field(default_factory=list)
    steps: set[Step] = field(default_factory=set)

    @property
    def faults(self) -> list[str]:
        """The steps that do not lead down."""
        return sorted(str(s) for s in self.steps if not leads_down(slice_of(s.caller), slice_of(s.callee)))

    def passes(self, *rooms: str) -> bool:
        """Whether these rooms were entered in this order, others between them."""
        entered = iter(self.rooms)
        return all(room in entered for room in rooms)

    def transactions(self) -> list[list[str]]:
        """The tables that were written, commit by commit; what was never committed comes last, if there is any."""
        found: list[list[str]] = [[]]
        for written in self.writes:
            if written == "COMMIT":
                found.append([])
            else:
                found[-1].append(written)
        return [t for t in found if t]


def leads_down(caller: str, callee: str) -> bool:
    """Whether one slice may call the other: itself, or one that stands lower."""
    return caller == callee or heights()[callee] < heights()[caller]


def slice_of(name: str) -> str:
    """The slice of a module or function: careplan.hours.service.opening.open_bank → hours."""
    first, *rest = name.split(".")
    return MAPPINGS if first == MAPPINGS else rest[0]


def room_of(module: str) -> str:
    """Slice and file: careplan.hours.service.opening → hours.service; of the mappings only that."""
    first, *rest = module.split(".")
    return MAPPINGS if first == MAPPINGS else ".".join(rest[:2])


@contextmanager
def following() -> Iterator[Walk]:
    """Follows what this thread does."""
    walk = Walk()
    steps = _Steps(walk)
    event.listen(Engine, "before_cursor_execute", steps.write)
    event.listen(Engine, "commit", steps.commit)
    sys.setprofile(steps.call)
    try:
        yield walk
    finally:
        sys.setprofile(None)
        event.remove(Engine, "before_cursor_execute", steps.write)
        event.remove(Engine, "commit", steps.commit)


class _Steps:
    """Writes down, call by call, where a walk leads."""

    def __init__(self, walk: Walk) -> None:
        self.walk = walk

    def call(self, frame: FrameType, happening: str, argument: Any) -> None:
        if happening != "call" or not _is_ours(frame) or _is_value(frame):
            return
        module = frame.f_globals["__name__"]
        self._enter(room_of(module))
        caller = _caller(frame)
        if caller is not None:
            self.walk.steps.add(Step(_name(caller), _name(frame)))

    def write(self, connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        for name in WRITTEN.findall(statement):
            if name in METADATA.tables:
                self.walk.writes.append(name)
                self._enter(f"{owner_of(name)}.models")

    def commit(self, connection: Any) -> None:
        self.walk.writes.append("COMMIT")

    def _enter(self, room: str) -> None:
        if self.walk.rooms[-1:] != [room]:
            self.walk.rooms.append(room)


@cache
def _owners() -> dict[str, str]:
    """Which slice's models declare a table."""
    found = {}
    house = ROOT / "careplan"
    for path in sorted([*house.glob("*/models.py"), *house.glob("*/models/*.py")]):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in METADATA.tables:
                found.setdefault(node.value, path.relative_to(house).parts[0])
    return found


def owner_of(table: str) -> str:
    """The slice that a table belongs to."""
    return _owners()[table]


def _caller(frame: FrameType) -> FrameType | None:
    """The function of ours that made this call; None where a walk begins or a template reads a value."""
    above = frame.f_back
    while above is not None:
        if _works_on_values(above) or above.f_globals.get("__name__") in DOORS:
            return None
        if _is_ours(above):
            return above
        above = above.f_back
    return None


def _is_ours(frame: FrameType) -> bool:
    return frame.f_code.co_filename.startswith(OURS)


def _works_on_values(frame: FrameType) -> bool:
    """A compiled template has Jinja's environment among its globals."""
    return str(frame.f_globals.get("__name__", "")).startswith(WORKS_ON_VALUES) or "environment" in frame.f_globals


def _is_value(frame: FrameType) -> bool:
    """A lambda or a generator runs where it was handed, and a module's own body runs where it is first imported."""
    return frame.f_code.co_name in ("<lambda>", "<genexpr>", "<module>") or bool(frame.f_code.co_flags & 0x20)


def _name(frame: FrameType) -> str:
    return f"{frame.f_globals['__name__']}.{frame.f_code.co_qualname}"
