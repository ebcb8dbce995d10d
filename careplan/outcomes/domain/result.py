"""Whether an outcome is reached: agreed by the person and a professional together, and never told from ratings."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from careplan.kernel.errors import Invalid
from careplan.outcomes.domain.rating import Voice

THE_PERSONS_SIDE = (Voice.PERSON, Voice.REPRESENTATIVE)


class Result(StrEnum):
    """What one party holds of an outcome."""

    ACHIEVED = "achieved"
    MAINTAINED = "maintained"
    NOT_YET = "not_yet"

    @property
    def words(self) -> str:
        return {Result.ACHIEVED: "Achieved", Result.MAINTAINED: "Maintained", Result.NOT_YET: "Not there yet"}[self]


class NotTheirs(Invalid):
    """Whether an outcome is reached is for the person, or who stands for them, and a professional to say."""

    code = "not_theirs_to_say"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One party's word on whether an outcome is reached.

    `said_by` is whoever entered it; where that is not the party itself, `words` are what the party said.
    """

    id: UUID
    person_id: UUID
    outcome_id: UUID
    voice: Voice
    result: Result
    words: str
    said_by: UUID
    said_by_name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Agreed:
    """What both hold: the result, and the two words that make it."""

    result: Result
    own: Verdict
    professional: Verdict

    @property
    def at(self) -> datetime:
        """When the second of them said so."""
        return max(self.own.at, self.professional.at)


def agreed_on(verdicts: Iterable[Verdict], *, outcome_id: UUID) -> Agreed | None:
    """What person and professional agree on, by the last word of each; None while they do not.

    Whoever stands for the person is heard in their place only while the person has said nothing.
    """
    last = {v.voice: v for v in sorted(verdicts, key=lambda v: (v.at, v.id)) if v.outcome_id == outcome_id}
    own = next((last[voice] for voice in THE_PERSONS_SIDE if voice in last), None)
    other = last.get(Voice.PROFESSIONAL)
    if own is None or other is None or own.result is not other.result:
        return None
    return Agreed(own.result, own, other)


def check_voice(voice: Voice) -> None:
    """Raises NotTheirs for a family carer or a care worker."""
    if voice not in (*THE_PERSONS_SIDE, Voice.PROFESSIONAL):
        raise NotTheirs("Whether this is reached is for the person and a professional to say together.")
