"""That a paper was given: what, to whom, in which format, on which day, by whom."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from careplan.kernel.errors import Invalid, Problem
from careplan.kernel.words import short_day
from careplan.people.domain.language import language_name
from careplan.people.domain.retraction import Retraction


class Paper(StrEnum):
    """What can be given."""

    ASSESSMENT = "assessment"
    DETERMINATION = "determination"
    PLAN_VERSION = "plan_version"


class Recipient(StrEnum):
    """Who got it."""

    PERSON = "person"
    REPRESENTATIVE = "representative"
    FAMILY = "family"
    ADVOCATE = "advocate"
    PROVIDER = "provider"
    OTHER = "other"


class Format(StrEnum):
    """In which form it was given."""

    PAPER = "paper"
    LARGE_PRINT = "large_print"
    EMAIL = "email"
    READ_ALOUD = "read_aloud"
    EASY_READ = "easy_read"
    AUDIO = "audio"
    BRAILLE = "braille"
    LANGUAGE = "language"


PAPER_WORDS = {
    Paper.ASSESSMENT: "The assessment",
    Paper.DETERMINATION: "The determination with its reasons",
    Paper.PLAN_VERSION: "The plan",
}
RECIPIENT_WORDS = {
    Recipient.PERSON: "The person",
    Recipient.REPRESENTATIVE: "Somebody who acts for them",
    Recipient.FAMILY: "Family or a friend",
    Recipient.ADVOCATE: "Their advocate",
    Recipient.PROVIDER: "The care provider",
    Recipient.OTHER: "Somebody else",
}
FORMAT_WORDS = {
    Format.PAPER: "on paper",
    Format.LARGE_PRINT: "in large print",
    Format.EMAIL: "by e-mail",
    Format.READ_ALOUD: "read aloud",
    Format.EASY_READ: "in Easy Read",
    Format.AUDIO: "as a recording",
    Format.BRAILLE: "in braille",
    Format.LANGUAGE: "in another language",
}


@dataclass(frozen=True, slots=True)
class Given:
    """One paper given once. `name` is who got it, empty for the person; `language` only where it is another one."""

    id: UUID
    person_id: UUID
    paper: Paper
    paper_id: UUID
    recipient: Recipient
    name: str
    format: Format
    language: str | None
    given_on: date
    given_by: UUID
    at: datetime
    mistake: Retraction | None = None


class GivenIncomplete(Invalid):
    """It does not say who got it, in which language, or says a day that has not come."""

    code = "given_incomplete"


def check_given(
    *, recipient: Recipient, name: str, format: Format, language: str | None, on: date, today: date
) -> None:
    """Raises GivenIncomplete with everything that is missing or cannot be."""
    problems = []
    if recipient is not Recipient.PERSON and not name.strip():
        problems.append(Problem("name", "Say who got it."))
    if format is Format.LANGUAGE and not language:
        problems.append(Problem("language", "Say in which language."))
    if on > today:
        problems.append(Problem("given_on", "This day has not come yet."))
    if problems:
        raise GivenIncomplete("Some answers need mending.", problems=tuple(problems))


def given_words(given: Given, *, by: str, person: str = "the person") -> str:
    """How, to whom, when and by whom, as one line: 'On paper, to Helen Ward, 21 November 2026, by Sam Okafor'."""
    to = person if given.recipient is Recipient.PERSON else given.name
    return given_in_words(format=given.format, language=given.language, to=to, on=given.given_on, by=by)


def given_in_words(*, format: Format, language: str | None, to: str, on: date, by: str) -> str:
    """How, to whom, when and by whom, as one line."""
    how = f"in {language_name(language)}" if language else FORMAT_WORDS[format]
    return f"{how[0].upper()}{how[1:]}, to {to}, {short_day(on)}, by {by}"


def mistake_words(mistake: Retraction, *, by: str) -> str:
    """Why it was wrong, who said so and when: 'It was her sister’s. Sam Okafor, 21 November 2026'."""
    return f"{mistake.reason} {by}, {short_day(mistake.at)}"
