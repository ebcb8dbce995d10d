"""In which way a plan comes out on paper for one person, unless somebody chooses another."""

from enum import StrEnum

from careplan.people.domain.letters import LetterFormat


class Way(StrEnum):
    """How a plan can come out of here."""

    LARGE = "large"
    NORMAL = "normal"
    EASY = "easy"


# What they asked for and somebody else has to make.
MADE_ELSEWHERE = frozenset({LetterFormat.BRAILLE, LetterFormat.AUDIO, LetterFormat.TRANSLATED})


def usual_way(asked: LetterFormat | None, *, has_easy_read: bool) -> Way:
    """As they asked for it; large print where nobody has asked them, or where it is not made here."""
    return Way.EASY if asked is LetterFormat.EASY_READ and has_easy_read else Way.LARGE
