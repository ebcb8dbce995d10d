"""What an ending ended, and what came back where it was a mistake."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from careplan.kernel.words import listed


class What(StrEnum):
    """A kind of thing that an ending ends."""

    PLAN = "plan"
    RELATIONSHIP = "relationship"
    MEMBER = "member"
    DELEGATION = "delegation"
    VISIT = "visit"
    DEATH = "death"


class Outcome(StrEnum):
    """What became of it once the ending was marked as entered in error."""

    BACK = "back"
    UNCOVERED = "uncovered"
    TOO_LATE = "too_late"
    CHANGED_SINCE = "changed_since"


# What people are told of; the membership of a party goes with its access.
SAID = {
    What.PLAN: ("the plan", "{} plans"),
    What.VISIT: ("1 planned visit", "{} planned visits"),
    What.DELEGATION: ("1 delegated activity", "{} delegated activities"),
    What.RELATIONSHIP: ("the access of 1 party", "the access of {} parties"),
    What.DEATH: ("the date of death", "the date of death"),
}
OUTCOMES = {
    Outcome.BACK: "As before",
    Outcome.UNCOVERED: "Planned again, but somebody must be found, for the worker is elsewhere by now",
    Outcome.TOO_LATE: "Called off for good, for the time has passed",
    Outcome.CHANGED_SINCE: "Left as it is, for somebody has changed it since",
}


@dataclass(frozen=True, slots=True)
class Effect:
    """One thing that ended; `before` holds how it stood, as text by field, and `outcome` what became of it."""

    what: What
    subject_id: UUID
    before: Mapping[str, str | None] = field(default_factory=dict)
    outcome: Outcome | None = None

    def instant(self, name: str) -> datetime | None:
        """An instant among what stood before."""
        text = self.before.get(name)
        return datetime.fromisoformat(text) if text else None


def said(effects: Iterable[Effect]) -> list[str]:
    """What an ending ended, in words: 'the plan', '12 planned visits'."""
    return _counted(e for e in effects if e.what is not What.DEATH)


def said_after(effects: Iterable[Effect]) -> list[str]:
    """What became of each of them, in words: 'As before: the plan and 11 planned visits.'"""
    known = list(effects)
    return [
        f"{words}: {listed(found)}."
        for outcome, words in OUTCOMES.items()
        if (found := _counted(e for e in known if e.outcome is outcome))
    ]


def _counted(effects: Iterable[Effect]) -> list[str]:
    numbers = Counter(e.what for e in effects)
    return [
        one if numbers[what] == 1 else many.format(numbers[what]) for what, (one, many) in SAID.items() if numbers[what]
    ]
