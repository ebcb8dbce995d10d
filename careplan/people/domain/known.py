"""What is known of a matter. Not asked, none and known are three different things, and unknown is never none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol, TypeVar
from uuid import UUID

from careplan.kernel.errors import Conflict, Problem
from careplan.people.domain.retraction import Retraction


class Known(StrEnum):
    """How much is known."""

    NOT_ASKED = "not_asked"
    NONE = "none"
    KNOWN = "known"


class Topic(StrEnum):
    """What people are asked about before somebody comes to their door."""

    WAY_IN = "way_in"
    COMMUNICATION = "communication"
    INTERPRETER = "interpreter"
    ADJUSTMENTS = "adjustments"
    LETTERS = "letters"
    MOVING = "moving"
    ALLERGIES = "allergies"
    MEDICINES = "medicines"
    ADVANCE_DECISIONS = "advance_decisions"
    GP = "gp"
    NEXT_OF_KIN = "next_of_kin"

    @property
    def words(self) -> str:
        return WORDS[self][0]

    @property
    def none_words(self) -> str:
        """What the answer *none* means here."""
        return WORDS[self][1]


# The matter, and what it means that there is none.
WORDS: Mapping[Topic, tuple[str, str]] = {
    Topic.WAY_IN: ("How a worker gets in", "Opens the door themselves"),
    Topic.COMMUNICATION: ("How to communicate", "No particular needs"),
    Topic.INTERPRETER: ("Interpreter", "Needs no interpreter"),
    Topic.ADJUSTMENTS: ("Reasonable adjustments", "None needed"),
    Topic.LETTERS: ("How they want letters", "Ordinary letters are fine"),
    Topic.MOVING: ("Moving and handling", "Moves without help"),
    Topic.ALLERGIES: ("Allergies", "None known"),
    Topic.MEDICINES: ("Medicines", "Takes no medicines"),
    Topic.ADVANCE_DECISIONS: ("DNACPR, ReSPECT form or advance decision", "There is none"),
    Topic.GP: ("GP practice", "Not registered with a GP"),
    Topic.NEXT_OF_KIN: ("Next of kin", "Has nobody to name"),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said where there was nothing to record: that there is none, or nobody has asked. The latest counts."""

    id: UUID
    person_id: UUID
    topic: Topic
    known: Known
    recorded_at: datetime
    recorded_by: UUID


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What is known of one matter; `said_at` is when that was answered, None where nobody has said anything at all."""

    topic: Topic
    known: Known
    said_at: datetime | None = None

    @property
    def is_said(self) -> bool:
        """Whether it is known or was answered; only silence is neither."""
        return self.known is not Known.NOT_ASKED or self.said_at is not None

    @property
    def words(self) -> str:
        """The answer in words where there is nothing to list."""
        return self.topic.none_words if self.known is Known.NONE else "Not asked yet"


class Recorded(Protocol):
    """As much of a thing on the record as says whether it still counts."""

    @property
    def id(self) -> UUID: ...
    @property
    def corrects(self) -> UUID | None: ...
    @property
    def retraction(self) -> Retraction | None: ...


Thing = TypeVar("Thing", bound=Recorded)


class StandsOnRecord(Conflict):
    """Something stands on the record, so nobody can say that there is none."""

    code = "stands_on_record"


class AlreadyReplaced(Conflict):
    """It was corrected, ended or marked as entered in error meanwhile."""

    code = "already_replaced"


def standing(things: Sequence[Thing]) -> list[Thing]:
    """Those that count: not entered in error, and not replaced by a correction that counts."""
    replaced = {t.corrects for t in things if t.corrects is not None and t.retraction is None}
    return [t for t in things if t.retraction is None and t.id not in replaced]


def knowledge_of(
    topic: Topic, *, stands: bool, answers: Sequence[Answer], last_recorded: datetime | None = None
) -> Knowledge:
    """What stands outweighs every answer; else the latest answer counts, unless something was recorded since."""
    if stands:
        return Knowledge(topic, Known.KNOWN)
    ours = [a for a in answers if a.topic is topic]
    latest = max(ours, key=lambda a: (a.recorded_at, a.id), default=None)
    if latest is None or (last_recorded is not None and latest.recorded_at < last_recorded):
        return Knowledge(topic, Known.NOT_ASKED)
    return Knowledge(topic, latest.known, latest.recorded_at)


def check_answer(*, standing: Knowledge) -> None:
    """Raises StandsOnRecord: what stands is ended or marked as entered in error before there is none of it.

    How a person moves is replaced by whatever was said last.
    """
    if standing.known is Known.KNOWN and standing.topic is not Topic.MOVING:
        message = f"{standing.topic.words}: something stands on the record. If it is wrong, end it or mark it first."
        raise StandsOnRecord(message, problems=(Problem(standing.topic.value, message),))
