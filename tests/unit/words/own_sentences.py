"""The sentences that citizens read and we wrote: from the templates of their pages and from their modules.

What people typed is in neither, so nothing has to be taken out again.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment, nodes

ROOT = Path(__file__).resolve().parents[3]
CITIZENS_LAYOUT = "_layout/citizen.html"
# Where sentences for citizens stand in Python: whole modules, or one class or table of a module that has others too.
MODULES = (
    "careplan/*/routes/*mine.py",
    "careplan/*/forms/mine.py",
    "careplan/access/public_pages.py",
    "careplan/web/error_words.py",
    "careplan/record/domain/progress.py",
    "careplan/documents/forms.py:CodeForm",
    "careplan/plans/forms/signing.py:AnswerForm",
    "careplan/plans/forms/signing.py:AskForm",
)
# A word of the usual length in the place of what is filled in.
FILLED_IN = re.compile(r"%\(\w+\)[sd]|\{[^}]*\}")
FILLING = "Peggy"
SENTENCE = re.compile(r"[^.?!…]+[.?!…]+")
# Numbers and marks that no reader speaks would count as words.
NOT_WORDS = re.compile(r"[^A-Za-z .,?!…’'-]")
SHORTEST = 3  # words; less is a label


def own_sentences() -> dict[str, list[str]]:
    """By file, every sentence once."""
    found: dict[str, list[str]] = {}
    for file, text in (*_of_templates(), *_of_modules()):
        for sentence in SENTENCE.findall(NOT_WORDS.sub(" ", FILLED_IN.sub(FILLING, text))):
            plain = " ".join(sentence.split())
            if len(plain.split()) >= SHORTEST and plain not in found.setdefault(file, []):
                found[file].append(plain)
    return {file: sentences for file, sentences in found.items() if sentences}


def _of_templates() -> Iterator[tuple[str, str]]:
    env = Environment(autoescape=True)
    for file in sorted((ROOT / "templates").rglob("*.html")):
        tree = env.parse(file.read_text())
        if CITIZENS_LAYOUT in {e.template.value for e in tree.find_all(nodes.Extends) if _is_constant(e.template)}:
            for call in tree.find_all(nodes.Call):
                if isinstance(call.node, nodes.Name) and call.node.name == "_" and _is_constant(call.args[0]):
                    yield str(file.relative_to(ROOT)), call.args[0].value


def _of_modules() -> Iterator[tuple[str, str]]:
    for pattern in MODULES:
        path, _, name = pattern.partition(":")
        for file in sorted(ROOT.glob(path)):
            tree = ast.parse(file.read_text())
            for part in [n for n in tree.body if getattr(n, "name", None) == name] if name else [tree]:
                yield from ((str(file.relative_to(ROOT)), text) for text in _texts(part))


def _texts(tree: ast.AST) -> Iterator[str]:
    docstrings = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr) and isinstance(n.value, ast.Constant)}
    inside = {id(v) for n in ast.walk(tree) if isinstance(n, ast.JoinedStr) for v in n.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(v.value if isinstance(v, ast.Constant) else FILLING for v in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings | inside:
            # Names of addresses and templates have no spaces.
            yield node.value if " " in node.value else ""


def _is_constant(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Const)
