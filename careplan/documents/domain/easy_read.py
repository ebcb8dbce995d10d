"""Easy Read: short sentences beside pictures, written by somebody for one version, and the person's yes to them.

It is never made by a program: somebody writes it, the person says that it is right, and only then others read it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from careplan.kernel.errors import Conflict, Invalid, Problem, Stale
from careplan.plans.domain.state import VersionState

# What guides to Easy Read ask for: one idea a sentence, few sentences to a picture.
MOST_WORDS = 15
MOST_SENTENCES = 5
MOST_PARTS = 40
READABLE = frozenset({VersionState.PROPOSED, VersionState.AGREED, VersionState.IN_FORCE})


class Picture(StrEnum):
    """Our own drawings, each a file of this name."""

    ME = "me"
    HOME = "home"
    FAMILY = "family"
    CARER = "carer"
    VISIT = "visit"
    NURSE = "nurse"
    FOOD = "food"
    DRINK = "drink"
    WASH = "wash"
    CLOTHES = "clothes"
    BED = "bed"
    WALK = "walk"
    MEDICINE = "medicine"
    PHONE = "phone"
    CLOCK = "clock"
    CALENDAR = "calendar"
    MONEY = "money"
    TALK = "talk"
    GARDEN = "garden"
    DANGER = "danger"
    HEART = "heart"
    YES = "yes"
    NO = "no"
    CHANGE = "change"

    @property
    def words(self) -> str:
        """What it shows, for whoever does not see it."""
        return PICTURES[self]


PICTURES = {
    Picture.ME: "A person",
    Picture.HOME: "A house",
    Picture.FAMILY: "A family",
    Picture.CARER: "Somebody who cares",
    Picture.VISIT: "Somebody at the door",
    Picture.NURSE: "A nurse",
    Picture.FOOD: "A meal",
    Picture.DRINK: "A drink",
    Picture.WASH: "Water",
    Picture.CLOTHES: "Clothes",
    Picture.BED: "A bed",
    Picture.WALK: "Somebody walking with a stick",
    Picture.MEDICINE: "Medicine",
    Picture.PHONE: "A telephone",
    Picture.CLOCK: "A clock",
    Picture.CALENDAR: "A calendar",
    Picture.MONEY: "A pound coin",
    Picture.TALK: "Two people talking",
    Picture.GARDEN: "A flower",
    Picture.DANGER: "A danger sign",
    Picture.HEART: "A heart",
    Picture.YES: "A tick",
    Picture.NO: "A cross",
    Picture.CHANGE: "Two arrows in a circle",
}


class YesBy(StrEnum):
    """How the person said that it is right."""

    THEMSELVES = "themselves"
    TOLD = "told"


@dataclass(frozen=True, slots=True)
class Part:
    """A picture and what is said beside it, a sentence a line."""

    id: UUID
    picture: Picture
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Approval:
    """The person's yes: on which day, how, and who wrote it down."""

    on: date
    by: YesBy
    recorded_by_name: str


@dataclass(frozen=True, slots=True)
class EasyRead:
    """The Easy Read of one version. Once the person has said yes it never changes; a new one may follow."""

    id: UUID
    plan_id: UUID
    person_id: UUID
    version_id: UUID
    parts: tuple[Part, ...]
    revision: int
    written_by_name: str
    saved_at: datetime
    offered_at: datetime | None = None
    approval: Approval | None = None

    def part(self, part_id: UUID) -> Part | None:
        """A part by its id."""
        return next((p for p in self.parts if p.id == part_id), None)


class TooHard(Invalid):
    """A sentence is too long, or there are too many for one picture."""

    code = "too_hard"


class NotOpenForEasyRead(Conflict):
    """The version is still being written, or counts no longer."""

    code = "not_open_for_easy_read"


class NothingToSayYesTo(Conflict):
    """Nothing has been written, or nothing waits for the person's yes."""

    code = "nothing_to_say_yes_to"


class EasyReadMoved(Stale):
    """Somebody saved meanwhile."""

    code = "easy_read_moved"


def read_sentences(typed: str) -> tuple[str, ...]:
    """The sentences of a part, a line each.  Raises TooHard with everything that is to be mended."""
    sentences = tuple(" ".join(line.split()) for line in typed.splitlines() if line.strip())
    problems = tuple(Problem("sentences", words) for words in _too_hard(sentences))
    if problems:
        raise TooHard("These sentences are too hard to read.", problems=problems)
    return sentences


def check_open(*, state: VersionState, number: int) -> None:
    """Raises NotOpenForEasyRead unless the version's words are fixed and still matter."""
    if state not in READABLE:
        raise NotOpenForEasyRead(
            f"Easy Read is written for a version that has been sent round and still counts. Version {number} does not."
        )


def moved_up(parts: tuple[Part, ...], part_id: UUID) -> tuple[Part, ...]:
    """The parts with one of them a place earlier; the first stays where it is."""
    order = list(parts)
    place = next((k for k, p in enumerate(order) if p.id == part_id), 0)
    if place > 0:
        order[place - 1], order[place] = order[place], order[place - 1]
    return tuple(order)


def _too_hard(sentences: tuple[str, ...]) -> Iterator[str]:
    if not sentences:
        yield "Write at least one short sentence."
    if len(sentences) > MOST_SENTENCES:
        yield f"There are {len(sentences)} sentences. Use {MOST_SENTENCES} or fewer beside one picture."
    for number, sentence in enumerate(sentences, start=1):
        count = len(sentence.split())
        if count > MOST_WORDS:
            yield f"Line {number} has {count} words. Use {MOST_WORDS} or fewer, or make two sentences of it."
