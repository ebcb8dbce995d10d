"""The locks hold for every reader: pip takes a package asked for with an extra as another than the one without."""

import ast
import re
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from typing import TypeVar

import pytest

from tests.contracts.reading_code import PACKAGES, ROOT, sources

Node = TypeVar("Node", ast.Import, ast.ImportFrom)
LOCKS = ("requirements.txt", "requirements-dev.txt")
PIN = re.compile(r"^[A-Za-z0-9][\w.-]*(\[[\w, -]+\])?==[^ ;]+", re.M)


@pytest.mark.parametrize("lock", LOCKS)
def test_keep_the_extras_by_which_a_package_is_asked_for(lock):
    """Without them pip refuses the whole lock on the day on which a later version of such a package comes out."""
    text = (ROOT / lock).read_text()

    assert "--no-strip-extras" in text.splitlines()[1]
    assert any(extras for extras in PIN.findall(text))


def test_install_with_the_product_whatever_it_imports():
    """Libraries of development bring others along: an import of theirs works here and not where the product runs."""
    brings = packages_distributions()
    named = {node.module or "" for node in imported(ast.ImportFrom) if not node.level}
    named |= {alias.name for node in imported(ast.Import) for alias in node.names}
    tops = {name.partition(".")[0] for name in named} - {*PACKAGES, *sys.stdlib_module_names}
    locked = {plain(re.split(r"\[|==", line)[0]) for line in (ROOT / LOCKS[0]).read_text().splitlines() if "==" in line}

    missing = [top for top in tops if not {plain(d) for d in brings.get(top, [top])} & locked]
    assert missing == []


def plain(name: str) -> str:
    """A distribution's name, whichever of its spellings is used."""
    return name.lower().replace("_", "-")


def imported(kind: type[Node]) -> Iterator[Node]:
    """Every statement of this kind in our code."""
    return (node for f in sources(*PACKAGES) for node in ast.walk(f.tree) if isinstance(node, kind))
