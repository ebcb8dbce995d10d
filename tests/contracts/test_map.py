"""The map of the code names what is there."""

import ast
import configparser
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MAP = (ROOT / "docs" / "map.md").read_text()
PLACE = re.compile(r"`((?:careplan|fhir_mappings|tests|templates|migrations)/[\w./<>]*)`(?: `(\w+)`)?")
PLACES = sorted({(path, name) for path, name in PLACE.findall(MAP) if "<" not in path})


@pytest.mark.parametrize(("path", "name"), PLACES)
def test_a_place_that_it_names_is_there(path, name):
    assert (ROOT / path).exists()
    if name:
        assert name in _functions(ROOT / path)


def test_it_names_many():
    assert len(PLACES) > 40


def test_it_names_every_slice():
    contracts = configparser.ConfigParser()
    contracts.read(ROOT / "setup.cfg")
    slices = re.findall(r"\w+", contracts["importlinter:contract:slices"]["layers"])
    floors = MAP.split("## The floors")[1].split("## The rooms")[0]

    assert [s for s in slices if f"`{s}`" not in floors] == []


def _functions(path: Path) -> set[str]:
    return {node.name for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.FunctionDef)}
