"""Names as people write them, and folded for searching and sorting."""

import re
import unicodedata

from careplan.kernel.errors import Invalid, Problem

# Letters that Unicode does not take apart into a base letter and an accent.
WHOLE_LETTERS = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})
# Read over in a search: O'Brien is found as obrien, and Smith-Jones as smith jones.
DROPPED = re.compile(r"['’ʼ`´.]")
SPACED = re.compile(r"[^\w]+|_+")


class NameMissing(Invalid):
    """A part of the name that is needed is empty."""

    code = "name_missing"


def fold(text: str) -> str:
    """The text without case, accents and punctuation: two spellings that a reader takes for one fold alike."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(WHOLE_LETTERS))
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return SPACED.sub(" ", DROPPED.sub("", letters)).strip()


def folded_name(*, family: str, given: str, preferred: str | None) -> str:
    """Family name first, so that the column sorts as a list of people does."""
    return fold(" ".join(part for part in (family, given, preferred) if part))


def checked_name(*, field: str, typed: str | None, asked: str) -> str:
    """One part of a name with its white space tidied.  Raises NameMissing with the sentence that asks for it."""
    tidy = " ".join((typed or "").split())
    if not tidy:
        raise NameMissing(asked, problems=(Problem(field, asked),))
    return unicodedata.normalize("NFC", tidy)
