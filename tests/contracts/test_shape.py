"""The shape that keeps the code easy to find one's way in: no circles, nothing too long, unsaid or raw."""

import ast
import re
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

import pytest

from tests.contracts.reading_code import CODE, PACKAGES, Source, committed_texts, imports, sources, texts

MOST_LINES = 400
MOST_LINES_OF_A_FUNCTION = 60

SQL = re.compile(
    r"^\s*(SELECT|INSERT INTO|UPDATE|DELETE FROM|TRUNCATE|WITH|CREATE|ALTER|DROP|GRANT|REVOKE|SET|COPY|LOCK|CALL)\b"
)
CONSTANT = re.compile(r"^_?[A-Z][A-Z0-9_]*$")
SQL_READ_BY_HAND = {
    "careplan/db/guards.py": "migrations call it with names of tables that stand in themselves",
    "careplan/fhir/marks.py": "the same",
    "careplan/hours/service/checking.py": "its sentences stand in a table of constants above",
    "careplan/hours/service/ending_periods.py": "it sets constants of its own together, and names of accounts",
    "careplan/seeding/living.py": "it sets constants of its own together, and names of accounts",
    "careplan/hours/service/mass_posting.py": "what it is given is a literal, which the types see to",
}

# The one script that stands in the page is a constant whose hash the policy names (careplan/web/early.py).
RAW = {
    "text that is not escaped": re.compile(r"\|\s*safe\b|autoescape\s+false|Markup\("),
    "inline style": re.compile(r"\sstyle\s*="),
    "inline script": re.compile(
        r"\son[a-z]+\s*=\s*[\"']|javascript:|<script(?![^>]*\bsrc=)[^>]*>(?!\{\{ early_script \}\})", re.I
    ),
}
ELSEWHERE = re.compile(r"(?:https?:)?//[a-z0-9-]+(?:\.[a-z0-9-]+)+", re.IGNORECASE)
NAMES_NOT_ADDRESSES = frozenset({"http://www.w3.org"})

# What a reader of the repository cannot follow: places on one machine, shops that packages come from, numbered rules of
# papers that are not here. Written so that this file does not hold them itself.
UNFOLLOWABLE = {
    "a numbered rule of a paper that is not here": re.compile("\N{SECTION SIGN}"),
    "a path of one machine": re.compile(r"(?<![\w.])/(?:work|mnt|Users)/\w|(?<![\w.])/home/[a-z]+/"),
    "a paper that is not here": re.compile(r"\.\./shared/spec"),
    "a package registry": re.compile(r"pypi\.org|pythonhosted\.org|npmjs\.(?:org|com)"),
    "a task of ours": re.compile(r"\b[Ii]ssue #?\d+\b"),
}


def graph() -> dict[str, set[str]]:
    """Which module of ours imports which, wherever in the file it does so."""
    files = sources(*PACKAGES)
    known = frozenset(f.module for f in files)
    return {f.module: set(imports(f, known=known)) - {f.module} for f in files}


def functions(source: Source) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


class TestImports:
    def test_go_round_in_no_circle_not_even_lazily(self):
        try:
            TopologicalSorter(graph()).prepare()
        except CycleError as circle:
            pytest.fail("modules import one another in a circle: " + " → ".join(circle.args[1]))

    def test_are_all_seen(self):
        """The net is as fine as it looks: a known lazy import, and one of a module out of its package, are edges."""
        found = graph()

        assert "careplan.hours.service" in found["careplan.plans.service.agreeing"]
        assert "careplan.access.guard" in found["careplan.app"]


class TestSize:
    def test_no_file_is_longer_than_a_reader_can_keep_in_mind(self):
        long = {f.path: n for f in sources(*CODE) if (n := len(f.text.splitlines())) > MOST_LINES}

        assert long == {}

    def test_no_function_is_longer_than_a_screen(self):
        long = {
            f"{f.path}:{node.name}": n
            for f in sources(*PACKAGES, "tests")
            for node in functions(f)
            if (n := (node.end_lineno or node.lineno) - node.lineno + 1) > MOST_LINES_OF_A_FUNCTION
        }

        assert long == {}

    def test_every_module_says_what_it_is(self):
        silent = [f.path for f in sources(*CODE) if f.text.strip() and not ast.get_docstring(f.tree)]

        assert silent == []


class TestSql:
    def test_is_never_put_together_from_what_came_in(self):
        """A sentence of SQL may be composed of constants only; values travel as parameters."""
        composed = [
            f"{f.path}:{node.lineno}"
            for f in sources("careplan")
            if f.path not in SQL_READ_BY_HAND
            for node in ast.walk(f.tree)
            if not _is_of_constants(node)
        ]

        assert composed == []

    @pytest.mark.parametrize(
        "line",
        [
            'execute(f"SELECT * FROM person WHERE name = {name}")',
            'execute("DELETE FROM " + table)',
            'execute("UPDATE person SET name = %s" % name)',
            'text("SELECT {}".format(name))',
            "text(sentence)",
        ],
    )
    def test_is_recognised_when_it_is(self, line):
        assert not all(_is_of_constants(node) for node in ast.walk(ast.parse(line)))


class TestTemplates:
    @pytest.mark.parametrize("fault", RAW)
    def test_hold_nothing_raw(self, fault):
        found = [
            f"{path}: {match[0].strip()}"
            for path, text in texts("templates", "tests/fixtures", ending=(".html", ".jinja", ".txt"))
            for match in RAW[fault].finditer(text)
        ]

        assert found == []

    def test_and_styles_and_scripts_ask_nobody_else_for_anything(self):
        found = [
            f"{path}: {match[0]}"
            for path, text in texts("templates", "static", ending=(".html", ".css", ".js", ".svg", ".json"))
            for match in ELSEWHERE.finditer(text)
            if match[0] not in NAMES_NOT_ADDRESSES
        ]

        assert found == []


class TestWords:
    @pytest.mark.parametrize("fault", UNFOLLOWABLE)
    def test_lead_nowhere_that_a_reader_cannot_go(self, fault):
        found = [
            f"{path}:{text.count(chr(10), 0, match.start()) + 1}: {match[0]}"
            for path, text in committed_texts().items()
            for match in UNFOLLOWABLE[fault].finditer(text)
        ]

        assert found == []


def _is_of_constants(node: ast.AST) -> bool:
    """Whether a piece of code is no sentence of SQL, or one made of nothing but constants."""
    if isinstance(node, ast.JoinedStr):
        return not SQL.match(_opening(node)) or all(
            _is_constant(v.value) for v in node.values if isinstance(v, ast.FormattedValue)
        )
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Mod):
        return not SQL.match(_opening(node.left)) or _is_constant(node.right)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format":
        return not SQL.match(_opening(node.func.value))
    if isinstance(node, ast.Call) and ast.unparse(node.func) in ("text", "sa.text", "sqlalchemy.text"):
        return all(_is_said(a) for a in node.args)
    return True


def _is_said(node: ast.AST) -> bool:
    """A sentence that stands there in words; an f-string is judged by itself."""
    return isinstance(node, ast.JoinedStr) or _is_constant(node)


def _is_constant(node: ast.AST) -> bool:
    if isinstance(node, ast.Constant):
        return True
    return isinstance(node, ast.Name | ast.Attribute) and CONSTANT.match(_name(node)) is not None


def _name(node: ast.Name | ast.Attribute) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr


def _opening(node: ast.AST) -> str:
    """The words with which a string begins, as far as they are known."""
    if isinstance(node, ast.JoinedStr):
        return _opening(node.values[0]) if node.values else ""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
