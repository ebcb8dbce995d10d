"""Paper: what is printed, put together from a few kinds of blocks, as a PDF that a screen reader can read (PDF/UA-1).

    paper = Paper(title="Support plan of Margaret Ellis", blocks=(Heading("Needs"), Words("…")), foot="Version 3")
    write_pdf(paper, size=LARGE)

The same blocks stand on a page to print (`_components/paper.html`). Texts go to typst as data, never as markup, so that
whatever somebody typed is only ever read out.
"""

import warnings
from dataclasses import asdict, dataclass
from enum import Enum
from functools import lru_cache
from pathlib import Path

import orjson
import typst

from careplan.web.glyphs import all_sayable, drawn_by

ROOT = Path(__file__).resolve().parents[2]
TEMPLATE = ROOT / "templates" / "paper" / "paper.typ"
OUR_FACE = ROOT / "static" / "vendor" / "fonts"
# It draws what ours lacks: other scripts and many signs.
OTHER_FACE = ROOT / "static" / "vendor" / "dejavu"
PICTURES = "/static/easy-read"
# A foot stands under every page: a name longer than this is whole at the top, and cut here.
LONGEST_FOOT = 160


class Size(Enum):
    """How large the words are, in points. Large print begins at 18."""

    NORMAL = 12
    LARGE = 18


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading below the title; ranks go down one by one, from 2."""

    words: str
    level: int = 2
    kind: str = "heading"


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph; lines stay as they are."""

    words: str
    kind: str = "words"


@dataclass(frozen=True, slots=True)
class Saying(Words):
    """What somebody said, in their words."""

    kind: str = "saying"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is said under a name: (name, words)."""

    pairs: tuple[tuple[str, str], ...]
    kind: str = "facts"


@dataclass(frozen=True, slots=True)
class Table:
    """Two columns under a head; its heads are told to a screen reader at each cell."""

    head: tuple[str, str]
    rows: tuple[tuple[str, str], ...]
    kind: str = "table"


@dataclass(frozen=True, slots=True)
class Pictured:
    """A picture of our own beside short sentences; `alt` says it to whoever does not see it."""

    picture: str
    alt: str
    sentences: tuple[str, ...]
    kind: str = "pictured"


Block = Heading | Words | Facts | Table | Pictured


@dataclass(frozen=True, slots=True)
class Paper:
    """Something to print. `foot` stands under each page beside the page's number."""

    title: str
    blocks: tuple[Block, ...]
    foot: str
    language: str = "en"


def write_pdf(paper: Paper, *, size: Size) -> bytes:
    """The paper as a tagged PDF/UA-1. Whatever typst warns of becomes a warning of ours, and so fails a test."""
    foot = paper.foot if len(paper.foot) <= LONGEST_FOOT else f"{paper.foot[:LONGEST_FOOT]}…"
    said = all_sayable({**asdict(paper), "foot": foot, "size": size.value, "pictures": PICTURES}, _drawn())
    compiler = typst.Compiler(
        TEMPLATE,
        root=ROOT,
        font_paths=_faces(),
        ignore_system_fonts=True,
        sys_inputs={"said": orjson.dumps(said).decode()},
    )
    pdf, warned = compiler.compile_with_warnings(format="pdf", pdf_standards=["ua-1"])
    for warning in warned:
        warnings.warn(f"typst: {warning.message}", stacklevel=2)
    if not isinstance(pdf, bytes):
        raise TypeError("typst wrote no single file")
    return pdf


@lru_cache(maxsize=1)
def _faces() -> typst.Fonts:
    folders = [str(OUR_FACE), str(OTHER_FACE)]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)


@lru_cache(maxsize=1)
def _drawn() -> frozenset[int]:
    """What both weights of either face can draw."""
    ours = [drawn_by(f) for f in sorted(OUR_FACE.glob("*.ttf"))]
    others = [drawn_by(f) for f in sorted(OTHER_FACE.glob("*.ttf"))]
    return frozenset.intersection(*ours) | frozenset.intersection(*others)
