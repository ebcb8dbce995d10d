"""What gets in the way of an outcome: chosen from a list, or in the words of whoever says it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from careplan.kernel.errors import Invalid, Problem
from careplan.outcomes.domain.rating import Voice

LONGEST = 1_000


class BarrierKind(StrEnum):
    """What often gets in the way."""

    PAIN = "pain"
    TIRED = "tired"
    BREATH = "breath"
    LOW = "low"
    AFRAID = "afraid"
    FORGETTING = "forgetting"
    HOME = "home"
    EQUIPMENT = "equipment"
    GETTING_THERE = "getting_there"
    MONEY = "money"
    TIME = "time"
    OTHER_PEOPLE = "other_people"

    @property
    def words(self) -> str:
        return BARRIER_WORDS[self]


BARRIER_WORDS = {
    BarrierKind.PAIN: "Pain",
    BarrierKind.TIRED: "Being tired",
    BarrierKind.BREATH: "Being out of breath",
    BarrierKind.LOW: "Feeling low",
    BarrierKind.AFRAID: "Being afraid",
    BarrierKind.FORGETTING: "Forgetting",
    BarrierKind.HOME: "How the home is",
    BarrierKind.EQUIPMENT: "Something is missing or broken",
    BarrierKind.GETTING_THERE: "Getting there and back",
    BarrierKind.MONEY: "Money",
    BarrierKind.TIME: "There is not enough time",
    BarrierKind.OTHER_PEOPLE: "Other people",
}
# What a family carer says of their own sister's life is theirs; what is said of others is about others.
LEAVES_BY_VOICE = frozenset({Voice.PERSON, Voice.REPRESENTATIVE, Voice.WORKER, Voice.PROFESSIONAL})


class NothingSaid(Invalid):
    """Neither chosen from the list nor written."""

    code = "nothing_said"


@dataclass(frozen=True, slots=True)
class Barrier:
    """One thing that gets in the way, who said so and when; `gone_at` once it does no longer."""

    id: UUID
    person_id: UUID
    outcome_id: UUID
    voice: Voice
    said_by: UUID
    kind: BarrierKind | None
    words: str
    said_at: datetime
    gone_at: datetime | None = None
    gone_by: UUID | None = None

    @property
    def told(self) -> str:
        """In words: what was written, else what was chosen."""
        if self.kind is None or not self.words:
            return self.words or (self.kind.words if self.kind else "")
        return f"{self.kind.words}: {self.words}"

    @property
    def may_leave(self) -> bool:
        """Whether it may be told to the NHS: it is not about others, and no family carer's."""
        return self.voice in LEAVES_BY_VOICE and self.kind is not BarrierKind.OTHER_PEOPLE


def check_said(*, kinds: tuple[BarrierKind, ...], words: str) -> str:
    """The words without the space around them.  Raises NothingSaid, Invalid."""
    tidy = words.strip()
    if not kinds and not tidy:
        message = "Choose what gets in the way, or write it."
        raise NothingSaid(message, problems=(Problem("words", message),))
    if len(tidy) > LONGEST:
        message = f"Write at most {LONGEST:,} characters."
        raise Invalid(message, problems=(Problem("words", message),))
    return tidy
