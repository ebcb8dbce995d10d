"""Reads our own source as text and as trees, for the tests that hold its shape."""

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("careplan", "fhir_mappings")
CODE = (*PACKAGES, "migrations")


@dataclass(frozen=True)
class Source:
    """A file of ours: its path from the root, its text, and its tree."""

    path: str
    text: str
    tree: ast.Module

    @property
    def module(self) -> str:
        """Its dotted name; a package's is its folder's."""
        return self.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    @property
    def is_package(self) -> bool:
        return self.path.endswith("/__init__.py")


@cache
def sources(*folders: str) -> tuple[Source, ...]:
    """Every Python file under these folders, in order of path."""
    found = sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    return tuple(_read(path) for path in found)


@cache
def committed_texts() -> dict[str, str]:
    """Every text file that is, or is about to be, committed, by path; outside a checkout, whatever lies there."""
    told = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    found = {}
    for name in told.stdout.split("\0"):
        path = ROOT / name
        if name and path.is_file() and (text := _text(path)) is not None:
            found[name] = text
    return found


def texts(*folders: str, ending: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Path and text of files with these endings under these folders."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in ending:
                yield str(path.relative_to(ROOT)), path.read_text()


def imports(source: Source, *, known: frozenset[str]) -> Iterator[str]:
    """The modules of ours that a file imports anywhere: at its top, inside a function, under a condition."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in known)
        elif isinstance(node, ast.ImportFrom):
            base = _base(source, node)
            for alias in node.names:
                whole = f"{base}.{alias.name}"
                if whole in known:
                    yield whole
                elif base in known:
                    yield base


def _base(source: Source, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    parts = source.module.split(".")
    above = parts[: len(parts) - node.level + (1 if source.is_package else 0)]
    return ".".join([*above, *([node.module] if node.module else [])])


def _read(path: Path) -> Source:
    text = path.read_text()
    return Source(str(path.relative_to(ROOT)), text, ast.parse(text))


def _text(path: Path) -> str | None:
    try:
        return path.read_text()
    except UnicodeDecodeError:
        return None
