"""In which form a person can read what is sent to them."""

from enum import StrEnum


class LetterFormat(StrEnum):
    """Formats of letters and plans."""

    LARGE_PRINT = "large_print"
    EASY_READ = "easy_read"
    BRAILLE = "braille"
    AUDIO = "audio"
    EMAIL = "email"
    TRANSLATED = "translated"

    @property
    def words(self) -> str:
        return FORMATS[self]


FORMATS = {
    LetterFormat.LARGE_PRINT: "Large print",
    LetterFormat.EASY_READ: "Easy Read",
    LetterFormat.BRAILLE: "Braille",
    LetterFormat.AUDIO: "Spoken, as a recording",
    LetterFormat.EMAIL: "By email",
    LetterFormat.TRANSLATED: "In their own language",
}
