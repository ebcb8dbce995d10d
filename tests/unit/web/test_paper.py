"""Paper is a PDF that a screen reader can read, whatever was typed into it."""

import io
import re

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from careplan.web.paper import Facts, Heading, Paper, Saying, Size, Table, Words, write_pdf

MARKUP = "#set text(red) *bold* _x_ $x$ @ref <label> `raw` // /* \\ ] [ #panic(1) {{ x }} <script>alert(1)</script>"
HOSTILE = (
    MARKUP,
    "#read(\"/setup.cfg\") #import \"@preview/x:1\"",
    "x" * 5_000,
    "שלום עולם مرحبا بالعالم \u202eabc",
    "😀 👩\u200d👩\u200d👧 🏴\U000e0067\U000e0062\U000e007f ❤\ufe0f",
    "বাংলা ਪੰਜਾਬੀ 中文 \ufffd \ufeff \u200b \x07 \x1b[31m",
    "one\n\n\ntwo\r\nthree\ttabbed",
    "e\u0301\u0323\u0308\u0308\u0308",
    "",
    " ",
)  # fmt: skip


def paper_of(text: str, **said) -> Paper:
    """The text in every place that a text can have."""
    blocks = (Heading(text), Heading(text, level=3), Words(text), Saying(text), Facts(((text, text),)),
              Table(("Who", "What"), ((text, text),)))  # fmt: skip
    return Paper(**{"title": f"Plan {text}", "blocks": blocks, "foot": text, **said})


def opened(paper: Paper, size: Size = Size.LARGE) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(write_pdf(paper, size=size)))


def tags(pdf: pikepdf.Pdf) -> list[str]:
    """The kinds of the elements of the structure tree, in order."""
    found: list[str] = []

    def walk(node: pikepdf.Object) -> None:
        if isinstance(node, pikepdf.Array):
            for kid in node:
                walk(kid)
        elif isinstance(node, pikepdf.Dictionary):
            if "/S" in node:
                found.append(str(node.S))
            if "/K" in node:
                walk(node.K)

    walk(pdf.Root.StructTreeRoot.K)
    return found


def sizes(pdf: pikepdf.Pdf) -> set[float]:
    """The sizes in points of all text on all pages."""
    found: set[float] = set()
    for sheet in pdf.pages:
        scale = 1.0
        for operands, operator in pikepdf.parse_content_stream(sheet):
            if str(operator) == "Tm":
                scale = abs(float(operands[3]))
            if str(operator) == "Tf":
                found.add(round(float(operands[1]) * scale, 1))
    return found


@pytest.fixture(scope="module")
def pdf():
    blocks = (Heading("Needs"), Heading("Steps", level=3), Words("Hold the rail."), Table(("A", "B"), (("1", "2"),)))
    return opened(Paper(title="Support plan of Margaret Ellis", blocks=blocks, foot="Version 1"))


class TestWritePdf:
    def test_carries_its_pdf_ua_identifier(self, pdf):
        with pdf.open_metadata() as meta:
            assert meta["pdfuaid:part"] == "1"

    def test_says_its_language_and_shows_its_title(self, pdf):
        assert str(pdf.Root.Lang) == "en-GB"
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        with pdf.open_metadata() as meta:
            assert meta["dc:title"] == "Support plan of Margaret Ellis"

    def test_is_tagged_with_headings_and_table_heads(self, pdf):
        found = tags(pdf)

        assert bool(pdf.Root.MarkInfo.Marked)
        assert [t for t in found if re.fullmatch(r"/H\d", t)] == ["/H1", "/H2", "/H3"]
        assert found.count("/TH") == 2
        assert found.count("/TD") == 2

    def test_embeds_its_typeface(self, pdf):
        fonts = [f for sheet in pdf.pages for f in sheet.Resources.Font.values()]

        assert fonts
        for font in fonts:
            inner = font.DescendantFonts[0]
            assert "AtkinsonHyperlegibleNext" in str(inner.BaseFont)
            assert "/FontFile2" in inner.FontDescriptor or "/FontFile3" in inner.FontDescriptor

    @pytest.mark.parametrize("size", Size)
    def test_has_no_word_smaller_than_its_size(self, size):
        assert min(sizes(opened(paper_of("Hold the rail."), size))) == size.value

    @pytest.mark.parametrize("text", HOSTILE, ids=lambda t: ascii(t[:16]))
    def test_only_reads_out_what_was_typed(self, text):
        found = tags(opened(paper_of(text)))

        assert found.count("/TH") == 2
        assert [t for t in found if re.fullmatch(r"/H\d", t)] == ["/H1", "/H2", "/H3"]

    @given(st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\x00"), max_size=60))
    @settings(max_examples=60, deadline=None)
    def test_stays_whole_with_any_text(self, text):
        assert write_pdf(paper_of(text), size=Size.LARGE).startswith(b"%PDF")
