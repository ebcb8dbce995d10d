"""One occasion of one medicine, and whether a dose taken when needed came too early or was one too many.

All gaps are of real time: when the clocks change, four hours stay four hours.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from careplan.people.domain.medicine import AsNeeded

DAY = timedelta(hours=24)


class DoseResult(StrEnum):
    """What came of one occasion."""

    GIVEN = "given"
    REMINDED = "reminded"
    TAKEN = "taken"
    DECLINED = "declined"
    NOT_AVAILABLE = "not_available"
    OMITTED = "omitted"
    SPOILED = "spoiled"

    @property
    def words(self) -> str:
        return WORDS[self]

    @property
    def letter(self) -> str:
        """One letter, for a chart that has room for no more."""
        return LETTERS[self]

    @property
    def counts(self) -> bool:
        """Whether it is counted as a dose. A reminder is: it was most likely taken, and counting it is the safe way."""
        return self in COUNTED


WORDS = {
    DoseResult.GIVEN: "given",
    DoseResult.REMINDED: "reminded",
    DoseResult.TAKEN: "taken by themselves",
    DoseResult.DECLINED: "declined",
    DoseResult.NOT_AVAILABLE: "not available",
    DoseResult.OMITTED: "left out",
    DoseResult.SPOILED: "spoiled",
}
LETTERS = {
    DoseResult.GIVEN: "G",
    DoseResult.REMINDED: "R",
    DoseResult.TAKEN: "T",
    DoseResult.DECLINED: "D",
    DoseResult.NOT_AVAILABLE: "N",
    DoseResult.OMITTED: "O",
    DoseResult.SPOILED: "S",
}
COUNTED = frozenset({DoseResult.GIVEN, DoseResult.REMINDED, DoseResult.TAKEN})
# Declined and spoiled say enough by themselves; that somebody left it out does not.
NEEDS_REASON = frozenset({DoseResult.OMITTED})


@dataclass(frozen=True, slots=True)
class Dose:
    """One occasion as recorded; `effective_at` is when it happened by the server's reckoning.

    The medicine is as claimed: it may be none of this person's. `rang` says who was rung before a dose that came
    early or was one too many.
    """

    id: UUID
    person_id: UUID
    medicine_id: UUID
    worker_id: UUID
    visit_id: UUID | None
    effective_at: datetime
    received_at: datetime
    result: DoseResult
    reason: str | None = None
    amount: str | None = None
    note: str | None = None
    rang: str | None = None
    corrects: UUID | None = None


class Warned(StrEnum):
    """Why a dose should make somebody stop and ring. If it was given, it is recorded all the same."""

    TOO_EARLY = "too_early"
    OVER_MAXIMUM = "over_maximum"


@dataclass(frozen=True, slots=True)
class Room:
    """How a medicine taken when needed stands at an instant.

    `next_at` is from when the next dose fits both the gap and the maximum; `given` counts the 24 hours before.
    """

    last_at: datetime | None
    given: int
    most: int
    next_at: datetime | None
    warnings: tuple[Warned, ...]

    @property
    def fits(self) -> bool:
        return not self.warnings


def standing(doses: Iterable[Dose]) -> list[Dose]:
    """Those that no later record corrects, earliest first."""
    known = list(doses)
    replaced = {d.corrects for d in known if d.corrects is not None}
    return sorted((d for d in known if d.id not in replaced), key=lambda d: (d.effective_at, d.id))


def room_at(needed: AsNeeded, *, others: Iterable[datetime], at: datetime) -> Room:
    """Whether a dose at an instant fits, given all other doses, before it and after: records may come late.

    A dose exactly one gap after another fits, and so does one exactly 24 hours after the first of a full day.
    """
    gap = timedelta(minutes=needed.least_gap)
    times = sorted(others)
    before = [t for t in times if t <= at]
    window = [t for t in before if t > at - DAY]
    warnings = []
    if any(abs(t - at) < gap for t in times):
        warnings.append(Warned.TOO_EARLY)
    if _most_in_a_day(times, at) >= needed.most_doses:
        warnings.append(Warned.OVER_MAXIMUM)
    return Room(
        last_at=before[-1] if before else None,
        given=len(window),
        most=needed.most_doses,
        next_at=_next(needed, gap, before),
        warnings=tuple(warnings),
    )


def _most_in_a_day(times: Sequence[datetime], at: datetime) -> int:
    """Most of the other doses in any 24 hours that hold this one."""
    near = [t for t in times if abs(t - at) < DAY]
    ends = [t for t in near if t >= at] or [at]
    return max(sum(end - DAY < t <= end for t in near) for end in {at, *ends})


def _next(needed: AsNeeded, gap: timedelta, before: Sequence[datetime]) -> datetime | None:
    if not before:
        return None
    after_gap = before[-1] + gap
    if len(before) < needed.most_doses:
        return after_gap
    return max(after_gap, before[-needed.most_doses] + DAY)
