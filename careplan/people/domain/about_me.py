"""About me: the person's own voice. They may write it anew at any time, and it never voids an agreement."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from uuid import UUID

from careplan.kernel.errors import Invalid, Problem, Stale

LONGEST = 5000
# The headings are those under which people all over England tell about themselves.
PARTS = {
    "most_important": "What is most important to me",
    "people_important": "People who are important to me",
    "communicate": "How I communicate and how to communicate with me",
    "wellness": "My wellness",
    "please_do": "Please do",
    "please_do_not": "Please do not",
    "how_to_support": "How and when to support me",
    "also_worth_knowing": "Also worth knowing about me",
    "supported_by": "Supported to write this by",
}


@dataclass(frozen=True, slots=True)
class AboutSections:
    """The parts of about me, in the order in which they are read. Empty: nothing has been said yet."""

    most_important: str = ""
    people_important: str = ""
    communicate: str = ""
    wellness: str = ""
    please_do: str = ""
    please_do_not: str = ""
    how_to_support: str = ""
    also_worth_knowing: str = ""
    supported_by: str = ""

    def as_dict(self) -> dict[str, str]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class AboutMe:
    """One version of about me, dated; the latest counts and the others stay."""

    id: UUID
    person_id: UUID
    sections: AboutSections
    written_at: datetime
    written_by: UUID


class TooLong(Invalid):
    """A part is longer than anyone will read at the door."""

    code = "about_too_long"


class AboutMoved(Stale):
    """Somebody saved another version meanwhile; facts carry both."""

    code = "about_moved"


def sections_from(said: Mapping[str, str | None]) -> AboutSections:
    """The parts named in `said`, their ends trimmed and lines kept; others stay empty.  Raises TooLong."""
    parts = {f.name: (said.get(f.name) or "").strip() for f in fields(AboutSections)}
    problems = tuple(
        Problem(name, f"Keep this to {LONGEST} characters; it has {len(text)}.")
        for name, text in parts.items()
        if len(text) > LONGEST
    )
    if problems:
        raise TooLong("Part of this is too long to be read at the door.", problems=problems)
    return AboutSections(**parts)


def check_latest(*, latest: AboutMe | None, based_on: UUID | None, sections: AboutSections) -> None:
    """Raises AboutMoved when what was edited is no longer the latest version."""
    if latest is not None and latest.id != based_on:
        raise AboutMoved(
            "Somebody changed this while you were writing. Both are shown: take what you want from each, and save.",
            theirs=latest.sections.as_dict(),
            yours=sections.as_dict(),
            latest=str(latest.id),
        )
