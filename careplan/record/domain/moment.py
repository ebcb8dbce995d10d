"""What a line of a timeline is made from: a moment as its slice tells it, and what the reader knows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from careplan.access.domain.policy import Section
from careplan.kernel.words import clipped
from careplan.record.domain.happening import Happening
from careplan.visits.domain.visit import Visit

LONGEST = 200


class About(StrEnum):
    """What a line is about, to filter by."""

    PLAN = "plan"
    CARE = "care"
    HEALTH = "health"
    HOURS = "hours"
    PEOPLE = "people"


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing that happened, as its slice tells it; `key` names it among those of its name."""

    what: str
    at: datetime
    key: str
    by: UUID | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Told:
    """What moments of one name are about, and the sections of which a reader must be let into one."""

    about: About
    sections: frozenset[Section]
    words: "Callable[[Moment, Known], Happening]"


@dataclass(frozen=True, slots=True)
class Known:
    """What the sentences are filled with: names, and what this reader calls the plan and the person."""

    reader_id: UUID
    is_own: bool
    person: str
    names: Mapping[UUID, str] = field(default_factory=dict)
    organisations: Mapping[UUID, str] = field(default_factory=dict)
    outcomes: Mapping[UUID, str] = field(default_factory=dict)
    medicines: Mapping[UUID, str] = field(default_factory=dict)
    visits: Mapping[date, Sequence[Visit]] = field(default_factory=dict)

    def who(self, moment: Moment) -> str:
        """Whose doing it was: 'You', a name, or nobody's in particular."""
        if moment.by is not None and moment.by == self.reader_id:
            return "You"
        return self.names.get(moment.by, "") if moment.by else ""

    def version(self, moment: Moment) -> str:
        return f"version {moment.facts['number']} of {'your' if self.is_own else 'the'} plan"

    def outcome(self, moment: Moment) -> str:
        """An outcome by its words, or as one of them where the plan says it no longer."""
        words = self.outcomes.get(UUID(moment.facts["outcome"]))
        return f"“{words}”" if words else "an outcome"

    @property
    def them(self) -> str:
        return "you" if self.is_own else self.person


# What moments are about, the sections of which a reader must be let into one, the sentence, and their names.
BySlice = tuple[About, frozenset[Section], Callable[[Moment, Known], Happening], str]


def note(words: str | None) -> str | None:
    """What somebody wrote, shortened; None where it is nothing."""
    return clipped(words, LONGEST) if words else None
