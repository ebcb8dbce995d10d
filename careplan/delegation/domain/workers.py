"""Who may do an activity until when: each worker's standing, and what nobody may do."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from careplan.delegation.domain.authority import Authority, Lack, authority_at, fits
from careplan.delegation.domain.delegation import Competence, Delegation, State, state_at
from careplan.kernel.clock import local_date

# It is told as many days before a competence ends, once each.
WARNED_BEFORE = (28, 14, 7)
OPEN_STATES = frozenset({State.ACCEPTED, State.ACTIVE, State.SUSPENDED})


class PreparationKind(StrEnum):
    """What comes before a worker is assessed."""

    TRAINED = "trained"
    OBSERVED = "observed"


@dataclass(frozen=True, slots=True)
class Preparation:
    """That a worker was trained in the instruction or observed doing it, on a London day, by whom in words."""

    id: UUID
    worker_id: UUID
    kind: PreparationKind
    instruction_version: int
    day: date
    by_whom: str
    words: str
    recorded_by: UUID
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """One worker and one delegation: the competence that counts for it, and what it lacks at an instant.

    `days_left` is how many days after that one it goes on; None where it does not stand.
    """

    delegation: Delegation
    competence: Competence
    authority: Authority
    days_left: int | None

    @property
    def stands(self) -> bool:
        return self.authority.stood

    @property
    def ends_soon(self) -> bool:
        """Whether it is time to look at the worker again."""
        return self.days_left is not None and self.days_left <= max(WARNED_BEFORE)

    @property
    def waits_for_worker(self) -> bool:
        return Lack.NOT_ACCEPTED_BY_WORKER in self.authority.lacks

    @property
    def is_suspended(self) -> bool:
        """Whether it would stand again were it confirmed anew, or were the delegation to go on."""
        return not self.stands and bool(_RESTING & set(self.authority.lacks))


_RESTING = frozenset({Lack.COMPETENCE_SUSPENDED, Lack.SUSPENDED, Lack.OTHER_INSTRUCTION})


def standings_of(delegation: Delegation, at: datetime) -> list[Standing]:
    """Each worker once, by the competence that stands or else the latest, in the order of their first assessment."""
    own: dict[UUID, list[Competence]] = {}
    for competence in sorted(delegation.competences, key=lambda c: (c.assessed_at, c.id)):
        if competence.assessed_at <= at:
            own.setdefault(competence.worker_id, []).append(competence)
    return [_standing(delegation, found, at) for found in own.values()]


def is_uncovered(delegation: Delegation, at: datetime) -> bool:
    """Whether a provider has taken an activity on, and nobody may do it at an instant."""
    return state_at(delegation, at) in OPEN_STATES and not any(s.stands for s in standings_of(delegation, at))


def warning_due(days_left: int) -> int | None:
    """Which of the warnings is due so many days before the last day; None: it is too early for any, or too late."""
    return min((w for w in WARNED_BEFORE if 0 <= days_left <= w), default=None)


def ready_workers(preparations: Iterable[Preparation], version: int) -> dict[UUID, tuple[Preparation, Preparation]]:
    """Workers who were trained and then observed in a version, each with the last of both."""
    last: dict[tuple[UUID, PreparationKind], Preparation] = {}
    for found in sorted(preparations, key=lambda p: (p.day, p.recorded_at)):
        if found.instruction_version == version:
            last[found.worker_id, found.kind] = found
    trained = {worker: p for (worker, kind), p in last.items() if kind is PreparationKind.TRAINED}
    pairs = {w: (p, last.get((w, PreparationKind.OBSERVED))) for w, p in trained.items()}
    return {w: (first, then) for w, (first, then) in pairs.items() if then is not None and then.day >= first.day}


def _standing(delegation: Delegation, own: list[Competence], at: datetime) -> Standing:
    instruction = delegation.instruction_at(at)
    number = instruction.number if instruction else 0
    authority = authority_at(
        delegation, person_id=delegation.person_id, worker_id=own[0].worker_id, instruction_version=number, instant=at
    )
    if not authority.stood:
        return Standing(delegation, own[-1], authority, None)
    today = local_date(at)
    counting = [c for c in own if fits(delegation, c, number) and c.starts_on <= today and not _is_left(c)]
    best = max(counting, key=lambda c: (c.accepted_at is not None, c.ends_on), default=own[-1])
    return Standing(delegation, best, authority, (last_day(delegation, best) - today).days)


def _is_left(competence: Competence) -> bool:
    return any((competence.declined_at, competence.suspended_at, competence.ended_at))


def last_day(delegation: Delegation, competence: Competence) -> date:
    """The last day on which a competence counts: its own, that of the delegation, or that on which it was stopped."""
    stopped = (competence.ended_at, competence.suspended_at, competence.declined_at)
    ends = [competence.ends_on, delegation.ends_on, *(local_date(s) for s in stopped if s is not None)]
    return min(day for day in ends if day is not None)
