"""Whether a worker fits a visit: how far they come from, whether they have met, and what the person wishes."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from uuid import UUID

from careplan.kernel.errors import DomainError, Invalid, Problem
from careplan.kernel.words import listed

# Six miles of 1,609.344 metres, the part of a metre cut off.
FARTHEST_METRES = 9_656
METRES_IN_MILE = 1_609
EARTH_RADIUS_METRES = 6_371_009
MILLION = 1_000_000


class CautionKind(StrEnum):
    """What somebody should know before a visit is planned so."""

    FAR = "far"
    NOT_MET = "not_met"
    GENDER = "gender"
    LANGUAGE = "language"
    CULTURE = "culture"
    UNCOVERED = "uncovered"


WISHES = frozenset({CautionKind.GENDER, CautionKind.LANGUAGE, CautionKind.CULTURE})


@dataclass(frozen=True, slots=True)
class Caution:
    """One thing to know; a wish that is not met takes a reason and the person's yes."""

    kind: CautionKind
    words: str
    worker_id: UUID | None = None

    @property
    def is_wish(self) -> bool:
        return self.kind in WISHES


@dataclass(frozen=True, slots=True)
class Place:
    """A point on the map, in millionths of a degree."""

    latitude: int
    longitude: int


@dataclass(frozen=True, slots=True)
class Wishes:
    """Whom the person wishes to come; None: not asked, or no wish. Languages are tags."""

    gender: str | None = None
    language: str | None = None
    culture: str | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Traits:
    """What a worker said of themselves; None: not said."""

    gender: str | None = None
    languages: frozenset[str] | None = None
    culture: str | None = None


@dataclass(frozen=True, slots=True)
class Heeded:
    """That somebody has read the cautions; for wishes that are not met, why, and whether the person said yes.

    `seen` names the cautions that were shown (`seen_as`); None: whatever there is.
    """

    reason: str = ""
    person_agreed: bool = False
    seen: str | None = None


class Unheeded(DomainError):
    """There is something to know first; nothing was planned. `cautions` say what."""

    code = "unheeded"

    def __init__(self, cautions: tuple[Caution, ...]) -> None:
        super().__init__("There is something to know first. Nothing is planned yet.")
        self.cautions = cautions


class WishNotMet(Invalid):
    """A wish is overridden without a reason, or without the person's yes."""

    code = "wish_not_met"

    def __init__(self, cautions: tuple[Caution, ...], problems: tuple[Problem, ...]) -> None:
        super().__init__(listed([p.message for p in problems]) + ".", problems=problems)
        self.cautions = cautions


def metres_between(one: Place, other: Place) -> int:
    """The straight line over the ground between two places, in whole metres."""
    north, south = math.radians(one.latitude / MILLION), math.radians(other.latitude / MILLION)
    east = math.radians((other.longitude - one.longitude) / MILLION)
    half = math.sin((south - north) / 2) ** 2 + math.cos(north) * math.cos(south) * math.sin(east / 2) ** 2
    return round(2 * EARTH_RADIUS_METRES * math.asin(math.sqrt(half)))


def is_far(one: Place | None, other: Place | None) -> bool:
    """Whether two visits lie more than six miles apart; where a place is not known, it is not asked."""
    return one is not None and other is not None and metres_between(one, other) > FARTHEST_METRES


def unmet(wishes: Wishes, traits: Traits | None) -> tuple[CautionKind, ...]:
    """The wishes that a worker does not meet; one of whom nothing is known meets none."""
    said = traits or Traits()
    checks = (
        (wishes.gender is None or wishes.gender == said.gender, CautionKind.GENDER),
        (wishes.language is None or wishes.language in (said.languages or ()), CautionKind.LANGUAGE),
        (wishes.culture is None or _same(wishes.culture, said.culture), CautionKind.CULTURE),
    )
    return tuple(kind for met, kind in checks if not met)


def check_heeded(cautions: Iterable[Caution], heeded: Heeded | None) -> None:
    """Raises Unheeded where there are cautions that nobody has read; WishNotMet where a wish is overridden without a
    reason or without the person's yes.
    """
    found = tuple(cautions)
    if not found:
        return
    if heeded is None or heeded.seen not in (None, seen_as(found)):
        raise Unheeded(found)
    if not any(c.is_wish for c in found):
        return
    problems = []
    if not heeded.reason.strip():
        problems.append(Problem("reason", "Say why it cannot be as the person wishes"))
    if not heeded.person_agreed:
        problems.append(Problem("person_agreed", "Ask the person first. It cannot be planned against their wish"))
    if problems:
        raise WishNotMet(found, tuple(problems))


def seen_as(cautions: Iterable[Caution]) -> str:
    """A name for exactly these cautions, so that others that have come since are shown before anything is planned."""
    return sha256("\n".join(c.words for c in cautions).encode()).hexdigest()


def _same(wished: str, said: str | None) -> bool:
    return said is not None and wished.strip().casefold() in {s.strip().casefold() for s in said.split(",")}
