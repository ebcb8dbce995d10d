"""Nothing that somebody wrote vanishes on paper: what our typefaces cannot draw is named."""

import pytest

from careplan.web.glyphs import all_sayable, drawn_by, sayable
from careplan.web.paper import OTHER_FACE, OUR_FACE

OURS = drawn_by(OUR_FACE / "atkinson-hyperlegible-next-latin-400-normal.ttf")
OTHERS = drawn_by(OTHER_FACE / "DejaVuSans.ttf")


class TestDrawnBy:
    def test_knows_plain_letters_of_our_typeface(self):
        assert {ord(c) for c in "Margaret’s plan: £12.50 – café"} <= OURS

    def test_knows_the_scripts_of_the_other(self):
        assert {ord(c) for c in "Łódź Ελλάδα Україна שלום سلام 😀"} <= OTHERS

    def test_does_not_know_what_neither_draws(self):
        assert not {ord(c) for c in "বাংলা中👩"} & (OURS | OTHERS)


class TestSayable:
    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ("Hold the rail.", "Hold the rail."),
            ("two\nlines", "two\nlines"),
            ("a\ttab", "a tab"),
            ("cafe\u0301", "café"),
            ("👩", "[woman]"),
            ("👩\u200d👧", "[woman][girl]"),
            ("中", "[cjk unified ideograph-4e2d]"),
            ("a\x07b", "a[u+0007]b"),
            ("\u202eabc", "abc"),
        ],
    )
    def test_says(self, typed, said):
        assert sayable(typed, OURS) == said

    def test_reaches_every_text_in_lists_and_objects(self):
        assert all_sayable({"a": ["👩", 1, ("b", None)]}, OURS) == {"a": ["[woman]", 1, ["b", None]]}
