"""What makes words easy to read, and what may be written when."""

import pytest

from careplan.documents.domain.easy_read import (
    MOST_SENTENCES,
    MOST_WORDS,
    NotOpenForEasyRead,
    Part,
    Picture,
    TooHard,
    check_open,
    moved_up,
    read_sentences,
)
from careplan.kernel.ids import new_id
from careplan.plans.domain.state import VersionState
from careplan.web.paper import ROOT

LONG = " ".join(["word"] * (MOST_WORDS + 1))


class TestReadSentences:
    @pytest.mark.parametrize(
        ("typed", "sentences"),
        [
            ("I hold the rail.", ("I hold the rail.",)),
            ("  One.  \n\n Two   words. \r\n", ("One.", "Two words.")),
            (" ".join(["word"] * MOST_WORDS), (" ".join(["word"] * MOST_WORDS),)),
        ],
    )
    def test_takes_a_sentence_a_line(self, typed, sentences):
        assert read_sentences(typed) == sentences

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ("", "Write at least one short sentence."),
            (LONG, f"Line 1 has {MOST_WORDS + 1} words."),
            (f"Short.\n{LONG}", f"Line 2 has {MOST_WORDS + 1} words."),
            ("\n".join(["Short."] * (MOST_SENTENCES + 1)), f"There are {MOST_SENTENCES + 1} sentences."),
        ],
    )
    def test_says_what_is_too_hard(self, typed, said):
        with pytest.raises(TooHard) as refused:
            read_sentences(typed)

        assert any(p.message.startswith(said) for p in refused.value.problems)

    def test_says_everything_at_once(self):
        with pytest.raises(TooHard) as refused:
            read_sentences("\n".join([LONG] * (MOST_SENTENCES + 1)))

        assert len(refused.value.problems) == MOST_SENTENCES + 2


class TestMovedUp:
    parts = tuple(Part(new_id(), Picture.HOME, (str(n),)) for n in range(3))

    @pytest.mark.parametrize(("moved", "order"), [(0, (0, 1, 2)), (1, (1, 0, 2)), (2, (0, 2, 1))])
    def test_puts_a_part_one_place_earlier(self, moved, order):
        assert moved_up(self.parts, self.parts[moved].id) == tuple(self.parts[k] for k in order)


@pytest.mark.parametrize("state", VersionState)
def test_is_written_only_for_fixed_words_that_still_matter(state):
    if state in (VersionState.PROPOSED, VersionState.AGREED, VersionState.IN_FORCE):
        check_open(state=state, number=2)
    else:
        with pytest.raises(NotOpenForEasyRead, match="Version 2"):
            check_open(state=state, number=2)


@pytest.mark.parametrize("picture", Picture)
def test_every_picture_is_drawn_and_said(picture):
    drawing = (ROOT / "static" / "easy-read" / f"{picture.value}.svg").read_text()

    assert drawing.startswith("<svg ")
    assert picture.words
